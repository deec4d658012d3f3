// Which boxes a picture of a case study begins with: whatever the station knows to tell of the holder.
import { expect, it } from 'vitest';
import { newWork, type Source } from '../../renderer/features/detections/studies/picture-work.ts';
import type { Box } from '../../shared/sharing/full.ts';

const WIDTH = 1000;
const HEIGHT = 800;
const PORTRAIT = { x: 60, y: 200, width: 260, height: 320 };
const ZONE = { x: 40, y: 600, width: 920, height: 120 };
/** Inside what is printed: a name, the number, the second portrait. */
const PRINTED = [
  { x: 380, y: 150, width: 200, height: 30 },
  { x: 700, y: 180, width: 180, height: 30 },
  { x: 820, y: 440, width: 100, height: 120 },
];

type Turn = (box: Box) => Box;
const upright: Turn = (box) => box;
const upsideDown: Turn = ({ x, y, width, height }) => ({
  x: WIDTH - x - width,
  y: HEIGHT - y - height,
  width,
  height,
});
const quarter: Turn = ({ x, y, width, height }) => ({
  x: HEIGHT - y - height,
  y: x,
  width: height,
  height: width,
});

const source = (turn: Turn, places: Partial<Source> = {}): Source => {
  const { width, height } =
    turn === quarter ? { width: HEIGHT, height: WIDTH } : { width: WIDTH, height: HEIGHT };
  return { id: 'a', light: 'white', width, height, portrait: turn(PORTRAIT), zone: turn(ZONE), ...places };
};

const lies = (inner: Box, { x, y, width, height }: Box): boolean =>
  inner.x >= x && inner.y >= y && inner.x + inner.width <= x + width && inner.y + inner.height <= y + height;

it.each([
  ['upright', upright],
  ['upside down', upsideDown],
  ['on its side', quarter],
])('portrait, zone and what is printed are under boxes, %s', (_name, turn) => {
  const { hidden } = newWork(source(turn));
  for (const place of [PORTRAIT, ZONE, ...PRINTED])
    expect(hidden.some((box) => lies(turn(place), box))).toBe(true);
  for (const { x, y, width, height } of hidden)
    expect([x, y, width, height].every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
});

it('of a picture without a reading nothing is known', () => {
  expect(newWork(source(upright, { portrait: null, zone: null })).hidden).toEqual([]);
  expect(newWork(source(upright, { portrait: null })).hidden).toHaveLength(1);
});
