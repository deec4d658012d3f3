// The detective on zones whose cause is known: what it names first, what it would repair, what it says of each.
import { describe, expect, test } from 'vitest';
import { checkDigit } from '../../shared/mrz/check-digit.ts';
import { explain } from '../../shared/mrz/detective/explain.ts';
import { protectionLevels, protectionOf } from '../../shared/mrz/detective/protection.ts';
import type { Clues, Explanation } from '../../shared/mrz/detective/types.ts';
import { unseenText } from '../../shared/mrz/detective/words.ts';
import { applyChanges } from '../../shared/mrz/detective/zone-view.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { MRV_A, TD1, TD1_LONG, TD2_LONG, TD3, TODAY } from './specimens.ts';

const SURE = { lowConfidence: [] };

function at(lines: readonly string[], row: number, column: number, text: string): string[] {
  return lines.map((line, i) =>
    i === row ? line.slice(0, column) + text + line.slice(column + text.length) : line,
  );
}

function explained(lines: readonly string[], clues: Omit<Clues, 'today'> = SURE): Explanation[] {
  return explain(parseMrz(lines, { today: TODAY }), { today: TODAY, ...clues });
}

const unsure = (line: number, column: number) => ({ lowConfidence: [{ line, column }] });

/** The id of a text without its area, for short expectations. */
const ids = (found: Explanation | undefined) =>
  found?.evidence.map(({ text }) => text.replace('detective.', ''));

/** The composite digit by the book, set into the last place of the lower row (TD3). */
function withComposite(lines: readonly string[]): string[] {
  const lower = lines[1] ?? '';
  return at(lines, 1, 43, checkDigit(lower.slice(0, 10) + lower.slice(13, 20) + lower.slice(21, 43)));
}

describe('reading slips', () => {
  test('an unsure digit whose look-alike makes all digits hold comes first, with its evidence', () => {
    const [first] = explained(at(TD3, 1, 16, '3'), unsure(1, 16));
    expect(first).toMatchObject({
      kind: 'reading-slip',
      standing: 'likely',
      field: 'birthDate',
      digits: ['birth', 'composite'],
      places: [{ row: 1, start: 16, end: 17 }],
      repair: [{ row: 1, column: 16, from: '3', to: '8' }],
      text: { title: 'detective.slip.title' },
      values: { row: '2', place: '17', from: '3', to: '8', field: 'birthDate' },
    });
    expect(ids(first)).toEqual([
      'evidence.trust-unsure',
      'evidence.likeness-twin',
      'evidence.fits-all-digits',
      'evidence.often-changed',
    ]);
  });

  test('in a number the digits leave several characters open, and the evidence says which', () => {
    // L898902C3: the 8 in the second place read as B; 8, I and S are one class.
    const found = explained(at(TD3, 1, 1, 'B'), unsure(1, 1));
    expect(found[0]?.repair).toEqual([{ row: 1, column: 1, from: 'B', to: '8' }]);
    expect(found[0]?.evidence).toContainEqual({
      text: 'detective.evidence.blind',
      values: { to: '8', others: 'I S' },
    });
    expect(found[1]?.repair).toEqual([{ row: 1, column: 1, from: 'B', to: 'S' }]);
  });

  test('a check digit itself may be the slip: then the composite fails with it', () => {
    const [first] = explained(at(TD3, 1, 19, '7'), unsure(1, 19));
    expect(first).toMatchObject({ kind: 'reading-slip', field: 'birthDate' });
    expect(first?.repair).toEqual([{ row: 1, column: 19, from: '7', to: '2' }]);
    const [last] = explained(at(TD3, 1, 43, 'O'), unsure(1, 43));
    expect(last).toMatchObject({ field: null, digits: ['composite'], repair: [{ column: 43, to: '0' }] });
  });

  test('what the reader itself changed is the first to doubt', () => {
    const corrections = [
      { row: 1, column: 7, from: 'C', to: '0', rule: 'class-map', reason: 'correction.class-map' },
    ];
    const [first] = explained(at(TD3, 1, 7, '0'), { lowConfidence: [], corrections });
    expect(first?.repair).toEqual([{ row: 1, column: 7, from: '0', to: 'C' }]);
    expect(ids(first)).toContain('evidence.trust-read-first');
  });

  test('a character that no zone has is read from the digits', () => {
    const [first] = explained(at(TD3, 1, 15, '?'), {});
    expect(first).toMatchObject({
      kind: 'reading-slip',
      repair: [{ row: 1, column: 15, from: '?', to: '0' }],
    });
    expect(ids(first)?.some((id) => id.startsWith('evidence.likeness'))).toBe(false);
  });

  test('two unsure places are repaired together where no single one explains the digits', () => {
    const lines = at(at(TD3, 1, 14, 'A'), 1, 21, '7');
    const lowConfidence = [
      { line: 1, column: 14 },
      { line: 1, column: 21 },
    ];
    const [first] = explained(lines, { lowConfidence });
    expect(first).toMatchObject({ kind: 'reading-slip', text: { title: 'detective.two-slips.title' } });
    expect(first?.repair.map(({ to }) => to)).toEqual(['4', '1']);
    expect(applyChanges(lines, first?.repair ?? [])).toEqual(TD3);
  });

  test('neighbours swapped in typing', () => {
    const lines = at(TD3, 1, 3, '98');
    const [first] = explained(lines, { typed: true });
    expect(first).toMatchObject({ kind: 'reading-slip', text: { title: 'detective.swap.title' } });
    expect(applyChanges(lines, first?.repair ?? [])).toEqual(TD3);
    // A picture does not swap: there a change of the number weighs more.
    expect(explained(lines)[0]?.text.title).not.toBe('detective.swap.title');
  });

  test('a filler that tells of a long number, read as a letter', () => {
    for (const [lines, row, column] of [
      [TD1_LONG, 0, 14],
      [TD2_LONG, 1, 9],
    ] as const) {
      const read = at(lines, row, column, 'K');
      expect(explained(read, {})[0]?.repair).toEqual([{ row, column, from: 'K', to: '<' }]);
      const [first] = explained(read, unsure(row, column));
      expect(first).toMatchObject({ kind: 'reading-slip', field: 'number' });
      expect(applyChanges(read, first?.repair ?? [])).toEqual(lines);
    }
    // A character of the part in the optional data, and the digit after it.
    for (const [column, char] of [
      [16, 'B'],
      [18, 'P'],
    ] as const) {
      const read = at(TD1_LONG, 0, column, char);
      expect(applyChanges(read, explained(read, unsure(0, column))[0]?.repair ?? [])).toEqual(TD1_LONG);
    }
  });

  test('many slips are told as such, never a repair by chance', () => {
    const lines = at(at(at(TD3, 1, 13, '555'), 1, 21, '999'), 1, 28, 'QQQQ');
    const lowConfidence = [13, 14, 15, 21, 22, 23, 28, 29, 30, 31, 32].map((column) => ({ line: 1, column }));
    const found = explained(lines, { lowConfidence });
    const slip = found.find(({ kind }) => kind === 'reading-slip');
    expect(slip).toMatchObject({ text: { title: 'detective.several-slips.title' }, repair: [] });
    expect(ids(slip)).toEqual(['evidence.no-single-change', 'evidence.unsure-within']);
  });
});

describe('alterations', () => {
  test('an expiry moved on by years, no digit computed: the field first, with the year that fits', () => {
    const lines = at(TD3, 1, 21, '17');
    const [first] = explained(lines);
    expect(first).toMatchObject({ kind: 'alteration', field: 'expiryDate', digits: ['expiry', 'composite'] });
    expect(ids(first)).toEqual(['evidence.often-changed', 'evidence.digit-left', 'evidence.year-fits']);
    expect(applyChanges(lines, first?.repair ?? [])).toEqual(TD3);
    expect(first?.evidence[2]?.values).toEqual({ field: 'expiryDate', from: '17', to: '12' });
  });

  test('the own digit computed and the composite left: the composite still names the field', () => {
    const lines = at(TD3, 1, 21, '220415');
    const done = at(lines, 1, 27, checkDigit('220415'));
    const [first] = explained(done);
    expect(first).toMatchObject({
      kind: 'alteration',
      field: 'expiryDate',
      digits: ['composite'],
      text: { title: 'detective.alteration-computed.title' },
    });
    // The composite does not see the last digit of the year then: the decade is all it tells.
    expect(first?.repair).toEqual([]);
    expect(first?.evidence.at(-1)).toEqual({
      text: 'detective.evidence.years-fit-digit-too',
      values: { field: 'expiryDate', from: '22', to: '19 18 17 16 15 14 13 12' },
    });
    // What is said of the years is so, and the composite alone accuses nobody.
    for (const year of ['19', '12']) {
      const before = at(done, 1, 21, year);
      expect(explained(before)).not.toEqual([]);
      expect(explained(at(before, 1, 27, checkDigit(`${year}0415`)))).toEqual([]);
    }
    expect(first?.standing).toBe('possible');
  });

  test('a year’s last digit raised and its own digit computed anew is seen by no digit, as the page says', () => {
    const raised = at(at(TD3, 1, 21, '190415'), 1, 27, checkDigit('190415'));
    expect(explained(raised)).toEqual([]);
    const birth = at(at(TD3, 1, 13, '790812'), 1, 19, checkDigit('790812'));
    expect(explained(birth)).toEqual([]);
    expect(unseenText({ format: 'TD3' })).toBe('detective.unseen.composite');
    expect(unseenText({ format: 'MRV-A' })).toBe('detective.unseen.no-composite');
  });

  test('on a visa the field’s own digit is all there is', () => {
    const [first] = explained(at(MRV_A, 1, 21, '99'));
    expect(first).toMatchObject({ kind: 'alteration', field: 'expiryDate', digits: ['expiry'] });
    expect(explained(at(at(MRV_A, 1, 21, '990210'), 1, 27, checkDigit('990210')))).toEqual([]);
  });

  test('two fields changed: each is named for its own digit, a slip for both is not made up', () => {
    const found = explained(at(at(TD3, 1, 13, '81'), 1, 21, '18'));
    const fields = found
      .filter(({ kind }) => kind === 'alteration')
      .map(({ field, digits }) => ({ field, digits }));
    expect(fields).toContainEqual({ field: 'expiryDate', digits: ['expiry'] });
    expect(fields).toContainEqual({ field: 'birthDate', digits: ['birth'] });
  });

  test('without a word on confidence a look-alike weighs more than surely read characters do', () => {
    const lines = at(TD3, 1, 1, 'B');
    expect(explained(lines, {})[0]?.kind).toBe('reading-slip');
    expect(explained(lines, SURE)[0]?.kind).toBe('alteration');
  });
});

describe('arithmetic and habits', () => {
  const DIGITS = [
    [9, [[0, 9]]],
    [19, [[13, 19]]],
    [27, [[21, 27]]],
    [42, [[28, 42]]],
    [
      43,
      [
        [0, 10],
        [13, 20],
        [21, 43],
      ],
    ],
  ] as const;

  function computed(digit: (text: string) => string): string[] {
    return DIGITS.reduce<string[]>(
      (lines, [column, covers]) =>
        at(lines, 1, column, digit(covers.map(([a, b]) => (lines[1] ?? '').slice(a, b)).join(''))),
      TD3,
    );
  }
  const valueOf = (char: string) => (char === '<' ? 0 : Number.parseInt(char, 36));
  const sum = (text: string, weights: readonly number[], value = valueOf) =>
    [...text].reduce((total, char, i) => total + value(char) * (weights[i % 3] ?? 0), 0);

  test('weights begun wrong, letters counted as nothing, another modulus: named when every digit fits', () => {
    for (const [id, digit] of [
      ['weights-3-1-7', (text: string) => String(sum(text, [3, 1, 7]) % 10)],
      [
        'letters-as-zero',
        (text: string) => String(sum(text, [7, 3, 1], (char) => (/\d/u.test(char) ? Number(char) : 0)) % 10),
      ],
      ['modulus-11', (text: string) => String((sum(text, [7, 3, 1]) % 11) % 10)],
      ['complement', (text: string) => String((10 - (sum(text, [7, 3, 1]) % 10)) % 10)],
    ] as const) {
      const [first] = explained(computed(digit));
      expect(first, id).toMatchObject({ kind: 'counterfeit-arithmetic', arithmetic: id });
      expect(first?.evidence[0]?.text).toBe(`detective.arithmetic.${id}`);
    }
    expect(explained(computed(checkDigit))).toEqual([]);
  });

  test('one digit left over, and it is no arithmetic', () => {
    const lines = computed((text) => String(sum(text, [3, 1, 7]) % 10));
    const other = at(lines, 1, 27, lines[1]?.charAt(27) === '1' ? '2' : '1');
    expect(explained(other).some(({ arithmetic }) => arithmetic === 'weights-3-1-7')).toBe(false);
  });

  test('a composite over the wrong fields is a weak explanation of one digit', () => {
    const lower = TD3[1] ?? '';
    const digit = checkDigit(lower.slice(0, 43));
    expect(digit).not.toBe(lower.charAt(43));
    const found = explained(at(TD3, 1, 43, digit));
    const weak = found.find(({ arithmetic }) => arithmetic === 'composite-with-nationality-and-sex');
    expect(ids(weak)).toContain('evidence.fits-by-chance');
    expect(weak?.standing).not.toBe('likely');
  });

  test('a habit that is known of the issuer comes first, with what the rule book says of it', () => {
    const lines = withComposite(at(TD3, 1, 42, '5'));
    const habits = [{ digits: ['optional', 'composite'] as const, text: 'finding.mrz.cd.opt.innocent' }];
    const [first] = explained(lines, { ...SURE, habits });
    expect(first).toMatchObject({ kind: 'issuer-quirk', standing: 'likely', digits: ['optional'] });
    expect(ids(first)).toEqual(['finding.mrz.cd.opt.innocent']);
    // A habit with another digit explains nothing here.
    const other = [{ digits: ['birth'] as const, text: 'finding.mrz.cd.opt.innocent' }];
    expect(explained(lines, { ...SURE, habits: other })).toEqual(explained(lines));
  });

  test('a composite off by an odd number has no field behind it, and nobody is accused for one digit', () => {
    const found = explained(at(TD3, 1, 43, '3'));
    expect(found.some(({ kind }) => kind === 'alteration')).toBe(false);
    const made = found.find(({ kind }) => kind === 'counterfeit-arithmetic');
    expect(made).toMatchObject({ arithmetic: null, text: { title: 'detective.not-computed.title' } });
    expect(made?.standing).not.toBe('likely');
    // The digit's own place takes no filler, though 0 and the filler have one value.
    const slip = found.find(({ kind }) => kind === 'reading-slip');
    expect(slip?.repair).toEqual([{ row: 1, column: 43, from: '3', to: '0' }]);
    expect(ids(slip)).not.toContain('evidence.blind');
  });

  test('three fields whose digits fail by no arithmetic: the digits were not computed', () => {
    const lines = at(at(at(TD3, 1, 9, '1'), 1, 19, '1'), 1, 27, '1');
    expect(explained(lines)[0]).toMatchObject({
      kind: 'counterfeit-arithmetic',
      standing: 'likely',
      arithmetic: null,
      digits: ['number', 'birth', 'expiry', 'composite'],
    });
  });

  test('a filler in place of a digit may be the issuer’s habit; an unsure one is a slip first', () => {
    const lines = at(withComposite(at(TD3, 1, 42, '<')), 1, 42, '<');
    expect(explained(lines)[0]).toMatchObject({
      kind: 'issuer-quirk',
      field: 'optional',
      digits: ['optional'],
      // Verified for no issuer.
      standing: 'possible',
    });
    expect(explained(at(TD3, 1, 27, '<'), unsure(1, 27))[0]).toMatchObject({
      kind: 'reading-slip',
      repair: [{ row: 1, column: 27, from: '<', to: '9' }],
    });
  });
});

describe('data that no digit sees', () => {
  test('a digit in a name is read for the letter it looks like', () => {
    const [first, ...more] = explained(at(TD3, 0, 12, '0'), unsure(0, 12));
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      kind: 'reading-slip',
      field: 'name',
      digits: [],
      repair: [{ row: 0, column: 12, from: '0', to: 'O' }],
      text: { title: 'detective.data-slip.title' },
    });
    expect(ids(first)).toEqual(['evidence.trust-unsure', 'evidence.likeness-twin', 'evidence.not-lawful']);
  });

  test('a code that is none is settled by the document’s other code', () => {
    const [first] = explained(at(TD3, 1, 10, 'UTQ'));
    expect(first).toMatchObject({
      field: 'nationality',
      repair: [{ row: 1, column: 12, from: 'Q', to: 'O' }],
    });
    expect(ids(first)).toContain('evidence.only-state');
    expect(explained(at(TD3, 1, 10, 'QQQ'))).toEqual([]);
  });

  test('a letter in a date that has the value of its digit', () => {
    // K counts as 20: no digit tells it from the 0 of the month, the alphabet does.
    const lines = at(TD3, 1, 23, 'K');
    const found = explained(lines, unsure(1, 23));
    expect(found.every(({ digits }) => digits.length === 0)).toBe(true);
  });

  test('what is unlawful throughout was not read, and nothing is guessed', () => {
    expect(explained(at(TD3, 0, 5, '0123456789'))).toEqual([]);
  });

  test('marks outside the zone do no harm', () => {
    const lowConfidence = [
      { line: 5, column: 2 },
      { line: 1, column: 70 },
      { line: -1, column: -3 },
    ];
    const lines = at(TD3, 1, 16, '3');
    expect(explained(lines, { lowConfidence })).toEqual(explained(lines, SURE));
  });
});

test('no repair makes another format of the zone', () => {
  // Behind IDFRA the digits would be others altogether: FD or RF there is no repair of a French card.
  for (const name of ['CURINNE<<<<<<<6512068F6', 'CERINNE<<<<<<26512068F6']) {
    const card = ['IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<', `8806923102858${name}`];
    const found = explained(card, {}).filter(({ repair }) => repair.length > 0);
    for (const { repair } of found) {
      const repaired = parseMrz(applyChanges(card, repair), { today: TODAY });
      expect(repaired).toMatchObject({ format: 'FR-ID', checkDigits: { composite: 'holds' } });
    }
  }
});

test('what stands alone is not called likely where the reader was sure and nothing is alike', () => {
  const standing = (char: string, clues: Omit<Clues, 'today'>) =>
    explained(at(TD3, 0, 22, char), clues)[0]?.standing;
  expect(standing('0', SURE)).toBe('likely');
  expect(standing('9', SURE)).toBe('possible');
  expect(standing('9', unsure(0, 22))).toBe('likely');
});

test('protection has one entry a place, whatever stands there', () => {
  const lines = [at(TD3, 0, 10, '𐀀')[0] ?? '', TD3[1] ?? ''];
  const reading = parseMrz(lines, { today: TODAY });
  if (!reading.ok) throw new Error(reading.problem);
  const levels = protectionOf(reading).map((places) => places.map(({ level }) => level));
  expect(levels.map((row) => row.length)).toEqual([44, 44]);
  expect(protectionLevels(reading)).toEqual(levels);
});

test('nothing to explain where every digit holds or nothing was read', () => {
  for (const lines of [TD3, TD1, TD1_LONG, TD2_LONG, MRV_A, [], ['P<UTO']])
    expect(explained(lines)).toEqual([]);
});
