// The rows of a detection log as other programs read them, all in the same form: numbers as numbers, days as text, nothing as null.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import readExcel from 'read-excel-file/node';
import { originalText } from '../../../shared/report/csv.ts';

export type LogRow = (string | number | null)[];

/** What CSV cannot say of itself. */
const NUMBERS: ReadonlySet<string> = new Set([
  'number',
  'shift',
  'documents',
  'pictures',
  'reports',
  'seconds',
]);

const textOf = (text: string): string | null => (text === '' ? null : originalText(text));

export function rowsOfJson(path: string): LogRow[] {
  const { rows }: { rows: LogRow[] } = JSON.parse(readFileSync(path, 'utf8'));
  return rows.map((row) => row.map((cell) => (typeof cell === 'string' ? textOf(cell) : cell)));
}

export function rowsOfCsv(path: string): LogRow[] {
  const [columns = [], ...lines]: string[][] = parse(readFileSync(path), {
    bom: true,
    record_delimiter: '\r\n',
  });
  const isNumber = columns.map((id) => NUMBERS.has(id));
  return lines.map((cells) =>
    cells.map((cell, at) => (isNumber[at] === true && cell !== '' ? Number(cell) : textOf(cell))),
  );
}

export async function rowsOfXlsx(path: string): Promise<LogRow[]> {
  const [sheet] = await readExcel(path, { trim: false });
  return (sheet?.data ?? []).slice(1).map((row: readonly unknown[]) =>
    row.map((cell) => {
      if (cell instanceof Date) return cell.toISOString().slice(0, 10);
      return typeof cell === 'string' ? textOf(cell) : typeof cell === 'number' ? cell : null;
    }),
  );
}
