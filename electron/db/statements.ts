// Statements that are asked again and again, prepared once for each connection.
import type { Statement } from 'better-sqlite3';
import type { Db } from './open.ts';

/** What a statement takes and gives is said by its SQL alone: whoever asks for it names both. */
const known = new WeakMap<Db, Map<string, unknown>>();

/** The statement of this SQL on this connection. One that is being iterated must not be asked for again meanwhile. */
export function statement<Values extends unknown[], Row = unknown>(
  db: Db,
  sql: string,
): Statement<Values, Row> {
  const own = known.get(db) ?? new Map<string, unknown>();
  known.set(db, own);
  const there = own.get(sql);
  if (there !== undefined) return there as Statement<Values, Row>;
  const made = db.prepare<Values, Row>(sql);
  own.set(sql, made);
  return made;
}
