// The feed: places given after commit, and pages of what an agency may see.
import { sql, type Kysely } from 'kysely';
import { LOCK_SPACE, LOCKS } from './locks.ts';
import { seenBy } from './policy.ts';
import type { FeedKind, Tables } from './tables.ts';

/** How many rows get their places in one transaction. */
const BATCH = 1000;

/** The channel of `notify` that wakes every hub over this database; the payload is empty or a revoked station. */
export const FEED_CHANNEL = 'countercheck_feed';

/**
 * Gives the next places in the feed to what waits, and sets the states of reports that a moved one replaces. Only one
 * hub at a time does so, and the lock lasts until its commit: whoever has read place n finds nothing new below it.
 * Answers how many places were given; call again while it is not 0.
 */
export async function publish(db: Kysely<Tables>): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK_SPACE}::int, ${LOCKS.feed}::int)`.execute(tx);
    const { rows } = await sql<{ kind: FeedKind; subject: string | null }>`
      with taken as (
        delete from feed_waiting
        where place in (select place from feed_waiting order by place limit ${BATCH})
        returning place, kind, subject, agencies
      ), last as (select coalesce(max(seq), 0) as seq from feed)
      insert into feed (seq, kind, subject, agencies)
      select last.seq + row_number() over (order by place), kind, subject, agencies from taken, last
      returning kind, subject`.execute(tx);
    if (rows.length === 0) return 0;
    const reports = rows.flatMap(({ kind, subject }) => (kind === 'report' && subject ? [subject] : []));
    await setIssuers(tx, reports);
    await setStates(tx, reports);
    const revoked = rows.flatMap(({ kind, subject }) => (kind === 'revoked' && subject ? [subject] : []));
    for (const payload of ['', ...revoked])
      await sql`select pg_notify(${FEED_CHANNEL}, ${payload})`.execute(tx);
    return rows.length;
  });
}

/**
 * A withdrawal says no issuer and no audience: it is told to those who may see what it takes back, which may have arrived
 * after it.
 */
async function setIssuers(db: Kysely<Tables>, moved: readonly string[]): Promise<void> {
  await sql`
    update report w set issuer = r.issuer, issuers = r.issuers, audience = r.audience from report r
    where w.kind = 'withdrawal' and w.issuer is null and r.id = w.replaces and r.agency_id = w.agency_id
      and r.issuer is not null and (w.id = any(${moved}::uuid[]) or w.replaces = any(${moved}::uuid[]))`.execute(
    db,
  );
}

/**
 * A report and the one that replaces it may arrive in any order and at the same moment; here, one batch after the
 * other, the later of the two always sees the earlier. Only the own agency replaces a report.
 */
async function setStates(db: Kysely<Tables>, moved: readonly string[]): Promise<void> {
  if (moved.length === 0) return;
  await sql`
    update report r set state = n.state
    from (
      select replaces, agency_id, case when bool_or(kind = 'withdrawal') then 'withdrawn' else 'corrected' end as state
      from report
      where replaces is not null and (id = any(${moved}::uuid[]) or replaces = any(${moved}::uuid[]))
      group by replaces, agency_id
    ) n
    where r.id = n.replaces and r.agency_id = n.agency_id and r.state <> 'withdrawn' and r.state <> n.state`.execute(
    db,
  );
}

export interface FeedRow {
  seq: number;
  kind: FeedKind;
  subject: string | null;
  report: {
    agencyId: string;
    stationId: string;
    body: Buffer;
    sha256: Buffer;
    signature: Buffer;
    signKey: Buffer;
    receivedAt: Date;
  } | null;
}

export interface FeedPage {
  rows: FeedRow[];
  /** The place up to which the reader has now seen everything that concerns it. */
  last: number;
  more: boolean;
}

/** Bounds of a page: places looked at, bytes of bodies sent. One report always fits. */
export interface PageBounds {
  scanned: number;
  bytes: number;
}

/** What the agency may see after a place, at most `limit` rows, in the order of places. */
export async function feedPage(
  db: Kysely<Tables>,
  agencyId: string,
  after: number,
  limit: number,
  bounds: PageBounds,
): Promise<FeedPage> {
  const window = await sql<{ last: number | null; places: number }>`
    select max(seq) as last, count(*)::int as places
    from (select seq from feed where seq > ${after} order by seq limit ${bounds.scanned}) w`.execute(db);
  const { last, places } = window.rows[0] ?? { last: null, places: 0 };
  if (last === null) return { rows: [], last: after, more: false };
  const end = last;
  // Cut to the limit first, then to the bytes: bodies are fetched only for what is sent.
  const { rows } = await sql<FeedSqlRow>`
    select * from (
      select cut.*, sum(coalesce(octet_length(body), 0)) over (order by seq)
          - coalesce(octet_length(body), 0) as before, count(*) over ()::int as fitting
      from (
        select f.seq, f.kind, f.subject, r.agency_id, r.station_id, r.body, r.sha256, r.signature, r.received_at,
          s.sign_key
        from feed f
        left join report r on f.kind = 'report' and r.id = f.subject
        left join station s on s.id = r.station_id
        where f.seq > ${after} and f.seq <= ${end} and (f.kind <> 'report' or ${seenBy(agencyId)})
          and (f.agencies is null or ${agencyId} = any(f.agencies))
          -- One that came back is not told as ended to those who read of it late.
          and (f.kind <> 'revoked' or exists (select from station e where e.id = f.subject and e.revoked_at is not null))
        order by f.seq limit ${limit}
      ) cut
    ) page
    where before < ${bounds.bytes} order by seq`.execute(db);
  const cut = rows.length === limit || rows.length < (rows[0]?.fitting ?? 0);
  const read = rows.map(toFeedRow);
  return { rows: read, last: cut ? (read.at(-1)?.seq ?? end) : end, more: cut || places === bounds.scanned };
}

interface FeedSqlRow {
  seq: number;
  kind: FeedKind;
  subject: string | null;
  agency_id: string;
  station_id: string;
  body: Buffer | null;
  sha256: Buffer;
  signature: Buffer;
  received_at: Date;
  sign_key: Buffer;
  fitting: number;
}

function toFeedRow(row: FeedSqlRow): FeedRow {
  const { kind, subject, body } = row;
  const report = body && {
    agencyId: row.agency_id,
    stationId: row.station_id,
    body,
    sha256: row.sha256,
    signature: row.signature,
    signKey: row.sign_key,
    receivedAt: row.received_at,
  };
  return { seq: row.seq, kind, subject, report };
}
