// Chains, rows, places and the grid, on pages of plain boxes in known places.
import { describe, expect, it } from 'vitest';
import { findRows } from '../../shared/vision/chains.ts';
import { type Component, findComponents } from '../../shared/vision/components.ts';
import { frameAt, placeOf, turned } from '../../shared/vision/grid.ts';
import { fitGrid } from '../../shared/vision/grid-fit.ts';
import { placeRow } from '../../shared/vision/places.ts';
import { mergeRows, pointOnRow, type Row } from '../../shared/vision/rows.ts';
import { inkMask } from '../../shared/vision/threshold.ts';
import type { Point } from '../../shared/vision/types.ts';
import { windowsFor } from '../../shared/vision/windows.ts';
import { findZones } from '../../shared/vision/zones.ts';
import { boxes } from './support/drawing.ts';

const free = () => undefined;
// Nearly square, as the boxes stay upright when the page is turned.
const SIZE = { width: 11, height: 13 };

/** Centres of `count` characters every 18 pixels, per row 46 pixels lower, sent through `place`. */
function block(rows: number, count: number, place: (x: number, y: number) => Point): Point[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: count }, (_unused, k) => place(k * 18, row * 46)),
  );
}

function look(
  width: number,
  height: number,
  centres: readonly Point[],
): { components: Component[]; rows: Row[] } {
  const mask = inkMask(boxes(width, height, centres, SIZE), { radius: 20, deviations: 0.35, floor: 8 });
  const components = findComponents(mask, width, height, { minSize: 5, maxSize: 90 });
  return { components, rows: mergeRows(findRows(components, width, height, free), free) };
}

const rotated = (degrees: number) => (x: number, y: number) => {
  const angle = (degrees * Math.PI) / 180;
  const dx = x - 390;
  const dy = y - 23;
  return {
    x: 500 + dx * Math.cos(angle) - dy * Math.sin(angle),
    y: 500 + dx * Math.sin(angle) + dy * Math.cos(angle),
  };
};

describe('rows', () => {
  it.each([0, 12, 45, 90, -30])('of 44 and 44 characters are found whole at %i degrees', (degrees) => {
    const { rows } = look(1000, 1000, block(2, 44, rotated(degrees)).flat());
    expect(rows.filter((row) => row.members.length === 44)).toHaveLength(2);
  });

  it('follow a bent page', () => {
    const bent = (x: number, y: number) => ({ x: x + 60, y: y + 100 + 25 * Math.sin(x / 260) });
    const [row] = look(920, 260, block(1, 44, bent).flat()).rows;
    expect(row!.members).toHaveLength(44);
    for (const u of [row!.from, 0, row!.to]) {
      const point = pointOnRow(row!, u);
      expect(Math.abs(point.y - 100 - 25 * Math.sin((point.x - 60) / 260))).toBeLessThan(2.5);
    }
  });

  it('are joined again where a stain hides some characters', () => {
    const centres = block(1, 44, (x, y) => ({ x: x + 60, y: y + 60 }))[0]!.filter((_, k) => k < 20 || k > 24);
    const { rows } = look(920, 130, centres);
    expect(rows).toHaveLength(1);
    expect(placeRow(rows[0]!, { x: 1, y: 0 })).toMatchObject({ count: 44 });
  });

  it('are not made of scattered specks', () => {
    let state = 7;
    const next = (range: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >> 8) % range;
    };
    const centres = Array.from({ length: 120 }, () => ({ x: 20 + next(900), y: 20 + next(600) }));
    const { rows, components } = look(940, 640, centres);
    expect(findZones(rows, components, free).filter((zone) => zone.quality > 0.6)).toEqual([]);
  });

  it('stop when they are told to', () => {
    const stop = () => {
      throw new Error('stop');
    };
    expect(() => findRows(look(920, 130, [{ x: 50, y: 50 }]).components, 920, 130, stop)).toThrow('stop');
  });
});

describe('placeRow', () => {
  it('counts places over gaps and leaves out what is off the beat', () => {
    const line = block(1, 36, (x, y) => ({ x: x + 60, y: y + 60 }))[0]!;
    const centres = line.filter((_, k) => ![4, 5, 17].includes(k));
    // A speck between two places, as of a stamp.
    const { rows } = look(800, 130, [...centres, { x: 60 + 4.5 * 18, y: 62 }]);
    const placed = placeRow(rows[0]!, { x: 1, y: 0 })!;
    expect(placed.count).toBe(36);
    expect(placed.members.map((m) => m.place)).toEqual(
      Array.from({ length: 36 }, (_, k) => k).filter((k) => ![4, 5, 17].includes(k)),
    );
  });

  it('counts a strongly foreshortened row', () => {
    const far = (x: number, y: number) => ({ x: 60 + (x * 1.25) / (1 + x * 0.0003), y: y + 60 });
    const { rows } = look(920, 130, block(1, 44, far).flat());
    expect(placeRow(rows[0]!, { x: 1, y: 0 })).toMatchObject({ count: 44 });
  });

  it('turns the row the way it is asked', () => {
    const { rows } = look(920, 130, block(1, 44, (x, y) => ({ x: x + 60, y: y + 60 })).flat());
    expect(placeRow(rows[0]!, { x: -1, y: 0 })!.row.along.x).toBeLessThan(-0.9);
  });

  it('refuses what has no beat', () => {
    const { rows } = look(920, 130, block(1, 44, (x, y) => ({ x: x + 60, y: y + 60 })).flat());
    const few: Row = { ...rows[0]!, members: rows[0]!.members.slice(0, 5) };
    expect(placeRow(few, { x: 1, y: 0 })).toBeNull();
  });
});

/** Two rows of a passport seen obliquely: a true perspective view. */
const oblique = (x: number, y: number): Point => {
  const depth = 1 + 0.0002 * x - 0.0006 * y;
  return { x: 70 + (x + 0.12 * y) / depth, y: 90 + (y * 1.1 - 0.05 * x) / depth + 0.02 * x };
};

describe('the grid', () => {
  const centres = block(2, 44, oblique);
  const { rows, components } = look(900, 260, centres.flat());
  const [zone] = findZones(rows, components, free);
  const grid = zone!.grid;

  it('carries every place of both rows to its character', () => {
    expect(grid.lines).toHaveLength(2);
    const start = windowsFor(grid, 44)[0]!.start;
    for (const [line, row] of centres.entries()) {
      for (const [column, centre] of row.entries()) {
        const { point } = frameAt(grid, start + column, line);
        expect(Math.hypot(point.x - centre.x, point.y - centre.y)).toBeLessThan(2);
      }
    }
  });

  it('finds its way back from points to places', () => {
    for (const place of [0, 7.3, 43]) {
      const { point, down } = frameAt(grid, place, 1);
      const back = placeOf(grid, 1, { x: point.x + 0.4 * down.x, y: point.y + 0.4 * down.y });
      expect(back.place).toBeCloseTo(place, 2);
      expect(back.away).toBeCloseTo(0.4, 2);
    }
  });

  it('goes down the page and knows how the rows lean', () => {
    const { place, down } = frameAt(grid, 20, 0);
    expect(place.x * down.y - place.y * down.x).toBeGreaterThan(0);
    const top = frameAt(grid, 20, 0).point;
    const lower = frameAt(grid, 20, 1).point;
    const step = { x: lower.x - top.x, y: lower.y - top.y };
    const turnedBy =
      (step.x * down.y - step.y * down.x) / (Math.hypot(step.x, step.y) * Math.hypot(down.x, down.y));
    expect(Math.abs(turnedBy)).toBeLessThan(0.05);
  });

  it('is its own picture when turned twice, and turned once it begins at the other end', () => {
    const once = turned(grid);
    const first = frameAt(once, 2 * grid.middle - 43, 0).point;
    const last = frameAt(grid, 43, 1).point;
    expect(Math.hypot(first.x - last.x, first.y - last.y)).toBeLessThan(1e-6);
    const twice = turned(once);
    for (const place of [0, 20, 43]) {
      expect(frameAt(twice, place, 0).point.x).toBeCloseTo(frameAt(grid, place, 0).point.x, 6);
      expect(frameAt(twice, place, 0).down.y).toBeCloseTo(frameAt(grid, place, 0).down.y, 6);
    }
  });

  it('takes in characters that no chain had', () => {
    const half = rows.map((row) => placeRow({ ...row, members: row.members.slice(0, 30) }, { x: 1, y: 0 })!);
    const wide = fitGrid(
      [...half].sort((a, b) => a.row.centre.y - b.row.centre.y),
      components,
    );
    for (const line of wide.ink) expect(line.size).toBeGreaterThanOrEqual(36);
  });
});

describe('windows', () => {
  const at = (rows: Point[][], width = 1000) => {
    const { rows: found, components } = look(width, 320, rows.flat());
    return findZones(found, components, free)[0]!;
  };
  const plain = (x: number, y: number) => ({ x: x + 80, y: y + 80 });

  it('of 44, 36 and 30 columns are told apart by ink alone', () => {
    for (const [rows, columns] of [
      [2, 44],
      [2, 36],
      [3, 30],
    ] as const) {
      const { grid, quality } = at(block(rows, columns, plain));
      const best = [44, 36, 30].map((n) => windowsFor(grid, n)[0]!).sort((a, b) => b.score - a.score)[0]!;
      expect(best).toMatchObject({ columns, score: 1 });
      expect(quality).toBeGreaterThan(0.8);
    }
  });

  it('leave junk at one end of one row outside', () => {
    const [upper, lower] = block(2, 44, plain);
    const zone = at([[...upper!, plain(44 * 18, 0), plain(45 * 18, 0)], lower!]);
    const [best] = windowsFor(zone.grid, 44);
    const first = frameAt(zone.grid, best!.start, 0).point;
    expect(Math.abs(first.x - 80)).toBeLessThan(3);
  });

  it('are none where there is no ink', () => {
    const zone = at(block(2, 44, plain));
    expect(windowsFor({ ...zone.grid, ink: [new Map(), new Map()] }, 44)).toEqual([]);
  });
});
