// How a table would be read: its characters, what parts its cells, which column is what; and the tables of a folder.
import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { columnsOf, masked } from '../../shared/lists/columns.ts';
import type { Delimiter, Encoding, ListTable } from '../../shared/contract/lists.ts';
import { StationFailure } from '../failure.ts';
import { delimiterOf, encodingOf, readRows } from './table-file.ts';

export interface TableGiven {
  path: string;
  encoding: Encoding | null;
  delimiter: Delimiter | null;
}

/** Rows whose shapes are shown. */
const SHOWN_ROWS = 3;
const TITLE_CHARACTERS = 60;
const TABLE = /\.(?:csv|tsv|txt)$/iu;

/** What is found out of a table, all it does not have to be told. Throws `file-gone`, `list-quote`, `list-columns`. */
export async function inspectTable({ path, ...given }: TableGiven): Promise<ListTable> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) throw new StationFailure('file-gone');
  const encoding = given.encoding ?? (await encodingOf(path));
  const delimiter = given.delimiter ?? (await delimiterOf(path, encoding));
  const rows: string[][] = [];
  await readRows(
    { path, encoding, delimiter },
    {
      row(cells) {
        rows.push([...cells]);
        return rows.length <= SHOWN_ROWS;
      },
    },
  );
  const [first] = rows;
  if (first === undefined) throw new StationFailure('list-columns');
  const roles = columnsOf(first);
  const heading = roles.some((role) => role !== null);
  const shown = heading ? rows.slice(1) : rows.slice(0, SHOWN_ROWS);
  return {
    encoding,
    delimiter,
    heading,
    columns: first.map((cell, at) => ({
      // What stands in a first row that names nothing is an entry.
      title: heading ? cell.trim().slice(0, TITLE_CHARACTERS) : '',
      role: roles[at] ?? null,
      shapes: shown.map((row) => masked(row[at] ?? '')),
    })),
  };
}

/** Files in a folder that can be tables, by name. Throws `folder-gone`. */
export async function findTables(folder: string): Promise<{ path: string; bytes: number }[]> {
  const gone = (): never => {
    throw new StationFailure('folder-gone');
  };
  if (!isAbsolute(folder)) gone();
  const names = await readdir(folder).catch(gone);
  const files: { path: string; bytes: number }[] = [];
  for (const name of names.filter((each) => TABLE.test(each)).sort()) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found?.isFile() === true) files.push({ path, bytes: found.size });
  }
  return files;
}
