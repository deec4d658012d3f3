// Travellers that are nobody, with 200 marks among them that stand nowhere else: names, numbers, notes, the officer's own.
import { v7 as uuidv7 } from 'uuid';
import sharp from 'sharp';
import { checkDigit } from '../../../shared/mrz/check-digit.ts';
import type { Input } from '../../../shared/contract/channels.ts';

const CONSONANTS = 'BCDFGHJKLMNPQRSTVWXZ';
const VOWELS = 'AEIOUY';
const NAMES = 90;
const NUMBERS = 80;
const NOTES = 30;

/** A word of eleven letters that no dictionary and no program has; the same for the same number. */
function wordOf(number: number, salt: number): string {
  let state = Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  return Array.from({ length: 11 }, (_, place) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) | 0;
    const letters = place % 2 === 0 ? CONSONANTS : VOWELS;
    return letters[(state >>> 8) % letters.length];
  }).join('');
}

export const names = Array.from({ length: NAMES }, (_, index) => wordOf(index, 1));
export const numbers = Array.from(
  { length: NUMBERS },
  (_, index) => `${wordOf(index, 2).slice(0, 3)}${String(104_729 + index * 7919).padStart(6, '0')}`,
);
export const notes = Array.from({ length: NOTES }, (_, index) => `${wordOf(index, 3)} ${wordOf(index, 4)}`);

/** All two hundred. */
export const MARKERS: readonly string[] = [...names, ...numbers, ...notes];

const digit = (text: string): string => String(checkDigit(text));

function zoneOf(name: string, given: string, number: string): string[] {
  const [birth, expiry, optional] = ['800101', '310101', '<<<<<<<<<<<<<<'];
  const parts = `${number}${digit(number)}UTO${birth}${digit(birth)}F${expiry}${digit(expiry)}${optional}0`;
  const composite = `${number}${digit(number)}${birth}${digit(birth)}${expiry}${digit(expiry)}${optional}0`;
  return [`P<UTO${name}<<${given}`.padEnd(44, '<'), `${parts}${digit(composite)}`];
}

/** A photograph of noise with the zone in a comment inside, so that its bytes carry the marks in clear. */
async function pictureOf(lines: readonly string[], place: number): Promise<Buffer> {
  const noise = Buffer.from(Array.from({ length: 64 * 48 * 3 }, (_, at) => (at * 31 + place * 17) & 255));
  const jpeg = await sharp(noise, { raw: { width: 64, height: 48, channels: 3 } })
    .resize(640, 480)
    .jpeg({ quality: 80 })
    .toBuffer();
  const text = Buffer.from(lines.join('\n'), 'utf8');
  const comment = Buffer.from([0xff, 0xfe, 0, 0]);
  comment.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), comment, text, jpeg.subarray(2)]);
}

export interface Traveller {
  picture: Buffer;
  note: string;
  /** The examination once its picture has an id. */
  draft(imageId: string): Input<'draft.save'>;
  decision: Input<'examination.save'>['decision'];
}

const pick = (list: readonly string[], place: number): string => list[place % list.length] ?? '';

/** The traveller of a place in the row; one of four is cleared, and of these only the count is kept. */
export async function traveller(place: number): Promise<Traveller> {
  const lines = zoneOf(pick(names, place), pick(names, place * 7 + 3), pick(numbers, place));
  const picture = await pictureOf(lines, place);
  const note = pick(notes, place);
  const clear = place % 4 === 3;
  return {
    picture,
    note,
    draft: (imageId) => ({
      id: uuidv7(),
      startedAt: new Date().toISOString(),
      documents: [
        {
          id: uuidv7(),
          images: [{ id: imageId, light: 'white', source: 'camera' }],
          reading: {
            source: 'camera',
            lines,
            rawLines: lines,
            corrections: [],
            lowConfidence: [],
            confidence: 0.98,
            outline: null,
            imageId,
            print: { primary: pick(names, place) },
          },
        },
      ],
    }),
    decision: {
      id: uuidv7(),
      outcome: clear ? 'clear' : 'referred',
      reasons: clear ? [] : ['at-second-line'],
      note: clear ? '' : note,
    },
  };
}
