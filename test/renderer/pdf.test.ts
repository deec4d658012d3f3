// A page of a PDF is drawn whole or refused: one file for each way in which pdf.js goes on without a part of it.
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { holeOf } from '../../renderer/lib/pdf/holes.ts';
import { picturePdf } from '../e2e/pdf-files.ts';
import { text } from '../e2e/words.ts';
import { createFakeStation } from './fake-station.ts';
import { closeBrowser, openWindow, prepare } from './harness.ts';

const [WIDTH, HEIGHT] = [752, 673];
const SIZE = `/Width ${WIDTH} /Height ${HEIGHT} /BitsPerComponent 8`;
const COLOUR = `${SIZE} /ColorSpace /DeviceRGB`;
const GREY = `${SIZE} /ColorSpace /DeviceGray /Filter /FlateDecode`;
const JPEG = `${COLOUR} /Filter /DCTDecode`;

let jpeg: Buffer;

beforeAll(async () => {
  await prepare();
  jpeg = await sharp({
    create: {
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer();
}, 120_000);
afterAll(closeBrowser);

/** Opens a PDF in a window of its own, waits for the sentence and answers how many pictures were kept. */
async function open(pdf: Buffer, sentence: string): Promise<number> {
  const window = await openWindow(createFakeStation());
  try {
    const file = { name: 'scan.pdf', mimeType: 'application/pdf', buffer: pdf };
    await window.page.setInputFiles('input[type=file]', file);
    await window.page.getByText(sentence).first().waitFor();
    expect(window.problems()).toEqual([]);
    return window.images.stored.size;
  } finally {
    await window.close();
  }
}

const damaged = () => text('error.pdf-damaged.happened');
const whole = () => text('error.mrz-not-found.happened');

const kinds: [string, () => Buffer, () => string, number][] = [
  ['a sound JPEG', () => picturePdf(JPEG, jpeg), whole, 1],
  ['sound grey rows', () => picturePdf(GREY, deflateSync(Buffer.alloc(WIDTH * HEIGHT, 90))), whole, 1],
  ['half a JPEG', () => picturePdf(JPEG, jpeg.subarray(0, jpeg.length >> 1)), damaged, 0],
  ['a picture that is named and not there', () => picturePdf('', null), damaged, 0],
  ['a packing that nobody knows', () => picturePdf(`${COLOUR} /Filter /Foo`, jpeg), damaged, 0],
  ['a damaged JPEG 2000', () => picturePdf(`${SIZE} /Filter /JPXDecode`, Buffer.alloc(5_000, 3)), damaged, 0],
  [
    'a picture beyond all memory',
    () =>
      picturePdf(
        '/Width 9001 /Height 9001 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode',
        deflateSync(Buffer.alloc(9001 * 9001, 90)),
      ),
    () => text('error.pdf-page-too-large.happened'),
    0,
  ],
];

it.each(kinds)('%s', async (_what, make, sentence, kept) => {
  expect(await open(make(), sentence())).toBe(kept);
});

it('tells a missing part from words that are no harm', () => {
  expect(holeOf('Warning: Unable to decode image "img_p0_1": "Error".')).toBe('pdf-damaged');
  expect(holeOf('Warning: TT: undefined function: 32')).toBe(null);
  expect(holeOf('Warning: Indexing all PDF objects')).toBe(null);
});
