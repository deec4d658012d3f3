// The portrait is cut out of the picture by where the zone was read: the cut holds what was drawn, however it lies.
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createReader } from '../../electron/cli/read-file.ts';
import { portraitPart, type UprightPart } from '../../shared/vision/portrait-place.ts';
import { drawSpecimenById, SPECIMEN_SET } from '../../shared/specimen/set.ts';
import { mirrored as mirrorOf } from '../../shared/vision/grey.ts';
import type { Point, Quad } from '../../shared/vision/types.ts';
import { greyOf } from '../live/frames.ts';
import { TODAY } from '../mrz/specimens.ts';

vi.setConfig({ testTimeout: 60_000 });

const reader = createReader();
afterAll(() => reader.close());

/** The portrait of a specimen as its photo shows it, and the part of the photo that the lane cuts out. */
async function portraitOf(id: string, mirrored: boolean): Promise<{ drawn: Quad; cut: UprightPart | null }> {
  const { specimen, photo, toPhoto } = drawSpecimenById(id, TODAY);
  const region = specimen.regions.find(({ name }) => name === 'portrait')?.quad;
  const grey = greyOf(photo);
  const found = await reader.readGrey(mirrored ? mirrorOf(grey) : grey);
  if (found.status !== 'read') throw new Error(`${id} was not read`);
  expect(found.lines).toEqual(specimen.lines);
  const inPhoto = (point: Point): Point => {
    const { x, y } = toPhoto(point);
    return mirrored ? { x: photo.width - x, y } : { x, y };
  };
  const drawn = (region ?? []).map(inPhoto) as Quad;
  return { drawn, cut: portraitPart(found.format, found.outline, found.lines[0]?.length ?? 0) };
}

/** The place of a point in a part, 0 to 1 from its upper left corner to the right and downwards. */
function placeIn({ corners: [a, b, , d] }: UprightPart, point: Point): Point {
  const [ux, uy, vx, vy] = [b.x - a.x, b.y - a.y, d.x - a.x, d.y - a.y];
  const [px, py] = [point.x - a.x, point.y - a.y];
  const det = ux * vy - uy * vx;
  return { x: (px * vy - py * vx) / det, y: (ux * py - uy * px) / det };
}

const CASES = SPECIMEN_SET.filter(({ kind }) => kind !== 'id-card').map(({ id }) => id);

describe('the cut holds the portrait, upright and large', () => {
  it.each([...CASES.map((id) => ({ id, mirrored: false })), { id: 'utopia-passport-good', mirrored: true }])(
    '$id, mirrored: $mirrored',
    async ({ id, mirrored }) => {
      const { drawn, cut } = await portraitOf(id, mirrored);
      if (cut === null) throw new Error('no cut');
      const places = drawn.map((corner) => placeIn(cut, corner));
      for (const { x, y } of places) {
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(1);
        expect(y).toBeGreaterThan(0);
        expect(y).toBeLessThan(1);
      }
      const [upperLeft, upperRight, , lowerLeft] = places;
      // Upright and the right way round, and at least so much of the cut is portrait.
      expect((upperRight?.x ?? 0) - (upperLeft?.x ?? 0)).toBeGreaterThan(0.6);
      expect((lowerLeft?.y ?? 0) - (upperLeft?.y ?? 0)).toBeGreaterThan(0.7);
    },
  );

  it('a card has its portrait on the other side; an outline of nothing gives none', () => {
    const quad: Quad = [
      { x: 0, y: 0 },
      { x: 300, y: 0 },
      { x: 300, y: 40 },
      { x: 0, y: 40 },
    ];
    const point = { x: 5, y: 5 };
    expect(portraitPart('TD1', quad, 30)).toBeNull();
    expect(portraitPart('TD3', [point, point, point, point], 44)).toBeNull();
  });
});
