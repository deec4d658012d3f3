// Free text on its way out: every way in which a person's name, number or day is written is found; ordinary texts pass.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultsOf, type Known } from '../../shared/sharing/scan.ts';

const NOBODY: Known = { names: [], numbers: [], dates: [] };
const KNOWN: Known = {
  names: [
    'MUELLER JÜRGENSEN',
    'ANNA MARIA',
    "O'Connor",
    'van der Berg',
    'Petrov',
    'Иванов',
    'محمد',
    'MOHAMED',
    '王小明',
    'สมชาย',
    'Li',
    'Núñez-Ávila',
    'Søren Łukasz',
    'THIRUNAVUKKARASU',
  ],
  numbers: ['L8988901C', 'AB 12-34.567', '1974', 'ZE184226B<<<'],
  dates: ['1974-08-12', '2031-03-03'],
};

const found = (text: string, known = KNOWN): string[] =>
  faultsOf(text, known).map(({ code, place }) => `${code} ${text.slice(place.start, place.end)}`);

test('what nobody sees parts no name, number or day, and the place of the fault is that of the text', () => {
  const texts = [
    'by Pet\u00adrov here',
    'L89\u200b8890\u20601C',
    '1\u00ad2.08.19\u200d74',
    '\u202eJürgen\u200csen',
  ];
  expect(texts.flatMap((text) => found(text).slice(0, 1))).toEqual([
    'name Pet\u00adrov',
    'number L89\u200b8890\u20601C',
    'date 1\u00ad2.08.19\u200d74',
    'name Jürgen\u200csen',
  ]);
  expect(found('Mr Ab\u00adcde', { ...NOBODY, names: ['Abc\u00adde'] })).toEqual(['name Ab\u00adcde']);
});

describe('names', () => {
  test.each([
    ['Seen with Mueller', 'Mueller'],
    ['MÜLLER said so', 'MÜLLER'],
    ['muller', 'muller'],
    ['Herr Jurgensen', 'Jurgensen'],
    ['J Ü R G E N S E N', 'J Ü R G E N S E N'],
    ['Jür-gen-sen', 'Jür-gen-sen'],
    ['anna was', 'anna'],
    ['Annamaria', 'Annamaria'],
    ['anna maria', 'anna maria'],
    ['OConnor', 'OConnor'],
    ['O’Connor', 'O’Connor'],
    ['O Connor', 'O Connor'],
    ['vanderberg', 'vanderberg'],
    ['van der Berg', 'van der Berg'],
    ['The Petrovs', 'Petrovs'],
    ['expetrov', 'expetrov'],
    ['Петров', 'Петров'],
    ['ПЕТРОВ', 'ПЕТРОВ'],
    ['Ivanov', 'Ivanov'],
    ['иванов', 'иванов'],
    ['محمد', 'محمد'],
    ['مُحَمَّد', 'مُحَمَّد'],
    ['Mohammed', 'Mohammed'],
    ['该人王小明在', '王小明'],
    ['นายสมชายมา', 'สมชาย'],
    ['nunez', 'nunez'],
    ['NunezAvila', 'NunezAvila'],
    ['Soren', 'Soren'],
    ['lukasz', 'lukasz'],
    ['Ｍｕｅｌｌｅｒ', 'Ｍｕｅｌｌｅｒ'],
    ['Mue\u0301ller', 'Mue\u0301ller'],
    ['Thiru-navukkarasu', 'Thiru-navukkarasu'],
  ])('%j names somebody', (text, name) => {
    expect(found(text)).toContain(`name ${name}`);
  });

  test.each([
    'The van crossed the line under the laminate',
    'Annual figures of the area',
    'Two letters, li, are no name to look for',
    'The maritime page',
    'Feel the edge, then tilt it under one light',
    'И вот они',
  ])('%j names nobody', (text) => {
    expect(found(text)).toEqual([]);
  });

  test('a name of any letters is found in its text in any case, with gaps between its letters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'BCDGJKQVWXZaeiou'), minLength: 4, maxLength: 12 }),
        fc.constantFrom('', ' ', '-', '.'),
        fc.boolean(),
        (name, gap, upper) => {
          const text = [...(upper ? name.toUpperCase() : name.toLowerCase())].join(gap);
          const known = { ...NOBODY, names: [name] };
          return faultsOf(`It was ${text}, there`, known).some(({ code }) => code === 'name');
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('numbers', () => {
  test.each([
    'L8988901C',
    'l 898 8901 c',
    'L-8988-901.C',
    'number L8988901C8UTO',
    'ends in 8901C',
    'AB1234567',
    'ab 12 34 567',
    'Ｌ８９８８９０１Ｃ',
    'L٨٩٨٨٩٠١C',
    'ZE184226B',
  ])('%j tells one', (text) => {
    expect(found(text).some((each) => each.startsWith('number '))).toBe(true);
  });

  test('a letter that is typed for a digit hides no number', () => {
    const known = { names: [], numbers: ['L898902C3', 'QO10I77'], dates: [] };
    for (const said of ['L8989O2C3', 'l 8989o2c3', '9o2C3', 'Q0IOI77'])
      expect([said, faultsOf(`It was ${said} there`, known).some(({ code }) => code === 'number')]).toEqual([
        said,
        true,
      ]);
    expect(faultsOf('Look into it, oil on 0II1O', known)).toEqual([]);
  });

  test('four digits are a year', () => {
    expect(found('Series of 1974')).toEqual([]);
  });
});

describe('days', () => {
  test.each([
    '12-VIII-1974',
    '12.viii.74',
    '12.08.1974',
    '12/8/1974',
    '08/12/1974',
    '1974-08-12',
    '1974 08 12',
    '12 08 74',
    '740812',
    '120874',
    '12081974',
    '19740812',
    '12 AUG 1974',
    '12AUG1974',
    '12 août 1974',
    'August 12, 1974',
    '12th of August 1974',
    '1974 August 12',
    '12 АВГ 1974',
    '12 августа 1974 г.',
    '١٢ أغسطس ١٩٧٤',
    '๑๒/๐๘/๒๕๑๗',
    '12.08.2517',
  ])('%j tells one', (text) => {
    expect(found(`born on ${text} it says`).some((each) => each.startsWith('date '))).toBe(true);
  });

  test.each(['13.08.1974', 'August 1974', '12 stamps of 1974', 'page 12, line 8'])(
    '%j tells none',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );
});

describe('what always tells of somebody', () => {
  test.each([
    ['123456', 'digits'],
    ['١٢٣٤٥٦', 'digits'],
    ['a.b+c@mail.example.org', 'contact'],
    ['write to @agent_77', 'contact'],
    ['+66 81 234 5678', 'contact'],
    ['(02) 123-45-67-89', 'contact'],
    ['0066812345678', 'contact'],
    ['see https://example.org/x', 'contact'],
    ['t.me/agent', 'contact'],
    ['seeks asylum', 'protection'],
    ['a trafficked person', 'protection'],
    ['the victims', 'protection'],
    ['sign TI06', 'protection'],
    ['sent to the protection officer', 'protection'],
  ])('%j: %s', (text, code) => {
    expect(faultsOf(text, NOBODY).map((each) => each.code)).toContain(code);
  });

  test.each([
    'The laminate lifts at 3 of 4 corners; series 2015-2019',
    'A step of 0.2 mm, seen at 10x under 365 nm',
    'UV 365/254, pages 12-15',
    'The protection of the laminate is broken',
    '',
  ])('%j does not', (text) => {
    expect(faultsOf(text, NOBODY)).toEqual([]);
  });
});

test('a long text is searched in no time, and places are in order and within it', () => {
  const text = `${'The emblem of the page stays dark when it is tilted. '.repeat(75)}Petrov`.slice(0, 4000);
  const started = performance.now();
  const faults = faultsOf(text, KNOWN);
  expect(performance.now() - started).toBeLessThan(1500);
  expect(faults.map(({ code }) => code)).toEqual(['name']);
});

test('any text at all is searched without a throw, and every place lies in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
      for (const { place } of faultsOf(text, KNOWN)) {
        expect(place.start).toBeGreaterThanOrEqual(0);
        expect(place.end).toBeGreaterThan(place.start);
        expect(place.end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 400 },
  );
});
