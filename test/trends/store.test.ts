// Counting: every view of the columns is what counting one by one gives, whatever is chosen, put in or taken out.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordered } from '../../shared/trends/order.ts';
import { type TrendQuestion, trendView } from '../../shared/trends/question.ts';
import { DIMENSIONS, type Dimension, type TrendRow } from '../../shared/trends/row.ts';
import { createTrendStore, MOST_WEEKS } from '../../shared/trends/store.ts';
import { weekName, weekNumber } from '../../shared/trends/weeks.ts';
import { countedBy, fitting, trendRow } from './rows.ts';

const WEEK = weekNumber('2026-W47');

const asked = (other: Partial<TrendQuestion> = {}): TrendQuestion => ({
  by: 'issuer',
  from: '2026-W01',
  to: '2026-W47',
  week: null,
  only: {},
  ...other,
});

const several = (values: string[]) => fc.subarray(values);
const row = (id: string): fc.Arbitrary<TrendRow> =>
  fc
    .record({
      week: fc.integer({ min: WEEK - 20, max: WEEK }),
      issuer: fc.constantFrom('UTO', 'D', 'XOM'),
      country: fc.constantFrom('THA', 'SGP'),
      fraud: several(['CF.full', 'FG.laminate', 'IM.lookalike']),
      part: several(['mrz', 'cover']),
      source: fc.constantFrom('own', 'received'),
    })
    .map(({ week, issuer, country, source, ...rest }) =>
      trendRow(id, { ...rest, week: weekName(week), issuer: [issuer], country: [country], source: [source] }),
    );
const rows = fc
  .array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 })
  .chain((ids) => fc.tuple(...ids.map((id) => row(`report-${id}`))));
const question: fc.Arbitrary<TrendQuestion> = fc
  .record({
    by: fc.constantFrom(...DIMENSIONS),
    from: fc.integer({ min: WEEK - 22, max: WEEK }),
    length: fc.integer({ min: 0, max: 12 }),
    chosen: fc.option(fc.integer({ min: 0, max: 12 })),
    only: fc.record(
      {
        issuer: fc.constantFrom('UTO', 'D', 'nowhere'),
        country: fc.constantFrom('THA', 'SGP'),
        fraud: fc.constantFrom('CF.full', 'IM.lookalike', ''),
        part: fc.constantFrom('mrz', ''),
        source: fc.constantFrom('own', 'received'),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ from, length, chosen, ...rest }) => ({
    ...rest,
    from: weekName(from),
    to: weekName(from + length),
    week: chosen === null ? null : weekName(from + Math.min(chosen, length)),
  }));

const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);

describe('a view', () => {
  it('is what counting one by one gives', () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 20 }),
        question,
        (put, out, ask) => {
          const store = createTrendStore();
          const kept = new Map<string, TrendRow>();
          for (const each of put) {
            store.put(each);
            kept.set(each.id, each);
          }
          for (const id of out) {
            store.remove(`report-${id}`);
            kept.delete(`report-${id}`);
          }
          const all = [...kept.values()];
          const view = trendView.parse(store.view(ask));
          const counts = (by: Dimension) => countedBy(fitting(all, ask, by), by);
          expect(store.size()).toBe(all.length);
          expect(view.total).toBe(fitting(all, ask).length);
          expect(view.lines.map(({ key, count }) => ({ key, count })).toSorted(byKey)).toEqual(
            counts(ask.by),
          );
          expect(view.map.toSorted(byKey)).toEqual(counts(ask.by === 'issuer' ? 'issuer' : 'country'));
          const weeks = fitting(all, { ...ask, week: null });
          for (const { week, count } of view.time)
            expect(count).toBe(weeks.filter((each) => each.week === week).length);
          expect(view.time.length).toBe(weekNumber(ask.to) - weekNumber(ask.from) + 1);
          expect(view.more).toBe(0);
          expect(store.view(ask, undefined, 2).lines).toEqual(view.lines.slice(0, 2));
          expect(store.view(ask, undefined, 2).more).toBe(Math.max(0, view.lines.length - 2));
          expect(view.rest).toBe(fitting(all, { ...ask, only: {} }).length - view.total);
          const { ids, total } = store.list(ask, 5, 1);
          expect(total).toBe(view.total);
          expect(ids.length).toBe(Math.min(5, Math.max(0, total - 1)));
          const found = new Set(fitting(all, ask).map(({ id }) => id));
          expect(ids.every((id) => found.has(id))).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('shows twenty years at most, whatever is asked', () => {
    const store = createTrendStore();
    store.put(trendRow('one'));
    const { time, total } = store.view(asked({ from: '1970-W01', to: '2026-W47' }));
    expect([time.length, time.at(-1)?.week, total]).toEqual([MOST_WEEKS, '2026-W47', 1]);
    expect(store.view(asked({ from: '2026-W40', to: '0001-W01' })).time.length).toBe(1);
  });

  it('names the reports behind a figure, the newest first', () => {
    const store = createTrendStore();
    store.put(trendRow('old', { week: '2026-W10' }));
    store.put(trendRow('new', { week: '2026-W40' }));
    store.put(trendRow('other', { issuer: ['D'] }));
    expect(store.list(asked({ only: { issuer: 'UTO' } }), 10, 0)).toEqual({ ids: ['new', 'old'], total: 2 });
    expect(store.span()).toEqual({ from: '2026-W10', to: '2026-W47' });
  });
});

describe('what stands out', () => {
  const planted = (from: number) => {
    const store = createTrendStore();
    for (let week = from; week < WEEK; week += 1) {
      store.put(trendRow(`quiet-${week}`, { week: weekName(week), place: ['THA BKK'] }));
      store.put(trendRow(`busy-${week}`, { week: weekName(week), place: ['SGP SIN'] }));
      store.put(trendRow(`other-${week}`, { week: weekName(week), place: ['D FRA'] }));
    }
    for (let at = 0; at < 5; at += 1) store.put(trendRow(`planted-${at}`, { place: ['THA BKK'] }));
    return store;
  };

  it('is told of the line and week of a new pattern, and of no other', () => {
    const view = planted(WEEK - 80).view(asked({ by: 'place', from: '2026-W30' }));
    expect(
      view.lines.flatMap(({ key, fresh }) =>
        fresh.map(({ week, count, usual }) => [key, week, count, usual]),
      ),
    ).toEqual([['THA BKK', '2026-W47', 5, 1]]);
  });

  it('is held against weeks since the first report alone', () => {
    const only = createTrendStore();
    // Nobody counted before: those are no weeks of none.
    for (let at = 0; at < 6; at += 1) only.put(trendRow(String(at), { week: weekName(WEEK - 3) }));
    expect(only.view(asked({ from: weekName(WEEK - 30) })).time.every(({ fresh }) => fresh === null)).toBe(
      true,
    );
    expect(
      planted(WEEK - 5)
        .view(asked({ by: 'place' }))
        .lines.every(({ fresh }) => fresh.length === 0),
    ).toBe(true);
  });

  it('says whether it would be rare among all the lines that are shown', () => {
    const store = planted(WEEK - 80);
    const clear = () =>
      store.view(asked({ by: 'place' })).lines.flatMap(({ fresh }) => fresh.map(({ isClear }) => isClear));
    expect(clear()).toEqual([false]);
    for (let at = 0; at < 4; at += 1) store.put(trendRow(`more-${at}`, { place: ['THA BKK'] }));
    expect(clear()).toEqual([true]);
  });
});

describe('order', () => {
  const lines = [
    { key: '', count: 99 },
    { key: 'B', count: 1 },
    { key: 'A', count: 7 },
    { key: 'C', count: 50 },
  ];
  const keys = (by: Dimension) => ordered(by, lines, (key) => key).map(({ key }) => key);

  it('is by name for states, whatever their figures', () => {
    expect(keys('issuer')).toEqual(['A', 'B', 'C', '']);
    expect(keys('country')).toEqual(['A', 'B', 'C', '']);
  });

  it('is by figure for the rest, and what is not told is last', () => {
    expect(keys('fraud')).toEqual(['C', 'A', 'B', '']);
  });
});
