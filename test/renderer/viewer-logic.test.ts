// Large pictures without a window: where they stand, which tiles are seen, how marks are set and keys act.
import { describe, expect, it } from 'vitest';
import { TILE_SIDE, tileLevels } from '../../shared/contract/images.ts';
import type { CanvasViewer } from '../../renderer/lib/canvas-viewer.ts';
import { endedMark, markAt, nextShape, placeIn } from '../../renderer/lib/picture-marks.ts';
import { createTileSource, tilesIn } from '../../renderer/lib/tiles.ts';
import type { Quarters } from '../../renderer/lib/turn.ts';
import {
  alongside,
  held,
  isWhole,
  MOST_SCALE,
  moved,
  nextStop,
  scaled,
  seenRect,
  toBox,
  toPicture,
  type View,
  wholeView,
} from '../../renderer/lib/view.ts';
import { keyOnPicture } from '../../renderer/lib/viewer-input.ts';
import { createViewerLink } from '../../renderer/lib/viewer-link.ts';
import { areChanged, AS_IT_CAME, toneTable } from '../../renderer/ui/levels.ts';

const PICTURE = { width: 6000, height: 4000 };
const BOX = { width: 900, height: 500 };
const ALL: readonly Quarters[] = [0, 1, 2, 3];

describe('a view', () => {
  it.each(ALL)('finds places and their way back, moves with the hand, at %i quarters', (quarters) => {
    const view: View = { middle: { x: 2000, y: 1000 }, scale: 1.5, quarters };
    const at = { x: 120, y: 430 };
    const place = toPicture(view, BOX, at);
    const back = toBox(view, BOX, place);
    expect([back.x, back.y].map(Math.round)).toEqual([at.x, at.y]);
    const after = toBox(moved(view, { x: 33, y: -20 }), BOX, place);
    expect([after.x, after.y].map(Math.round)).toEqual([at.x + 33, at.y - 20]);
    const larger = scaled(view, BOX, 6, at);
    const still = toBox(larger, BOX, place);
    expect([still.x, still.y].map(Math.round)).toEqual([at.x, at.y]);
    // Each corner of the box lies on the edge of what is seen.
    const seen = seenRect(view, BOX);
    const corner = toPicture(view, BOX, { x: 0, y: 0 });
    expect([seen.x, seen.x + seen.width].some((x) => Math.abs(x - corner.x) < 1e-6)).toBe(true);
    expect([seen.y, seen.y + seen.height].some((y) => Math.abs(y - corner.y) < 1e-6)).toBe(true);
  });

  it('shows no more emptiness than it must, and no pixel larger than of use', () => {
    const whole = wholeView(PICTURE, BOX, 0);
    expect(isWhole(whole, PICTURE, BOX)).toBe(true);
    const out = held({ middle: { x: -900, y: 9000 }, scale: 1, quarters: 0 }, PICTURE, BOX);
    // As much beside it as the whole has, 75 pixels to the left and right.
    expect(seenRect(out, BOX)).toEqual({ x: -75, y: 3500, width: 900, height: 500 });
    const corner = held({ middle: { x: 9000, y: -900 }, scale: 2, quarters: 0 }, PICTURE, BOX);
    expect(seenRect(corner, BOX)).toEqual({ x: 6037.5 - 450, y: 0, width: 450, height: 250 });
    const far = held({ middle: { x: 10, y: 10 }, scale: 0.001, quarters: 1 }, PICTURE, BOX);
    expect(isWhole(far, PICTURE, BOX)).toBe(true);
    expect([far.middle.x, far.middle.y].map(Math.round)).toEqual([3000, 2000]);
    expect(held({ ...whole, scale: 900 }, PICTURE, BOX).scale).toBe(MOST_SCALE);
    // What lies under the hand is enlarged under the hand, wherever it is.
    const place = toPicture(whole, BOX, { x: 90, y: 20 });
    const large = held(scaled(whole, BOX, 3, { x: 90, y: 20 }), PICTURE, BOX);
    const still = toBox(large, BOX, place);
    expect([still.x, still.y].map(Math.round)).toEqual([90, 20]);
    const tight = held({ middle: { x: 10, y: 9000 }, scale: 1, quarters: 0 }, PICTURE, BOX, true);
    expect(seenRect(tight, BOX)).toEqual({ x: 0, y: 3500, width: 900, height: 500 });
    const narrow = held({ ...whole, middle: { x: 10, y: 10 }, scale: 0.14 }, PICTURE, BOX, true);
    expect(narrow.middle.x).toBe(3000);
    // A strip is moved along by the hand.
    const strip = held({ middle: { x: 10, y: 10 }, scale: 5, quarters: 0 }, { width: 4000, height: 60 }, BOX);
    expect(strip.middle).toEqual({ x: 90, y: 10 });
  });

  it('goes from whole to pixels to larger and back', () => {
    let view = wholeView(PICTURE, BOX, 0);
    const stops: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      view = { ...view, scale: nextStop(view, PICTURE, BOX) };
      stops.push(view.scale);
    }
    expect(stops).toEqual([1, 4, 0.125, 1]);
    const small = { width: 300, height: 200 };
    expect(nextStop(wholeView(small, BOX, 0), small, BOX)).toBe(4);
  });

  it('goes along with another picture by shares of each, and keeps how far apart they were', () => {
    const other = { width: 3000, height: 2000 };
    const from: View = { middle: { x: 3000, y: 2000 }, scale: 1, quarters: 0 };
    const to: View = { middle: { x: 3600, y: 1600 }, scale: 2, quarters: 1 };
    const along = alongside({ middle: { x: 1400, y: 1100 }, scale: 2, quarters: 3 }, other, {
      from,
      to,
      picture: PICTURE,
    });
    expect(along).toEqual({ middle: { x: 1700, y: 900 }, scale: 4, quarters: 0 });
  });

  it('is told to all others of a link, never back to who moved', () => {
    const link = createViewerLink();
    const heard: string[] = [];
    const follower = (name: string) => ({ follow: () => void heard.push(name) });
    const [one, two, three] = [follower('one'), follower('two'), follower('three')];
    link.add(one);
    link.add(two);
    const leave = link.add(three);
    leave();
    const view = wholeView(PICTURE, BOX, 0);
    link.tell(one, { from: view, to: view, picture: PICTURE, isWhole: true });
    expect(heard).toEqual(['two']);
  });
});

describe('tiles in sight', () => {
  const levels = tileLevels(PICTURE);

  it('cover what is seen, the middle first', () => {
    const rect = { x: 1000, y: 700, width: 900, height: 500 };
    const tiles = tilesIn(rect, PICTURE, 0, PICTURE);
    expect(tiles.map(({ x, y }) => `${x},${y}`).sort()).toEqual(
      ['1,1', '1,2', '2,1', '2,2', '3,1', '3,2'].sort(),
    );
    expect(tiles[0]).toEqual({ level: 0, x: 2, y: 1 });
    const beyond = tilesIn({ x: -500, y: 3900, width: 9000, height: 900 }, PICTURE, 0, PICTURE);
    expect(beyond.length).toBe(Math.ceil(PICTURE.width / TILE_SIDE));
    expect(beyond.every(({ y }) => y === 7)).toBe(true);
    expect(tilesIn({ x: 0, y: 0, ...PICTURE }, PICTURE, 4, levels[4] ?? PICTURE)).toEqual([
      { level: 4, x: 0, y: 0 },
    ]);
  });

  it('have at least the pixels of the screen', () => {
    const source = createTileSource('x', PICTURE, { onTile: () => undefined, onFailed: () => undefined });
    expect([4, 1, 0.9, 0.5, 0.26, 0.125, 0.01].map((scale) => source.levelAt(scale))).toEqual([
      0, 0, 0, 1, 2, 3, 4,
    ]);
    source.close();
  });
});

describe('marks', () => {
  it('need their places; a trembling hand draws none', () => {
    const cross = { x: 100, y: 90 };
    expect(endedMark({ shape: 'point', cross, first: null }, 1)).toEqual({ shape: 'point', points: [cross] });
    for (const shape of ['box', 'arrow'] as const) {
      expect(endedMark({ shape, cross, first: null }, 1)).toBeNull();
      expect(endedMark({ shape, cross, first: { x: 102, y: 91 } }, 1)).toBeNull();
      expect(endedMark({ shape, cross, first: { x: 102, y: 98 } }, 8)).toEqual({
        shape,
        points: [{ x: 102, y: 98 }, cross],
      });
    }
    expect(placeIn(PICTURE, { x: -4, y: 9999 })).toEqual({ x: 0, y: 4000 });
    expect([null, 'box', 'arrow', 'point'].map((shape) => nextShape(shape as null))).toEqual([
      'box',
      'arrow',
      'point',
      null,
    ]);
  });

  it('are found under the hand', () => {
    const view: View = { middle: { x: 450, y: 250 }, scale: 1, quarters: 0 };
    const marks = [
      {
        shape: 'box',
        points: [
          { x: 100, y: 100 },
          { x: 300, y: 200 },
        ],
      },
      {
        shape: 'arrow',
        points: [
          { x: 400, y: 400 },
          { x: 500, y: 300 },
        ],
      },
      { shape: 'point', points: [{ x: 700, y: 50 }] },
    ] as const;
    const at = (x: number, y: number) => markAt(marks, view, BOX, { x, y });
    expect([at(200, 196), at(452, 352), at(705, 53), at(200, 150), at(800, 400)]).toEqual([
      0,
      1,
      2,
      null,
      null,
    ]);
    expect(markAt([], view, BOX, { x: 1, y: 1 })).toBeNull();
  });
});

describe('keys on a picture', () => {
  const told = (state: Partial<ReturnType<CanvasViewer['state']>>) => {
    const heard: string[] = [];
    const viewer = {
      state: () => ({ drawing: null, isWhole: false, ...state }),
      move: ({ x, y }: { x: number; y: number }) => heard.push(`move ${x} ${y}`),
      cross: (to: unknown) => heard.push(`cross ${JSON.stringify(to)}`),
      set: () => heard.push('set'),
      draw: (shape: unknown) => heard.push(`draw ${String(shape)}`),
    } as unknown as CanvasViewer;
    const press = (key: string, shiftKey = false) =>
      keyOnPicture(viewer, { key, shiftKey, ctrlKey: false, altKey: false, metaKey: false });
    return { heard, press, viewer };
  };

  it('move an enlarged one, and are left to the screen where all of it is seen', () => {
    const large = told({});
    expect([large.press('ArrowRight'), large.press('ArrowUp', true), large.press('Enter')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(large.heard).toEqual(['move -64 0', 'move 0 256'].map((one) => one.replace('-0', '0')));
    const whole = told({ isWhole: true });
    expect(whole.press('ArrowRight')).toBe(false);
    const control = { key: 'ArrowLeft', shiftKey: false, ctrlKey: true, altKey: false, metaKey: false };
    expect(keyOnPicture(large.viewer, control)).toBe(false);
  });

  it('move the cross of a mark, set it and give it up', () => {
    const drawing = told({ drawing: 'box', isWhole: true });
    for (const key of ['ArrowLeft', 'Enter', ' ', 'Escape']) expect(drawing.press(key)).toBe(true);
    drawing.press('ArrowDown', true);
    expect(drawing.press('4')).toBe(false);
    expect(drawing.heard).toEqual([
      'cross {"by":{"x":-8,"y":0}}',
      'set',
      'set',
      'draw null',
      'cross {"by":{"x":0,"y":1}}',
    ]);
  });
});

describe('the light of a picture', () => {
  const tones = (levels: Partial<typeof AS_IT_CAME>) =>
    toneTable({ ...AS_IT_CAME, ...levels })
      .split(' ')
      .map(Number);

  it('stays as it came until it is changed, never runs backwards and never leaves the tones there are', () => {
    for (const [step, tone] of tones({}).entries()) expect(tone).toBeCloseTo(step / 32, 3);
    expect(areChanged(AS_IT_CAME)).toBe(false);
    for (const name of ['brightness', 'contrast', 'mid'] as const) {
      for (const value of [-1, -0.3, 0.4, 1]) {
        const levels = { ...AS_IT_CAME, [name]: value };
        expect(areChanged(levels)).toBe(true);
        const table = tones(levels);
        expect(table.every((tone, i) => tone >= (table[i - 1] ?? 0) && tone <= 1)).toBe(true);
      }
    }
    expect(tones({ brightness: 0.5 })[16]).toBeGreaterThan(0.5);
    expect(tones({ mid: 0.5 })[8]).toBeGreaterThan(0.25);
    expect(tones({ contrast: 0.5 })[24]).toBeGreaterThan(0.75);
  });
});
