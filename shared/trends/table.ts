// A view as a table, on a screen and in a file: its lines in order, with their names, as they are or as they may be shared.
import { type Cell, CSV_MARK, csvLine } from '../report/csv.ts';
import { valueName, type Words } from './names.ts';
import { ordered } from './order.ts';
import type { Fresh, TrendQuestion, TrendView } from './question.ts';
import { shareable } from './suppress.ts';
import type { Dimension } from './row.ts';

export interface TableLine {
  key: string;
  name: string;
  count: number;
  fresh: readonly Fresh[];
}

export interface Table {
  lines: TableLine[];
  /** Reports in all; null where it would tell what is left out, and where lines do not add up to it. */
  total: number | null;
}

/** A report has one value of these at most, so their lines add up to the total. */
const ADDS_UP: ReadonlySet<Dimension> = new Set(['issuer', 'country', 'place', 'family', 'route', 'source']);

/**
 * The lines of a view by name or by figure. Shared, lines of few reports are left out, and what stands out is not told: it
 * is a figure of one week.
 */
export function tableOf(view: TrendView, words: Words, isShared: boolean): Table {
  const named = ordered(view.by, view.lines, (key) => valueName(words, view.by, key)).map((line) => ({
    ...line,
    name: valueName(words, view.by, line.key),
  }));
  if (!isShared) return { lines: named, total: view.total };
  const { lines, total } = shareable(named, view.rest);
  return {
    lines: lines.map((line) => ({ ...line, fresh: [] })),
    // Lines that are not here are part of no sum.
    total: ADDS_UP.has(view.by) && view.more === 0 ? total : null,
  };
}

/** What may be drawn for others of a map: what is left out has no dot. */
export const shareableMap = ({ map, rest }: TrendView): TrendView['map'] => shareable(map, rest).lines;

/** And of weeks: those that are left out have no bar, as empty ones, and none stands out. */
export function shareableTime({ time, rest }: TrendView): TrendView['time'] {
  const { lines } = shareable(
    time.map(({ week, count }) => ({ key: week, count })),
    rest,
  );
  const shown = new Map(lines.map(({ key, count }) => [key, count]));
  return time.map(({ week }) => ({ week, count: shown.get(week) ?? 0, fresh: null }));
}

/**
 * The question whose lines add up to its total: nothing is chosen of what they stand by, and a chosen week is all the
 * weeks there are. What is written to a file is asked so.
 */
export function wholeQuestion(question: TrendQuestion, of: Dimension | 'week'): TrendQuestion {
  const { week, only, ...rest } = question;
  if (of === 'week') return { ...rest, week: null, only };
  const { [of]: _chosen, ...others } = only;
  return { ...rest, ...(week === null ? {} : { from: week, to: week }), week: null, only: others };
}

/** What figures are of, and what they are to be held against. */
export interface Basis {
  /** First and last day, `YYYY-MM-DD`. */
  from: string;
  to: string;
  /** Travellers examined where it is known; null where it is not. */
  examined: number | null;
  /** Names of what was chosen: other reports are not in the figures. */
  only: readonly string[];
}

/** A table as a file of CSV: every line says its weeks and what it is held against, so that none is read without. */
export function tableCsv({ lines, total }: Table, by: Dimension, basis: Basis, { text }: Words): string {
  const examined: Cell = basis.examined ?? text('trends.csv.examined.missing');
  const row = (code: string, name: string, count: number | null): Cell[] => [
    code,
    name,
    count ?? text('trends.csv.left-out'),
    basis.from,
    basis.to,
    basis.only.join('; '),
    examined,
  ];
  const head = ['code', 'name', 'reports', 'from', 'to', 'only', 'examined'].map((column) =>
    column === 'name' ? text(`trends.by.${by}`) : text(`trends.csv.${column}`),
  );
  const rows = [
    ...lines.map(({ key, name, count }) => row(key, name, count)),
    row('', text('trends.csv.total'), total),
  ];
  return CSV_MARK + [head, ...rows].map(csvLine).join('');
}
