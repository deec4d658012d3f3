// Storing a report: nonce, insert or compare, its images and its place in the feed, in one statement and one commit.
import type { Pool } from 'pg';
import type { ReportKind, ReportTier } from './tables.ts';

/** A report as its row holds it. */
export interface StoredReport {
  id: string;
  tier: ReportTier;
  toAgency: string | null;
  kind: ReportKind;
  replaces: string | null;
  /** The exact bytes that the station signed. */
  body: Buffer;
  sha256: Buffer;
  signature: Buffer;
  issuer: string | null;
  docType: string | null;
  country: string | null;
  week: string | null;
  fraud: readonly string[];
  /** SHA-256 of every image that it names. */
  images: readonly Buffer[];
}

export type Ingested =
  | { outcome: 'stored' | 'had'; receivedAt: Date }
  /** The station was revoked or its agency closed; the nonce was used before; the id belongs to other bytes or another station. */
  | { outcome: 'refused' | 'replayed' | 'different' };

/** The station `$1`, as long as it and its agency may send. */
export const CALLER = `select s.id, s.agency_id from station s join agency a on a.id = s.agency_id
    where s.id = $1 and s.revoked_at is null and a.closed_at is null`;

/** Nonce `$2` of the caller; no row where it was used before. */
export const FRESH = `insert into nonce (station_id, nonce) select id, $2 from caller
    on conflict do nothing returning 1`;

const PUT = {
  name: 'report-put',
  text: `with caller as (${CALLER}), fresh as (${FRESH}), stored as (
    insert into report (id, station_id, agency_id, tier, to_agency, kind, replaces, body, sha256, signature,
        issuer, doc_type, country, week, fraud)
      select $3, id, agency_id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 from caller
      where exists (select from fresh)
      on conflict (id) do nothing returning received_at
  ), named as (
    insert into report_image (report_id, sha256) select $3, unnest($16::bytea[]) from stored
  ), shown as (
    insert into feed_waiting (kind, subject) select 'report', $3 from stored
  )
  select exists (select from caller) as known, exists (select from fresh) as fresh,
    (select received_at from stored) as stored_at`,
};

const HAD = {
  name: 'report-had',
  text: `select received_at from report where id = $1 and station_id = $2 and sha256 = $3 and signature = $4`,
};

interface PutRow {
  known: boolean;
  fresh: boolean;
  stored_at: Date | null;
}

/**
 * Stores a report of a station once. `images` name each image once. Only a repeat needs a second round trip, which a
 * look in the same statement could not spare: what another hub committed meanwhile is not in its snapshot.
 */
export async function putReport(
  pool: Pool,
  stationId: string,
  nonce: Buffer,
  report: StoredReport,
): Promise<Ingested> {
  const { rows } = await pool.query<PutRow>({
    ...PUT,
    values: [
      stationId,
      nonce,
      report.id,
      report.tier,
      report.toAgency,
      report.kind,
      report.replaces,
      report.body,
      report.sha256,
      report.signature,
      report.issuer,
      report.docType,
      report.country,
      report.week,
      report.fraud,
      report.images,
    ],
  });
  const row = rows[0];
  if (row?.known !== true) return { outcome: 'refused' };
  if (!row.fresh) return { outcome: 'replayed' };
  if (row.stored_at !== null) return { outcome: 'stored', receivedAt: row.stored_at };
  const had = await pool.query<{ received_at: Date }>({
    ...HAD,
    values: [report.id, stationId, report.sha256, report.signature],
  });
  const first = had.rows[0];
  return first ? { outcome: 'had', receivedAt: first.received_at } : { outcome: 'different' };
}
