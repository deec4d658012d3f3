// A reader's burst of keys: row ends, layouts of reader and machine, and what is no reading.
import { describe, expect, it } from 'vitest';
import { interpretBurst } from '../../renderer/lib/wedge.ts';
import type { BurstKey } from '../../renderer/lib/wedge-layouts.ts';
import { TD1, TD3 } from '../mrz/specimens.ts';

// Specimens of ICAO Doc 9303 parts 4, 5 and 7.
const TD2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];
const MRVA = ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L8988901C4XXX4009078F96121096ZE184226B<<<<<<'];
// A second holder, with letters that layouts exchange: Y, Z, A, Q, W, M.
const EXCHANGED = [
  'P<UTOMAQWAYZY<<ZAYQA<MWAZ<<<<<<<<<<<<<<<<<<<',
  'YZ1234567' + '?' + 'UTO7408122F1204159<<<<<<<<<<<<<<0',
];

function digit(text: string): string {
  const value = (char: string) => (char === '<' ? 0 : Number.parseInt(char, 36));
  return String([...text].reduce((sum, char, at) => sum + value(char) * ([7, 3, 1][at % 3] ?? 0), 0) % 10);
}

function completed([upper = '', lower = '']: string[]): string[] {
  const withNumber = lower.replace('?', digit(lower.slice(0, 9)));
  const composite = digit(withNumber.slice(0, 10) + withNumber.slice(13, 20) + withNumber.slice(21, 43));
  return [upper, withNumber + composite];
}

/** Places of a US keyboard, and what two other machines print for them: [without shift, with shift]. */
const AZERTY: Record<string, [string, string]> = {
  KeyQ: ['a', 'A'],
  KeyW: ['z', 'Z'],
  KeyA: ['q', 'Q'],
  KeyZ: ['w', 'W'],
  KeyM: [',', '?'],
  Semicolon: ['m', 'M'],
  Comma: [';', '.'],
  IntlBackslash: ['<', '>'],
  Digit1: ['&', '1'],
  Digit2: ['é', '2'],
  Digit3: ['"', '3'],
  Digit4: ["'", '4'],
  Digit5: ['(', '5'],
  Digit6: ['-', '6'],
  Digit7: ['è', '7'],
  Digit8: ['_', '8'],
  Digit9: ['ç', '9'],
  Digit0: ['à', '0'],
};
const QWERTZ: Record<string, [string, string]> = {
  KeyY: ['z', 'Z'],
  KeyZ: ['y', 'Y'],
  Comma: [',', ';'],
  IntlBackslash: ['<', '>'],
};
const US: Record<string, [string, string]> = {
  Semicolon: [';', ':'],
  Comma: [',', '<'],
  IntlBackslash: ['\\', '|'],
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
};

type Layout = Record<string, [string, string]>;

function sign(layout: Layout, code: string, shift: boolean): string {
  const own = layout[code];
  if (own !== undefined) return own[shift ? 1 : 0];
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  return (US[code]?.[shift ? 1 : 0] ?? /^Digit(.)$/.exec(code)?.[1]) || '';
}

/** The key that a reader set to `layout` presses for a character: upper-case letters with shift. */
function press(layout: Layout, character: string): { code: string; shift: boolean } {
  const codes = [
    ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').map((letter) => `Key${letter}`),
    ...'0123456789'.split('').map((figure) => `Digit${figure}`),
    'Semicolon',
    'Comma',
    'IntlBackslash',
  ];
  for (const shift of [true, false]) {
    const code = codes.find((one) => sign(layout, one, shift) === character);
    if (code !== undefined) return { code, shift };
  }
  throw new Error(`no key for ${character}`);
}

function burst(text: string, reader: Layout = US, machine: Layout = US, gapMs = 4): BurstKey[] {
  return [...text].map((character, at) => {
    const atMs = at * gapMs;
    if (character === '\r') return { key: 'Enter', code: 'Enter', atMs };
    if (character === '\n') return { key: 'LF', code: 'KeyJ', atMs };
    if (character === '\t') return { key: 'Tab', code: 'Tab', atMs };
    const { code, shift } = press(reader, character);
    return { key: sign(machine, code, shift), code, atMs };
  });
}

/** A reader that types one wrong sign for the filler and everything else right. */
function withFiller(lines: string[], filler: string): BurstKey[] {
  const keys = burst(`${lines.join('\r')}\r`);
  return keys.map((key) => (key.key === '<' ? { ...key, key: filler, code: '' } : key));
}

describe('row ends', () => {
  const ends: [string, string][] = [
    ['CR', '\r'],
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['Tab', '\t'],
  ];
  for (const [name, end] of ends) {
    for (const lines of [TD3, TD2, TD1, MRVA]) {
      it(`${name} between rows of ${lines[0]?.length}, with and without one at the end`, () => {
        expect(interpretBurst(burst(lines.join(end)))?.lines).toEqual(lines);
        expect(interpretBurst(burst(lines.join(end) + end))?.lines).toEqual(lines);
      });
    }
  }

  it('tells rows by length in one run', () => {
    for (const lines of [TD3, TD2, TD1, MRVA]) {
      expect(interpretBurst(burst(lines.join('')))?.lines).toEqual(lines);
      expect(interpretBurst(burst(`${lines.join('')}\r`))?.lines).toEqual(lines);
    }
  });

  it('joins rows that were broken elsewhere', () => {
    const run = TD3.join('');
    expect(interpretBurst(burst(`${run.slice(0, 60)}\r${run.slice(60)}\r`))?.lines).toEqual(TD3);
  });

  it('keeps rows that a reader cut short, so that the officer sees them', () => {
    const lines = [TD3[0] ?? '', (TD3[1] ?? '').slice(0, 41)];
    expect(interpretBurst(burst(lines.join('\r')))).toMatchObject({ lines, isWhole: false });
  });

  it('tells whole readings, also with digits that fail, from rows that are still to come', () => {
    const altered = [TD3[0] ?? '', (TD3[1] ?? '').replaceAll(/[1-9]/g, '5')];
    expect(interpretBurst(burst(altered.join('\r')))).toMatchObject({ lines: altered, isWhole: true });
    expect(interpretBurst(burst(`${TD3[0]}\r`))).toMatchObject({ isWhole: false });
    expect(interpretBurst(burst(TD1.slice(0, 2).join('\r')))).toMatchObject({ isWhole: false });
  });
});

describe('layouts', () => {
  it.each([';', ',', '>', '|', '\\', 'ö', '«', '§', '°', 'Dead', '^^', ':', '.'])(
    'takes %s for the filler',
    (filler) => {
      const keys = withFiller(TD3, filler).map((key) =>
        key.key === 'Dead' ? { ...key, code: 'Equal' } : key,
      );
      expect(interpretBurst(keys)?.lines).toEqual(TD3);
    },
  );

  const machines: [string, Layout, Layout][] = [
    ['US reader on a US machine', US, US],
    ['US reader on a German machine', US, QWERTZ],
    ['US reader on a French machine', US, AZERTY],
    ['German reader on a US machine', QWERTZ, US],
    ['French reader on a US machine', AZERTY, US],
    ['German reader on a German machine', QWERTZ, QWERTZ],
    ['French reader on a French machine', AZERTY, AZERTY],
  ];
  for (const [name, reader, machine] of machines) {
    it(name, () => {
      for (const lines of [TD3, TD1, completed(EXCHANGED)]) {
        expect(interpretBurst(burst(`${lines.join('\r')}\r`, reader, machine))?.lines).toEqual(lines);
      }
    });
  }

  it('never exchanges letters to make the digits of an altered document hold', () => {
    const turned: [Layout, Layout][] = [
      [US, US],
      [US, QWERTZ],
      [US, AZERTY],
      [QWERTZ, QWERTZ],
      [AZERTY, AZERTY],
    ];
    const [upper = '', lower = ''] = completed(EXCHANGED);
    for (const [reader, machine] of turned) {
      for (const figure of '0123456789') {
        const lines = [upper, lower.slice(0, 2) + figure + lower.slice(3)];
        expect(interpretBurst(burst(lines.join('\r'), reader, machine))?.lines).toEqual(lines);
      }
    }
  });

  it('reads lower case and accented letters of dead keys', () => {
    const keys = burst(TD3.join('\r')).map((key) => ({
      ...key,
      key: key.key.length === 1 ? key.key.toLowerCase() : key.key,
    }));
    expect(interpretBurst(keys)?.lines).toEqual(TD3);
    const accented = burst(TD3.join('\r'));
    accented[1] = { key: 'Dead', code: 'Comma', atMs: 4 };
    accented[2] = { key: 'Û', code: 'KeyU', atMs: 8 };
    expect(interpretBurst(accented)?.lines).toEqual(TD3);
  });

  it('keeps what the machine showed beside what was meant', () => {
    const reading = interpretBurst(burst(TD3.join('\r'), US, QWERTZ));
    expect(reading?.layout).toBe('us-position');
    expect(reading?.rawLines[0]).toBe((TD3[0] ?? '').replaceAll('<', ';'));
  });
});

describe('what is no reading', () => {
  it('too short, too slow, a booking code, a link, plain text', () => {
    expect(interpretBurst(burst('L898902C3'))).toBeNull();
    expect(interpretBurst(burst(TD3.join('\r'), US, US, 80))).toBeNull();
    expect(interpretBurst(burst('M1DESMARAISLUCEABC123YULFRAAC0834326J001A00251'))).toBeNull();
    expect(interpretBurst([])).toBeNull();
    expect(interpretBurst(burst('THEQUICKBROWNFOXJUMPSOVERTHELAZYDOG'))).toBeNull();
  });

  it('forgives one pause in the middle', () => {
    const keys = burst(TD3.join('\r')).map((key, at) => (at > 44 ? { ...key, atMs: key.atMs + 400 } : key));
    expect(interpretBurst(keys)?.lines).toEqual(TD3);
  });
});
