// Scaling, sampling, threshold and components: what the locator stands on.
import { describe, expect, it } from 'vitest';
import { extentAlong, findComponents } from '../../shared/vision/components.ts';
import { blur, negative, resize, sample } from '../../shared/vision/grey.ts';
import { soften } from '../../shared/vision/soften.ts';
import { inkMask } from '../../shared/vision/threshold.ts';
import { boxes, even, withNoise } from './support/drawing.ts';

const ramp = (width: number, height: number) => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, i) => (i % width) * 4),
});

describe('resize', () => {
  it('keeps an even picture even, larger and smaller', () => {
    for (const [width, height] of [
      [97, 31],
      [13, 7],
      [1, 1],
      [40, 7],
    ] as const) {
      const sized = resize(even(40, 20, 137), width, height);
      expect(sized.data).toHaveLength(width * height);
      expect(new Set(sized.data)).toEqual(new Set([137]));
    }
  });

  it('keeps a slope where it is when growing and when shrinking', () => {
    const image = ramp(60, 4);
    for (const width of [120, 30]) {
      const sized = resize(image, width, 4);
      for (const part of [0.25, 0.5, 0.75]) {
        const x = Math.round(part * width);
        const expected = (((x + 0.5) * 60) / width - 0.5) * 4;
        expect(Math.abs(sized.data[width + x]! - expected)).toBeLessThanOrEqual(1.5);
      }
    }
  });

  it('skips nothing when shrinking: thin lines turn to even grey', () => {
    const stripes = { width: 64, height: 8, data: Uint8Array.from({ length: 512 }, (_, i) => (i % 2) * 200) };
    const sized = resize(stripes, 8, 8);
    for (const value of sized.data.subarray(9, 15)) expect(Math.abs(value - 100)).toBeLessThan(8);
  });
});

describe('sample', () => {
  it('gives pixels at whole places, means between them, and the edge outside', () => {
    const image = ramp(10, 3);
    expect(sample(image, 4, 1)).toBeCloseTo(16);
    expect(sample(image, 4.5, 1)).toBeCloseTo(18);
    expect(sample(image, -3, -3)).toBeCloseTo(0);
    expect(sample(image, 50, 50)).toBeCloseTo(36, 0);
  });

  it('also knows pictures of one row or one pixel', () => {
    expect(sample(even(1, 1, 77), 3, -2)).toBe(77);
    expect(sample(ramp(5, 1), 2, 0)).toBe(8);
  });
});

describe('inkMask', () => {
  const ink = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0);

  it('finds ink under a strong shadow as well as in the light', () => {
    const page = boxes(
      200,
      60,
      [
        { x: 40, y: 30 },
        { x: 160, y: 30 },
      ],
      { width: 6, height: 12 },
    );
    page.data = page.data.map((value, i) => (i % 200 > 100 ? value * 0.4 : value));
    const mask = inkMask(page, { radius: 20, deviations: 0.35, floor: 8 });
    expect(mask[30 * 200 + 40]).toBe(1);
    expect(mask[30 * 200 + 160]).toBe(1);
    expect(mask[30 * 200 + 20]).toBe(0);
    expect(mask[30 * 200 + 185]).toBe(0);
  });

  it('finds nothing on even paper, on a gentle slope and in a picture smaller than its window', () => {
    const options = { radius: 20, deviations: 0.35, floor: 8 };
    expect(ink(inkMask(even(90, 70, 128), options))).toBe(0);
    expect(ink(inkMask({ ...ramp(60, 40), data: ramp(60, 40).data.map((v) => 100 + v / 16) }, options))).toBe(
      0,
    );
    expect(ink(inkMask(even(3, 2, 10), options))).toBe(0);
  });
});

describe('findComponents', () => {
  const limits = { minSize: 3, maxSize: 30 };
  const fromText = (rows: string[]) => {
    const width = rows[0]!.length;
    const mask = Uint8Array.from(rows.join(''), (char) => (char === '#' ? 1 : 0));
    return findComponents(mask, width, rows.length, limits);
  };

  it('joins what touches, also over a corner and from below', () => {
    const found = fromText([
      '###....###',
      '#.#....#.#',
      '#.######.#',
      '#........#',
      '..........',
      '###.......',
      '...###....',
      '###.......',
    ]);
    expect(found.map(({ x, y, size }) => ({ x, y, size }))).toEqual([
      { x: 4.5, y: 1.5, size: 10 },
      { x: 2.5, y: 6, size: 6 },
    ]);
  });

  it('leaves out specks, hairlines and what is larger than a letter', () => {
    expect(fromText(['##........', '##........', '..........', '##########'])).toEqual([]);
  });

  it('measures the extent along any direction', () => {
    const mask = new Uint8Array(40 * 40);
    // A diagonal bar: long along 45 degrees, thin across.
    for (let i = 5; i < 25; i++) for (let k = 0; k < 3; k++) mask[i * 40 + i + k] = 1;
    const [bar] = findComponents(mask, 40, 40, limits);
    expect(extentAlong(bar!, Math.PI / 4)).toBeGreaterThan(26);
    expect(extentAlong(bar!, (3 * Math.PI) / 4)).toBeLessThan(4);
    expect(extentAlong(bar!, -Math.PI / 4)).toBeCloseTo(extentAlong(bar!, (3 * Math.PI) / 4), 6);
  });
});

it('the negative of the negative is the picture', () => {
  const image = ramp(9, 2);
  expect(negative(negative(image))).toEqual(image);
  expect(negative(image).data[1]).toBe(251);
});

describe('beside the plain formulas', () => {
  const image = withNoise(even(61, 47, 128), 70);
  const at = (x: number, y: number): number =>
    image.data[Math.max(0, Math.min(46, y)) * 61 + Math.max(0, Math.min(60, x))]!;

  it('the blur is the weighted mean of its surroundings, edges repeated', () => {
    const sigma = 1.6;
    const weight = (d: number): number => Math.exp(-(d * d) / (2 * sigma * sigma));
    const soft = blur(image, sigma);
    for (let y = 0; y < 47; y++) {
      for (let x = 0; x < 61; x++) {
        let sum = 0;
        let total = 0;
        for (let dy = -4; dy <= 4; dy++) {
          for (let dx = -4; dx <= 4; dx++) {
            sum += weight(dx) * weight(dy) * at(x + dx, y + dy);
            total += weight(dx) * weight(dy);
          }
        }
        expect(Math.abs(soft.data[y * 61 + x]! - sum / total)).toBeLessThan(0.51);
      }
    }
  });

  it.each([
    [61, 47, 1],
    [64, 5, 1.3],
    [7, 9, 1.6],
    [1, 30, 1.3],
    [30, 1, 1],
  ])('the quick blur of a picture of %i by %i is the exact one but for rounding', (width, height, sigma) => {
    const drawn = withNoise(even(width, height, 128), 100);
    const exact = blur(drawn, sigma);
    const quick = soften(drawn, sigma);
    expect(quick).toMatchObject({ width, height });
    quick.data.forEach((value, i) => expect(Math.abs(value - exact.data[i]!)).toBeLessThanOrEqual(2));
    expect(soften(even(width, height, 201), sigma).data.every((value) => value === 201)).toBe(true);
  });

  it('ink is what is darker than its window by so many deviations and steps', () => {
    const [radius, deviations, floor] = [6, 0.8, 20];
    const mask = inkMask(image, { radius, deviations, floor });
    let ink = 0;
    for (let y = 0; y < 47; y++) {
      for (let x = 0; x < 61; x++) {
        const values: number[] = [];
        for (let v = Math.max(0, y - radius); v <= Math.min(46, y + radius); v++) {
          for (let u = Math.max(0, x - radius); u <= Math.min(60, x + radius); u++) values.push(at(u, v));
        }
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        const margin = Math.max(floor, deviations * Math.sqrt(variance));
        const beyond = mean - at(x, y) - margin;
        if (Math.abs(beyond) > 1e-6) expect(mask[y * 61 + x]).toBe(beyond > 0 ? 1 : 0);
        ink += mask[y * 61 + x]!;
      }
    }
    expect(ink).toBeGreaterThan(100);
  });

  it.each([
    [23, 17],
    [7, 5],
  ])('a picture shrunk to %i x %i is the mean under a triangle', (width, height) => {
    const small = resize(image, width, height);
    const [ratioX, ratioY] = [61 / width, 47 / height];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [midX, midY] = [(x + 0.5) * ratioX - 0.5, (y + 0.5) * ratioY - 0.5];
        let sum = 0;
        let total = 0;
        for (let v = Math.floor(midY - ratioY); v <= midY + ratioY; v++) {
          for (let u = Math.floor(midX - ratioX); u <= midX + ratioX; u++) {
            const weight =
              Math.max(0, 1 - Math.abs(u - midX) / ratioX) * Math.max(0, 1 - Math.abs(v - midY) / ratioY);
            sum += weight * at(u, v);
            total += weight;
          }
        }
        expect(Math.abs(small.data[y * width + x]! - sum / total)).toBeLessThan(0.51);
      }
    }
  });
});
