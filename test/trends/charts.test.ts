// Charts and files of a view: what is drawn is what was counted, nothing in it is markup, nothing small is shared.
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import world from '../../assets/map/world.json' with { type: 'json' };
import states from '../../assets/text/en/states.json' with { type: 'json' };
import fraud from '../../assets/text/en/report-wire.json' with { type: 'json' };
import trends from '../../assets/text/en/trends.json' with { type: 'json' };
import { FRAUD_TYPES } from '../../shared/sharing/codes.ts';
import { beside, type World, worldMap } from '../../shared/trends/map.ts';
import { valueName, type Words } from '../../shared/trends/names.ts';
import type { TrendQuestion } from '../../shared/trends/question.ts';
import { createTrendStore } from '../../shared/trends/store.ts';
import { shareableMap, shareableTime, tableCsv, tableOf, wholeQuestion } from '../../shared/trends/table.ts';
import { roundAbove, timeline } from '../../shared/trends/timeline.ts';
import { chartFile, node, type Tree, treeText } from '../../shared/trends/tree.ts';
import { trendRow } from './rows.ts';

const MAP: World = world;
const catalogue: Readonly<Record<string, string>> = { ...states, ...fraud, ...trends };
const words: Words = {
  text: (id, values = {}) =>
    (catalogue[id] ?? id).replaceAll(/\{(\w+)\}/gu, (_all, name: string) => String(values[name] ?? '')),
  has: (id) => Object.hasOwn(catalogue, id),
};

const every = (tree: Tree): Tree[] => [
  tree,
  ...tree.children.flatMap((child) => (typeof child === 'string' ? [] : every(child))),
];
const ofClass = (tree: Tree, name: string): Tree[] =>
  every(tree).filter(({ attributes }) => String(attributes['class']).split(' ').includes(name));

const QUESTION: TrendQuestion = { by: 'issuer', from: '2026-W40', to: '2026-W47', week: null, only: {} };

/** Issuing states with so many reports each, found in Thailand. */
function viewOf(counts: Readonly<Record<string, number>>, question = QUESTION) {
  const store = createTrendStore();
  for (const [issuer, count] of Object.entries(counts))
    for (let at = 0; at < count; at += 1)
      store.put(trendRow(`${issuer}-${at}`, { issuer: [issuer], week: at === 0 ? '2026-W41' : '2026-W47' }));
  return store.view(question);
}

describe('the map', () => {
  const input = {
    world: MAP,
    chosen: null,
    isSized: true,
    words: { title: 'Map', state: ({ key }: { key: string }) => key },
  };

  it('has a place for every state that documents of today print', () => {
    const codes = Object.keys(MAP.states);
    expect(codes.length).toBeGreaterThan(230);
    expect(codes.filter((code) => !Object.hasOwn(states, `state.${code}`))).toEqual([]);
    for (const { at } of Object.values(MAP.states)) {
      const [x = -1, y = -1] = at;
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(MAP.width);
      expect(y).toBeLessThanOrEqual(MAP.height);
    }
    // By hand: Singapore is east and south of France, and too small for land of its own.
    const [singapore, france] = [MAP.states['SGP'], MAP.states['FRA']];
    const [x = 0, y = 0] = singapore?.at ?? [];
    const [fromX = 0, fromY = 0] = france?.at ?? [];
    expect([singapore?.path, x > fromX, y > fromY]).toEqual(['', true, true]);
  });

  it('draws a dot for each state that was counted, by either code, and tells of those beside', () => {
    const marks = [
      { key: 'DEU', count: 2 },
      { key: 'SGP', count: 8 },
      { key: 'UNO', count: 1 },
    ];
    const tree = worldMap({ ...input, marks, chosen: 'SGP' });
    expect(ofClass(tree, 'trend-state').map(({ attributes }) => attributes['data-key'])).toEqual([
      'SGP',
      'DEU',
    ]);
    expect(ofClass(tree, 'trend-chosen').length).toBe(1);
    expect(beside(MAP, marks)).toEqual([{ key: 'UNO', count: 1 }]);
  });

  it('ranks no issuing state: dots of one size there', () => {
    const marks = [
      { key: 'FRA', count: 1 },
      { key: 'SGP', count: 900 },
    ];
    const radii = (isSized: boolean) =>
      new Set(
        ofClass(worldMap({ ...input, marks, isSized }), 'trend-dot').map(({ attributes }) => attributes['r']),
      );
    expect(radii(false).size).toBe(1);
    expect(radii(true).size).toBe(2);
  });
});

describe('the time line', () => {
  const draw = (counts: readonly number[], link?: (week: string) => string) =>
    timeline({
      time: counts.map((count, at) => ({
        week: `2026-W${10 + at}`,
        count,
        fresh:
          count > 8
            ? { week: `2026-W${10 + at}`, count, usual: 1, weeks: 52, chance: 0.001, isClear: true }
            : null,
      })),
      chosen: '2026-W11',
      size: { width: 800, height: 160 },
      words: { title: 'Time', week: ({ week }) => `<${week}>`, tick: (week) => week },
      link,
    });

  it('has a bar for each week as tall as its figure, and a mark where a week stands out', () => {
    const tree = draw([0, 4, 8, 9]);
    const heights = ofClass(tree, 'trend-bar').map(({ attributes }) => Number(attributes['height']));
    expect(heights[0]).toBe(0);
    expect((heights[2] ?? 0) / (heights[1] ?? 1)).toBeCloseTo(2, 1);
    expect(ofClass(tree, 'trend-mark').length).toBe(1);
    expect(ofClass(tree, 'trend-chosen').map(({ attributes }) => attributes['data-key'])).toEqual([
      '2026-W11',
    ]);
  });

  it('leads somewhere where it is told where', () => {
    const [first] = ofClass(
      draw([1], (week) => `/trends?week=${week}&x="`),
      'trend-week',
    );
    expect(first?.tag).toBe('a');
    expect(treeText(first ?? node('g', {}))).toContain('href="/trends?week=2026-W10&amp;x=&quot;"');
  });

  it('takes no label for markup', () => {
    expect(treeText(draw([1]))).toContain('&lt;2026-W10&gt;');
  });

  it('ends its axis at a round figure whose half is whole', () => {
    expect([0, 1, 2, 3, 5, 7, 11, 41, 199, 1000].map(roundAbove)).toEqual([
      1, 1, 2, 4, 6, 8, 20, 60, 200, 1000,
    ]);
  });
});

describe('a file', () => {
  const period = { from: '2026-09-28', to: '2026-11-22', examined: null, only: ['Thailand', 'Visa'] };

  it('of a table tells its weeks and that the denominator is missing, in every line', () => {
    const view = viewOf({ UTO: 3, SGP: 12 });
    const lines: string[][] = parse(tableCsv(tableOf(view, words, false), 'issuer', period, words), {
      bom: true,
    });
    expect(lines).toEqual([
      ['Code', 'Issuing state', 'Reports', 'From', 'To', 'Only', 'Travellers examined'],
      ['SGP', 'Singapore', '12', period.from, period.to, 'Thailand; Visa', 'missing'],
      ['UTO', 'Utopia (specimen)', '3', period.from, period.to, 'Thailand; Visa', 'missing'],
      ['', 'Reports in all', '15', period.from, period.to, 'Thailand; Visa', 'missing'],
    ]);
  });

  it('that is shared keeps small figures out, and what would tell them', () => {
    const table = tableOf(viewOf({ UTO: 3, SGP: 12, D: 30 }), words, true);
    expect(table.lines.map(({ key, count }) => [key, count])).toEqual([['D', 30]]);
    expect(table.total).toBe(45);
    expect(table.lines.every(({ fresh }) => fresh.length === 0)).toBe(true);
  });

  it('that is shared tells no total of lines that are not all here', () => {
    const view = viewOf({ UTO: 10, SGP: 12 });
    expect(tableOf(view, words, true).total).toBe(22);
    expect(tableOf({ ...view, more: 3 }, words, true).total).toBe(null);
  });

  it('that is shared draws no small week and no small state', () => {
    const view = viewOf({ UTO: 3, SGP: 12, D: 30 });
    // Three in the first week, 42 in the other: both are kept out.
    expect(shareableTime(view).map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(shareableMap(view)).toEqual([{ key: 'D', count: 30 }]);
  });

  it('has no cell that a spreadsheet would run, whatever a place is called', () => {
    const store = createTrendStore();
    store.put(trendRow('one', { route: ['=1+1'] }));
    const view = store.view({ ...QUESTION, by: 'route' });
    expect(tableCsv(tableOf(view, words, false), 'route', period, words)).toContain("'=1+1");
  });

  it('of a chart stands alone, and says what must be read with it', () => {
    const text = chartFile(
      node('svg', { class: 'x', viewBox: '0 0 10 10' }, [node('path', { d: 'M0 0' })]),
      { width: 10, height: 10 },
      {
        title: 'A <title>',
        captions: ['12 reports'],
      },
    );
    expect(text).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(text).toContain('A &lt;title&gt;');
    expect(text).toContain('12 reports');
    expect(text).not.toMatch(/https?:(?!\/\/www\.w3\.org)/u);
  });

  it('asks for lines that add up to their total', () => {
    const question: TrendQuestion = {
      ...QUESTION,
      week: '2026-W41',
      only: { issuer: 'UTO', country: 'THA' },
    };
    expect(wholeQuestion(question, 'issuer')).toEqual({
      ...QUESTION,
      from: '2026-W41',
      to: '2026-W41',
      only: { country: 'THA' },
    });
    const view = viewOf({ UTO: 3, SGP: 12 }, wholeQuestion(question, 'issuer'));
    expect(view.lines.reduce((sum, { count }) => sum + count, 0)).toBe(view.total);
    expect(wholeQuestion(question, 'week')).toEqual({ ...question, week: null });
  });
});

describe('names', () => {
  it('are words for every code, and the code where there are none', () => {
    expect(FRAUD_TYPES.filter((type) => valueName(words, 'fraud', type) === type)).toEqual([]);
    expect(valueName(words, 'issuer', 'D')).toBe('Germany');
    expect(valueName(words, 'issuer', 'QQQ')).toBe('QQQ');
    expect(valueName(words, 'place', 'THA BKK')).toBe('BKK, Thailand');
    expect(valueName(words, 'route', 'BKK-SIN')).toBe('BKK-SIN');
    expect(valueName(words, 'route', '')).toBe('Not told');
  });
});
