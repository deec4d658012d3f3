// Why a report cannot leave as it is: each fault, where it is, and that statistics have none of them.
import { describe, expect, test } from 'vitest';
import type { Tier } from '../../shared/sharing/codes.ts';
import { type Audience, type FullReport, fullReport } from '../../shared/sharing/full.ts';
import { leaving, type Means } from '../../shared/sharing/leaving.ts';
import { BASIS, CROP, FULL, MEANS, PARTNER, TO_NETWORK, TO_PARTNER, TO_STATISTICS } from './full.ts';

const AUDIENCES: Record<Tier, Audience> = { T1: TO_PARTNER, T2: TO_NETWORK, T3: TO_STATISTICS };

function left(tier: Tier, full: FullReport = FULL, means: Partial<Means> = {}) {
  return leaving(full, AUDIENCES[tier], { ...MEANS, basis: tier === 'T1' ? BASIS : null, ...means });
}

/** The full report with one value in another place. */
function withValue(path: string, value: unknown): FullReport {
  const copy: Record<string, unknown> = structuredClone(FULL);
  const names = path.split('.');
  const last = names.pop() ?? '';
  let target = copy;
  for (const name of names) target = target[name] as Record<string, unknown>;
  target[last] = value;
  return fullReport.parse(copy);
}

const problems = (tier: Tier, full: FullReport, means: Partial<Means> = {}): string[] =>
  left(tier, full, means).problems.map(({ path, code }) => `${path} ${code}`);

describe('problems', () => {
  test.each([
    ['document.issuer', null],
    ['document.type', null],
    ['detection.date', null],
    ['detection.country', null],
    ['detection.detectedBy', []],
    ['fraud.types', []],
    ['fraud.findings', []],
    ['fraud.outcome', null],
    ['fraud.tip', null],
    ['fraud.tip', ' '],
  ])('%s is needed', (path, value) => {
    const { body, problems: told } = left('T2', withValue(path, value));
    expect(told).toEqual([{ path, code: 'missing', place: null }]);
    expect(body).toBeNull();
  });

  test('a tip is needed where somebody reads it: by a partner and the network, not by statistics', () => {
    const bare = withValue('fraud.tip', null);
    expect([problems('T1', bare), problems('T2', bare)]).toEqual([
      ['fraud.tip missing'],
      ['fraud.tip missing'],
    ]);
    expect(problems('T3', bare)).toEqual([]);
    expect(left('T3', bare).body).not.toBeNull();
  });

  test.each([
    ['caveat', 'Ask Eriksson', 'name'],
    ['document.series', 'L8988901C', 'number'],
    ['document.issuingPost', 'Office of Anna', 'name'],
    ['fraud.tip', 'Holder born 12.08.1974', 'date'],
    ['modus.supplyPlace', '+66 81 234 5678', 'contact'],
    ['narrative.happened', 'The number ends in 8901C', 'number'],
    ['narrative.lesson', 'Written to a@example.org', 'contact'],
    ['narrative.doAndDoNot', 'The victim was led away', 'protection'],
    ['fraud.findings', [{ item: 'A1', result: 'differs', tool: null, note: 'ERIKSSON anna' }], 'name'],
    ['fraud.anchors', [{ zone: 'emblem', imageSha256: null, description: 'under eriksson' }], 'name'],
    ['document.visa', { ...FULL.document.visa, type: 'ERIKSSON' }, 'name'],
  ])('%s with %j: %s, at T1 and T2, never at T3', (path, value, code) => {
    const full = withValue(path, value);
    for (const tier of ['T1', 'T2'] as const) {
      const told = left(tier, full).problems;
      expect(told.map((each) => each.code)).toContain(code);
      expect(told.every((each) => each.path.startsWith(path))).toBe(true);
    }
    expect(left('T3', full).problems).toEqual([]);
  });

  test('the place of a problem is that of the text', () => {
    const [problem] = left(
      'T2',
      withValue('fraud.findings', [{ item: 'A1', result: 'differs', tool: null, note: 'By Eriksson, said' }]),
    ).problems;
    expect(problem).toEqual({ path: 'fraud.findings.0.note', code: 'name', place: { start: 3, end: 11 } });
  });

  test('the day of the detection is for a partner alone', () => {
    const full = withValue('narrative.happened', 'Seen on 20 November 2026');
    expect(problems('T2', full)).toEqual(['narrative.happened date']);
    expect(problems('T1', full)).toEqual([]);
  });

  test('what only the case knows counts: companions, officers', () => {
    const full = withValue('narrative.happened', 'Somchai saw it first');
    expect(problems('T2', full)).toEqual([]);
    expect(problems('T2', full, { known: { names: ['Somchai Jaidee'], numbers: [], dates: [] } })).toEqual([
      'narrative.happened name',
    ]);
  });

  test.each([
    ['touches the portrait', { at: { x: 290, y: 200, width: 100, height: 50 } }, ['crop-portrait']],
    ['touches the zone', { at: { x: 400, y: 500, width: 100, height: 61 } }, ['crop-zone']],
    ['ends where the zone begins', { at: { x: 400, y: 500, width: 100, height: 60 } }, []],
    ['is most of the page', { at: { x: 310, y: 0, width: 690, height: 550 } }, ['crop-large']],
    ['reaches out of the picture', { at: { x: 950, y: 0, width: 100, height: 50 } }, ['crop-outside']],
    ['was cut where nobody marked the portrait', { portrait: null }, ['crop-unmarked']],
    ['was cut where nobody marked the zone', { zone: null }, ['crop-unmarked']],
    ['was not looked at', { showsNobody: false }, ['crop-unconfirmed']],
    ['shows a page without portrait and zone', { portrait: 'none', zone: 'none' }, []],
  ] as const)('a piece that %s', (_, change, codes) => {
    const full = withValue('images', [{ ...CROP, ...change }]);
    expect(left('T2', full).problems.map(({ code }) => code)).toEqual(codes);
    expect(left('T3', full).problems).toEqual([]);
  });

  test('a piece over a zone that the reader found is kept back, whatever was marked', () => {
    const full = withValue('images', [{ ...CROP, portrait: 'none', zone: 'none' }]);
    const zones = [{ imageId: CROP.imageId, at: { x: 700, y: 100, width: 200, height: 60 } }];
    expect(problems('T2', full, { known: { ...MEANS.known, zones } })).toEqual(['images.0 crop-zone']);
    const elsewhere = zones.map((zone) => ({ ...zone, imageId: PARTNER }));
    expect(problems('T2', full, { known: { ...MEANS.known, zones: elsewhere } })).toEqual([]);
  });

  test('an anchor shows a picture that leaves with it', () => {
    expect(problems('T2', withValue('images', []))).toEqual(['fraud.anchors.0 anchor-image']);
  });

  test('nothing goes to a partner without a legal basis on file', () => {
    expect(problems('T1', FULL, { basis: null })).toEqual(['basis no-basis']);
  });
});
