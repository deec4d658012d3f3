// Pages with a face, and pieces cut out of them by the station's own decoder: allowed ones, and those an officer might try.
import { createHash } from 'node:crypto';
import { cutImage, encodeJpeg } from '../../../electron/images/decode.ts';
import type { Box, Crop } from '../../../shared/sharing/full.ts';
import { drawSpecimen } from '../../../shared/specimen/document.ts';
import type { Quad } from '../../../shared/specimen/form.ts';
import type { Random } from '../../../shared/specimen/prng.ts';
import { v7 as uuidv7 } from 'uuid';
import { TODAY } from './travellers.ts';

export interface PagePicture {
  file: Uint8Array;
  width: number;
  height: number;
  /** Where the drawing says that they are, whatever an officer marks. */
  portrait: Box;
  zone: Box;
  /** Printed texts of the holder. */
  texts: readonly Box[];
  /** The portrait as a partner would get it. */
  face: string;
}

function boxOf(quad: Quad): Box {
  const [xs, ys] = [quad.map(({ x }) => x), quad.map(({ y }) => y)];
  const [x, y] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  return { x, y, width: Math.ceil(Math.max(...xs)) - x, height: Math.ceil(Math.max(...ys)) - y };
}

const apart = (a: Box, b: Box): boolean =>
  a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height;

async function cut(file: Uint8Array, at: Box): Promise<Buffer> {
  const piece = await cutImage(file, at);
  if (!piece.ok) throw new Error(piece.code);
  return Buffer.from(piece.jpeg);
}

/** The page with this traveller's zone as a comment in its file, which no piece of it may carry on. */
function withComment(jpeg: Uint8Array, words: string): Uint8Array {
  const text = Buffer.from(words, 'utf8');
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)]);
}

/** Pages of passports, drawn small. */
export async function drawPages(seed: number, count: number): Promise<PagePicture[]> {
  const pages: PagePicture[] = [];
  for (let place = 0; place < count; place += 1) {
    const { page, regions } = drawSpecimen({ seed: seed + place, kind: 'passport', today: TODAY, scale: 5 });
    const file = await encodeJpeg(page);
    const named = (name: string): Box => {
      const region = regions.find((each) => each.name === name);
      if (region === undefined) throw new Error(`no ${name}`);
      return boxOf(region.quad);
    };
    const [portrait, zone] = [named('portrait'), named('mrz')];
    const texts = regions
      .filter(({ name }) => name !== 'portrait' && name !== 'mrz')
      .map(({ quad }) => boxOf(quad));
    const face = (await cut(file, portrait)).toString('base64');
    pages.push({ file, width: page.width, height: page.height, portrait, zone, texts, face });
  }
  return pages;
}

/** A piece, cut as it would be sent, with what the officer marked on the page. */
export async function pieceOf(
  page: PagePicture,
  at: Box,
  words: string,
  more: Partial<Crop> = {},
): Promise<{ crop: Crop; bytes: Buffer }> {
  const bytes = await cut(withComment(page.file, words), at);
  const crop: Crop = {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    mime: 'image/jpeg',
    light: 'white',
    imageId: uuidv7(),
    width: page.width,
    height: page.height,
    at,
    portrait: page.portrait,
    zone: page.zone,
    showsNobody: true,
    ...more,
  };
  return { crop, bytes };
}

const somewhere = (random: Random, { width, height }: PagePicture): Box => ({
  x: random.int(0, width - 61),
  y: random.int(0, height - 41),
  width: random.int(20, 60),
  height: random.int(15, 40),
});

/** A place that shows nobody: clear of portrait, zone and every printed text of the holder. */
export function cleanPlace(random: Random, page: PagePicture): Box {
  for (;;) {
    const at = somewhere(random, page);
    if ([page.portrait, page.zone, ...page.texts].every((other) => apart(at, other))) return at;
  }
}

/** A place over the portrait or the zone. */
export function wrongPlace(random: Random, page: PagePicture): Box {
  const over = random.pick([page.portrait, page.zone]);
  const at = { width: 40, height: 30 };
  return {
    x: Math.min(page.width - at.width, Math.max(0, random.int(over.x - 30, over.x + over.width - 5))),
    y: Math.min(page.height - at.height, Math.max(0, random.int(over.y - 20, over.y + over.height - 5))),
    ...at,
  };
}

/** Whether a piece shows the face or the zone, by the drawing. */
export const showsSomebody = (page: PagePicture, at: Box): boolean =>
  [page.portrait, page.zone].some((other) => !apart(at, other));
