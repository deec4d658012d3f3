// The detection log on paper: what it is of, its counts with what they are counted of, and its rows as words.
import type { ReportWords, Row } from './case-parts.ts';
import { list, section, table } from './case-parts.ts';
import { type Cell, safeText } from './csv.ts';
import { type Html, html } from './html.ts';
import { LOG_STYLE } from './desk-style.ts';
import { wholePage } from './page.ts';

/** More rows than this are looked up in the other files. */
export const MOST_PRINTED_ROWS = 2000;

interface Outcomes {
  clear: number;
  referred: number;
  skip: number;
}

export interface LogPageInput {
  station: { code: string; place: string };
  from: string;
  to: string;
  shift: number | null;
  post: string | null;
  tier: string;
  totals: {
    records: number | null;
    outcomes: Outcomes | null;
    clearedCounted: number | null;
    examined: number | null;
  };
  columnIds: readonly string[];
  /** At most as many as are printed. */
  rows: readonly (readonly Cell[])[];
  /** How many there are. */
  count: number;
  madeAt: string;
  madeBy: string;
}

/** Columns that paper has no room for; they stand in the other files. */
const NOT_PRINTED: ReadonlySet<string> = new Set(['place', 'documents', 'pictures', 'seconds']);
/** Codes that have words, by column. */
const WORDS: Readonly<Record<string, (id: string) => string>> = {
  document: (id) => `document-type.${id}`,
  outcome: (id) => `history.outcome.${id}`,
  'time-band': (id) => `log.time-band.${id}`,
  'second-line': (id) => `procedure.outcome.${id}`,
};

function reasonWords(ids: string, { say }: ReportWords): string {
  return ids
    .split(' ')
    .map((id) => {
      const [reason, skip] = [say(`reason.${id}`), say(`skip.${id}`)];
      return reason === `reason.${id}` ? skip : reason;
    })
    .join('; ');
}

function cellWords(column: string, cell: Cell, words: ReportWords): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return String(cell);
  if (cell === '*') return words.say('log.together');
  if (column === 'reasons') return reasonWords(cell, words);
  const id = WORDS[column]?.(cell);
  return id === undefined ? safeText(cell) : words.say(id);
}

const counted = (count: number | null, { say }: ReportWords): string =>
  count === null ? say('log.not-counted') : String(count);

function countsPart({ totals }: LogPageInput, words: ReportWords): Html {
  const { say } = words;
  const outcomes = Object.entries(totals.outcomes ?? {}).map(([id, count]): [string, string] => [
    say(`log.total.${id}`),
    String(count),
  ]);
  return section(
    say('log.counts'),
    list([
      [say('log.total.records'), counted(totals.records, words)],
      ...outcomes,
      [say('log.total.cleared-counted'), counted(totals.clearedCounted, words)],
      [say('log.total.examined'), counted(totals.examined, words)],
    ]),
  );
}

/** A whole page of HTML, A4 across. */
export function logPage(input: LogPageInput, words: ReportWords): string {
  const { say, time } = words;
  const { station, from, to, shift, post, rows, count, columnIds, tier } = input;
  const title = from === to ? say('log.title.day', { day: from }) : say('log.title.days', { from, to });
  const printed = columnIds.flatMap((id, at) => (NOT_PRINTED.has(id) ? [] : [{ id, at }]));
  const lines = rows.map((row): Row => printed.map(({ id, at }) => cellWords(id, row[at] ?? null, words)));
  const body = html`<header><h1>${title}</h1>
${list([
  [say('log.about.station'), say('log.station', { place: safeText(station.place), code: station.code })],
  [say('log.about.shift'), shift === null ? '' : String(shift)],
  [say('log.about.post'), post === null ? '' : safeText(post)],
  [say('log.about.tier'), say(`log.tier.${tier}`)],
  [say('log.about.made'), say('log.made', { time: time(input.madeAt), name: input.madeBy })],
])}</header>
${countsPart(input, words)}
<section><h2>${say('log.sheet.rows')}</h2>
${
  count > rows.length
    ? html`<p>${say('log.cut', { shown: String(rows.length), count: String(count) })}</p>`
    : null
}
${
  rows.length === 0
    ? html`<p>${say('log.no-rows')}</p>`
    : table(
        printed.map(({ id }) => say(`log.column.${id}`)),
        lines,
      )
}</section>`;
  return wholePage({ language: words.language, title, style: LOG_STYLE, body });
}
