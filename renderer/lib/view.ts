// How a picture stands in its box: where, how large, how turned. Plain geometry, in pixels of the screen.
import type { Point } from '../../shared/vision/types.ts';
import { type Quarters, turnedSize } from './turn.ts';

export interface Size {
  width: number;
  height: number;
}

export interface Rect extends Point, Size {}

/** What of a picture is shown. */
export interface View {
  /** The place of the picture, in its own pixels, that stands in the middle of the box. */
  middle: Point;
  /** Pixels of the screen for one of the picture. */
  scale: number;
  quarters: Quarters;
}

/** The largest that is of use: each pixel of the picture a square that can be counted. */
export const MOST_SCALE = 32;

/** The scale at which all of a picture is seen. */
export function wholeScale(picture: Size, box: Size, quarters: Quarters): number {
  const { width, height } = turnedSize(picture, quarters);
  return Math.max(1e-4, Math.min(box.width / width, box.height / height));
}

/** All of a picture, in the middle of its box. */
export function wholeView(picture: Size, box: Size, quarters: Quarters): View {
  return {
    middle: { x: picture.width / 2, y: picture.height / 2 },
    scale: wholeScale(picture, box, quarters),
    quarters,
  };
}

export function isWhole(view: View, picture: Size, box: Size): boolean {
  return view.scale <= wholeScale(picture, box, view.quarters) * 1.001;
}

/** A way on the screen as a way on the picture, and back with the other sign of `quarters`. */
function turned({ x, y }: Point, quarters: Quarters): Point {
  if (quarters === 1) return { x: y, y: -x };
  if (quarters === 2) return { x: -x, y: -y };
  return quarters === 3 ? { x: -y, y: x } : { x, y };
}

const BACK: Record<Quarters, Quarters> = { 0: 0, 1: 3, 2: 2, 3: 1 };

/** The place of the picture at a place of the box. */
export function toPicture(view: View, box: Size, at: Point): Point {
  const way = turned({ x: at.x - box.width / 2, y: at.y - box.height / 2 }, view.quarters);
  return { x: view.middle.x + way.x / view.scale, y: view.middle.y + way.y / view.scale };
}

/** Where a place of the picture stands in the box. */
export function toBox(view: View, box: Size, { x, y }: Point): Point {
  const own = { x: (x - view.middle.x) * view.scale, y: (y - view.middle.y) * view.scale };
  const way = turned(own, BACK[view.quarters]);
  return { x: box.width / 2 + way.x, y: box.height / 2 + way.y };
}

/** Moved along with the hand, `by` in pixels of the screen. */
export function moved(view: View, by: Point): View {
  const way = turned(by, view.quarters);
  const middle = { x: view.middle.x - way.x / view.scale, y: view.middle.y - way.y / view.scale };
  return { ...view, middle };
}

/** At another scale; the place of the picture at `at` stays where it is. */
export function scaled(view: View, box: Size, scale: number, at: Point): View {
  const fixed = toPicture(view, box, at);
  const ratio = view.scale / scale;
  const middle = {
    x: fixed.x + (view.middle.x - fixed.x) * ratio,
    y: fixed.y + (view.middle.y - fixed.y) * ratio,
  };
  return { ...view, scale, middle };
}

/**
 * The nearest view that shows no more emptiness than the whole picture has beside it, nor pixels larger than of use. So
 * what is enlarged under the hand stays under the hand. Where no hand is, `isTight` shows none that it need not.
 */
export function held(view: View, picture: Size, box: Size, isTight = false): View {
  const whole = wholeScale(picture, box, view.quarters);
  const scale = Math.min(Math.max(view.scale, whole), Math.max(MOST_SCALE, whole));
  const seen = turnedSize({ width: box.width / whole, height: box.height / whole }, view.quarters);
  const within = (at: number, side: number, part: number): number => {
    const half = (part / 2) * (whole / scale);
    const beside = ((part - side) / 2) * (whole / scale);
    const least = isTight ? Math.min(half, side / 2) : half - beside;
    return Math.min(Math.max(at, least), side - least);
  };
  const middle = {
    x: within(view.middle.x, picture.width, seen.width),
    y: within(view.middle.y, picture.height, seen.height),
  };
  return { ...view, scale, middle };
}

/** What of the picture the box shows, in its pixels; it may reach beyond the picture. */
export function seenRect(view: View, box: Size): Rect {
  const { width, height } = turnedSize(
    { width: box.width / view.scale, height: box.height / view.scale },
    view.quarters,
  );
  return { x: view.middle.x - width / 2, y: view.middle.y - height / 2, width, height };
}

/** The next of whole, pixel for pixel, four times as large; behind the last the whole again. */
export function nextStop(view: View, picture: Size, box: Size): number {
  const whole = wholeScale(picture, box, view.quarters);
  const stops = [1, 4].filter((stop) => stop > whole * 1.05);
  return stops.find((stop) => stop > view.scale * 1.01) ?? whole;
}

/** The same step that one view made, for another picture that is to go along: in shares of each picture. */
export function alongside(view: View, picture: Size, step: { from: View; to: View; picture: Size }): View {
  const { from, to } = step;
  const quarters = (((view.quarters + to.quarters - from.quarters) % 4) + 4) % 4;
  return {
    quarters: quarters as Quarters,
    scale: (view.scale * to.scale) / from.scale,
    middle: {
      x: view.middle.x + ((to.middle.x - from.middle.x) / step.picture.width) * picture.width,
      y: view.middle.y + ((to.middle.y - from.middle.y) / step.picture.height) * picture.height,
    },
  };
}
