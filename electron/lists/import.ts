// Imports a table as a file of tokens: row by row, never more than a piece of it in memory, and nothing of it elsewhere.
import { createSecretKey } from 'node:crypto';
import { rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListKind } from '../../shared/examination/listed.ts';
import { type Columns } from '../../shared/lists/columns.ts';
import type { ListShape } from '../../shared/lists/keys.ts';
import { rowReader, type RowFault } from '../../shared/lists/rows.ts';
import type { ListImported, ListStep } from '../../shared/contract/lists.ts';
import { StationFailure } from '../failure.ts';
import { readRows, type TableFile } from './table-file.ts';
import { tokenOf } from './token-file.ts';
import { createTokenSort } from './token-sort.ts';

export interface ImportJob {
  table: TableFile;
  /** Whether the first row names the columns. */
  heading: boolean;
  columns: Columns;
  kind: ListKind;
  /** The key of this version, 32 bytes. */
  key: Uint8Array;
  /** Where the file of tokens goes, and what lies beside it meanwhile. */
  folder: string;
  /** Of the file of tokens. */
  name: string;
}

export interface Imported extends Pick<ListImported, 'rows' | 'taken' | 'refused' | 'lines'> {
  tokens: number;
  shapes: ListShape[];
  /** Of the file of tokens, hex. */
  sha256: string;
}

/** What lies beside the file while it is made: gone afterwards, also after a cut (`sweepLists`). */
export const UNFINISHED = '.part';

/** Lines that are told one by one. */
const MOST_LINES = 100;
/** How much of the work reading is; the rest is told as a step of its own. */
const TOLD_BYTES = 1024 * 1024;

/**
 * Reads the table and writes its tokens, synced, as `name` in the folder; `told` hears how far it is. Throws what
 * `readRows` throws, `list-empty`, and what the disk says; then nothing is left behind.
 */
export async function importTable(
  job: ImportJob,
  told: (step: ListStep, share: number) => void,
): Promise<Imported> {
  const { table, heading, columns, kind, folder, name } = job;
  const found = await stat(table.path).catch(() => null);
  if (found?.isFile() !== true) throw new StationFailure('file-gone');
  const key = createSecretKey(job.key);
  const read = rowReader(columns, kind);
  const path = join(folder, name);
  const sort = createTokenSort(`${path}${UNFINISHED}`);
  const counts = new Map<RowFault, number>();
  const lines: Imported['lines'] = [];
  const shapes = new Set<ListShape>();
  let [rows, taken, toldAt] = [0, 0, 0];

  const refuse = (fault: RowFault, line: number): void => {
    counts.set(fault, (counts.get(fault) ?? 0) + 1);
    if (lines.length < MOST_LINES) lines.push({ line, fault });
  };
  let isHeading = heading;
  try {
    await readRows(table, {
      row(cells, line) {
        if (isHeading) {
          isHeading = false;
          return true;
        }
        if (cells.every((cell) => cell.trim() === '')) return true;
        rows += 1;
        const keys = read(cells);
        if (typeof keys === 'string') {
          refuse(keys, line);
          return true;
        }
        taken += 1;
        for (const { shape, text } of keys) {
          shapes.add(shape);
          sort.add(tokenOf(key, text));
        }
        return true;
      },
      told(bytes) {
        if (bytes - toldAt < TOLD_BYTES) return;
        toldAt = bytes;
        told('reading', Math.min(1, bytes / Math.max(1, found.size)));
      },
    });
    if (taken === 0) throw new StationFailure('list-empty');
    const { tokens, sha256 } = sort.finish(path, (share) => told('sorting', share));
    const refused = [...counts].map(([fault, count]) => ({ fault, count }));
    return { rows, taken, refused, lines, tokens, shapes: [...shapes], sha256 };
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    sort.end();
  }
}
