// Reports as they are counted for trends: made of own approved reports and received ones, kept beside them, made anew where
// a report came, took the place of another, or went.
import type { WireReport } from '../../shared/sharing/report.ts';
import { DIMENSIONS, type Dimension, rowOf, type TrendRow } from '../../shared/trends/row.ts';
import { MADE_HERE } from './day-log.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

/** Of one event the report to the network is counted, then one to a partner; one for statistics tells no place and no route. */
const RANK: Readonly<Record<WireReport['tier'], number>> = { T2: 0, T1: 1, T3: 2 };

/** What the columns hold; `source` is a column of its own kind. */
const COLUMNS = DIMENSIONS.filter((dimension) => dimension !== 'source');
type Column = Exclude<Dimension, 'source'>;

interface Source {
  own: 0 | 1;
  body: Buffer;
  replaces: string | null;
  event: string;
  inForce: 0 | 1;
}

/** A report of this station; the event is the examination, of which there may be reports to several audiences. */
const OWN = `SELECT 1 AS own, report.body, report.replaces, report.examination_id AS event,
  NOT EXISTS (SELECT 1 FROM report AS later JOIN report_decision ON report_decision.report_id = later.id
    AND report_decision.decision = 'approved' WHERE later.replaces = report.id) AS inForce
  FROM report JOIN report_decision AS own ON own.report_id = report.id AND own.decision = 'approved'
  WHERE report.id = ?`;

/** More corrections of one report than anybody makes; a chain that ends in itself ends here. */
const MOST_CORRECTIONS = 50;

/**
 * One of others: what was submitted at one moment at one station is of one event, and a correction of that of what it
 * corrects.
 */
const RECEIVED = `SELECT 0 AS own, body, replaces, (WITH RECURSIVE before (replaces, event, depth) AS (
    SELECT received.replaces, received.station_id || ' ' || (CAST(received.body AS TEXT) ->> '$.createdAt'), 0
    UNION ALL SELECT earlier.replaces, earlier.station_id || ' ' || (CAST(earlier.body AS TEXT) ->> '$.createdAt'), depth + 1
      FROM before JOIN received_report AS earlier ON earlier.id = before.replaces
        AND earlier.agency_id = received.agency_id WHERE depth < ${MOST_CORRECTIONS})
    SELECT event FROM before ORDER BY depth DESC LIMIT 1) AS event,
  NOT EXISTS (SELECT 1 FROM received_report AS later WHERE later.replaces = received.id
    AND later.agency_id = received.agency_id) AS inForce
  FROM received_report AS received WHERE id = ?`;

const sourceOf = (db: Db, id: string): Source | undefined =>
  statement<[string], Source>(db, OWN).get(id) ?? statement<[string], Source>(db, RECEIVED).get(id);

const nextSeq = (db: Db): number =>
  (statement<[], number | null>(db, 'SELECT max(seq) FROM trend_row').pluck().get() ?? 0) + 1;

/** Of each event the one report that is counted, if any; those whose standing changed are told by their `seq`. */
function settle(db: Db, event: string): void {
  statement(
    db,
    `UPDATE trend_row SET counted = NOT counted, seq = @seq
     WHERE event = @event AND counted <> (id IS (SELECT id FROM trend_row AS best
       WHERE best.event = @event AND best.in_force = 1 ORDER BY best.rank, best.id DESC LIMIT 1))`,
  ).run({ event, seq: nextSeq(db) });
}

/** Looks again whether a report stands; its row says so to whoever follows. */
function stand(db: Db, id: string): void {
  const event = eventOf(db, id);
  if (event === undefined) return;
  const inForce = sourceOf(db, id)?.inForce ?? 0;
  statement(db, 'UPDATE trend_row SET in_force = ? WHERE id = ?').run(inForce, id);
  settle(db, event);
}

const eventOf = (db: Db, id: string): string | undefined =>
  statement<[string], string>(db, 'SELECT event FROM trend_row WHERE id = ?').pluck().get(id);

function put(db: Db, row: TrendRow, { own, event, inForce, rank }: Omit<Source, 'body'> & { rank: number }) {
  const before = eventOf(db, row.id);
  const columns = Object.fromEntries(COLUMNS.map((column) => [column, row.values[column].join('\n')]));
  statement(
    db,
    `INSERT INTO trend_row (id, event, rank, in_force, counted, seq, own, week, ${COLUMNS.join(', ')})
     VALUES (@id, @event, @rank, @inForce, 0, @seq, @own, @week, ${COLUMNS.map((each) => `@${each}`).join(', ')})
     ON CONFLICT (id) DO UPDATE SET in_force = excluded.in_force, event = excluded.event`,
  ).run({ id: row.id, week: row.week, own, event, inForce, rank, seq: nextSeq(db), ...columns });
  settle(db, event);
  if (before !== undefined && before !== event) settle(db, before);
}

/** Corrections of a report of others that were here before it, each of the one before. */
function correctionsOf(db: Db, id: string): string[] {
  return statement<[{ id: string }], string>(
    db,
    `WITH RECURSIVE after (id, agency_id) AS (SELECT id, agency_id FROM received_report WHERE id = @id
       UNION SELECT later.id, later.agency_id FROM after JOIN received_report AS later ON later.replaces = after.id
         AND later.agency_id = after.agency_id)
     SELECT trend_row.id FROM after JOIN trend_row ON trend_row.id = after.id WHERE after.id <> @id`,
  )
    .pluck()
    .all({ id });
}

/** Makes the row of one report anew, and looks at those that it takes the place of or that took its own. */
function fold(db: Db, id: string): void {
  make(db, id);
  // By a stick a correction may come first: only now it is known of which event it is.
  for (const later of correctionsOf(db, id)) make(db, later);
}

function make(db: Db, id: string): void {
  const source = sourceOf(db, id);
  // It went, or what it said did: its row stays as it was made.
  if (source === undefined || source.body.length === 0) return stand(db, id);
  const report: WireReport = JSON.parse(source.body.toString('utf8'));
  if (report.kind === 'report' || report.kind === 'correction')
    put(db, rowOf(report, ''), { ...source, rank: RANK[report.tier] });
  if (source.replaces !== null) stand(db, source.replaces);
}

/** How many reports are still to be counted. */
export const dueTrends = (db: Db): number =>
  statement<[], number>(db, 'SELECT count(*) FROM trend_due').pluck().get() ?? 0;

/** Counts some of those that are due; answers how many they were. */
export function foldTrends(db: Db, limit: number): number {
  return db
    .transaction(() => {
      const ids = statement<[number], string>(db, 'SELECT id FROM trend_due LIMIT ?').pluck().all(limit);
      for (const id of ids) {
        fold(db, id);
        statement(db, 'DELETE FROM trend_due WHERE id = ?').run(id);
      }
      return ids.length;
    })
    .immediate();
}

type Raw = Record<Column, string> & { id: string; seq: number; counted: 0 | 1; own: 0 | 1; week: string };

const RAW = `SELECT id, seq, counted, own, week, ${COLUMNS.join(', ')} FROM trend_row`;

const valuesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));

function rowFrom(raw: Raw): TrendRow {
  const values = Object.fromEntries(COLUMNS.map((column) => [column, valuesOf(raw[column])])) as Record<
    Column,
    string[]
  >;
  return { id: raw.id, week: raw.week, values: { ...values, source: [raw.own === 1 ? 'own' : 'received'] } };
}

/** How far somebody has followed. */
export interface TrendPlace {
  seq: number;
  id: string;
}

export const TRENDS_BEGIN: TrendPlace = { seq: 0, id: '' };

/**
 * What changed after a place, at most `limit` of it: rows to count, and ids that are counted no longer. Answers how far it
 * came; null where that was all.
 */
export function followTrends(
  db: Db,
  after: TrendPlace,
  follower: { put: (row: TrendRow) => void; remove: (id: string) => void },
  limit: number,
): TrendPlace | null {
  const rows = statement<[TrendPlace & { limit: number }], Raw>(
    db,
    `${RAW} WHERE (seq, id) > (@seq, @id) ORDER BY seq, id LIMIT @limit`,
  ).all({ ...after, limit });
  for (const raw of rows)
    if (raw.counted === 1) follower.put(rowFrom(raw));
    else follower.remove(raw.id);
  const last = rows.at(-1);
  return last === undefined ? null : { seq: last.seq, id: last.id };
}

/** Rows of these ids, in their order. */
export function trendRows(db: Db, ids: readonly string[]): TrendRow[] {
  const one = statement<[string], Raw>(db, `${RAW} WHERE id = ?`);
  return ids.flatMap((id) => {
    const raw = one.get(id);
    return raw === undefined ? [] : [rowFrom(raw)];
  });
}

/**
 * Travellers examined at this station from one day to another, both counted (`YYYY-MM-DD`): examinations on record, erased
 * ones too, and those cleared of whom the count alone is kept. `since` is the station's first day where it lies later than
 * the first one asked for. Null where all of them lie before it: nobody knows.
 */
export function examinedBetween(
  db: Db,
  from: string,
  to: string,
): { count: number; since: string | null } | null {
  const first = statement<[], string | null>(
    db,
    `SELECT min(day) FROM (SELECT min(saved_on) AS day FROM examination UNION ALL SELECT min(day) FROM cleared_count)`,
  )
    .pluck()
    .get();
  if (first === undefined || first === null || to < first) return null;
  const count = (sql: string): number =>
    statement<[string, string], number | null>(db, sql).pluck().get(from, to) ?? 0;
  const recorded = count(`SELECT count(*) FROM examination WHERE saved_on BETWEEN ? AND ? AND ${MADE_HERE}`);
  const cleared = count('SELECT sum(count) FROM cleared_count WHERE day BETWEEN ? AND ?');
  return { count: recorded + cleared, since: from < first ? first : null };
}
