// The detection log as rows: at T2 one for each examination without anything of the person, at T3 counts alone.
import type { LogTotals } from '../../shared/contract/logs.ts';
import type { LogTier } from '../../shared/report/log-codes.ts';
import type { Cell } from '../../shared/report/csv.ts';
import { shareable } from '../../shared/trends/suppress.ts';
import type { LogRecord } from '../db/log-rows.ts';
import type { SheetColumn } from '../logs/xlsx-cells.ts';
import { dayBefore } from './context.ts';
import { minutesOfClock } from './local-time.ts';

export interface LogColumn extends Pick<SheetColumn, 'kind' | 'width'> {
  /** Its words are `log.column.<id>`. */
  id: string;
}

export interface LogScope {
  from: string;
  to: string;
  shift: number | null;
  post: string | null;
  tier: LogTier;
}

export interface LogTable {
  columns: readonly LogColumn[];
  /** Takes records in their order; answers the rows that they make at once. */
  take(records: readonly LogRecord[]): Cell[][];
  /** The rows that are known at the end alone. */
  rest(): Cell[][];
  totals(): LogTotals;
}

type ColumnOf = [id: string, kind: SheetColumn['kind'], width: number];

const columns = (list: readonly ColumnOf[]): LogColumn[] =>
  list.map(([id, kind, width]) => ({ id, kind, width }));

/** Nothing of a person, no exact time: docs/logs.md says what each one holds. */
export const T2_COLUMNS = columns([
  ['number', 'number', 8],
  ['day', 'day', 12],
  ['shift', 'number', 7],
  ['time-band', 'text', 11],
  ['post', 'text', 14],
  ['place', 'text', 24],
  ['document', 'text', 10],
  ['format', 'text', 9],
  ['issuer', 'text', 9],
  ['nationality', 'text', 11],
  ['documents', 'number', 11],
  ['pictures', 'number', 9],
  ['findings', 'text', 34],
  ['outcome', 'text', 11],
  ['reasons', 'text', 30],
  ['second-line', 'text', 18],
  ['reports', 'number', 9],
  ['seconds', 'number', 9],
]);

/** Statistics: no day, no state. */
export const T3_COLUMNS = columns([
  ['shift', 'number', 7],
  ['post', 'text', 14],
  ['document', 'text', 10],
  ['outcome', 'text', 11],
  ['count', 'number', 9],
]);

/** What stands in the columns of the row that adds up what was too small to be told apart. */
const ALL = '*';

function timeBand(minutes: number): string {
  if (minutes < 6 * 60) return 'night';
  if (minutes < 12 * 60) return 'morning';
  return minutes < 18 * 60 ? 'afternoon' : 'evening';
}

/** Which shift a minute of the day lies in, from 1; null where there are none. Before the first one it is still the last. */
export function shiftAt(shifts: readonly string[], minutes: number): number | null {
  if (shifts.length === 0) return null;
  const begun = shifts.filter((clock) => minutesOfClock(clock) <= minutes).length;
  return begun === 0 ? shifts.length : begun;
}

/** Whether a record belongs into a log: a shift that goes over midnight is one of the day on which it began. */
function belongs(scope: LogScope, shifts: readonly string[], record: LogRecord, minutes: number): boolean {
  if (scope.post !== null && record.post !== scope.post) return false;
  if (scope.shift === null) return true;
  const isOfDayBefore = minutes < minutesOfClock(shifts[0] ?? '00:00');
  const day = isOfDayBefore ? dayBefore(record.day) : record.day;
  return shiftAt(shifts, minutes) === scope.shift && day >= scope.from && day <= scope.to;
}

const seconds = ({ startedAt, savedAt }: LogRecord): number =>
  Math.max(0, Math.round((Date.parse(savedAt) - Date.parse(startedAt)) / 1000));

const reasonsOf = (text: string): string => {
  const ids: string[] = JSON.parse(text);
  return ids.join(' ');
};

export function createLogTable(
  scope: LogScope,
  means: {
    shifts: readonly string[];
    minutesOf: (at: string) => number;
    /** Cleared travellers of the days of whom only the number is kept. */
    clearedCounted: number;
  },
): LogTable {
  const { shifts, minutesOf } = means;
  const outcomes = { clear: 0, referred: 0, skip: 0 };
  let records = 0;
  // Of a shift or a post nobody counted them.
  const clearedCounted = scope.shift === null && scope.post === null ? means.clearedCounted : null;
  const cells = new Map<string, { of: Cell[]; count: number }>();

  function full(record: LogRecord, minutes: number): Cell[] {
    return [
      records,
      record.day,
      shiftAt(shifts, minutes),
      timeBand(minutes),
      record.post,
      record.placeName,
      record.documentType,
      record.format,
      record.issuer,
      record.nationality,
      record.documents,
      record.pictures,
      record.findings,
      record.outcome,
      reasonsOf(record.reasons),
      record.secondLine,
      record.reports,
      seconds(record),
    ];
  }

  function count(of: Cell[]): void {
    const key = JSON.stringify(of);
    const cell = cells.get(key) ?? { of, count: 0 };
    cell.count += 1;
    cells.set(key, cell);
  }

  /** Cells that may be told, the largest first, and the sum of all; what was kept out is in that sum alone. */
  function statistics(): { shown: Cell[][]; total: number | null; rest: number } {
    const all = new Map(cells);
    if (clearedCounted !== null && clearedCounted > 0)
      all.set(ALL, { of: [null, null, null, 'clear'], count: clearedCounted });
    const { lines, total } = shareable([...all].map(([key, cell]) => ({ key, count: cell.count })));
    const told = lines.flatMap(({ key, count }) =>
      count === null ? [] : [{ of: all.get(key)?.of ?? [], count }],
    );
    const sum = told.reduce((before, each) => before + each.count, 0);
    return {
      shown: told.toSorted((a, b) => b.count - a.count).map((each) => [...each.of, each.count]),
      total,
      rest: total === null ? 0 : total - sum,
    };
  }

  return {
    columns: scope.tier === 'T2' ? T2_COLUMNS : T3_COLUMNS,
    take(taken) {
      const rows: Cell[][] = [];
      for (const record of taken) {
        const minutes = minutesOf(record.savedAt);
        if (!belongs(scope, shifts, record, minutes)) continue;
        records += 1;
        outcomes[record.outcome] += 1;
        if (scope.tier === 'T2') rows.push(full(record, minutes));
        else count([shiftAt(shifts, minutes), record.post, record.documentType, record.outcome]);
      }
      return rows;
    },
    rest() {
      if (scope.tier === 'T2') return [];
      const { shown, rest } = statistics();
      return rest === 0 ? shown : [...shown, [null, ALL, ALL, ALL, rest]];
    },
    totals() {
      const examined = clearedCounted === null ? null : records + clearedCounted;
      if (scope.tier === 'T2') return { records, outcomes, clearedCounted, examined };
      // A number beside the rows would give away what was put together in the last of them.
      const { total } = statistics();
      return {
        records: total,
        outcomes: null,
        clearedCounted: null,
        examined: clearedCounted === null ? null : total,
      };
    },
  };
}
