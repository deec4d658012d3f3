// The lists of the station: whose they are, until when they count, and the key of each one's file of tokens.
import type { ListKind } from '../../shared/examination/listed.ts';
import type { ListShape } from '../../shared/lists/keys.ts';
import type { Db } from './open.ts';

export interface ListEntry {
  id: string;
  kind: ListKind;
  source: string;
  version: number;
  /** The last day, `YYYY-MM-DD`. */
  until: string;
  importedAt: string;
  importedBy: string;
  /** Name of its file in the folder of lists. */
  file: string;
  key: Buffer;
  tokens: number;
  refused: number;
  shapes: ListShape[];
  /** Of the file, hex. */
  sha256: string;
}

type Row = Omit<ListEntry, 'shapes'> & { shapes: string };

const COLUMNS = `id, kind, source, version, until, imported_at AS importedAt, imported_by AS importedBy, file, key, tokens,
  refused, shapes, sha256`;

const entryOf = (row: Row): ListEntry => ({ ...row, shapes: JSON.parse(row.shapes) });

/** All lists, by kind and source. */
export function loadLists(db: Db): ListEntry[] {
  return db.prepare<[], Row>(`SELECT ${COLUMNS} FROM number_list ORDER BY kind, source`).all().map(entryOf);
}

/** Writes a list, or a newer version in the place of the one before. */
export function saveList(db: Db, entry: ListEntry): void {
  db.prepare(
    `INSERT INTO number_list (id, kind, source, version, until, imported_at, imported_by, file, key, tokens, refused,
       shapes, sha256)
     VALUES (@id, @kind, @source, @version, @until, @importedAt, @importedBy, @file, @key, @tokens, @refused, @shapes,
       @sha256)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, until = excluded.until,
       imported_at = excluded.imported_at, imported_by = excluded.imported_by, file = excluded.file, key = excluded.key,
       tokens = excluded.tokens, refused = excluded.refused, shapes = excluded.shapes, sha256 = excluded.sha256`,
  ).run({ ...entry, shapes: JSON.stringify(entry.shapes) });
}

/** Removes a list with its key: its file says nothing any more. */
export function deleteList(db: Db, id: string): void {
  db.prepare('DELETE FROM number_list WHERE id = ?').run(id);
}
