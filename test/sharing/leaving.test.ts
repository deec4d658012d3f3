// What leaves for whom: every field by the table, nothing beside it, and no report with a problem.
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Tier } from '../../shared/sharing/codes.ts';
import { FIELDS, isEmpty, isPersonal, tierLeaks, valueAt } from '../../shared/sharing/fields.ts';
import { type Audience, type FullReport, fullReport, sealedPart } from '../../shared/sharing/full.ts';
import { leaving, type Means, withdrawalOf } from '../../shared/sharing/leaving.ts';
import { preview } from '../../shared/sharing/preview.ts';
import {
  encodeReport,
  type FullWireReport,
  fullWireReport,
  wireReport,
} from '../../shared/sharing/report.ts';
import { AGENCY, BASIS, CROP, FULL, MEANS, PARTNER, TO_NETWORK, TO_PARTNER, TO_STATISTICS } from './full.ts';

const AUDIENCES: Record<Tier, Audience> = { T1: TO_PARTNER, T2: TO_NETWORK, T3: TO_STATISTICS };

function left(tier: Tier, full: FullReport = FULL, means: Partial<Means> = {}) {
  return leaving(full, AUDIENCES[tier], { ...MEANS, basis: tier === 'T1' ? BASIS : null, ...means });
}

function bodyOf(tier: Tier, full: FullReport = FULL): FullWireReport {
  const { body } = left(tier, full);
  if (body === null) throw new Error('no report');
  return body;
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

describe('a report with something in every field', () => {
  test.each(['T1', 'T2', 'T3'] as const)(
    'at %s has no problem, says no more than it may and keeps its bytes',
    (tier) => {
      const body = bodyOf(tier);
      expect(left(tier).problems).toEqual([]);
      expect(tierLeaks(body)).toEqual([]);
      const text = encodeReport(body);
      expect(encodeReport(wireReport.parse(JSON.parse(text)))).toBe(text);
    },
  );

  test('each field is there or absent as the table says', () => {
    for (const tier of ['T1', 'T2', 'T3'] as const) {
      const body = bodyOf(tier);
      for (const field of FIELDS.filter((each) => !isPersonal(each))) {
        expect(isEmpty(valueAt(body, field.to)), `${tier} ${field.to}`).toBe(field.tiers[tier] === 'absent');
      }
    }
  });

  test.each([
    ['T2', 'detection.week', '2026-W47'],
    ['T2', 'detection.date', null],
    ['T1', 'detection.date', '2026-11-20'],
    ['T2', 'document.issuedYear', 2021],
    ['T2', 'document.numberRange', { prefix: 'L898', length: 9 }],
    ['T2', 'document.visa', { issuer: 'D', type: 'C', year: 2026 }],
    ['T2', 'bearer', { ageBand: null, groupBand: null }],
    ['T3', 'bearer', { ageBand: '40-59', groupBand: '2-4' }],
    ['T3', 'document.numberToken', null],
    ['T3', 'images', []],
    ['T3', 'narrative', { happened: null, lesson: null, doAndDoNot: null }],
    ['T2', 'disposition', []],
    ['T1', 'disposition', ['document_seized']],
    ['T1', 'to', PARTNER],
    ['T2', 'to', null],
  ] as const)('%s %s', (tier, path, value) => {
    expect(valueAt(bodyOf(tier), path)).toEqual(value);
  });

  test('findings lose their notes in statistics, not their codes', () => {
    expect(bodyOf('T3').fraud.findings).toEqual(FULL.fraud.findings.map((each) => ({ ...each, note: '' })));
  });

  test('the number is masked in the sealed part unless it is given whole', () => {
    expect(left('T1').sealedPart?.number).toBe('L898•••••');
    expect(left('T1', withValue('personal.wholeNumber', true)).sealedPart?.number).toBe('L8988901C');
  });

  test('only a partner has a sealed part, with every field that the table seals', () => {
    expect(left('T2').sealedPart).toBeNull();
    expect(left('T3').sealedPart).toBeNull();
    const sealed = FIELDS.filter(isPersonal).map(({ to }) => to);
    expect(sealed.toSorted()).toEqual(Object.keys(sealedPart.shape).toSorted());
  });

  test('a correction names what it replaces', () => {
    const { body } = left('T2', FULL, { replaces: MEANS.id });
    expect([body?.kind, body?.replaces]).toEqual(['correction', MEANS.id]);
  });

  test('is shown to the officer whole: every field that leaves has its row', () => {
    for (const tier of ['T1', 'T2', 'T3'] as const) {
      const labels = preview(bodyOf(tier), null).flatMap(({ rows }) => rows.map(({ label }) => label));
      const told = FIELDS.filter((field) => !isPersonal(field) && field.tiers[tier] !== 'absent');
      expect(told.map(({ to }) => `report.field.${to}`).filter((label) => !labels.includes(label))).toEqual(
        [],
      );
    }
  });
});

describe('the table', () => {
  const leaves = (schema: z.core.JSONSchema.BaseSchema, at: string): { at: string; open: boolean }[] => {
    const { anyOf, properties, items, type, pattern, format } = schema;
    if (anyOf !== undefined) return anyOf.flatMap((each) => leaves(each as typeof schema, at));
    if (properties !== undefined) {
      return Object.entries(properties).flatMap(([name, each]) =>
        leaves(each as typeof schema, at === '' ? name : `${at}.${name}`),
      );
    }
    if (items !== undefined) return leaves(items as typeof schema, at);
    if (type === 'null') return [];
    const free = schema.enum === undefined && schema.const === undefined && pattern === undefined;
    return [{ at, open: type === 'string' && free && format === undefined }];
  };
  const found = leaves(z.toJSONSchema(fullWireReport) as z.core.JSONSchema.BaseSchema, '');
  const HEAD = /^(schema|id|tier|kind|replaces|createdAt|stationId|agencyId|to|basis|sealed)(\.|$)/;

  test('there are fields to look at', () => {
    expect(found.length).toBeGreaterThan(60);
    expect(found.some(({ open }) => open)).toBe(true);
  });

  test('has every field of the report that leaves', () => {
    const named = FIELDS.filter((field) => !isPersonal(field)).map(({ to }) => to);
    const unnamed = found.filter(
      ({ at }) => !HEAD.test(at) && !named.some((to) => at === to || at.startsWith(`${to}.`)),
    );
    expect(unnamed).toEqual([]);
  });

  test('names every free text, so that it is searched', () => {
    const searched = FIELDS.flatMap(({ to, texts }) => {
      if (texts === undefined) return [];
      return texts === true ? [to] : texts.map((name) => `${to}.${name}`);
    });
    // Made by the station out of ids of its own, never typed for a report.
    const own = ['document.numberToken.keyId', 'document.numberToken.token'];
    const open = found.filter(({ at, open: isOpen }) => isOpen && !HEAD.test(at)).map(({ at }) => at);
    expect([...new Set(open)].filter((at) => !searched.includes(at) && !own.includes(at))).toEqual([]);
    expect(searched.length).toBeGreaterThan(8);
  });
});

describe('tierLeaks', () => {
  const t2 = bodyOf('T2');
  const t3 = bodyOf('T3');

  test.each<[string, FullWireReport, string[]]>([
    ['a day at T2', { ...t2, detection: { ...t2.detection, date: '2026-11-20' } }, ['detection.date']],
    ['a disposition at T2', { ...t2, disposition: ['police'] }, ['disposition']],
    ['a band of age at T2', { ...t2, bearer: { ageBand: '18-24', groupBand: null } }, ['bearer.ageBand']],
    ['an addressee at T2', { ...t2, to: PARTNER }, ['to']],
    ['a basis at T2', { ...t2, basis: BASIS }, ['basis']],
    [
      'a sealed part at T2',
      { ...t2, sealed: { agencyId: PARTNER, for: [{ stationId: AGENCY, key: 'AAAA' }], box: 'AAAA' } },
      ['sealed'],
    ],
    [
      'a nationality at T3',
      { ...t3, document: { ...t3.document, nationality: 'UTO' } },
      ['document.nationality'],
    ],
    ['pictures at T3', { ...t3, images: t2.images }, ['images']],
    [
      'notes at T3',
      { ...t3, fraud: { ...t3.fraud, findings: t2.fraud.findings } },
      ['fraud.findings.0.note'],
    ],
    [
      'a T2 body named T3',
      { ...t2, tier: 'T3' },
      FIELDS.filter(
        (each) => !isPersonal(each) && each.tiers.T2 !== 'absent' && each.tiers.T3 === 'absent',
      ).map(({ to }) => to),
    ],
    ['T1 without partner and basis', { ...bodyOf('T1'), to: null, basis: null }, ['to', 'basis']],
    [
      'T1 sealed for another agency than it goes to',
      {
        ...bodyOf('T1'),
        sealed: { agencyId: AGENCY, for: [{ stationId: AGENCY, key: 'AAAA' }], box: 'AAAA' },
      },
      ['sealed.agencyId'],
    ],
  ])('%s', (_, report, leaks) => {
    expect(tierLeaks(report)).toEqual(expect.arrayContaining(leaks));
    if (leaks.length === 1) expect(tierLeaks(report)).toEqual(leaks);
  });

  test('a withdrawal goes where the report went', () => {
    const of = (tier: Tier) =>
      withdrawalOf(bodyOf(tier), {
        id: MEANS.id,
        createdAt: MEANS.createdAt,
        createdByRole: 'supervisor',
        reason: 'doubt-not-confirmed',
      });
    expect(tierLeaks(of('T1'))).toEqual([]);
    expect(tierLeaks(of('T2'))).toEqual([]);
    expect(tierLeaks({ ...of('T1'), to: null })).toEqual(['to']);
    expect(tierLeaks({ ...of('T2'), to: PARTNER })).toEqual(['to']);
    expect(JSON.parse(encodeReport(of('T2')))).toMatchObject({ kind: 'withdrawal', replaces: MEANS.id });
  });
});

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
  ])('%s is needed', (path, value) => {
    const { body, problems: told } = left('T2', withValue(path, value));
    expect(told).toEqual([{ path, code: 'missing', place: null }]);
    expect(body).toBeNull();
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

  test('an anchor shows a picture that leaves with it', () => {
    expect(problems('T2', withValue('images', []))).toEqual(['fraud.anchors.0 anchor-image']);
  });

  test('nothing goes to a partner without a legal basis on file', () => {
    expect(problems('T1', FULL, { basis: null })).toEqual(['basis no-basis']);
  });
});
