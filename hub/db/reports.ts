// Reports as others find them: one by its id, or a page of a list, as far as the policy lets the agency see.
import { sql, type Kysely } from 'kysely';
import { seenBy } from './policy.ts';
import type { ReportKind, ReportState, ReportTier, Tables } from './tables.ts';

/** What a list says of a report. */
export interface ReportHead {
  id: string;
  agencyId: string;
  agencyName: string;
  stationId: string;
  tier: ReportTier;
  kind: ReportKind;
  state: ReportState;
  replaces: string | null;
  receivedAt: Date;
  issuer: string | null;
  docType: string | null;
  country: string | null;
  week: string | null;
  fraud: string[];
}

export interface ReportFilter {
  state?: ReportState | undefined;
  /** Where it was found. */
  country?: string | undefined;
  issuer?: string | undefined;
  /** Type of document. */
  type?: string | undefined;
  fraud?: string | undefined;
  /** First and last ISO week of detection, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Where the next page of a list begins: below this report. */
export interface ListPlace {
  receivedAt: Date;
  id: string;
}

/** The newest first. */
export async function listReports(
  db: Kysely<Tables>,
  agencyId: string | null,
  filter: ReportFilter,
  below: ListPlace | null,
  limit: number,
): Promise<ReportHead[]> {
  let query = db
    .selectFrom('report as r')
    .innerJoin('agency as a', 'a.id', 'r.agency_id')
    .select(['r.id', 'r.agency_id as agencyId', 'a.name as agencyName', 'r.station_id as stationId'])
    .select(['r.tier', 'r.kind', 'r.state', 'r.replaces', 'r.received_at as receivedAt', 'r.issuer'])
    .select(['r.doc_type as docType', 'r.country', 'r.week', 'r.fraud'])
    .where(seenBy(agencyId))
    .orderBy('r.received_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit);
  if (filter.state !== undefined) query = query.where('r.state', '=', filter.state);
  if (filter.country !== undefined) query = query.where('r.country', '=', filter.country);
  if (filter.issuer !== undefined) query = query.where('r.issuer', '=', filter.issuer);
  if (filter.type !== undefined) query = query.where('r.doc_type', '=', filter.type);
  if (filter.fraud !== undefined) query = query.where(sql<boolean>`r.fraud @> ${[filter.fraud]}::text[]`);
  if (filter.from !== undefined) query = query.where('r.week', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('r.week', '<=', filter.to);
  if (below !== null) {
    query = query.where(sql<boolean>`(r.received_at, r.id) < (${below.receivedAt}, ${below.id}::uuid)`);
  }
  return query.execute();
}

export interface WholeReport {
  id: string;
  agencyId: string;
  stationId: string;
  body: Buffer;
  sha256: Buffer;
  signature: Buffer;
  signKey: Buffer;
  receivedAt: Date;
  state: ReportState;
}

/** One report; null where there is none that this agency sees. */
export async function findReport(
  db: Kysely<Tables>,
  agencyId: string | null,
  id: string,
): Promise<WholeReport | null> {
  const row = await db
    .selectFrom('report as r')
    .innerJoin('station as s', 's.id', 'r.station_id')
    .select(['r.id', 'r.agency_id as agencyId', 'r.station_id as stationId', 'r.body', 'r.sha256'])
    .select(['r.signature', 's.sign_key as signKey', 'r.received_at as receivedAt', 'r.state'])
    .where('r.id', '=', id)
    .where(seenBy(agencyId))
    .executeTakeFirst();
  return row ?? null;
}
