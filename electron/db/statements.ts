// Statements that are asked again and again, prepared once for each connection.
import type { Statement } from 'better-sqlite3';
import type { Db } from './open.ts';

const known = new WeakMap<Db, Map<string, Statement<unknown[]>>>();

/** The statement of this SQL on this connection. One that is being iterated must not be asked for again meanwhile. */
export function statement<Values extends unknown[], Row = unknown>(
  db: Db,
  sql: string,
): Statement<Values, Row> {
  const own = known.get(db) ?? new Map<string, Statement<unknown[]>>();
  known.set(db, own);
  const there = own.get(sql);
  if (there !== undefined) return there as Statement<Values, Row>;
  const made = db.prepare<unknown[]>(sql);
  own.set(sql, made);
  return made as unknown as Statement<Values, Row>;
}
