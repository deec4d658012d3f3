// What trends count of reports, kept beside them in the order of the feed: written in slices, read on from a place.
import { type Kysely, sql } from 'kysely';
import type { FullWireReport } from '../../shared/sharing/report.ts';
import { rowOf, type TrendRow } from '../../shared/trends/row.ts';
import type { JudgedReport } from '../policy.ts';
import { LOCK_SPACE, LOCKS } from './locks.ts';
import type { ReportState, Tables } from './tables.ts';

/** Messages whose bodies are read in one transaction: some milliseconds, in which nobody else is answered. */
const SLICE = 200;

/** Writes the rows of messages that have none yet, a slice; answers how many. One hub at a time does so. */
export async function foldTrends(db: Kysely<Tables>): Promise<number> {
  return db.transaction().execute(async (tx) => {
    // What is lost here is made again.
    await sql`set local synchronous_commit = off`.execute(tx);
    await sql`select pg_advisory_xact_lock(${LOCK_SPACE}::int, ${LOCKS.trends}::int)`.execute(tx);
    // Places first, then messages by their ids: so few are looked for in few pages, whatever the planner believes.
    const { rows: places } = await sql<{ seq: number; id: string }>`
      select seq, subject as id from feed
      where kind = 'report' and seq > (select coalesce(max(seq), 0) from trend_row)
      order by seq limit ${SLICE}`.execute(tx);
    if (places.length === 0) return 0;
    const messages = await tx
      .selectFrom('report')
      .select(['id', 'kind', 'agency_id as agency', 'body'])
      .where(sql<boolean>`id = any(${idsOf(places)}::uuid[])`)
      .execute();
    // One that is told once more, as when the policy was loosened, has the later place.
    const last = new Map(places.map(({ id, seq }) => [id, seq]));
    const counted = messages.map(({ id, kind, agency, body }) => ({
      seq: last.get(id) ?? 0,
      report_id: id,
      counted: kind === 'report' || kind === 'correction' ? countedOf(body, agency) : null,
    }));
    await tx
      .insertInto('trend_row')
      .values(counted)
      .onConflict((conflict) =>
        conflict.column('report_id').doUpdateSet((row) => ({ seq: row.ref('excluded.seq') })),
      )
      .execute();
    return places.length;
  });
}

const idsOf = (rows: readonly { id: string }[]): string[] => [...new Set(rows.map(({ id }) => id))];

/** A row, and the event that it tells of: what one station submitted at one moment, to whatever audiences. */
export type CountedReport = TrendRow & { event?: string };

/** The hub took it in, so it is one. */
function countedOf(body: Buffer, agencyId: string): string {
  const report = JSON.parse(body.toString('utf8')) as FullWireReport;
  const counted: CountedReport = {
    ...rowOf(report, agencyId),
    event: `${report.stationId} ${report.createdAt}`,
  };
  return JSON.stringify(counted);
}

export interface FoldedRow extends JudgedReport {
  seq: number;
  id: string;
  /** Null of what is not counted. */
  counted: CountedReport | null;
  state: ReportState;
  /** The message that it takes the place of, where that is of its agency. */
  replaces: string | null;
}

/** What was folded after a place, in its order. */
export async function trendRowsAfter(db: Kysely<Tables>, after: number, limit: number): Promise<FoldedRow[]> {
  const places = await db
    .selectFrom('trend_row')
    .select(['seq', 'report_id as id', 'counted'])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
  if (places.length === 0) return [];
  const messages = await db
    .selectFrom('report as r')
    .select(['r.id', 'r.agency_id as agencyId', 'r.tier', 'r.to_agency as toAgency'])
    .select(['r.kind', 'r.issuer', 'r.state'])
    .select(
      sql<
        string | null
      >`(select p.id from report p where p.id = r.replaces and p.agency_id = r.agency_id)`.as('replaces'),
    )
    .where(sql<boolean>`r.id = any(${idsOf(places)}::uuid[])`)
    .execute();
  const byId = new Map(messages.map((message) => [message.id, message]));
  return places.flatMap((place) => {
    const message = byId.get(place.id);
    return message === undefined ? [] : [{ ...message, ...place }];
  });
}

/** The last place in the feed, and the last whose message is folded. */
export async function trendPlaces(db: Kysely<Tables>): Promise<{ folded: number; told: number }> {
  const { rows } = await sql<{ folded: number; told: number }>`
    select (select coalesce(max(seq), 0) from trend_row) as folded, (select coalesce(max(seq), 0) from feed) as told`.execute(
    db,
  );
  return rows[0] ?? { folded: 0, told: 0 };
}
