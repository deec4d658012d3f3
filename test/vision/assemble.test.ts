// From raw readings to lines: alignment, states, formats, votes, corrections.
import { describe, expect, it } from 'vitest';
import { FORMAT_IDS, FORMATS } from '../../shared/mrz/formats.ts';
import { isZone } from '../../shared/vision/accept.ts';
import { alignRow } from '../../shared/vision/align.ts';
import { assemble, assembleAs, type RowReading, standing } from '../../shared/vision/assemble.ts';
import { settleState } from '../../shared/vision/state-codes.ts';
import { fitCharacter, TEMPLATES } from '../../shared/vision/templates.ts';
import { settleByDigits, vote } from '../../shared/vision/vote.ts';
import { FR_ID, FR_ID_PLACED } from '../mrz/specimens.ts';
import { CARD, PASSPORT } from './support/drawing.ts';

const TD2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];
const MRV_A = [
  'V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L8988901C4XXX4009078F96121096ZE184226B<<<<<<',
];
const MRV_B = ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'L8988901C4XXX4009078F9612109<<<<<<<<'];

/** A reading as the recogniser would give it: characters one place apart, the strip wider by `edge` on both sides. */
function readingOf(
  text: string,
  options: { offset?: number; pitch?: number; doubt?: number[] } = {},
): RowReading {
  const { offset = 0, pitch = 1, doubt = [] } = options;
  const from = -3;
  const to = text.length + 2;
  const characters = [...text].map((char, i) => ({
    char,
    confidence: doubt.includes(i) ? 0.5 : 0.98,
    x: (offset + i * pitch - from) / (to - from),
  }));
  return { characters, from, to };
}

const windowsAt =
  (start: number, score = 1) =>
  (columns: number) => [{ start, columns, score }];

function replaceAt(text: string, index: number, char: string): string {
  return text.slice(0, index) + char + text.slice(index + 1);
}

describe('assemble', () => {
  it.each([
    ['TD3', PASSPORT],
    ['TD2', TD2],
    ['TD1', CARD],
    ['MRV-A', MRV_A],
    ['MRV-B', MRV_B],
    ['FR-ID', FR_ID],
    ['FR-ID', FR_ID_PLACED],
  ] as const)('knows %s by its rows and code', (format, lines) => {
    const windows = (columns: number) => [
      { start: 0, columns, score: columns === lines[0]!.length ? 1 : 0.6 },
    ];
    const assembly = assemble(
      lines.map((line) => readingOf(line)),
      windows,
    )!;
    expect(assembly.format).toBe(format);
    expect(assembly.lines).toEqual([...lines]);
    expect(assembly.digits.fails).toBe(0);
    expect(assembly.cost).toBeLessThan(0.01);
    expect(isZone(assembly)).toBe(true);
  });

  it('is null where no format has so many rows', () => {
    expect(assemble([readingOf(CARD[0]!)], windowsAt(0))).toBeNull();
  });

  it('moves a row that lies a column beside the grid, and rows that drift', () => {
    for (const options of [{ offset: 1 }, { offset: -1 }, { pitch: 1.03 }, { offset: 0.5, pitch: 0.98 }]) {
      const assembly = assemble([readingOf(PASSPORT[0]!, options), readingOf(PASSPORT[1]!)], windowsAt(0))!;
      expect(assembly.lines).toEqual(PASSPORT);
      expect(assembly.columns[0]!.start).toBeCloseTo(options.offset ?? 0, 1);
      expect(assembly.columns[0]!.scale).toBeCloseTo(options.pitch ?? 1, 2);
      expect(assembly.columns[1]!.start).toBeCloseTo(0, 2);
    }
  });

  it('keeps its place after a character that was read twice', () => {
    const doubled = readingOf(PASSPORT[1]!);
    const { characters } = doubled;
    characters.splice(3, 0, { ...characters[3]!, char: 'S', x: characters[3]!.x - 0.004 });
    const assembly = assemble([readingOf(PASSPORT[0]!), doubled], windowsAt(0))!;
    expect(assembly.lines[1]!.slice(4)).toBe(PASSPORT[1]!.slice(4));
    expect(assembly.rows[1]!.takenOut).toHaveLength(1);
  });

  it('leaves junk beside the rows out and says so', () => {
    const junk = readingOf(`IK${PASSPORT[0]!}7<`, { offset: -2 });
    const assembly = assemble([junk, readingOf(PASSPORT[1]!)], windowsAt(0))!;
    expect(assembly.lines).toEqual(PASSPORT);
    expect(assembly.rows[0]!.takenOut.map((t) => t.char).join('')).toBe('IK7<');
    expect(assembly.rows[0]!.takenOut.every((t) => t.outside)).toBe(true);
  });

  it('writes look-alikes by the kind of place, and names each change', () => {
    const upper = replaceAt(PASSPORT[0]!, 5, '3');
    const lower = replaceAt(replaceAt(PASSPORT[1]!, 13, 'T'), 19, 'Z');
    const assembly = assemble([readingOf(upper), readingOf(lower)], windowsAt(0))!;
    expect(assembly.lines[1]).toBe(PASSPORT[1]);
    expect(assembly.lines[0]![5]).toBe('B');
    expect(assembly.rows[0]!.places[5]).toMatchObject({ raw: '3', rule: 'class-map' });
    expect(assembly.rows[1]!.places[13]).toMatchObject({ raw: 'T', rule: 'class-map' });
    expect(assembly.rows[1]!.places[13]!.confidence).toBeLessThan(0.8);
  });

  it('puts a filler where one was not seen, marked', () => {
    const upper = readingOf(PASSPORT[0]!);
    upper.characters.splice(40, 1);
    const assembly = assemble([upper, readingOf(PASSPORT[1]!)], windowsAt(0))!;
    expect(assembly.lines).toEqual(PASSPORT);
    expect(assembly.rows[0]!.places[40]).toMatchObject({ char: '<', raw: '', rule: 'filler-added' });
  });

  it('leaves a failing check digit as it was read', () => {
    const lower = replaceAt(PASSPORT[1]!, 15, '9');
    const assembly = assemble([readingOf(PASSPORT[0]!), readingOf(lower)], windowsAt(0))!;
    expect(assembly.lines[1]).toBe(lower);
    expect(assembly.digits).toEqual({ holds: 3, fails: 2 });
    expect(isZone(assembly)).toBe(true);
  });

  it('leaves an unknown state that was surely read, and settles a doubtful one', () => {
    const odd = replaceAt(PASSPORT[0]!, 3, 'D');
    const sure = assemble([readingOf(odd), readingOf(PASSPORT[1]!)], windowsAt(0))!;
    expect(sure.lines[0]).toBe(odd);
    const blurred = replaceAt(PASSPORT[0]!, 4, 'D');
    const unsure = assemble([readingOf(blurred, { doubt: [4] }), readingOf(PASSPORT[1]!)], windowsAt(0))!;
    expect(unsure.lines[0]).toBe(PASSPORT[0]);
    expect(unsure.rows[0]!.places[4]).toMatchObject({ raw: 'D', char: 'O', rule: 'state-code' });
  });

  it('takes rows of letters over digits for no zone, whatever holds by chance', () => {
    // The third to fifth letters are Andorra's code.
    const rows = ['REANDZUNVAFUNNAINDCHINGPETKENDSTAPOU', '554228741890487805656639763255215431'];
    const assembly = assemble(
      rows.map((line) => readingOf(line)),
      windowsAt(0),
    )!;
    expect(isZone(assembly)).toBe(false);
  });

  it('takes a document that names itself and its state for a zone, though no digit holds', () => {
    const altered = [9, 19, 27, 42, 43].reduce(
      (line, at) => replaceAt(line, at, String((Number(line[at]!.replace('<', '0')) + 1) % 10)),
      PASSPORT[1]!,
    );
    const assembly = assemble([readingOf(PASSPORT[0]!), readingOf(altered)], windowsAt(0))!;
    expect(assembly.digits.holds).toBe(0);
    expect(isZone(assembly)).toBe(true);
  });

  it('takes no plain text for a zone', () => {
    const text = [
      'THEXQUICKXBROWNXFOXXJUMPSXOVERXTHEXLAZYXDOGX',
      'ANDXTHENXITXRESTSXFORXAXWHILEXINXTHEXSHADEXX',
    ];
    expect(
      isZone(
        assemble(
          text.map((line) => readingOf(line)),
          windowsAt(0),
        )!,
      ),
    ).toBe(false);
    const fillers = ['<'.repeat(44), '<'.repeat(44)];
    expect(
      isZone(
        assemble(
          fillers.map((line) => readingOf(line)),
          windowsAt(0),
        )!,
      ),
    ).toBe(false);
  });
});

describe('alignRow', () => {
  const format = FORMATS.TD3;
  const template = TEMPLATES.TD3[1]!;

  it('copes with nothing at all and with far too much', () => {
    expect(alignRow([], template, format).places).toHaveLength(44);
    const many = readingOf('<'.repeat(200));
    expect(alignRow(standing(many, { start: 0, scale: 1 }), template, format).places).toHaveLength(44);
  });

  it('tells where each character was seen', () => {
    const { places } = alignRow(standing(readingOf(PASSPORT[1]!), { start: 0, scale: 1 }), template, format);
    for (const [column, place] of places.entries()) expect(place.seenAt).toBeCloseTo(column, 6);
  });
});

describe('templates', () => {
  it('have a kind for every place of every format', () => {
    for (const id of FORMAT_IDS) {
      expect(TEMPLATES[id].map((row) => row.length)).toEqual(
        new Array(FORMATS[id].rows).fill(FORMATS[id].columns),
      );
    }
    expect(TEMPLATES.TD3[1]!.slice(9, 14)).toEqual(['digit', 'state', 'state', 'state', 'date']);
  });

  it('never change a letter or digit that may stand', () => {
    for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<') {
      expect(fitCharacter(char, 'any', FORMATS.TD3)).toEqual({ char, cost: 0 });
      expect(fitCharacter(char, 'state', FORMATS.TD3).char).toBe(char);
    }
    expect(fitCharacter('O', 'date', FORMATS.TD3).char).toBe('0');
    expect(fitCharacter('0', 'letter', FORMATS.TD3).char).toBe('O');
    expect(fitCharacter('V', 'code', FORMATS.TD3).cost).toBeGreaterThan(2);
    expect(fitCharacter('1', 'code', FORMATS.TD1).char).toBe('I');
  });
});

describe('settleState', () => {
  it('keeps codes that exist', () => {
    for (const code of ['UTO', 'D<<', 'GBR', 'XXA', 'EUE']) expect(settleState(code, null)).toBe(code);
  });

  it('takes the other code of the document when two look-alikes lead there', () => {
    expect(settleState('U7O', 'UTO')).toBe('UTO');
    expect(settleState('017', 'UTO')).toBeNull();
    expect(settleState('UTD', 'UTO')).toBe('UTO');
    expect(settleState('P0L', 'POL')).toBe('POL');
  });

  it('gives nothing where nothing or more than one is near', () => {
    expect(settleState('132', 'ROU')).toBeNull();
    expect(settleState('QQQ', null)).toBeNull();
    expect(settleState('A<<', null)).toBeNull();
  });
});

describe('vote', () => {
  const columns = [
    { start: 0, scale: 1 },
    { start: 0, scale: 1 },
  ];
  const look = (lower: string, doubt: number[] = []) =>
    assembleAs(FORMATS.TD3, columns, 1, [readingOf(PASSPORT[0]!), readingOf(lower, { doubt })]);

  it('takes what most looks say and lowers the trust where they differ', () => {
    const wrong = replaceAt(PASSPORT[1]!, 3, 'S');
    const { assembly, dissents } = vote([look(wrong), look(PASSPORT[1]!), look(PASSPORT[1]!)]);
    expect(assembly.lines).toEqual(PASSPORT);
    expect(dissents).toMatchObject([{ row: 1, column: 3, others: [{ char: 'S', looks: 1 }] }]);
    expect(assembly.rows[1]!.places[3]!.confidence).toBeLessThan(0.9);
    expect(assembly.rows[1]!.places[3]).toMatchObject({ raw: 'S', rule: 'readings-agree' });
    expect(assembly.rows[1]!.places[4]!.confidence).toBeCloseTo(0.98);
  });

  it('lets a check digit decide between two readings, and only between them', () => {
    // Both holds and fails are read; the wrong one more often.
    const wrong = replaceAt(PASSPORT[1]!, 3, 'B');
    const voted = vote([look(wrong), look(wrong), look(wrong), look(PASSPORT[1]!)]);
    expect(voted.assembly.lines[1]).toBe(wrong);
    const settled = settleByDigits(voted);
    expect(settled.lines).toEqual(PASSPORT);
    expect(settled.rows[1]!.places[3]).toMatchObject({ raw: 'B', rule: 'check-digit', confidence: 0.5 });
    const alone = vote([look(wrong), look(wrong)]);
    expect(settleByDigits(alone).lines[1]).toBe(wrong);
  });

  it('takes the twin of no character, sure or doubtful, where a second look did not see it', () => {
    // The 0 of the number was read as O.
    const twin = replaceAt(PASSPORT[1]!, 5, 'O');
    expect(settleByDigits(vote([look(twin), look(twin)])).lines[1]).toBe(twin);
    expect(settleByDigits(vote([look(twin, [5]), look(twin, [5])])).lines[1]).toBe(twin);
    const seen = settleByDigits(vote([look(twin, [5]), look(twin, [5]), look(PASSPORT[1]!, [5])]));
    expect(seen.lines).toEqual(PASSPORT);
    expect(seen.rows[1]!.places[5]).toMatchObject({ raw: 'O', char: '0', confidence: 0.5 });
  });
});
