// Reports as others find them: one by its id, or a page of a list, as far as the policy lets the agency see.
import { type Expression, type Kysely, sql, type SqlBool } from 'kysely';
import { REPORT_KINDS } from '../../shared/sharing/codes.ts';
import { allowedByRules, policyRules, seenBy } from './policy.ts';
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

/**
 * The newest first. What is one's own, what is addressed to one and what the network shares lie in different indexes, so
 * each is asked for by itself: somebody who sees little is answered as fast as somebody who sees all. A null agency
 * stands for the people of the hub, who see what the network shares. Reports alone: no alert, no case study, and nothing
 * that takes one of them back.
 */
export async function listReports(
  db: Kysely<Tables>,
  agencyId: string | null,
  filter: ReportFilter,
  below: ListPlace | null,
  limit: number,
): Promise<ReportHead[]> {
  const page = (which: Expression<SqlBool>): Promise<ReportHead[]> =>
    filtered(db, filter, below).where(which).limit(limit).execute();
  if (agencyId === null) return page(sql<boolean>`r.tier = 'T2'`);
  const shared = async (): Promise<ReportHead[]> => {
    const allowed = allowedByRules(await policyRules(db), agencyId);
    if (allowed === null) return [];
    return page(sql<boolean>`r.tier = 'T2' and r.agency_id <> ${agencyId} and ${allowed}`);
  };
  const pages = await Promise.all([
    page(sql<boolean>`r.agency_id = ${agencyId}`),
    page(sql<boolean>`r.to_agency = ${agencyId} and r.agency_id <> ${agencyId}`),
    shared(),
  ]);
  return pages
    .flat()
    .sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime() || (a.id < b.id ? 1 : -1))
    .slice(0, limit);
}

/** The reports of these ids that the agency sees, in their order; a null agency stands for the people of the hub. */
export async function findHeads(
  db: Kysely<Tables>,
  agencyId: string | null,
  ids: readonly string[],
): Promise<ReportHead[]> {
  if (ids.length === 0) return [];
  const found = await filtered(db, {}, null).where('r.id', 'in', ids).where(seenBy(agencyId)).execute();
  const byId = new Map(found.map((head) => [head.id, head]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function filtered(db: Kysely<Tables>, filter: ReportFilter, below: ListPlace | null) {
  let query = db
    .selectFrom('report as r')
    .innerJoin('agency as a', 'a.id', 'r.agency_id')
    .select(['r.id', 'r.agency_id as agencyId', 'a.name as agencyName', 'r.station_id as stationId'])
    .select(['r.tier', 'r.kind', 'r.state', 'r.replaces', 'r.received_at as receivedAt', 'r.issuer'])
    .select(['r.doc_type as docType', 'r.country', 'r.week', 'r.fraud'])
    .where('r.kind', 'in', REPORT_KINDS)
    .where(
      sql<boolean>`(r.kind <> 'withdrawal' or not exists (select from report w
        where w.id = r.replaces and w.kind in ('alert', 'case-study')))`,
    )
    .orderBy('r.received_at', 'desc')
    .orderBy('r.id', 'desc');
  const { state, country, issuer, type, fraud, from, to } = filter;
  if (state !== undefined) query = query.where('r.state', '=', sql<ReportState>`${sql.lit(state)}`);
  if (country !== undefined) query = query.where('r.country', '=', country);
  if (issuer !== undefined) query = query.where('r.issuer', '=', issuer);
  if (type !== undefined) query = query.where('r.doc_type', '=', type);
  if (fraud !== undefined) query = query.where(sql<boolean>`r.fraud @> ${[fraud]}::text[]`);
  if (from !== undefined && from === to) query = query.where('r.week', '=', from);
  else {
    if (from !== undefined) query = query.where('r.week', '>=', from);
    if (to !== undefined) query = query.where('r.week', '<=', to);
  }
  if (below !== null) {
    query = query.where(sql<boolean>`(r.received_at, r.id) < (${below.receivedAt}, ${below.id}::uuid)`);
  }
  return query;
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
