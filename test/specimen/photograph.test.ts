// The synthetic camera and the first set: places carried into the photo, faults of the picture, the same bytes again.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../shared/specimen/faults.ts';
import { carry, invert, multiply } from '../../shared/specimen/homography.ts';
import { addNoise, blurImage, compressLike } from '../../shared/specimen/lens.ts';
import { photograph } from '../../shared/specimen/photograph.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import type { RgbImage } from '../../shared/specimen/raster.ts';
import { drawSpecimenById, SPECIMEN_SET } from '../../shared/specimen/set.ts';
import { GROUNDS } from '../../shared/specimen/table-top.ts';

const TODAY = '2026-11-22';

/** A white page with a pure red, green, blue and yellow field in its corners. */
function cornered(): RgbImage {
  const [width, height] = [200, 140];
  const data = new Uint8Array(width * height * 3).fill(255);
  const paint = (x0: number, y0: number, colour: readonly number[]): void => {
    for (let y = y0; y < y0 + 20; y++)
      for (let x = x0; x < x0 + 20; x++) data.set(colour, (y * width + x) * 3);
  };
  paint(0, 0, [255, 0, 0]);
  paint(180, 0, [0, 255, 0]);
  paint(180, 120, [0, 0, 255]);
  paint(0, 120, [255, 255, 0]);
  return { width, height, data };
}

function colourAt(image: RgbImage, point: { x: number; y: number }): number[] {
  const at = (Math.floor(point.y) * image.width + Math.floor(point.x)) * 3;
  return [...image.data.subarray(at, at + 3)];
}

function sharpness(image: RgbImage): number {
  let sum = 0;
  for (let i = 0; i + 3 < image.data.length; i += 3)
    sum += Math.abs((image.data[i] ?? 0) - (image.data[i + 3] ?? 0));
  return sum / image.data.length;
}

describe('a photo', () => {
  const page = cornered();
  const spots = [
    [{ x: 10, y: 10 }, [1, 0, 0]],
    [{ x: 190, y: 10 }, [0, 1, 0]],
    [{ x: 190, y: 130 }, [0, 0, 1]],
    [{ x: 10, y: 130 }, [1, 1, 0]],
  ] as const;

  it.each([0, 90, 180, 270] as const)(
    'turned by %s degrees and seen askew shows each place where toPhoto says',
    (turn) => {
      for (const seed of [1, 2, 3]) {
        const options = {
          seed,
          width: 640,
          height: 480,
          turn,
          tiltDegrees: 25,
          perspective: 0.9,
          skewDegrees: 9,
        } as const;
        const photo = photograph(page, options);
        for (const [place, expected] of spots) {
          const colour = colourAt(photo.image, photo.toPhoto(place));
          const seen = colour.map((value) => (value > 128 ? 1 : 0));
          expect(seen).toEqual(expected);
        }
      }
    },
  );

  it('holds the whole page', () => {
    for (let seed = 0; seed < 12; seed++) {
      const photo = photograph(page, {
        seed,
        width: 320,
        height: 240,
        tiltDegrees: 30,
        perspective: 1,
        skewDegrees: seed * 30,
      });
      for (const corner of [
        [0, 0],
        [200, 0],
        [200, 140],
        [0, 140],
      ] as const) {
        const { x, y } = photo.toPhoto({ x: corner[0], y: corner[1] });
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(320);
        expect(y).toBeGreaterThan(0);
        expect(y).toBeLessThan(240);
      }
    }
  });

  it('upright has the upper left corner at the upper left', () => {
    const photo = photograph(page, { seed: 4, width: 640, height: 480 });
    const [a, b] = [photo.toPhoto({ x: 0, y: 0 }), photo.toPhoto({ x: 200, y: 140 })];
    expect(a.x).toBeLessThan(b.x);
    expect(a.y).toBeLessThan(b.y);
    expect((b.x - a.x) / (b.y - a.y)).toBeCloseTo(200 / 140, 3);
  });

  it('turned by a quarter clockwise has the upper left corner at the upper right', () => {
    const photo = photograph(page, { seed: 4, width: 640, height: 480, turn: 90 });
    const [a, b] = [photo.toPhoto({ x: 0, y: 0 }), photo.toPhoto({ x: 200, y: 140 })];
    expect(a.x).toBeGreaterThan(b.x);
    expect(a.y).toBeLessThan(b.y);
  });

  it('shows what it was asked for: blur, noise, glare, shadow, coarse compression', () => {
    const take = (more: object): RgbImage =>
      photograph(page, { seed: 6, width: 320, height: 240, ground: 'lid', ...more }).image;
    const plain = take({});
    expect(sharpness(take({ blurPx: 3 }))).toBeLessThan(sharpness(plain) * 0.8);
    expect(sharpness(take({ noise: 12 }))).toBeGreaterThan(sharpness(plain) * 2);
    const mean = (image: RgbImage): number =>
      image.data.reduce((sum, value) => sum + value, 0) / image.data.length;
    expect(
      mean(take({ glare: { strength: 1, x: 0.5, y: 0.5 }, light: { level: 0.6, warmth: 0 } })),
    ).toBeGreaterThan(mean(take({ light: { level: 0.6, warmth: 0 } })) + 1);
    expect(mean(take({ shadow: 0.6 }))).toBeLessThan(mean(plain) - 10);
    expect(mean(take({ light: { level: 0.6, warmth: 0 } }))).toBeLessThan(mean(plain) * 0.7);
    expect(Buffer.compare(take({ quality: 15 }).data, plain.data)).not.toBe(0);
  });

  it('is the same for the same seed on every ground, and another for another', () => {
    for (const ground of GROUNDS) {
      const options = {
        seed: 8,
        width: 160,
        height: 120,
        ground,
        noise: 4,
        blurPx: 0.7,
        quality: 60,
        shadow: 0.3,
      };
      const first = photograph(page, options);
      expect(Buffer.compare(photograph(page, options).image.data, first.image.data)).toBe(0);
      expect(Buffer.compare(photograph(page, { ...options, seed: 9 }).image.data, first.image.data)).not.toBe(
        0,
      );
    }
  });

  it('of no size is refused', () => {
    expect(() => photograph(page, { seed: 1, width: 0, height: 240 })).toThrow(RangeError);
  });
});

describe('the lens', () => {
  it('keeps an even picture even', () => {
    const even: RgbImage = { width: 33, height: 21, data: new Uint8Array(33 * 21 * 3).fill(117) };
    expect(new Set(blurImage(even, 1.7).data)).toEqual(new Set([117]));
    const pressed = compressLike(even, 30).data;
    expect(Math.max(...pressed) - Math.min(...pressed)).toBe(0);
    expect(Math.abs((pressed[0] ?? 0) - 117)).toBeLessThan(8);
    const noisy = addNoise(even, 5, createRandom(1)).data;
    expect(noisy.reduce((sum, value) => sum + value, 0) / noisy.length).toBeCloseTo(117, 0);
  });

  it('compresses gently at a high quality', () => {
    const page = cornered();
    const pressed = compressLike(page, 95).data;
    let worst = 0;
    for (let i = 0; i < pressed.length; i++)
      worst = Math.max(worst, Math.abs((pressed[i] ?? 0) - (page.data[i] ?? 0)));
    expect(worst).toBeLessThan(150);
    expect(sharpness({ ...page, data: pressed })).toBeGreaterThan(sharpness(page) * 0.8);
  });
});

describe('maps between planes', () => {
  it('come back to where they started', () => {
    const map = [1.1, 0.2, 30, -0.1, 0.9, 12, 0.0004, -0.0002, 1] as const;
    const round = multiply(invert(map), map);
    const there = carry(round, { x: 321, y: 123 });
    expect(there.x).toBeCloseTo(321, 6);
    expect(there.y).toBeCloseTo(123, 6);
    expect(() => invert([1, 2, 3, 2, 4, 6, 0, 0, 1])).toThrow(RangeError);
  });
});

describe('the first set', () => {
  const texts = JSON.parse(
    readFileSync(new URL('../../assets/text/en/specimen.json', import.meta.url), 'utf8'),
  ) as Record<string, string>;

  it('has a title for each entry and a sentence for each fault', () => {
    expect(SPECIMEN_SET.length).toBeGreaterThanOrEqual(8);
    expect(new Set(SPECIMEN_SET.map((entry) => entry.id)).size).toBe(SPECIMEN_SET.length);
    for (const id of [
      ...SPECIMEN_SET.map((entry) => entry.titleId),
      ...Object.values(FAULTS).map((fault) => fault.textId),
    ]) {
      expect(texts[id]?.length ?? 0).toBeGreaterThan(8);
    }
  });

  it('shows every format', () => {
    expect(new Set(SPECIMEN_SET.map((entry) => entry.kind)).size).toBe(5);
  });

  it.each(SPECIMEN_SET.map((entry) => entry.id))('%s is drawn with its whole zone in the frame', (id) => {
    const { specimen, photo, toPhoto } = drawSpecimenById(id, TODAY);
    const zone = specimen.regions.find((region) => region.name === 'mrz');
    for (const corner of zone?.quad ?? [{ x: -1e6, y: 0 }]) {
      const { x, y } = toPhoto(corner);
      expect(x).toBeGreaterThan(4);
      expect(x).toBeLessThan(photo.width - 4);
      expect(y).toBeGreaterThan(4);
      expect(y).toBeLessThan(photo.height - 4);
    }
  });

  it('refuses an unknown id', () => {
    expect(() => drawSpecimenById('utopia-none', TODAY)).toThrow(RangeError);
  });
});
