// What is counted of a report: weeks in a row, parts of the document, states and routes, and nothing else of it.
import { describe, expect, it } from 'vitest';
import checks from '../../assets/procedures/checks.json' with { type: 'json' };
import features from '../../assets/procedures/features.json' with { type: 'json' };
import items from '../../assets/procedures/items.json' with { type: 'json' };
import words from '../../assets/text/en/trends.json' with { type: 'json' };
import { weekOf } from '../../shared/sharing/redact.ts';
import { PARTS, partOf } from '../../shared/trends/parts.ts';
import { DIMENSIONS, FAMILIES, rowOf } from '../../shared/trends/row.ts';
import { mondayOf, sundayOf, weekName, weekNumber } from '../../shared/trends/weeks.ts';
import { networkReport } from '../hub/wire-reports.ts';

const AUTHOR = {
  stationId: '01930000-0000-7000-8000-0000000000aa',
  agencyId: '01930000-0000-7000-8000-0000000000bb',
};

describe('weeks', () => {
  it('stand in a row across every turn of the year', () => {
    let before = weekNumber('1999-W51');
    for (let day = Date.UTC(1999, 11, 27); day < Date.UTC(2040, 0, 1); day += 7 * 86_400_000) {
      const week = weekOf(new Date(day).toISOString().slice(0, 10));
      const number = weekNumber(week);
      expect(number).toBe(before + 1);
      expect(weekName(number)).toBe(week);
      before = number;
    }
  });

  it('begin on a Monday and end on a Sunday', () => {
    expect(mondayOf(weekNumber('2026-W48'))).toBe('2026-11-23');
    expect(sundayOf(weekNumber('2026-W53'))).toBe('2027-01-03');
  });
});

describe('a report', () => {
  it('is counted by its codes', () => {
    const report = networkReport(AUTHOR);
    const { values, week } = rowOf(
      {
        ...report,
        fraud: {
          ...report.fraud,
          findings: [
            { item: 'F3', result: 'differs', tool: 'OBL', note: 'a step' },
            { item: 'PER.photo_bg', result: 'not-present', tool: null, note: '' },
            { item: 'NUM.uv', result: 'matched', tool: null, note: '' },
            { item: 'LAM.edge', result: 'differs', tool: null, note: '' },
          ],
        },
      },
      'own',
    );
    expect(week).toBe('2026-W47');
    expect(values).toEqual({
      issuer: ['UTO'],
      country: ['UTO'],
      place: ['UTO UTA'],
      fraud: report.fraud.types,
      part: ['portrait', 'laminate'],
      family: ['passport'],
      route: ['UTB-UTC-UTA'],
      source: ['own'],
    });
  });

  it('says nothing of what it does not tell', () => {
    const report = networkReport(AUTHOR);
    const { values } = rowOf(
      { ...report, detection: { ...report.detection, placeCode: null, route: [] } },
      'received',
    );
    expect([values.place, values.route]).toEqual([[], []]);
  });

  it('takes both codes of Germany for one state, and legs that do not join apart', () => {
    const report = networkReport(AUTHOR);
    const route = [
      { from: 'AAA', to: 'BBB' },
      { from: 'CCC', to: 'DDD' },
    ];
    const { values } = rowOf(
      {
        ...report,
        document: { ...report.document, issuer: 'DEU' },
        detection: { ...report.detection, country: 'D', route },
      },
      'own',
    );
    expect([values.issuer, values.country, values.route]).toEqual([['D'], ['D'], ['AAA-BBB CCC-DDD']]);
  });

  it('is not counted by nationality', () => {
    expect(DIMENSIONS).not.toContain('nationality');
    const report = networkReport(AUTHOR);
    const other = { ...report, document: { ...report.document, nationality: 'XXA' } };
    expect(rowOf(other, 'own')).toEqual(rowOf(report, 'own'));
  });
});

it('of Kosovo is counted once, by whichever of its codes it came', () => {
  const report = networkReport(AUTHOR);
  const values = ['XXK', 'RKS'].map(
    (issuer) => rowOf({ ...report, document: { ...report.document, issuer } }, 'own').values.issuer,
  );
  expect(values).toEqual([['RKS'], ['RKS']]);
});

describe('parts', () => {
  it('are found for every check and feature; few are about the document as a whole', () => {
    const ids = [
      ...items.items,
      ...features.features,
      ...checks.visaChecks,
      ...checks.stampChecks,
      ...checks.bearer,
    ].map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(150);
    expect(ids.filter((id) => partOf(id) === 'whole')).toEqual(['C1', 'C5', 'C6']);
    expect([partOf('mrz.cd.num'), partOf('x.watch'), partOf('house.17')]).toEqual(['mrz', 'number', 'whole']);
    expect(new Set(ids.map(partOf)).size).toBe(PARTS.length);
  });

  it('and kinds of documents have their words', () => {
    const named = [
      ...PARTS.map((part) => `trends.part.${part}`),
      ...FAMILIES.map((family) => `trends.family.${family}`),
      ...DIMENSIONS.map((dimension) => `trends.by.${dimension}`),
    ];
    expect(named.filter((id) => !Object.hasOwn(words, id))).toEqual([]);
  });
});
