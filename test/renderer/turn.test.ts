// Quarter turns: the same for the picture as it is drawn and for every place in it.
import { expect, it } from 'vitest';
import { type Quarters, turnedOn, turnedPoint, turnedSize } from '../../renderer/lib/turn.ts';
import { toBox, wholeView } from '../../renderer/lib/view.ts';

const SIZE = { width: 1200, height: 840 };
const MARK = { x: 100, y: 700 };
const ALL: readonly Quarters[] = [0, 1, 2, 3];

it('comes back as it was after four quarters, each point with its picture', () => {
  let [point, size, quarters]: [typeof MARK, typeof SIZE, Quarters] = [MARK, SIZE, 0];
  for (let turn = 0; turn < 4; turn += 1) {
    point = turnedPoint(point, size, 1);
    size = turnedSize(size, 1);
    quarters = turnedOn(quarters);
    expect(turnedPoint(MARK, SIZE, quarters)).toEqual(point);
    expect(turnedSize(SIZE, quarters)).toEqual(size);
  }
  expect([point, size, quarters]).toEqual([MARK, SIZE, 0]);
  // A quarter clockwise brings what is at the lower left to the upper left.
  expect(turnedPoint(MARK, SIZE, 1)).toEqual({ x: 140, y: 100 });
});

it.each(ALL)('is drawn where its points are, at %i quarters', (quarters) => {
  const turned = turnedSize(SIZE, quarters);
  const box = { width: turned.width / 2, height: turned.height / 2 };
  const { x, y } = turnedPoint(MARK, SIZE, quarters);
  const drawn = toBox(wholeView(SIZE, box, quarters), box, MARK);
  expect(drawn.x).toBeCloseTo(x / 2, 6);
  expect(drawn.y).toBeCloseTo(y / 2, 6);
});
