// Straightened strips and their treatments.
import { describe, expect, it } from 'vitest';
import { bandsBeside } from '../../shared/vision/bands.ts';
import type { Grid } from '../../shared/vision/grid.ts';
import { mirrored, negative } from '../../shared/vision/grey.ts';
import { cutStrip, sharpen, stretchContrast } from '../../shared/vision/strips.ts';
import type { GreyImage } from '../../shared/vision/types.ts';
import { CARD, drawZone, even } from './support/drawing.ts';

/** A straight grid of one line: place p at x0 + p * pitch. */
function straight(x0: number, y0: number, pitch: number, places: number, cap: number): Grid {
  const half = (places - 1) / 2;
  return {
    lines: [{ x: [x0 + half * pitch, half * pitch, 0, 0, 0], y: [y0, 0, 0, 0, 0], offset: 0 }],
    middle: half,
    half,
    cap: [cap, 0],
    shear: [0, 0],
    ink: [new Map()],
    error: 0,
  };
}

const column = (image: GreyImage, x: number): number[] =>
  Array.from({ length: image.height }, (_, y) => image.data[y * image.width + x]!);

describe('cutStrip', () => {
  it('gives every place the same width and the row its height', () => {
    const image = even(400, 60, 200);
    // One black place: the tenth, 8 px wide at 12 px pitch.
    for (let y = 20; y < 40; y++) for (let x = 116; x < 124; x++) image.data[y * 400 + x] = 0;
    const grid = straight(12, 29.5, 12, 30, 20);
    const cut = { line: 0, from: 8, to: 10, cap: 30, padding: 0.3 };
    const strip = cutStrip({ image, scale: 1 }, grid, cut);
    expect(strip.height).toBe(48);
    expect(strip.width).toBe(36);
    const dark = column(strip, 18).filter((value) => value < 60).length;
    expect(Math.abs(dark - 30)).toBeLessThanOrEqual(2);
    expect(Math.min(...column(strip, 3))).toBe(200);
  });

  it('turns a mirrored picture over and inverts light print as it cuts, as if the picture had been', () => {
    const image = even(240, 80, 0);
    image.data.forEach((_, i) => {
      image.data[i] = (i * 37 + Math.floor(i / 240) * 11) % 251;
    });
    const cut = { line: 0, from: -0.8, to: 12.8, cap: 30, padding: 0.3 };
    // Inside, then over the edges on three sides.
    for (const [x0, y0, scale] of [
      [16, 30, 1.2],
      [4, 3, 1],
      [160, 30, 1],
    ] as const) {
      const grid = straight(x0, y0, 10, 13, 9);
      const turnedOver = cutStrip({ image: mirrored(image), scale }, grid, cut);
      const byFlag = cutStrip({ image, scale, mirrored: true }, grid, cut);
      const off = turnedOver.data.filter((value, i) => Math.abs(value - byFlag.data[i]!) > 1);
      expect(off).toHaveLength(0);
      const inverted = cutStrip({ image: negative(image), scale }, grid, cut);
      const light = cutStrip({ image, scale, negative: true }, grid, cut);
      expect(inverted.data.filter((value, i) => Math.abs(value - light.data[i]!) > 1)).toHaveLength(0);
    }
  });

  it('reads from a larger picture by its scale', () => {
    const image = even(200, 60, 250);
    image.data.fill(10, 30 * 200, 32 * 200);
    const grid = straight(5, 15, 6, 14, 10);
    const strip = cutStrip({ image, scale: 2 }, grid, { line: 0, from: 2, to: 8, cap: 20, padding: 0.5 });
    const darkest = column(strip, 20).indexOf(Math.min(...column(strip, 20)));
    expect(Math.abs(darkest - strip.height / 2)).toBeLessThanOrEqual(1.5);
  });
});

describe('treatments', () => {
  it('stretch faint print under a shadow to full contrast on both sides', () => {
    const strip = even(400, 40, 0);
    strip.data = strip.data.map((_, i) => {
      const x = i % 400;
      const paper = x < 200 ? 180 : 90;
      return x % 10 < 3 ? paper - 25 : paper;
    });
    const out = stretchContrast(strip);
    for (const x of [60, 340]) {
      const ink = out.data[20 * 400 + x]!;
      const paper = out.data[20 * 400 + x + 6]!;
      expect(paper - ink).toBeGreaterThan(150);
    }
  });

  it('keep an even strip even', () => {
    expect(new Set(stretchContrast(even(90, 30, 111)).data).size).toBe(1);
    expect(new Set(sharpen(even(90, 30, 111), 3, 1.5).data)).toEqual(new Set([111]));
  });

  it('sharpen a soft edge and nothing far from it', () => {
    const soft = even(80, 20, 0);
    soft.data = soft.data.map((_, i) => 60 + 140 / (1 + Math.exp(-((i % 80) - 40) / 4)));
    const sharp = sharpen(soft, 4, 1.5);
    const slope = (image: GreyImage) => image.data[10 * 80 + 44]! - image.data[10 * 80 + 36]!;
    expect(slope(sharp)).toBeGreaterThan(slope(soft) * 1.2);
    expect(Math.abs(sharp.data[10 * 80 + 2]! - soft.data[10 * 80 + 2]!)).toBeLessThan(3);
  });
});

describe('bandsBeside', () => {
  it('finds the other rows of a card from its middle row', () => {
    const image = drawZone(CARD);
    const pitch = 2.54 * 6;
    const cap = 2.4 * 6;
    const middle = (6 + 4.4 + 6.35 - 1.2) * 6;
    const grid = straight(6 * 6 + pitch / 2, middle, pitch, 30, cap);
    const bands = bandsBeside({ image, scale: 1 }, grid, 0, 0, 29);
    const step = 6.35 / 2.4;
    expect(bands).toHaveLength(2);
    for (const away of bands) expect(Math.abs(Math.abs(away) - step)).toBeLessThan(0.25);
    expect(bands.map(Math.sign).sort((a, b) => a - b)).toEqual([-1, 1]);
  });

  it('finds nothing on bare paper', () => {
    const grid = straight(40, 60, 14, 30, 14);
    expect(bandsBeside({ image: even(500, 120, 200), scale: 1 }, grid, 0, 0, 29)).toEqual([]);
  });
});
