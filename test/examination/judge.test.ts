// Which findings a zone gives: each rule alone, and that digits, data and status stay apart.
import { describe, expect, test } from 'vitest';
import type { JudgeContext } from '../../shared/examination/judge.ts';
import { judge } from '../../shared/examination/judge.ts';
import { checkDigit } from '../../shared/mrz/check-digit.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { MRV_A, TD1, TD1_LONG, TD2, TD3, TODAY } from '../mrz/specimens.ts';

/** The last day of the specimen passport, so that it gives no finding at all. */
const VALID_DAY = '2012-04-15';

function findings(lines: readonly string[], context: Partial<JudgeContext> = {}) {
  const today = context.today ?? VALID_DAY;
  return judge(parseMrz(lines, { today }), { ...context, today });
}

function ids(lines: readonly string[], context: Partial<JudgeContext> = {}) {
  return findings(lines, context).map((finding) => finding.id);
}

/** A passport with a text put into row and column (from 1); dates, number and the whole get right digits again. */
function passport(row: number, column: number, text: string): string[] {
  const lines = TD3.map((line, i) =>
    i === row - 1 ? line.slice(0, column - 1) + text + line.slice(column - 1 + text.length) : line,
  );
  let lower = lines[1] ?? '';
  for (const [start, end] of [
    [0, 9],
    [13, 19],
    [21, 27],
    [28, 42],
  ] as const) {
    lower = lower.slice(0, end) + checkDigit(lower.slice(start, end)) + lower.slice(end + 1);
  }
  return [
    lines[0] ?? '',
    lower.slice(0, 43) + checkDigit(lower.slice(0, 10) + lower.slice(13, 20) + lower.slice(21, 43)),
  ];
}

function name(text: string): string[] {
  return passport(1, 6, text.padEnd(39, '<'));
}

test('what to look at comes before what is only noted', () => {
  const lines = name('ERIKSSON<ANNA<MARIA');
  const severities = findings(lines, { today: '2026-11-22' }).map(({ id, severity }) => [id, severity]);
  expect(severities).toEqual([
    ['mrz.exp.past', 'look'],
    ['mrz.name.sep', 'note'],
  ]);
});

describe('nothing to say', () => {
  test('about the specimens while they are valid', () => {
    for (const lines of [TD3, TD1, TD2]) expect(ids(lines)).toEqual([]);
    expect(ids(MRV_A, { today: '1996-01-01' })).toEqual([]);
    expect(ids(TD1_LONG, { today: '1995-07-12' })).toEqual(['mrz.long']);
  });

  test.each([
    ['an unknown date of birth', passport(2, 14, '<<<<<<')],
    ['a date of birth known in part', passport(2, 14, '7408<<')],
    ['no sex given', passport(2, 21, '<')],
    ['one name', name('ARKFREITH')],
    [
      'empty optional data with a filler',
      ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159<<<<<<<<<<<<<<<8'],
    ],
    ['Germany', passport(1, 3, 'D<<')],
    ['a stateless person', passport(2, 11, 'XXA')],
    ['expiry today', passport(2, 22, '120415')],
  ])('about %s', (_, lines) => {
    expect(ids(lines)).toEqual([]);
  });
});

describe('one fault, one finding', () => {
  test.each([
    ['I<', passport(1, 1, 'I<'), 'mrz.doccode', 'data', ['documentCode']],
    ['P1', passport(1, 1, 'P1'), 'mrz.doccode', 'data', ['documentCode']],
    ['an unknown issuer', passport(1, 3, 'XQX'), 'mrz.issuer', 'data', ['issuer']],
    ['no issuer', passport(1, 3, '<<<'), 'mrz.issuer', 'data', ['issuer']],
    ['an unknown nationality', passport(2, 11, 'QQQ'), 'mrz.nat', 'data', ['nationality']],
    ['30 February', passport(2, 14, '740230'), 'mrz.dob.valid', 'data', ['birthDate']],
    ['a letter in the date of birth', passport(2, 14, '7A0812'), 'mrz.dob.valid', 'data', ['birthDate']],
    ['a birth within the coming year', passport(2, 14, '121231'), 'mrz.dob.future', 'data', ['birthDate']],
    ['expiry in month 13', passport(2, 22, '121315'), 'mrz.exp.valid', 'data', ['expiryDate']],
    ['sex X', passport(2, 21, 'X'), 'mrz.sex', 'data', ['sex']],
    ['a leading filler', name('<ERIKSSON<<ANNA'), 'mrz.name.sep', 'data', ['name']],
    ['two separators', name('ERIKSSON<<ANNA<<MARIA'), 'mrz.name.sep', 'data', ['name']],
    ['no name', name(''), 'mrz.name.sep', 'data', ['name']],
    ['a digit in the name', name('ER1KSSON<<ANNA'), 'mrz.name.digit', 'data', ['name']],
    [
      'a full name field',
      name('ERIKSSON<<ANNA<MARIA<BEATRICE<CONSTANZA'),
      'mrz.name.trunc',
      'info',
      ['name'],
    ],
    ['expired', passport(2, 22, '120414'), 'mrz.exp.past', 'status', ['expiryDate']],
  ])('%s', (_, lines, id, kind, fields) => {
    const severity = kind === 'info' ? 'note' : 'look';
    expect(findings(lines)).toMatchObject([{ id, class: kind, fields, severity }]);
  });

  test.each([
    [10, 'mrz.cd.num'],
    [20, 'mrz.cd.dob'],
    [28, 'mrz.cd.exp'],
    [43, 'mrz.cd.opt'],
  ])('a wrong digit at column %i: its own finding, and the whole one as a note', (column, id) => {
    const lower = TD3[1] ?? '';
    const wrong = (Number(lower[column - 1]) + 1) % 10;
    const found = findings([TD3[0] ?? '', lower.slice(0, column - 1) + wrong + lower.slice(column)]);
    expect(found).toMatchObject([
      { id, class: 'integrity', severity: 'look' },
      {
        id: 'mrz.cd.comp',
        class: 'integrity',
        severity: 'note',
        text: { title: 'finding.mrz.cd.comp.with-field.title' },
      },
    ]);
    expect(found[0]?.places).toContainEqual({ row: 1, start: column - 1, end: column });
  });

  test('only the last digit wrong', () => {
    expect(findings([TD3[0] ?? '', `${TD3[1]?.slice(0, 43)}1`])).toMatchObject([
      { id: 'mrz.cd.comp', severity: 'look' },
    ]);
  });
});

describe('what is kept apart', () => {
  test('a withdrawn code is told from an unknown one', () => {
    expect(findings(passport(1, 3, 'YUG'))[0]?.text.title).toBe('finding.mrz.issuer.withdrawn.title');
    expect(findings(passport(2, 11, 'SUN'))[0]?.text.title).toBe('finding.mrz.nat.withdrawn.title');
  });

  test('no nationality is a note', () => {
    expect(findings(passport(2, 11, '<<<'))).toMatchObject([{ id: 'mrz.nat', severity: 'note' }]);
  });

  test('a name without separator is a note, an empty one is not', () => {
    expect(findings(name('ERIKSSON<ANNA<MARIA'))).toMatchObject([
      { id: 'mrz.name.sep', severity: 'note', text: { title: 'finding.mrz.name.sep.missing.title' } },
    ]);
    expect(findings(name(''))[0]?.text.title).toBe('finding.mrz.name.sep.empty.title');
    expect(findings(name('<ERIKSSON<<ANNA'))[0]?.text.title).toBe('finding.mrz.name.sep.title');
  });

  test.each([
    ['120415', []],
    ['120416', ['mrz.dob.future']],
    ['130415', ['mrz.dob.future']],
    ['130416', []],
  ])('born %s, seen on 15 April 2012', (birth, expected) => {
    expect(ids(passport(2, 14, birth))).toEqual(expected);
  });

  test('born after expiry', () => {
    const lines = passport(2, 14, '150101');
    expect(findings(lines, { today: TODAY }).map(({ id, class: kind }) => [id, kind])).toEqual([
      ['mrz.dob.future', 'data'],
      ['mrz.exp.past', 'status'],
    ]);
  });

  test('an altered and expired date gives both, each in its class', () => {
    const lower = TD3[1] ?? '';
    const found = findings([TD3[0] ?? '', `${lower.slice(0, 21)}110415${lower.slice(27)}`]);
    expect(found.map(({ id, class: kind }) => `${kind} ${id}`)).toEqual([
      'integrity mrz.cd.exp',
      'status mrz.exp.past',
      'integrity mrz.cd.comp',
    ]);
  });

  test('a foreign character is a matter of reading, not of data', () => {
    const lower = TD3[1] ?? '';
    const found = findings([TD3[0] ?? '', `${lower.slice(0, 20)}?${lower.slice(21)}`]);
    expect(found).toMatchObject([
      { id: 'mrz.charset', class: 'capture', severity: 'retake', places: [{ row: 1, start: 20, end: 21 }] },
    ]);
    expect(found[0]?.text.retake).toBe('finding.mrz.charset.retake');
  });

  test('rows of the wrong length point at those rows', () => {
    expect(findings([TD3[0] ?? '', 'L898902C36'])).toMatchObject([
      { id: 'mrz.len', class: 'capture', places: [{ row: 1, start: 0, end: 10 }] },
    ]);
    expect(findings([])).toEqual([]);
  });

  test('a digit that fails where the reader was unsure says so', () => {
    const lower = TD3[1] ?? '';
    const lines = [TD3[0] ?? '', `L898902C4${lower.slice(9)}`];
    const plain = findings(lines);
    expect(plain[0]?.text.innocent).toBe('finding.mrz.cd.num.innocent');
    const unsure = findings(lines, { lowConfidence: [{ line: 1, column: 8 }] });
    expect(unsure[0]?.text).toMatchObject({
      innocent: 'finding.unsure.innocent',
      retake: 'finding.unsure.retake',
    });
    const corrected = findings(lines, {
      corrections: [{ row: 1, column: 8, from: 'A', to: '4', rule: 'class-map', reason: 'x' }],
    });
    expect(corrected[0]?.text.innocent).toBe('finding.unsure.innocent');
    expect(findings(lines, { lowConfidence: [{ line: 0, column: 8 }] })).toEqual(plain);
    // Expired stays expired, however unsure.
    const expired = findings(TD3, { today: TODAY, lowConfidence: [{ line: 1, column: 22 }] });
    expect(expired[0]?.text.innocent).toBe('finding.mrz.exp.past.innocent');
  });

  test('the fraud types fit the kind of document', () => {
    const fraud = (lines: readonly string[]) =>
      findings(lines, { today: '1990-01-01' }).find(({ id }) => id === 'mrz.cd.num')?.fraud;
    expect(fraud([TD3[0] ?? '', `L898902C37${TD3[1]?.slice(10)}`])).toEqual([
      'FG.mrz_alter',
      'CF.full',
      'CF.datapage',
    ]);
    expect(fraud([MRV_A[0] ?? '', `L8988901C5${MRV_A[1]?.slice(10)}`])).toEqual(['FG.visa_alter', 'CF.visa']);
    expect(fraud([TD2[0] ?? '', `D231458908${TD2[1]?.slice(10)}`])).toEqual(['FG.mrz_alter', 'CF.permit']);
  });
});
