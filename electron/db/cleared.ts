// How many travellers were cleared on a day, and nothing else about them.
import type { Db } from './open.ts';
import { statement } from './statements.ts';

/** Adds one. The id of the last one counted is kept, so that a repeated request is not counted twice. */
export function countCleared(db: Db, stationId: string, day: string, id: string, at: string): void {
  statement(
    db,
    `INSERT INTO cleared_count (station_id, day, count, last_id, last_at) VALUES (?, ?, 1, ?, ?)
     ON CONFLICT (station_id, day) DO UPDATE
       SET count = count + 1, last_id = excluded.last_id, last_at = excluded.last_at`,
  ).run(stationId, day, id, at);
}

/** Takes back one of that day. */
export function uncountCleared(db: Db, stationId: string, day: string): void {
  statement(
    db,
    `UPDATE cleared_count SET count = count - 1, last_id = NULL, last_at = NULL
     WHERE station_id = ? AND day = ?`,
  ).run(stationId, day);
}

export function clearedOn(db: Db, stationId: string, day: string): number {
  const count = statement<[string, string], number>(
    db,
    'SELECT count FROM cleared_count WHERE station_id = ? AND day = ?',
  )
    .pluck()
    .get(stationId, day);
  return count ?? 0;
}

/** When the draft of this id was counted, if it was the last one of its day; undefined otherwise. */
export function countedAt(db: Db, id: string): string | undefined {
  return statement<[string], string>(db, 'SELECT last_at FROM cleared_count WHERE last_id = ?')
    .pluck()
    .get(id);
}

/** Of all days from one to another, both counted (`YYYY-MM-DD`). */
export function clearedBetween(db: Db, stationId: string, from: string, to: string): number {
  const sum = statement<[string, string, string], number | null>(
    db,
    'SELECT sum(count) FROM cleared_count WHERE station_id = ? AND day BETWEEN ? AND ?',
  )
    .pluck()
    .get(stationId, from, to);
  return sum ?? 0;
}
