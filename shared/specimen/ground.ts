// What every side of a Utopian document shares: washes, relief lines, medallion, bands, microtext, marks, signature.
import { drawCrest } from './crest.ts';
import { TEXT_BOLD } from './glyphs/text-bold.ts';
import { TEXT_REGULAR } from './glyphs/text-regular.ts';
import { drawText, textWidth } from './outline.ts';
import { drawPicture, fill, mix, stroke } from './paint.ts';
import { bandLines, drawMedallion, drawMicrotext, type Relief, rosetteLines, waveLines } from './pattern.ts';
import type { Random } from './prng.ts';
import { createSheet, type RgbImage, type Sheet } from './raster.ts';
import { box, ellipse, roundedBox, smooth } from './shapes.ts';
import { acrossOf, type Theme } from './theme.ts';

export interface GroundPlan {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Height kept clean for the machine readable zone; 0 for a side without one. */
  readonly zoneMm: number;
  /** Middle and radius of the medallion. */
  readonly medallion: readonly [x: number, y: number, radius: number];
}

/** A bare printed side: ground only, the zone nearly white. */
export function drawGround(scale: number, plan: GroundPlan, theme: Theme, random: Random): Sheet {
  const { widthMm, heightMm, zoneMm } = plan;
  const sheet = createSheet(widthMm, heightMm, scale, theme.paper);
  const visual = heightMm - zoneMm;
  const washes = acrossOf(theme.washes, widthMm, heightMm);
  const inks = acrossOf(theme.inks, widthMm, heightMm);
  fill(sheet, [box(0, 0, widthMm, heightMm)], washes);
  const [mx, my, radius] = plan.medallion;
  const relief = islandRelief(mx, my, radius);
  const waves = waveLines({
    x: 0,
    y: 0,
    width: widthMm,
    height: visual,
    pitchMm: 0.72,
    amplitudeMm: 1.05,
    waveMm: widthMm / random.range(2.4, 3.4),
    phase: random.range(0, 6),
    relief,
    liftMm: 1.7,
  });
  stroke(sheet, waves, 0.075, inks, { opacity: 0.5 });
  drawMedallion(sheet, random, mx, my, radius, [inks, theme.second, theme.third], 0.42);
  for (const [middle, height] of [
    [2.6, 3.6],
    [visual - 1.5, 3.4],
  ] as const) {
    const band = {
      x: -2,
      width: widthMm + 4,
      middle,
      height,
      strands: 7,
      waveMm: 10.5,
      swellMm: 47,
      phase: random.range(0, 6),
    };
    stroke(sheet, bandLines(band), 0.075, inks, { opacity: 0.62 });
  }
  cornerRosettes(sheet, plan, theme, random);
  if (zoneMm > 0) drawZoneGround(sheet, plan, theme);
  return sheet;
}

/** The island of the arms as a hill: the lines of the ground rise over it. */
function islandRelief(x: number, y: number, radius: number): Relief {
  return (px, py) => {
    const distance = Math.hypot(px - x, py - y) / (radius * 1.25);
    if (distance > 1) return 0;
    const hill = Math.cos((distance * Math.PI) / 2);
    return hill * hill * (0.65 + 0.35 * Math.cos(distance * 9));
  };
}

function cornerRosettes(sheet: Sheet, plan: GroundPlan, theme: Theme, random: Random): void {
  const { widthMm, heightMm, zoneMm } = plan;
  const visual = heightMm - zoneMm;
  const spots: [number, number][] = [
    [widthMm - 1.5, visual * 0.24],
    [1.5, visual * 0.72],
  ];
  for (const [x, y] of spots) {
    const shape = { x, y, inner: 1.2, outer: 10.5, petals: 7, strands: 11, phase: random.range(0, 6) };
    stroke(sheet, rosetteLines(shape), 0.075, theme.second, { opacity: 0.3 });
  }
}

function drawZoneGround(sheet: Sheet, plan: GroundPlan, theme: Theme): void {
  const { widthMm, heightMm, zoneMm } = plan;
  const top = heightMm - zoneMm;
  const pale = mix(theme.paper, [255, 255, 255], 0.4);
  fill(sheet, [box(0, top, widthMm, zoneMm)], pale, { opacity: 0.88 });
  // So pale that a reader in visible or infrared light does not see them (Doc 9303-3 §2.3: a clear reading zone).
  const waves = waveLines({
    x: 0,
    y: top + 0.8,
    width: widthMm,
    height: zoneMm - 1,
    pitchMm: 1.5,
    amplitudeMm: 0.8,
    waveMm: 40,
    phase: 2,
  });
  stroke(sheet, waves, 0.08, acrossOf(theme.inks, widthMm, heightMm), { opacity: 0.14 });
  stroke(sheet, [[0, top, widthMm, top]], 0.12, theme.deep, { opacity: 0.35 });
  drawMicrotext(
    sheet,
    'UTOPIO·SPECIMENO·UTOPIA·SPECIMEN·',
    TEXT_BOLD,
    [2, top + 0.62],
    widthMm - 4,
    0.3,
    theme.deep,
    0.8,
  );
}

/** Arms, state and title across the head of a side. */
export function drawHead(
  sheet: Sheet,
  theme: Theme,
  state: string,
  title: string,
  x: number,
  y: number,
  sizeMm: number,
): void {
  drawCrest(
    sheet,
    x + sizeMm * 0.42,
    y + sizeMm * 0.46,
    sizeMm,
    theme.deep,
    mix(theme.paper, theme.washes[0] ?? theme.paper, 0.5),
  );
  const left = x + sizeMm * 0.98;
  const cap = sizeMm * 0.2;
  drawText(
    sheet,
    state,
    { face: TEXT_BOLD, capMm: cap, trackingMm: cap * 0.16 },
    { x: left, baseline: y + sizeMm * 0.42 },
    theme.deep,
  );
  drawText(
    sheet,
    title,
    { face: TEXT_REGULAR, capMm: cap * 0.72, trackingMm: cap * 0.08 },
    { x: left, baseline: y + sizeMm * 0.74 },
    theme.deep,
  );
}

/** The holder's picture in its frame, with fine lines over its border so that it cannot be lifted unseen. */
export function drawHolder(
  sheet: Sheet,
  picture: RgbImage,
  x: number,
  y: number,
  width: number,
  theme: Theme,
  random: Random,
): void {
  const height = (width * 45) / 35;
  drawPicture(sheet, picture, x, y, width, height);
  stroke(sheet, [[...roundedBox(x, y, width, height, 0.6), x + width - 0.6, y]], 0.12, theme.deep, {
    opacity: 0.6,
  });
  const edge = rosetteLines({
    x: x + width,
    y: y + height - width * 0.24,
    inner: width * 0.06,
    outer: width * 0.3,
    petals: 8,
    strands: 10,
    phase: random.range(0, 6),
  });
  stroke(sheet, edge, 0.07, theme.third, { opacity: 0.62 });
  const lines = waveLines({ x, y, width, height, pitchMm: 0.9, amplitudeMm: 0.5, waveMm: 14, phase: 1 });
  stroke(sheet, lines, 0.06, theme.deep, { opacity: 0.14, blend: 'multiply' });
}

/** The picture again, small and in one ink. */
export function drawGhost(
  sheet: Sheet,
  picture: RgbImage,
  x: number,
  y: number,
  width: number,
  theme: Theme,
): void {
  const height = (width * 45) / 35;
  const clip = [ellipse(x + width / 2, y + height / 2, width * 0.5, height * 0.5)];
  fill(sheet, clip, theme.paper, { opacity: 0.55 });
  drawPicture(sheet, picture, x, y, width, height, {
    ink: theme.deep,
    opacity: 0.75,
    featherMm: width * 0.2,
  });
}

/** The word SPECIMEN large across the side and small along an edge: nobody may take it for a document. */
export function drawMarks(
  sheet: Sheet,
  theme: Theme,
  x: number,
  y: number,
  widthMm: number,
  turn: number,
): void {
  const word = 'SPECIMEN';
  const unit = textWidth(word, { face: TEXT_BOLD, capMm: 1, trackingMm: 0.16 });
  const cap = widthMm / unit;
  const style = { face: TEXT_BOLD, capMm: cap, trackingMm: cap * 0.16 };
  drawText(sheet, word, style, { x, baseline: y, turn, align: 'middle' }, theme.mark, {
    opacity: 0.2,
    blend: 'multiply',
  });
}

/** A signature: loops that lean forward and end in a flourish. */
export function drawSignature(
  sheet: Sheet,
  random: Random,
  x: number,
  baseline: number,
  widthMm: number,
): void {
  const points: [number, number][] = [];
  const strokes = random.int(7, 10);
  const step = widthMm / (strokes + 2.5);
  for (let i = 0; i < strokes; i++) {
    const tall = i === 0 || random.chance(0.22) ? random.range(2.2, 3.2) : random.range(0.7, 1.35);
    const left = x + i * step;
    points.push(
      [left, baseline - random.range(0, 0.25)],
      [left + step * random.range(0.75, 1), baseline - tall],
      [left + step * random.range(0.3, 0.5), baseline - tall * random.range(0.45, 0.6)],
    );
    if (random.chance(0.2)) points.push([left + step * 0.35, baseline + random.range(0.8, 1.4)]);
  }
  const end = x + strokes * step;
  points.push([end, baseline - 0.2], [end + step * 1.2, baseline - 0.9], [end + step * 2.4, baseline + 0.1]);
  points.push([x + widthMm * 0.4, baseline + 1.1], [x + widthMm * 0.95, baseline + 0.75]);
  const line = smooth(points, false, 12);
  stroke(sheet, [line], (i, n) => 0.2 + 0.1 * Math.sin(i * 0.21) - 0.08 * (i / n), [26, 34, 78], {
    opacity: 0.9,
  });
}
