// Storing reports: nonce, insert or compare, images and place in the feed, in one statement and one commit.
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
  /** Of an alert: the agencies that it is for, every issuer that it speaks of, when it ends; null for all else. */
  audience: readonly string[] | null;
  issuers: readonly string[] | null;
  expiresAt: string | null;
  /** SHA-256 of every image that it names. */
  images: readonly Buffer[];
}

export type Ingested =
  | { outcome: 'stored' | 'had'; receivedAt: Date }
  /** The station was revoked or its agency closed; the nonce was used before; the id belongs to other bytes or another station. */
  | { outcome: 'refused' | 'replayed' | 'different' };

/** What a station asks to have stored. */
export interface Put {
  stationId: string;
  nonce: Buffer;
  report: StoredReport;
}

/** Columns of `given`, in the order of `valuesOf`. */
const COLUMNS = [
  ['station_id', 'uuid'],
  ['nonce', 'bytea'],
  ['id', 'uuid'],
  ['tier', 'text'],
  ['to_agency', 'uuid'],
  ['kind', 'text'],
  ['replaces', 'uuid'],
  ['body', 'bytea'],
  ['sha256', 'bytea'],
  ['signature', 'bytea'],
  ['issuer', 'text'],
  ['doc_type', 'text'],
  ['country', 'text'],
  ['week', 'text'],
  ['fraud', 'text[]'],
  ['images', 'bytea[]'],
  ['audience', 'uuid[]'],
  ['issuers', 'text[]'],
  ['expires_at', 'timestamptz'],
] as const;

const valuesOf = ({ stationId, nonce, report }: Put): unknown[] => [
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
  report.audience,
  report.issuers,
  report.expiresAt,
];

/** A withdrawal says nothing of its own. Each is looked up by itself, so that no plan goes through all reports for a join. */
const asTakenBack = (column: 'issuer' | 'audience' | 'issuers'): string =>
  `case when g.kind = 'withdrawal' then (select p.${column} from report p
    where p.id = g.replaces and p.agency_id = c.agency_id) else g.${column} end`;

/** The statement for so many reports. */
function putText(many: number): string {
  const rows = Array.from({ length: many }, (_, row) => {
    const cells = COLUMNS.map(([, type], at) => `$${row * COLUMNS.length + at + 1}::${type}`);
    return `(${cells.join(', ')})`;
  });
  return `with given (${COLUMNS.map(([name]) => name).join(', ')}) as (values ${rows.join(', ')}),
  caller as (
    select s.id, s.agency_id from given g join station s on s.id = g.station_id join agency a on a.id = s.agency_id
    where s.revoked_at is null and a.closed_at is null
  ), fresh as (
    insert into nonce (station_id, nonce) select c.id, g.nonce from given g join caller c on c.id = g.station_id
    on conflict do nothing returning station_id
  ), stored as (
    insert into report (id, station_id, agency_id, tier, to_agency, kind, replaces, body, sha256, signature,
        issuer, doc_type, country, week, fraud, audience, issuers, expires_at)
      select g.id, c.id, c.agency_id, g.tier, g.to_agency, g.kind, g.replaces, g.body, g.sha256, g.signature,
        ${asTakenBack('issuer')}, g.doc_type, g.country, g.week, g.fraud,
        ${asTakenBack('audience')}, ${asTakenBack('issuers')}, g.expires_at
      from given g join caller c on c.id = g.station_id join fresh f on f.station_id = g.station_id
      on conflict (id) do nothing returning id, received_at
  ), named as (
    insert into report_image (report_id, sha256)
      select s.id, unnest(g.images) from stored s join given g on g.id = s.id
  ), shown as (
    insert into feed_waiting (kind, subject) select 'report', id from stored
  )
  select g.id, c.id is not null as known, f.station_id is not null as fresh, s.received_at as stored_at
  from given g left join caller c on c.id = g.station_id left join fresh f on f.station_id = g.station_id
    left join stored s on s.id = g.id`;
}

const texts = new Map<number, string>();

interface PutRow {
  id: string;
  known: boolean;
  fresh: boolean;
  stored_at: Date | null;
}

/**
 * Stores reports in one statement, all or none of them; no two of one station or one id. Each report's `images` name
 * each image once.
 */
export async function putReports(pool: Pool, puts: readonly Put[]): Promise<Ingested[]> {
  const text = texts.get(puts.length) ?? putText(puts.length);
  texts.set(puts.length, text);
  const { rows } = await pool.query<PutRow>({
    name: `report-put-${puts.length}`,
    text,
    values: puts.flatMap(valuesOf),
  });
  const found = new Map(rows.map((row) => [row.id, row]));
  return Promise.all(puts.map((put) => outcomeOf(pool, put, found.get(put.report.id))));
}

/**
 * Only a repeat needs a second round trip, which a look in the same statement could not spare: what another hub
 * committed meanwhile is not in its snapshot.
 */
async function outcomeOf(pool: Pool, { stationId, report }: Put, row: PutRow | undefined): Promise<Ingested> {
  if (row?.known !== true) return { outcome: 'refused' };
  if (!row.fresh) return { outcome: 'replayed' };
  if (row.stored_at !== null) return { outcome: 'stored', receivedAt: row.stored_at };
  const had = await pool.query<{ received_at: Date }>({
    name: 'report-had',
    text: 'select received_at from report where id = $1 and station_id = $2 and sha256 = $3 and signature = $4',
    values: [report.id, stationId, report.sha256, report.signature],
  });
  const first = had.rows[0];
  return first ? { outcome: 'had', receivedAt: first.received_at } : { outcome: 'different' };
}
