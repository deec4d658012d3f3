// What a document lies in when it is shown: the open booklet, the page a visa is stuck on, both sides of a card.
import { drawCrest } from './crest.ts';
import type { Specimen } from './document.ts';
import { TEXT_BOLD } from './glyphs/text-bold.ts';
import { TEXT_REGULAR } from './glyphs/text-regular.ts';
import { drawGround } from './ground.ts';
import { KINDS } from './kinds.ts';
import { drawText } from './outline.ts';
import { drawPicture, fill } from './paint.ts';
import type { Cutout } from './photograph.ts';
import { createRandom } from './prng.ts';
import { createSheet, fillMask, type Mask, type RgbImage, type Sheet } from './raster.ts';
import { box, roundedBox } from './shapes.ts';
import { THEMES } from './theme.ts';

/** The specimen as it is laid before the officer. */
export function surroundOf(specimen: Specimen, seed: number): Cutout {
  if (specimen.kind === 'passport') return openBooklet(specimen, seed);
  if (specimen.kind === 'visa-a' || specimen.kind === 'visa-b') return visaPage(specimen, seed);
  return looseCard(specimen);
}

const COVER = [32, 44, 78] as const;
const EDGE_MM = 1.7;
/** How much of the page above the fold is drawn: more than a camera aimed at the data page sees. */
const ABOVE_MM = 46;

function openBooklet(specimen: Specimen, seed: number): Cutout {
  const { scale, page } = specimen;
  const kind = KINDS.passport;
  const theme = THEMES.passport;
  const width = kind.widthMm + 2 * EDGE_MM;
  const height = ABOVE_MM + kind.heightMm + EDGE_MM;
  const sheet = createSheet(width, height, scale, COVER);
  const random = createRandom(seed).fork('booklet');
  const plan = { widthMm: kind.widthMm, heightMm: ABOVE_MM, zoneMm: 0, medallion: [62, 20, 19] } as const;
  const above = drawGround(scale, plan, theme, random);
  drawCrest(above, 62, 17, 20, theme.deep, null, 0.24);
  const style = { face: TEXT_REGULAR, capMm: 1.3 };
  const words = [
    'Ĉi tiu pasporto estas specimeno. Ĝi apartenas al neniu ŝtato kaj rajtigas al neniu vojaĝo.',
    'This passport is a specimen. It belongs to no State and entitles nobody to travel.',
  ];
  words.forEach((line, row) =>
    drawText(above, line, style, { x: 62.5, baseline: 33 + row * 2.9, align: 'middle' }, theme.deep),
  );
  drawText(above, '2', { face: TEXT_BOLD, capMm: 1.7 }, { x: 118, baseline: 41.5 }, theme.deep);
  drawPicture(sheet, above, EDGE_MM, 0, kind.widthMm, ABOVE_MM);
  drawPicture(sheet, page, EDGE_MM, ABOVE_MM, kind.widthMm, kind.heightMm);
  // The fold: both pages darken towards it.
  const dark = [30, 30, 40] as const;
  const none = [255, 255, 255] as const;
  fill(
    sheet,
    [box(0, ABOVE_MM - 5, width, 5)],
    { kind: 'linear', from: [0, ABOVE_MM - 5], to: [0, ABOVE_MM], stops: [none, none, dark] },
    { blend: 'multiply', opacity: 0.42 },
  );
  fill(
    sheet,
    [box(0, ABOVE_MM, width, 2.2)],
    { kind: 'linear', from: [0, ABOVE_MM], to: [0, ABOVE_MM + 2.2], stops: [dark, none] },
    { blend: 'multiply', opacity: 0.34 },
  );
  const cover = coverOf(sheet, fillMask(sheet, [roundedBox(0, -20, width, height + 20, 3.4)]));
  const pageAt = { x: Math.round(EDGE_MM * scale), y: Math.round(ABOVE_MM * scale) };
  return { image: sheet, cover, pageAt, aim: { ...pageAt, width: page.width, height: page.height } };
}

function visaPage(specimen: Specimen, seed: number): Cutout {
  const { scale, page, kind } = specimen;
  const row = KINDS[kind];
  const width = Math.max(125, row.widthMm + 5);
  const height = row.heightMm + 20;
  const theme = THEMES.passport;
  const plan = {
    widthMm: width,
    heightMm: height,
    zoneMm: 0,
    medallion: [width / 2, height / 2, 26],
  } as const;
  const sheet = drawGround(scale, plan, theme, createRandom(seed).fork('visa page'));
  drawText(
    sheet,
    'VIZOJ / VISAS',
    { face: TEXT_REGULAR, capMm: 1.8, trackingMm: 0.4 },
    { x: width / 2, baseline: 8.4, align: 'middle' },
    theme.deep,
  );
  drawText(
    sheet,
    '17',
    { face: TEXT_BOLD, capMm: 1.8 },
    { x: width - 7, baseline: 8.4, align: 'right' },
    theme.deep,
  );
  const x = Math.round(((width - row.widthMm) / 2) * scale);
  const y = Math.round((height - row.heightMm - 4) * scale);
  // A label has a thickness: a thin shade along its lower and right edges.
  fill(sheet, [box(x / scale + 0.25, y / scale + 0.25, row.widthMm, row.heightMm)], [40, 40, 52], {
    opacity: 0.45,
  });
  drawPicture(sheet, page, x / scale, y / scale, row.widthMm, row.heightMm);
  const cover = coverOf(sheet, fillMask(sheet, [roundedBox(0, 0, width, height, 3)]));
  return {
    image: sheet,
    cover,
    pageAt: { x, y },
    aim: { x: 0, y: 0, width: sheet.width, height: sheet.height },
  };
}

function looseCard(specimen: Specimen): Cutout {
  const { scale, page, otherSide, kind } = specimen;
  const row = KINDS[kind];
  const gap = otherSide ? 6 : 0;
  const top = otherSide ? row.heightMm + gap : 0;
  const sheet = createSheet(row.widthMm, top + row.heightMm, scale, [255, 255, 255]);
  const shapes = [roundedBox(0, top, row.widthMm, row.heightMm, row.cornerMm)];
  const y = Math.round(top * scale);
  paste(sheet, page, y);
  if (otherSide) {
    paste(sheet, otherSide, 0);
    shapes.push(roundedBox(0, 0, row.widthMm, row.heightMm, row.cornerMm));
  }
  const cover = coverOf(sheet, fillMask(sheet, shapes));
  return {
    image: sheet,
    cover,
    pageAt: { x: 0, y },
    aim: { x: 0, y: 0, width: sheet.width, height: sheet.height },
  };
}

function paste(sheet: Sheet, picture: RgbImage, top: number): void {
  const rows = Math.min(picture.height, sheet.height - top);
  sheet.data.set(picture.data.subarray(0, rows * sheet.width * 3), top * sheet.width * 3);
}

function coverOf(sheet: Sheet, mask: Mask): Uint8Array {
  const cover = new Uint8Array(sheet.width * sheet.height);
  for (let row = 0; row < mask.height; row++) {
    const from = row * mask.width;
    cover.set(mask.data.subarray(from, from + mask.width), (row + mask.y) * sheet.width + mask.x);
  }
  return cover;
}
