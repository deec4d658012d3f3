// What a reader, a clipboard, a file or a hand might deliver, and what nobody would: every input from its seed alone.
import { createRandom } from '../../../shared/specimen/prng.ts';
import { MRV_A, MRV_B, TD1, TD1_LONG, TD2, TD2_LONG, TD3 } from '../../mrz/specimens.ts';
import { makeZone } from '../detective/zones.ts';

const DATA = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<<<<<<<<';
const ALPHABETS = [
  DATA,
  '0123456789<',
  '<',
  'V<PIAC',
  'PVIAC<«‹éß😀\u0000"{}\n\t z&lt;',
  '&lt;&#60;«≪ \t\r\n\u200b\ufeff',
  ' ',
  'abcdefghijklmnopqrstuvwxyz<',
  'ＡＢ＜０１',
  '\ud800\udc00\uffff٣İıſ',
];
const SHAPES = [[44, 44], [36, 36], [30, 30, 30], [88], [72], [90], [36, 36], [44, 44]] as const;
const JOINS = ['\n', '\r\n', '\t', '', ' ', '\n\n', ' \n ', '\u2028', '\\n'];
const NO_TEXT: readonly unknown[] = [
  null,
  undefined,
  0,
  Number.NaN,
  true,
  {},
  [],
  [null],
  [[TD3]],
  { length: 2 },
  { lines: TD3 },
  [TD3[0], 7],
  Array(3),
];

/** Zones to change: the book's specimens and made ones of Utopia, the same in every run. */
const ZONES: readonly (readonly string[])[] = [
  TD3,
  TD1,
  TD2,
  MRV_A,
  MRV_B,
  TD1_LONG,
  TD2_LONG,
  ['IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<', '8806923102858CORINNE<<<<<<<6512068F6'],
  ...Array.from({ length: 200 }, (_, index) => makeZone(createRandom(index)).lines),
];

/** Whole numbers below a bound. Lighter than the generator of the specimens: ten million inputs are to be made. */
export type Draw = (below: number) => number;

/** The stream of one input: mulberry32 over seed and index. */
export function drawOf(seed: number, index: number): Draw {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(index, 0xc2b2ae35)) | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** One of a list. */
export function pick<T>(draw: Draw, list: readonly T[], other: T): T {
  return list[draw(list.length)] ?? other;
}

/** Characters of one alphabet, from those of a zone to those no zone has. */
export function noise(draw: Draw, length: number): string {
  const alphabet = pick(draw, ALPHABETS, DATA);
  let text = '';
  for (let index = 0; index < length; index += 1) text += alphabet.charAt(draw(alphabet.length));
  return text;
}

/** One small change: another character, one more, one less, two turned round, a piece doubled or cut off. */
function changed(draw: Draw, row: string): string {
  const at = draw(row.length + 1);
  const alphabet = draw(3) === 0 ? pick(draw, ALPHABETS, DATA) : DATA;
  const char = alphabet.charAt(draw(alphabet.length));
  switch (draw(10)) {
    case 0:
      return row.slice(0, at) + char + row.slice(at);
    case 1:
      return row.slice(0, at) + row.slice(at + 1);
    case 2:
      return row.slice(0, at) + row.charAt(at + 1) + row.charAt(at) + row.slice(at + 2);
    case 3:
      return row.slice(0, at);
    case 4:
      return row.slice(0, at) + row.slice(Math.max(0, at - draw(9)));
    default:
      return row.slice(0, at) + char + row.slice(at + 1);
  }
}

/** A zone with up to five small changes, now and then a large one. */
export function changedZone(draw: Draw, zone: readonly string[] = pick(draw, ZONES, TD3)): string[] {
  const rows = [...zone];
  for (let left = draw(6); left > 0; left -= 1) {
    const row = draw(rows.length);
    const text = rows[row] ?? '';
    // Mostly in place, so that the zone is still read.
    rows[row] = draw(4) === 0 ? changed(draw, text) : inPlace(draw, text);
  }
  if (draw(40) === 0) rows.splice(draw(rows.length), draw(2), noise(draw, draw(60)));
  if (draw(40) === 0) rows.reverse();
  return rows;
}

function inPlace(draw: Draw, row: string): string {
  const at = draw(row.length);
  const alphabet = draw(6) === 0 ? pick(draw, ALPHABETS, DATA) : DATA;
  return row.slice(0, at) + alphabet.charAt(draw(alphabet.length)) + row.slice(at + 1);
}

function dressed(draw: Draw, rows: readonly string[]): unknown {
  switch (draw(16)) {
    case 0:
      return rows.join(pick(draw, JOINS, '\n'));
    case 1:
      return `${rows.join('\n')}\n`;
    case 2:
      return rows.map((row) => row.toLowerCase());
    case 3:
      return rows.map((row) => `  ${row.slice(0, 9)} ${row.slice(9)}\u00a0`);
    case 4:
      return [rows.join('')];
    case 5:
      return rows.join('\n').replaceAll('<', pick(draw, ['&lt;', '«', '‹', '＜'], '<'));
    default:
      return rows;
  }
}

function huge(draw: Draw): unknown {
  const piece = noise(draw, 1 + draw(12));
  const text = piece.repeat(200 + draw(20_000));
  return draw(2) === 0 ? text : Array.from({ length: draw(400) }, () => text.slice(0, draw(4000)));
}

/** Input `index` of the run with this seed: text, rows, or anything else. The same pair gives the same input. */
export function fuzzInput(seed: number, index: number): unknown {
  const draw = drawOf(seed, index);
  const kind = draw(1000);
  if (kind < 600) return dressed(draw, changedZone(draw));
  if (kind < 900)
    return dressed(
      draw,
      pick(draw, SHAPES, SHAPES[0]).map((length) => noise(draw, length)),
    );
  if (kind < 990) return Array.from({ length: draw(5) }, () => noise(draw, draw(50)));
  return kind < 998 ? pick(draw, NO_TEXT, null) : huge(draw);
}

/** The rest of what the judging is asked with: another day, characters in doubt, characters changed. */
export function fuzzContext(
  seed: number,
  index: number,
): {
  today: string;
  lowConfidence?: { line: number; column: number }[];
} {
  const draw = drawOf(seed + 1, index);
  const today = pick(
    draw,
    ['2026-11-22', '2026-11-22', '2000-02-29', '1999-12-31', '2099-01-01'],
    '2026-11-22',
  );
  if (draw(4) > 0) return { today };
  return {
    today,
    lowConfidence: [
      { line: draw(3), column: draw(44) },
      { line: -1, column: 99 },
    ],
  };
}
