// The files of a detection log as they grow: CSV, XLSX, JSON and PDF of the same rows, none of which a spreadsheet runs.
import { createHash } from 'node:crypto';
import type { LogFormat } from '../../shared/report/log-codes.ts';
import { type Cell, CSV_MARK, csvLine, safeText } from '../../shared/report/csv.ts';
import { logPage, MOST_PRINTED_ROWS } from '../../shared/report/log-page.ts';
import type { ReportWords } from '../../shared/report/case-parts.ts';
import { canonicalJson, type Json } from '../logs/canonical.ts';
import type { LogHead } from '../logs/manifest.ts';
import type { WrittenFile } from '../logs/written-file.ts';
import { createWorkbook } from '../logs/xlsx.ts';
import type { LogColumn } from './log-table.ts';

/** A log whose totals are not known yet. */
export type LogBegin = Omit<LogHead, 'totals' | 'schema'>;

/** One file, or the canonical text of all. */
export interface LogSink {
  rows(rows: readonly (readonly Cell[])[]): Promise<void>;
  /** Says what is known at the end; the file is whole then. */
  end(head: LogHead): Promise<void>;
}

interface Means {
  begin: LogBegin;
  columns: readonly LogColumn[];
  words: ReportWords;
  madeAt: Date;
  madeBy: string;
  printPdf: (page: string) => Promise<Uint8Array>;
}

const idsOf = (columns: readonly LogColumn[]): string[] => columns.map(({ id }) => id);

async function csvSink(file: WrittenFile, { columns }: Means): Promise<LogSink> {
  await file.write(CSV_MARK + csvLine(idsOf(columns)));
  return {
    rows: (rows) => file.write(rows.map(csvLine).join('')),
    async end() {
      // Every record has its line already: a line of another kind would be one record more for whoever reads it.
    },
  };
}

/** The same order of names as canonical JSON has: what is known at the end comes last. */
function createJson(write: (text: string) => Promise<void> | void, { begin, columns }: Means) {
  const { from, post, shift, station, tier, to } = begin;
  const before = `${canonicalJson({ columns: idsOf(columns), from, post }).slice(0, -1)},"rows":[`;
  let isFirst = true;
  return {
    begin: () => write(before),
    rows(rows: readonly (readonly Cell[])[]) {
      if (rows.length === 0) return;
      const safe = rows.map((row) =>
        // Of texts, numbers and null alone this is the canonical form.
        JSON.stringify(row.map((cell) => (typeof cell === 'string' ? safeText(cell) : cell))),
      );
      const text = (isFirst ? '' : ',') + safe.join(',');
      isFirst = false;
      return write(text);
    },
    end: ({ schema, totals }: LogHead) =>
      write(`],${canonicalJson({ schema, shift, station, tier, to, totals } satisfies Json).slice(1)}`),
  };
}

async function jsonSink(file: WrittenFile, means: Means): Promise<LogSink> {
  const json = createJson((text) => file.write(text), means);
  await json.begin();
  return {
    async rows(rows) {
      await json.rows(rows);
    },
    async end(head) {
      await json.end(head);
    },
  };
}

/** The digest of the canonical text, whichever files are written. */
export function createContentDigest(means: Means) {
  const hash = createHash('sha256');
  const json = createJson((text) => void hash.update(text, 'utf8'), means);
  void json.begin();
  return {
    rows: (rows: readonly (readonly Cell[])[]): void => void json.rows(rows),
    end(head: LogHead): string {
      void json.end(head);
      return hash.digest('hex');
    },
  };
}

/** Lines of the second sheet: what the log is of, its counts, and the words of its codes. */
function aboutRows(head: LogHead, columns: readonly LogColumn[], { say }: ReportWords): Cell[][] {
  const { totals } = head;
  const counts: [string, number | null][] = [
    ['records', totals.records],
    ...Object.entries(totals.outcomes ?? {}),
    ['cleared-counted', totals.clearedCounted],
    ['examined', totals.examined],
  ];
  return [
    [say('log.about.station'), say('log.station', { place: head.station.place, code: head.station.code })],
    [say('log.about.from'), head.from],
    [say('log.about.to'), head.to],
    ...(head.shift === null ? [] : [[say('log.about.shift'), head.shift]]),
    ...(head.post === null ? [] : [[say('log.about.post'), head.post]]),
    [say('log.about.tier'), say(`log.tier.${head.tier}`)],
    ...counts.map(([id, count]) => [say(`log.total.${id}`), count ?? say('log.not-counted')]),
    ...columns.map(({ id }) => [say(`log.column.${id}`), say(`log.column.${id}.help`)]),
  ];
}

async function xlsxSink(file: WrittenFile, means: Means): Promise<LogSink> {
  const { columns, words, madeAt } = means;
  const { say } = words;
  const book = createWorkbook((bytes) => file.write(bytes), { madeAt });
  const titled = columns.map(({ id, ...rest }) => ({ ...rest, title: say(`log.column.${id}`) }));
  await book.sheet(say('log.sheet.rows'), titled);
  return {
    rows: (rows) => book.rows(rows),
    async end(head) {
      await book.sheet(say('log.sheet.about'), [
        { title: say('log.about.what'), kind: 'text', width: 32 },
        { title: say('log.about.value'), kind: 'text', width: 60 },
      ]);
      await book.rows(aboutRows(head, columns, words));
      await book.finish();
    },
  };
}

async function pdfSink(file: WrittenFile, means: Means): Promise<LogSink> {
  const { columns, words, madeAt, madeBy, printPdf } = means;
  const kept: Cell[][] = [];
  let count = 0;
  return {
    async rows(rows) {
      count += rows.length;
      for (const row of rows.slice(0, MOST_PRINTED_ROWS - kept.length)) kept.push([...row]);
    },
    async end(head) {
      const columnIds = idsOf(columns);
      const page = logPage(
        { ...head, columnIds, rows: kept, count, madeAt: madeAt.toISOString(), madeBy },
        words,
      );
      await file.write(await printPdf(page));
    },
  };
}

const SINKS: Readonly<Record<LogFormat, (file: WrittenFile, means: Means) => Promise<LogSink>>> = {
  csv: csvSink,
  xlsx: xlsxSink,
  json: jsonSink,
  pdf: pdfSink,
};

export const createSink = (format: LogFormat, file: WrittenFile, means: Means): Promise<LogSink> =>
  SINKS[format](file, means);
