// Whole zones: the book's specimens, long numbers, lawful emptiness, and input that is no zone.
import { describe, expect, test } from 'vitest';
import { judge } from '../../shared/examination/judge.ts';
import { judgeTypedDigits } from '../../shared/mrz/check-digits-of.ts';
import { FORMATS } from '../../shared/mrz/formats.ts';
import type { MrzRead } from '../../shared/mrz/parse.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { FR_ID, FR_ID_PLACED, MRV_A, MRV_B, TD1, TD1_LONG, TD2, TD2_LONG, TD3, TODAY } from './specimens.ts';

function read(lines: readonly string[]): MrzRead {
  const reading = parseMrz(lines, { today: TODAY });
  if (!reading.ok) throw new Error(`not read: ${reading.problem}`);
  return reading;
}

/** The rows with a text put in at a row and a column counted from 1, as the book counts. */
function put(lines: readonly string[], row: number, column: number, text: string): string[] {
  return lines.map((line, i) =>
    i === row - 1 ? line.slice(0, column - 1) + text + line.slice(column - 1 + text.length) : line,
  );
}

const ALL = { number: 'holds', birth: 'holds', expiry: 'holds' };

describe('the specimens of Doc 9303', () => {
  test.each([
    ['TD3', TD3, { optional: 'holds', composite: 'holds' }],
    ['TD1', TD1, { optional: 'not-applicable', composite: 'holds' }],
    ['TD2', TD2, { optional: 'not-applicable', composite: 'holds' }],
    ['MRV-A', MRV_A, { optional: 'not-applicable', composite: 'not-applicable' }],
    ['MRV-B', MRV_B, { optional: 'not-applicable', composite: 'not-applicable' }],
  ] as const)('%s', (format, lines, digits) => {
    const reading = read(lines);
    expect(reading.format).toBe(format);
    expect(reading.checkDigits).toEqual({ ...ALL, ...digits });
    expect(reading.fields).toMatchObject({
      issuer: 'UTO',
      sex: 'F',
      primaryIdentifier: 'ERIKSSON',
      secondaryIdentifier: 'ANNA MARIA',
    });
  });

  test('the fields of a passport', () => {
    expect(read(TD3).fields).toEqual({
      documentCode: 'P',
      documentType: 'passport_ord',
      issuer: 'UTO',
      number: 'L898902C3',
      nationality: 'UTO',
      birthDate: { raw: '740812', state: 'known', iso: '1974-08-12', century: 'latest-not-future' },
      sex: 'F',
      sexRaw: 'F',
      expiryDate: { raw: '120415', state: 'known', iso: '2012-04-15', century: 'nearest-to-today' },
      optional: 'ZE184226B',
      optional2: '',
      primaryIdentifier: 'ERIKSSON',
      secondaryIdentifier: 'ANNA MARIA',
      nameTruncated: false,
    });
  });

  test('places point at what the fields say', () => {
    const { places, lines } = read(TD1);
    const text = (of: readonly { row: number; start: number; end: number }[]) =>
      of.map(({ row, start, end }) => lines[row]?.slice(start, end)).join('|');
    expect(text(places.fields.number)).toBe('D23145890');
    expect(text(places.fields.birthDate)).toBe('740812');
    expect(text(places.fields.nationality)).toBe('UTO');
    expect(text(places.checkDigits.composite.covers)).toBe(
      'D231458907<<<<<<<<<<<<<<<|7408122|1204159|<<<<<<<<<<<',
    );
    expect(places.checkDigits.composite.at).toEqual({ row: 1, start: 29, end: 30 });
  });
});

describe('numbers of more than nine characters', () => {
  test.each([
    ['TD1', TD1_LONG],
    ['TD2', TD2_LONG],
  ])('%s specimen of Doc 9303-11 appendix D', (_, lines) => {
    const reading = read(lines);
    expect(reading.fields).toMatchObject({ number: 'D23145890734', optional: '' });
    expect(reading.longNumber).toBe(true);
    expect(reading.checkDigits).toMatchObject({ ...ALL, composite: 'holds' });
  });

  test('of ten characters, and with data of the issuer behind it', () => {
    const ten = [
      'IDUTO123456789<07<<<<<<<<<<<<<',
      '8601012M3001019UTO<<<<<<<<<<<6',
      'SPECIMEN<<JANE<<<<<<<<<<<<<<<<',
    ];
    expect(read(ten).fields.number).toBe('1234567890');
    expect(read(ten).checkDigits).toMatchObject({ number: 'holds', composite: 'holds' });
    expect(read(put(ten, 1, 18, '<AB1')).fields).toMatchObject({ number: '1234567890', optional: 'AB1' });
  });

  test('Belgian cards hold, whether the filler was counted or not', () => {
    const rows = ['8512017F1311048BEL851201002007', 'REINARTZ<<ULRIKE<KATIA<E<<<<<<'];
    expect(read(['IDBEL000590240<6013<<<<<<<<<<<', ...rows]).checkDigits.number).toBe('holds');
    expect(read(['IDBEL600001795<0152<<<<<<<<<<<', ...rows]).checkDigits.number).toBe('holds');
    expect(read(['IDBEL600001795<0153<<<<<<<<<<<', ...rows]).checkDigits.number).toBe('fails');
  });

  test('a filler for the digit alone makes no long number', () => {
    const short = put(TD1, 1, 15, '<');
    expect(read(short)).toMatchObject({ longNumber: false, fields: { number: 'D23145890' } });
    expect(read(short).checkDigits.number).toBe('fails');
    // A short number is ended by fillers, so what stands in the optional data is not its rest.
    expect(read(put(put(TD1, 1, 14, '<<'), 1, 16, '77')).fields).toMatchObject({
      number: 'D2314589',
      optional: '77',
    });
    // Passports have no such rule.
    expect(read(put(TD3, 2, 10, '<')).longNumber).toBe(false);
  });
});

describe('lawful emptiness', () => {
  test('optional data of a passport: filler or 0 when empty, the right digit else', () => {
    const empty = put(TD3, 2, 29, '<<<<<<<<<<<<<<');
    expect(read(put(empty, 2, 43, '<')).checkDigits.optional).toBe('absent');
    expect(read(put(empty, 2, 43, '0')).checkDigits.optional).toBe('holds');
    expect(read(put(empty, 2, 43, '1')).checkDigits.optional).toBe('fails');
    expect(read(put(TD3, 2, 43, '<')).checkDigits.optional).toBe('fails');
  });

  test('an unknown date of birth', () => {
    const unknown = put(TD3, 2, 14, '<<<<<<0');
    expect(read(unknown).checkDigits.birth).toBe('holds');
    expect(read(put(unknown, 2, 20, '<')).checkDigits.birth).toBe('absent');
    expect(read(put(unknown, 2, 20, '7')).checkDigits.birth).toBe('fails');
  });

  test('a filler is not the digit 0, nor a letter its double', () => {
    expect(read(put(TD3, 2, 44, '<')).checkDigits.composite).toBe('fails');
    expect(read(put(TD3, 2, 44, 'K')).checkDigits.composite).toBe('fails');
    expect(read(put(TD3, 2, 10, 'G')).checkDigits.number).toBe('fails');
  });

  test('sex: filler, X and others', () => {
    expect(read(put(TD3, 2, 21, '<')).fields.sex).toBe('unspecified');
    expect(read(put(TD3, 2, 21, 'X')).fields).toMatchObject({ sex: null, sexRaw: 'X' });
  });
});

describe('what decides the format', () => {
  test('rows and length, then the V of a visa', () => {
    expect(read(put(TD3, 1, 1, 'V')).format).toBe('MRV-A');
    expect(read(put(TD3, 1, 1, 'X')).format).toBe('TD3');
    expect(read(put(TD2, 1, 1, 'V')).format).toBe('MRV-B');
    expect(read(put(TD1, 1, 1, 'V')).format).toBe('TD1');
  });

  test.each([
    [[], 'empty', null],
    [[TD3[0]], 'rows', null],
    [[...TD3, ...TD3], 'rows', null],
    [[TD3[0], `${TD3[1]}<`], 'length', 'TD3'],
    [[TD2[0], TD3[1]], 'length', 'TD2'],
    [[`${MRV_B[0]}<`, MRV_B[1]], 'length', 'MRV-B'],
    [[...TD2, 'X'], 'length', 'TD1'],
  ])('rows %# are not a zone', (lines, problem, nearest) => {
    expect(parseMrz(lines, { today: TODAY })).toMatchObject({ ok: false, problem, detail: { nearest } });
  });

  test('a foreign character is placed, and hides nothing else', () => {
    const reading = read(put(put(TD3, 2, 15, '?'), 1, 8, 'É'));
    expect(reading.foreign).toEqual([
      { row: 0, start: 7, end: 8 },
      { row: 1, start: 14, end: 15 },
    ]);
    expect(reading.checkDigits).toEqual({ ...ALL, birth: 'fails', optional: 'holds', composite: 'fails' });
    expect(reading.fields).toMatchObject({
      number: 'L898902C3',
      birthDate: { state: 'impossible', raw: '7?0812' },
    });
  });
});

describe('digits while typing', () => {
  test('a digit is judged as soon as all it covers is typed', () => {
    const states = (typed: string) => judgeTypedDigits(FORMATS.TD3, [TD3[0] ?? '', typed]);
    const row = TD3[1] ?? '';
    expect(states('')).toEqual({
      number: 'incomplete',
      birth: 'incomplete',
      expiry: 'incomplete',
      optional: 'incomplete',
      composite: 'incomplete',
    });
    expect(states(row.slice(0, 9)).number).toBe('incomplete');
    expect(states(row.slice(0, 10))).toMatchObject({ number: 'holds', birth: 'incomplete' });
    expect(states(`${row.slice(0, 9)}7`).number).toBe('fails');
    expect(states(row)).toEqual({ ...ALL, optional: 'holds', composite: 'holds' });
    expect(judgeTypedDigits(FORMATS['MRV-A'], []).composite).toBe('not-applicable');
  });

  test('a number that may go on is open until the optional data is typed', () => {
    const row = TD1_LONG[0] ?? '';
    expect(judgeTypedDigits(FORMATS.TD1, [row.slice(0, 15)]).number).toBe('incomplete');
    expect(judgeTypedDigits(FORMATS.TD1, [row]).number).toBe('holds');
    expect(judgeTypedDigits(FORMATS.TD1, [row.replace('7349', '<<<<')]).number).toBe('fails');
  });
});

describe('the French card', () => {
  test('names, number and digits stand where the card has them', () => {
    const reading = read(FR_ID);
    expect(reading.format).toBe('FR-ID');
    expect(reading.checkDigits).toEqual({
      number: 'holds',
      birth: 'holds',
      expiry: 'not-applicable',
      optional: 'not-applicable',
      composite: 'holds',
    });
    expect(reading.fields).toMatchObject({
      documentCode: 'ID',
      documentType: 'id_card',
      issuer: 'FRA',
      number: '880692310285',
      nationality: '',
      sex: 'F',
      primaryIdentifier: 'BERTHIER',
      secondaryIdentifier: 'CORINNE',
      nameTruncated: false,
      optional: '',
    });
    expect(reading.fields.birthDate.iso).toBe('1965-12-06');
    expect(reading.fields.expiryDate.state).toBe('unknown');
    expect(judge(reading, { today: TODAY })).toEqual([]);
  });

  test('place codes are optional data, and two fillers between given names are no fault', () => {
    const reading = read(FR_ID_PLACED);
    expect(reading.fields).toMatchObject({
      optional: '932013',
      primaryIdentifier: 'DOUEL',
      secondaryIdentifier: 'CHRISTIANE NI',
      nameTruncated: true,
    });
    expect(reading.nameFaults).toEqual([]);
    expect(read(put(FR_ID, 1, 9, '<')).nameFaults).toEqual([]);
    expect(read(put(FR_ID, 1, 6, '<<<<<<<<')).nameFaults).toHaveLength(1);
  });

  test('an altered character of either row fails the composite digit', () => {
    expect(read(put(FR_ID, 1, 7, 'F')).checkDigits.composite).toBe('fails');
    expect(read(put(FR_ID, 2, 14, 'D')).checkDigits).toMatchObject({ number: 'holds', composite: 'fails' });
  });

  test('other cards of two rows of 36 keep their format', () => {
    expect(read(put(FR_ID, 1, 2, 'R')).format).toBe('TD2');
    expect(read(put(TD2, 1, 2, 'D')).format).toBe('TD2');
  });
});
