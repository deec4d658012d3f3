// Reports as they are counted, in columns of numbers: any view of a hundred thousand of them takes milliseconds.
import { type Column, FIRST_ROOM, newColumn, numberOf, roomier, setOf } from './columns.ts';
import { BASELINE_WEEKS, CHANCE, LEAST_REPORTS, patternsIn } from './pattern.ts';
import type { Fresh, TrendFilter, TrendQuestion, TrendView } from './question.ts';
import { DIMENSIONS, type Dimension, type TrendRow } from './row.ts';
import { weekName, weekNumber } from './weeks.ts';

export interface TrendStore {
  /** How many reports are counted. */
  size(): number;
  /** Adds a report, or puts it in the place of the one of its id. `group`: whoever may see one of a group may see all. */
  put(row: TrendRow, group?: string): void;
  /** Puts a report into another group; nothing where it is not counted. */
  regroup(id: string, group: string): void;
  remove(id: string): void;
  /** At most so many lines, those of the most reports: there are thousands of routes. */
  view(question: TrendQuestion, sees?: Sees, most?: number): TrendView;
  /** Ids of the reports behind a figure, the newest week first; at most `limit`, after the first `offset`. */
  list(filter: TrendFilter, limit: number, offset: number, sees?: Sees): { ids: string[]; total: number };
  /** First and last week of any report; null where there is none. */
  span(sees?: Sees): { from: string; to: string } | null;
}

/** Lines of a view on a screen; states are fewer. */
export const MOST_LINES = 1000;
/** Weeks that are shown at once: twenty years. */
export const MOST_WEEKS = 1040;

/** Whether whoever asks may see reports of a group. Reports of others are to them as if they were not there. */
export type Sees = (group: string) => boolean;

/** Weeks of a question as numbers. */
interface Weeks {
  /** From here series are counted: the baseline of the first week that is shown. */
  begin: number;
  from: number;
  to: number;
  week: number | null;
  /** Of the first report of all. */
  first: number;
  /** By the number of its group, 1 for a report that may be seen. */
  seen: Uint8Array;
}

function spanOf({ from, to, week }: TrendFilter, first: number, seen: Uint8Array): Weeks {
  const last = weekNumber(to);
  // The last of them where more is asked for than is ever shown, so that no question takes all memory.
  const shown = Math.max(weekNumber(from), last - MOST_WEEKS + 1);
  return {
    begin: shown - BASELINE_WEEKS,
    from: shown,
    to: Math.max(shown, last),
    week: week === null ? null : weekNumber(week),
    first,
    seen,
  };
}

/** Reports of the weeks that are shown, or of the one that is chosen. */
function sumOf(counts: Uint32Array, { begin, from, to, week }: Weeks): number {
  let sum = 0;
  for (let at = from; at <= to; at += 1) if (week === null || week === at) sum += counts[at - begin] ?? 0;
  return sum;
}

const everybody: Sees = () => true;

const NO_WEEKS = new Uint32Array();

/** What is counted of one value. */
interface Counts {
  /** Its number. */
  value: number;
  key: string;
  /** Reports of all weeks that are shown, and of the chosen one. */
  period: number;
  count: number;
}

/** Reports are of few weeks, and reading one is dear. */
function createWeeks(): (week: string) => number {
  const known = new Map<string, number>();
  return (week) => {
    const number = known.get(week) ?? weekNumber(week);
    known.set(week, number);
    return number;
  };
}

export function createTrendStore(): TrendStore {
  const numberOfWeek = createWeeks();
  const columns = Object.fromEntries(DIMENSIONS.map((each) => [each, newColumn()])) as Record<
    Dimension,
    Column
  >;
  const places = new Map<string, number>();
  const ids: string[] = [];
  let weeks = new Int32Array(FIRST_ROOM);
  const groups = newColumn();

  const seenBy = (sees: Sees): Uint8Array => Uint8Array.from(groups.values, (group) => Number(sees(group)));

  function makeRoom(): void {
    if (ids.length < weeks.length) return;
    weeks = roomier(weeks, new Int32Array(weeks.length * 2));
    for (const column of [groups, ...Object.values(columns)])
      column.of = roomier(column.of, new Uint32Array(column.of.length * 2));
  }

  /** Which sets of each filtered dimension fit; `but` is left out. Null where no report can fit. */
  function masksOf({ only }: TrendFilter, but: Dimension | null): { of: Uint32Array; fits: Uint8Array }[] {
    return DIMENSIONS.flatMap((dimension) => {
      const value = only[dimension];
      if (value === undefined || dimension === but) return [];
      const { of, members, numbers } = columns[dimension];
      const number = numbers.get(value) ?? -1;
      return [{ of, fits: Uint8Array.from(members, (member) => Number(member.includes(number))) }];
    });
  }

  /** Calls with the place of each report of these weeks that fits. */
  function each(
    filter: TrendFilter,
    { from, to, but, seen }: { from: number; to: number; but: Dimension | null; seen: Uint8Array },
    visit: (at: number, week: number) => void,
  ): void {
    const masks = masksOf(filter, but);
    for (let at = 0; at < ids.length; at += 1) {
      const week = weeks[at] ?? 0;
      if (week < from || week > to || seen[groups.of[at] ?? 0] !== 1) continue;
      let fits = true;
      for (const mask of masks) if (mask.fits[mask.of[at] ?? 0] === 0) fits = false;
      if (fits) visit(at, week);
    }
  }

  /** The first and the last week of what may be seen; the first is past the last where that is nothing. */
  function ends(seen: Uint8Array): { first: number; last: number } {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = 0; at < ids.length; at += 1) {
      if (seen[groups.of[at] ?? 0] !== 1) continue;
      first = Math.min(first, weeks[at] ?? first);
      last = Math.max(last, weeks[at] ?? last);
    }
    return { first, last };
  }

  /** Reports of each value: of the weeks that are shown, and of the chosen one. What is chosen of this dimension is left out. */
  function countsOf(filter: TrendFilter, by: Dimension, { from, to, week, seen }: Weeks): Counts[] {
    const { values, members, of } = columns[by];
    const [all, chosen] = [new Uint32Array(values.length), new Uint32Array(values.length)];
    each(filter, { from, to, but: by, seen }, (at, when) => {
      for (const value of members[of[at] ?? 0] ?? []) {
        all[value] = (all[value] ?? 0) + 1;
        if (week === null || week === when) chosen[value] = (chosen[value] ?? 0) + 1;
      }
    });
    return values.flatMap((key, value) => {
      const [period, count] = [all[value] ?? 0, chosen[value] ?? 0];
      return period === 0 ? [] : [{ value, key, period, count }];
    });
  }

  /** Week for week of a span, of those values alone of which anything can stand out. */
  function seriesOf(
    filter: TrendFilter,
    by: Dimension,
    { begin, to, seen }: Weeks,
    lines: readonly Counts[],
  ): Map<number, Uint32Array> {
    const { values, members, of } = columns[by];
    const series = new Map(
      lines
        .filter(({ period }) => period >= LEAST_REPORTS)
        .map(({ value }) => [value, new Uint32Array(to - begin + 1)]),
    );
    const byValue = values.map((_key, value) => series.get(value));
    each(filter, { from: begin, to, but: by, seen }, (at, week) => {
      for (const value of members[of[at] ?? 0] ?? []) {
        const counts = byValue[value];
        if (counts !== undefined) counts[week - begin] = (counts[week - begin] ?? 0) + 1;
      }
    });
    return series;
  }

  /** What stands out of a series that begins with `begin`; weeks before the first report of all are no baseline. */
  function freshOf(counts: Uint32Array, { begin, from, first }: Weeks, lines: number): Fresh[] {
    const known = Math.max(begin, first);
    const patterns = patternsIn(counts.subarray(known - begin), from - known);
    return [...patterns].map(([at, pattern]) => ({
      ...pattern,
      week: weekName(known + at),
      isClear: pattern.chance * lines < CHANCE,
    }));
  }

  function view(question: TrendQuestion, sees: Sees, most: number): TrendView {
    const { by } = question;
    const seen = seenBy(sees);
    const span = spanOf(question, ends(seen).first, seen);
    const { begin, from, to } = span;
    const shown = countsOf(question, by, span);
    const counted = shown.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count);
    const lines = counted.slice(0, most);
    const series = seriesOf(question, by, span, lines);
    const all = new Uint32Array(to - begin + 1);
    each(question, { from: begin, to, but: null, seen }, (_at, week) => {
      all[week - begin] = (all[week - begin] ?? 0) + 1;
    });
    const total = sumOf(all, span);
    let within = 0;
    each({ ...question, only: {} }, { from, to, but: null, seen }, (_at, week) => {
      if (span.week === null || span.week === week) within += 1;
    });
    const fresh = new Map(freshOf(all, span, 1).map((one) => [one.week, one]));
    const marked = by === 'issuer' || by === 'country' ? shown : countsOf(question, 'country', span);
    return {
      by,
      total,
      lines: lines.map(({ value, key, count }) => ({
        key,
        count,
        fresh: freshOf(series.get(value) ?? NO_WEEKS, span, shown.length),
      })),
      more: counted.length - lines.length,
      time: Array.from(all.subarray(from - begin), (count, at) => {
        const week = weekName(from + at);
        return { week, count, fresh: fresh.get(week) ?? null };
      }),
      map: marked.filter(({ count }) => count > 0).map(({ key, count }) => ({ key, count })),
      rest: within - total,
    };
  }

  return {
    size: () => ids.length,
    put(row, group = '') {
      const at = places.get(row.id) ?? ids.length;
      if (at === ids.length) {
        makeRoom();
        places.set(row.id, ids.push(row.id) - 1);
      }
      weeks[at] = numberOfWeek(row.week);
      groups.of[at] = numberOf(groups, group);
      for (const dimension of DIMENSIONS)
        columns[dimension].of[at] = setOf(columns[dimension], row.values[dimension]);
    },
    regroup(id, group) {
      const at = places.get(id);
      if (at !== undefined) groups.of[at] = numberOf(groups, group);
    },
    remove(id) {
      const at = places.get(id);
      const last = ids.pop();
      if (at === undefined || last === undefined) {
        if (last !== undefined) ids.push(last);
        return;
      }
      places.delete(id);
      if (last === id) return;
      ids[at] = last;
      places.set(last, at);
      weeks[at] = weeks[ids.length] ?? 0;
      for (const { of } of [groups, ...Object.values(columns)]) of[at] = of[ids.length] ?? 0;
    },
    view: (question, sees = everybody, most = MOST_LINES) => view(question, sees, most),
    list(filter, limit, offset, sees = everybody) {
      const found: number[] = [];
      const chosen = filter.week === null ? null : weekNumber(filter.week);
      const span = {
        from: weekNumber(filter.from),
        to: weekNumber(filter.to),
        but: null,
        seen: seenBy(sees),
      };
      each(filter, span, (at, week) => {
        if (chosen === null || chosen === week) found.push(at);
      });
      found.sort((a, b) => (weeks[b] ?? 0) - (weeks[a] ?? 0) || b - a);
      return {
        ids: found.slice(offset, offset + limit).map((at) => ids[at] ?? ''),
        total: found.length,
      };
    },
    span(sees = everybody) {
      const { first, last } = ends(seenBy(sees));
      return first > last ? null : { from: weekName(first), to: weekName(last) };
    },
  };
}
