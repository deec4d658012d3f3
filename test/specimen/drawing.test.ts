// What specimens look like: the same bytes for the same seed, the zone on its pitch, regions inside the page.
import { describe, expect, it } from 'vitest';
import { drawSpecimen } from '../../shared/specimen/document.ts';
import { glyphContours } from '../../shared/specimen/outline.ts';
import { OCR_B } from '../../shared/specimen/glyphs/ocr-b.ts';
import { TEXT_BOLD } from '../../shared/specimen/glyphs/text-bold.ts';
import { TEXT_REGULAR } from '../../shared/specimen/glyphs/text-regular.ts';
import { KINDS, MRZ_HEIGHT_MM, MRZ_PITCH_MM, SPECIMEN_KINDS } from '../../shared/specimen/kinds.ts';
import { NAME_STOCKS, TOWNS } from '../../shared/specimen/names.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import { createSheet, fillMask, strokeMask } from '../../shared/specimen/raster.ts';
import { box, ellipse } from '../../shared/specimen/shapes.ts';

const TODAY = '2026-11-22';
const SCALE = 6;

describe('the canvas', () => {
  const sheet = createSheet(10, 10, 10, [255, 255, 255]);
  const area = (data: Uint8Array): number => data.reduce((sum, value) => sum + value / 255, 0);

  it('covers exactly the area of a shape, holes left out', () => {
    expect(area(fillMask(sheet, [box(1.03, 2.07, 3.33, 4.21)]).data)).toBeCloseTo(333 * 4.21, 0);
    const ring = [ellipse(5, 5, 4, 4, { count: 200 }), ellipse(5, 5, 2, 2, { count: 200, reverse: true })];
    expect(area(fillMask(sheet, ring).data) / (Math.PI * 1200)).toBeCloseTo(1, 2);
  });

  it('cuts a shape at the edge of the sheet', () => {
    expect(area(fillMask(sheet, [box(-5, -5, 8, 8)]).data)).toBeCloseTo(900, 0);
    expect(fillMask(sheet, [box(20, 20, 5, 5)]).data.length).toBe(0);
  });

  it('gives a line its width, and a hairline less ink instead', () => {
    expect(area(strokeMask(sheet, [[1, 5, 9, 5]], 0.4).data)).toBeCloseTo(80 * 4 + Math.PI * 4, -1);
    const fine = area(strokeMask(sheet, [[1, 5, 9, 5]], 0.05).data);
    expect(fine).toBeGreaterThan(30);
    expect(fine).toBeLessThan(50);
  });
});

describe('letters', () => {
  it('are there for every name, town and mark that may be printed', () => {
    const names = NAME_STOCKS.flatMap((stock) => [...stock.surnames, ...stock.female, ...stock.male]);
    const text = [...names, ...TOWNS, 'AŬG ĝŝŭĈĉĤĥÞþŴŵ'].join('');
    for (const face of [TEXT_BOLD, TEXT_REGULAR]) {
      const missing = [...(text + text.toUpperCase())].filter(
        (letter) => letter !== ' ' && !face.glyphs[letter],
      );
      expect(missing).toEqual([]);
    }
    const zone = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<'];
    expect(Object.keys(OCR_B.glyphs).sort()).toEqual(zone.sort());
  });

  it('of OCR-B all stand on one advance', () => {
    expect(new Set(Object.values(OCR_B.glyphs).map(([advance]) => advance)).size).toBe(1);
    expect(glyphContours(OCR_B, 'O').length).toBe(2);
  });
});

describe.each(SPECIMEN_KINDS)('%s', (kind) => {
  const specimen = drawSpecimen({ seed: 31, kind, today: TODAY, scale: SCALE });
  const row = KINDS[kind];

  it('has the size of Doc 9303', () => {
    expect(specimen.page.width).toBe(Math.round(row.widthMm * SCALE));
    expect(specimen.page.height).toBe(Math.round(row.heightMm * SCALE));
    expect(specimen.page.data.length).toBe(specimen.page.width * specimen.page.height * 3);
    expect(specimen.otherSide !== null).toBe(kind === 'id-card');
  });

  it('prints every character of the zone in its cell of 2.54 mm, dark on a light ground', () => {
    const { page, lines } = specimen;
    lines.forEach((line, index) => {
      const middle = (row.heightMm - (row.mrzRowsMm[index] ?? 0)) * SCALE;
      [...line].forEach((_, column) => {
        const left = (row.mrzLeftMm + column * MRZ_PITCH_MM) * SCALE;
        const right = left + MRZ_PITCH_MM * SCALE;
        let darkest = 255;
        let weight = 0;
        let moment = 0;
        for (let y = Math.floor(middle - 1.4 * SCALE); y <= middle + 1.4 * SCALE; y++) {
          for (let x = Math.floor(left); x <= Math.ceil(right); x++) {
            const grey = page.data[(y * page.width + x) * 3 + 1] ?? 255;
            darkest = Math.min(darkest, grey);
            if (grey < 140) {
              weight += 1;
              moment += x + 0.5;
            }
          }
        }
        expect(darkest).toBeLessThan(90);
        expect(moment / weight).toBeGreaterThan(left + MRZ_PITCH_MM * SCALE * 0.3);
        expect(moment / weight).toBeLessThan(left + MRZ_PITCH_MM * SCALE * 0.7);
      });
    });
  });

  it('keeps the ground of the zone light', () => {
    const { page } = specimen;
    let dark = 0;
    const top = Math.ceil((row.heightMm - MRZ_HEIGHT_MM + 1) * SCALE);
    const edge = Math.floor((row.mrzLeftMm - 0.5) * SCALE);
    for (let y = top; y < page.height; y++) {
      for (let x = 0; x < edge; x++) if ((page.data[(y * page.width + x) * 3 + 1] ?? 0) < 190) dark += 1;
    }
    expect(dark).toBe(0);
  });

  it('names its places, all on the page', () => {
    const names = specimen.regions.map((region) => region.name);
    expect(names).toContain('mrz');
    if (kind !== 'id-card')
      expect(names).toEqual(expect.arrayContaining(['portrait', 'surname', 'number', 'birthDate']));
    for (const { quad } of specimen.regions) {
      for (const { x, y } of quad) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(specimen.page.width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(specimen.page.height);
      }
    }
  });

  it('is the same for the same seed and another for another seed', () => {
    const again = drawSpecimen({ seed: 31, kind, today: TODAY, scale: SCALE });
    expect(Buffer.compare(again.page.data, specimen.page.data)).toBe(0);
    const other = drawSpecimen({ seed: 32, kind, today: TODAY, scale: SCALE });
    expect(Buffer.compare(other.page.data, specimen.page.data)).not.toBe(0);
    expect(other.lines).not.toEqual(specimen.lines);
  });
});

describe('random numbers', () => {
  it('repeat for a seed, differ between seeds and purposes, and fill their range evenly', () => {
    const first = createRandom(1);
    const drawn = Array.from({ length: 5000 }, () => first.next());
    const second = createRandom(1);
    expect(Array.from({ length: 5000 }, () => second.next())).toEqual(drawn);
    expect(createRandom(2).next()).not.toBe(drawn[0]);
    expect(createRandom(1).fork('a').next()).not.toBe(createRandom(1).fork('b').next());
    expect(drawn.reduce((sum, value) => sum + value, 0) / 5000).toBeCloseTo(0.5, 1);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
  });

  it('have neighbours that share nothing', () => {
    const firsts = Array.from({ length: 400 }, (_, seed) => createRandom(seed).int(0, 9));
    for (let digit = 0; digit < 10; digit++) {
      const count = firsts.filter((value) => value === digit).length;
      expect(count).toBeGreaterThan(18);
      expect(count).toBeLessThan(66);
    }
  });
});
