// Fine line work of security printing: wave fields, guilloche bands, rosettes, microtext, in split-fountain colours.
import { type GlyphTable, textContours, textWidth } from './outline.ts';
import { fill, stroke } from './paint.ts';
import type { Random } from './prng.ts';
import type { Paint, Polyline, Sheet } from './raster.ts';

/** Height of relief at a place (millimetres in, about 0 to 1 out): the wave field bulges there. */
export type Relief = (x: number, y: number) => number;

export interface WaveField {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Distance between lines in millimetres. */
  readonly pitchMm: number;
  readonly amplitudeMm: number;
  readonly waveMm: number;
  readonly phase: number;
  readonly relief?: Relief;
  /** How far full relief lifts a line, in millimetres. */
  readonly liftMm?: number;
}

/** Parallel waves over an area, lifted where the relief is high, as in relief-line printing. */
export function waveLines(field: WaveField): Polyline[] {
  const lines: number[][] = [];
  const step = 0.35;
  const margin = field.amplitudeMm * 2 + (field.liftMm ?? 0);
  for (let base = field.y - margin; base < field.y + field.height + margin; base += field.pitchMm) {
    let line: number[] = [];
    for (let x = field.x; x <= field.x + field.width + step / 2; x += step) {
      const turn = (x / field.waveMm) * 2 * Math.PI + field.phase;
      let y =
        base + Math.sin(turn) * field.amplitudeMm + Math.sin(turn * 0.37 + base * 0.11) * field.amplitudeMm;
      if (field.relief) y -= field.relief(x, base) * (field.liftMm ?? 0);
      if (y < field.y || y > field.y + field.height) {
        if (line.length > 2) lines.push(line);
        line = [];
        continue;
      }
      line.push(x, y);
    }
    if (line.length > 2) lines.push(line);
  }
  return lines;
}

export interface Band {
  readonly x: number;
  readonly width: number;
  readonly middle: number;
  readonly height: number;
  /** Number of strands. */
  readonly strands: number;
  /** Length of one turn of a strand, in millimetres. */
  readonly waveMm: number;
  /** Length of the swelling of the whole band, in millimetres. */
  readonly swellMm: number;
  readonly phase: number;
}

/** A braided band: strands of one wave at even phases between two swelling edges. */
export function bandLines(band: Band): Polyline[] {
  const lines: number[][] = [];
  for (let strand = 0; strand < band.strands; strand++) {
    const line: number[] = [];
    for (let x = 0; x <= band.width; x += 0.3) {
      const swell = 0.62 + 0.38 * Math.cos((x / band.swellMm) * 2 * Math.PI + band.phase);
      const turn = (x / band.waveMm + strand / band.strands) * 2 * Math.PI;
      const sway = Math.sin((x / band.swellMm) * Math.PI + band.phase) * band.height * 0.12;
      line.push(
        band.x + x,
        band.middle + sway + Math.sin(turn + 0.35 * Math.sin(2 * turn)) * swell * (band.height / 2),
      );
    }
    lines.push(line);
  }
  return lines;
}

export interface Rosette {
  readonly x: number;
  readonly y: number;
  readonly inner: number;
  readonly outer: number;
  readonly petals: number;
  readonly strands: number;
  readonly phase: number;
  /** 1 is round; below 1 flatter. */
  readonly flat?: number;
}

/** A rosette: closed strands that swing between two radii at even phases. */
export function rosetteLines(rosette: Rosette): Polyline[] {
  const lines: number[][] = [];
  const middle = (rosette.inner + rosette.outer) / 2;
  const swing = (rosette.outer - rosette.inner) / 2;
  const count = Math.max(180, Math.round(rosette.outer * 40));
  for (let strand = 0; strand < rosette.strands; strand++) {
    const line: number[] = [];
    const shift = (strand / rosette.strands) * 2 * Math.PI;
    for (let i = 0; i <= count; i++) {
      const angle = (i / count) * 2 * Math.PI;
      const wave =
        Math.sin(rosette.petals * angle + shift) * 0.82 + Math.sin(2 * rosette.petals * angle - shift) * 0.18;
      const radius = middle + swing * wave;
      line.push(
        rosette.x + Math.cos(angle + rosette.phase) * radius,
        rosette.y + Math.sin(angle + rosette.phase) * radius * (rosette.flat ?? 1),
      );
    }
    lines.push(line);
  }
  return lines;
}

/** A full medallion: three rosettes of different rhythm inside one another. */
export function drawMedallion(
  sheet: Sheet,
  random: Random,
  x: number,
  y: number,
  radius: number,
  paints: readonly [Paint, Paint, Paint],
  opacity: number,
): void {
  const petals = random.int(9, 14);
  const rings: [number, number, number, number, Paint][] = [
    [0.56, 1, petals, 13, paints[0]],
    [0.26, 0.74, petals * 2 - 5, 11, paints[1]],
    [0.04, 0.42, random.int(6, 8), 10, paints[2]],
  ];
  for (const [inner, outer, count, strands, paint] of rings) {
    const lines = rosetteLines({
      x,
      y,
      inner: inner * radius,
      outer: outer * radius,
      petals: count,
      strands,
      phase: random.range(0, 6),
    });
    stroke(sheet, lines, 0.085, paint, { opacity });
  }
}

/** A line of repeated words so small that it looks like a rule until it is enlarged. */
export function drawMicrotext(
  sheet: Sheet,
  words: string,
  face: GlyphTable,
  from: readonly [number, number],
  lengthMm: number,
  capMm: number,
  paint: Paint,
  opacity = 1,
  turn = 0,
): void {
  const style = { face, capMm };
  const one = textWidth(words, style);
  let text = '';
  for (let length = 0; length + one <= lengthMm; length += one) text += words;
  fill(sheet, textContours(text, style, { x: from[0], baseline: from[1], turn }), paint, { opacity });
}
