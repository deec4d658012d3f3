// What leaves for whom: every field by the table, nothing beside it, and no report with a problem.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Tier } from '../../shared/sharing/codes.ts';
import { FIELDS, isEmpty, isPersonal, valueAt } from '../../shared/sharing/fields.ts';
import { tierLeaks } from '../../shared/sharing/leaks.ts';
import { type Audience, type FullReport, fullReport, sealedPart } from '../../shared/sharing/full.ts';
import { leaving, type Means, withdrawalOf } from '../../shared/sharing/leaving.ts';
import { preview } from '../../shared/sharing/preview.ts';
import {
  encodeReport,
  type FullWireReport,
  fullWireReport,
  wireReport,
} from '../../shared/sharing/report.ts';
import { AGENCY, BASIS, FULL, MEANS, PARTNER, TO_NETWORK, TO_PARTNER, TO_STATISTICS } from './full.ts';

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

test('whatever fits a full report can be made into one that leaves, or is told to lack something', () => {
  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  const text = fc.string({ unit: 'grapheme', maxLength: 30 });
  fc.assert(
    fc.property(
      fc.record({
        day,
        issued: fc.option(day),
        number: fc.option(fc.string({ maxLength: 40 })),
        text,
        group: fc.option(fc.integer({ min: 1, max: 500 })),
      }),
      ({ day: on, issued, number, text: said, group }) => {
        const full = fullReport.parse({
          ...FULL,
          caveat: said,
          detection: { ...FULL.detection, date: on },
          document: {
            ...FULL.document,
            number,
            issuedOn: issued,
            series: said,
            holder: { ...FULL.document.holder, personalNumber: said, birthDate: issued },
          },
          bearer: { ...FULL.bearer, groupSize: group },
        });
        for (const tier of ['T1', 'T2', 'T3'] as const) {
          const { body } = left(tier, full);
          expect(body === null ? [] : tierLeaks(body)).toEqual([]);
          if (body !== null)
            expect(encodeReport(wireReport.parse(JSON.parse(encodeReport(body))))).toBe(encodeReport(body));
        }
      },
    ),
    { numRuns: 200 },
  );
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
