// Type, items, quick card and question of a document: what this one has, in the same order each time.
import { describe, expect, test } from 'vitest';
import { judgeLines } from './judged.ts';
import {
  canBeMissing,
  featuresOf,
  flaggedQuestion,
  itemsFor,
  quickCard,
  typeOf,
} from '../../shared/procedures/choose.ts';
import { SPECIMEN_SET } from '../../shared/specimen/set.ts';
import { item, PROCEDURE, type } from './shipped.ts';

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
const look = (id: string) => ({ id, severity: 'look' as const });
const card = (typeId: string, ...findings: string[]): (string | null)[][] =>
  quickCard(PROCEDURE, type(typeId), findings.map(look)).map((point) => [point.item, point.feature]);

describe('the type of a document', () => {
  test.each([
    ['TD3', 'passport_ord', 'UTO', 'utopia-passport'],
    ['TD1', 'id_card', 'UTO', 'utopia-card'],
    ['TD2', 'id_card', 'UTO', 'utopia-large-card'],
    ['MRV-A', 'visa_label', 'UTO', 'utopia-visa'],
    ['MRV-B', 'visa_label', 'UTO', 'utopia-visa'],
    ['TD3', 'passport_dip', 'UTO', 'general-booklet'],
    ['TD3', 'passport_ord', 'D<<', 'general-booklet'],
    ['MRV-B', 'visa_label', 'D<<', 'general-schengen-visa'],
    ['MRV-A', 'visa_label', 'USA', 'general-label'],
    ['FR-ID', 'id_card', 'FRA', 'general-card'],
    ['TD1', 'other', 'XXX', 'general-card'],
  ] as const)('%s %s of %s is %s', (format, kind, issuer, expected) => {
    expect(typeOf(PROCEDURE, { format, kind, issuer }).id).toBe(expected);
  });

  test('without a reading it is a booklet of which nothing can be missing', () => {
    const unread = typeOf(PROCEDURE, null);
    expect(unread.id).toBe('general-booklet');
    expect(itemsFor(PROCEDURE, unread, 'L2').filter((each) => canBeMissing(unread, each))).toEqual([]);
  });

  test('a procedure without general types still answers', () => {
    const bare = { ...PROCEDURE, types: [] };
    const label = typeOf(bare, { format: 'MRV-A', kind: 'visa_label', issuer: 'UTO' });
    expect([label.form, label.general]).toEqual(['label', true]);
    expect(quickCard(bare, label, []).map((point) => point.item)).toEqual(['C2', 'V01']);
  });
});

describe('items of a type', () => {
  test('a booklet has stitching, a card has an edge of layers, a label has neither', () => {
    const of = (id: string): string[] => ids(itemsFor(PROCEDURE, type(id), 'L2'));
    expect(of('utopia-passport')).toEqual(
      expect.arrayContaining(['S1', 'S4', 'E1', 'D4', 'L3a', 'P01', 'FC10', 'B01']),
    );
    expect(of('utopia-passport')).not.toContain('E3');
    expect(of('utopia-card')).toContain('E3');
    expect(of('utopia-card').filter((id) => /^[SP]\d|^L\da|^O1/.test(id))).toEqual([]);
    expect(of('utopia-visa')).toEqual(expect.arrayContaining(['V01', 'V06', 'V10', 'C3']));
    expect(of('utopia-visa').filter((id) => /^[SEP]\d/.test(id))).toEqual([]);
  });

  test('what depends on a feature is left out where the type has none of them', () => {
    const passport = ids(itemsFor(PROCEDURE, type('utopia-passport'), 'L2'));
    // Neither chip, barcode nor decoder.
    expect(passport.filter((id) => ['A5', 'A6', 'B14'].includes(id))).toEqual([]);
    expect(ids(itemsFor(PROCEDURE, type('general-booklet'), 'L2'))).toEqual(
      expect.arrayContaining(['A5', 'A6', 'B14']),
    );
  });

  test('items of one layout are asked of that layout alone', () => {
    expect(ids(itemsFor(PROCEDURE, type('general-schengen-visa'), 'L2'))).toEqual(
      expect.arrayContaining(['V02', 'V05', 'V13']),
    );
    expect(
      ids(itemsFor(PROCEDURE, type('general-label'), 'L2')).filter((id) =>
        ['V02', 'V03', 'V05'].includes(id),
      ),
    ).toEqual([]);
  });

  test('first line does a part of second line, both in the order of the letters', () => {
    for (const each of PROCEDURE.types) {
      const first = ids(itemsFor(PROCEDURE, each, 'L1'));
      const second = itemsFor(PROCEDURE, each, 'L2');
      expect(first.length).toBeGreaterThan(5);
      expect(ids(second)).toEqual(expect.arrayContaining(first));
      const places = second.map(({ step }) => PROCEDURE.steps.indexOf(step));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  test('only what the type must have can be missing', () => {
    const missing = (id: string, of: string): boolean => canBeMissing(type(of), item(id));
    expect(missing('L3a', 'utopia-passport')).toBe(true);
    expect(missing('F1', 'utopia-passport')).toBe(false);
    expect(missing('L3a', 'general-booklet')).toBe(false);
    expect(featuresOf(PROCEDURE, type('utopia-passport'), item('C2')).map(({ id }) => id)).toEqual([
      'SUB.wm_multi',
      'PRT.intaglio',
      'PRT.ovi',
      'OVD.overlay',
    ]);
  });
});

describe('the quick card', () => {
  test('the one feature, then the body; a finding takes the third place', () => {
    expect(card('utopia-passport')).toEqual([
      ['C2', 'PRT.ovi'],
      ['L1a', null],
      ['S1', null],
    ]);
    expect(card('utopia-passport', 'mrz.cd.dob')).toEqual([
      ['C2', 'PRT.ovi'],
      ['L1a', null],
      ['A1', null],
    ]);
    expect(card('utopia-card')).toEqual([
      ['C2', 'OVD.kine'],
      ['E3', null],
    ]);
    expect(card('utopia-visa', 'x.visa')).toEqual([
      ['C2', 'PRT.ovi'],
      ['V01', null],
      ['V09', null],
    ]);
  });

  test('of an unknown type it names no feature', () => {
    expect(card('general-booklet')[0]).toEqual(['C2', null]);
  });

  test('never more than three, whatever was found, and the same each time', () => {
    const all = ['mrz.issuer', 'mrz.cd.num', 'x.name', 'mrz.exp.far'];
    for (const each of PROCEDURE.types) {
      const made = quickCard(PROCEDURE, each, all.map(look));
      expect(made.length).toBeLessThanOrEqual(3);
      expect(quickCard(PROCEDURE, each, all.map(look))).toEqual(made);
      expect(new Set(made.map((point) => point.item)).size).toBe(made.length);
    }
  });

  test('the first finding counts that asks for something this type has', () => {
    expect(card('utopia-passport', 'mrz.unknown', 'x.num', 'x.name')[2]).toEqual(['D1', null]);
    // Nothing to look at where a reading is only to be done again, or is merely worth knowing.
    expect(quickCard(PROCEDURE, type('utopia-passport'), [{ id: 'x.num', severity: 'note' }])[2]?.item).toBe(
      'S1',
    );
  });

  test('tells tool, light, time and drawing', () => {
    expect(quickCard(PROCEDURE, type('utopia-passport'), [])).toEqual([
      { item: 'C2', feature: 'PRT.ovi', light: null, tool: 'TLT', seconds: 2, drawing: 'colour-change' },
      { item: 'L1a', feature: null, light: null, tool: 'TCH', seconds: 2, drawing: 'laminate-edge' },
      { item: 'S1', feature: null, light: 'white', tool: 'VIS', seconds: 2, drawing: 'stitching' },
    ]);
  });

  test('with the face and a glance it fits into the twelve seconds', () => {
    for (const each of PROCEDURE.types) {
      const seconds = quickCard(PROCEDURE, each, []).reduce((sum, point) => sum + point.seconds, 0);
      expect(4 + seconds + 1).toBeLessThanOrEqual(11);
    }
  });
});

describe('one question', () => {
  test('of the first finding that asks one', () => {
    expect(flaggedQuestion(PROCEDURE, [])).toBeNull();
    expect(flaggedQuestion(PROCEDURE, [look('mrz.cd.comp'), look('x.dob'), look('x.num')])).toBe('Q04');
    expect(flaggedQuestion(PROCEDURE, [{ id: 'x.dob', severity: 'retake' }])).toBeNull();
  });

  test('a row for one rule comes before the row for its family', () => {
    expect(flaggedQuestion(PROCEDURE, [look('mrz.cd.num')])).toBe('Q07');
    expect(flaggedQuestion(PROCEDURE, [look('mrz.cd.comp')])).toBeNull();
  });
});

test('every specimen is of a type of Utopia or of another state, and gets a card and what its findings ask', () => {
  for (const entry of SPECIMEN_SET) {
    const { fields, findings } = judgeLines(entry);
    const found = typeOf(PROCEDURE, fields);
    const isUtopian = fields?.issuer === 'UTO';
    expect(found.general, entry.id).toBe(!isUtopian);
    expect(quickCard(PROCEDURE, found, findings).length, entry.id).toBeGreaterThanOrEqual(2);
  }
});
