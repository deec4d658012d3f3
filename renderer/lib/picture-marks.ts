// Marks on a picture: what they are, how they are drawn, and how one is set by hand or by key.
import type { Point } from '../../shared/vision/types.ts';
import { toBox, toPicture, type Size, type View } from './view.ts';

export const MARK_SHAPES = ['box', 'arrow', 'point'] as const;
export type MarkShape = (typeof MARK_SHAPES)[number];

/** Places in pixels of the oriented picture: a box has two corners, an arrow its end and its head, a point one place. */
export interface PictureMark {
  shape: MarkShape;
  points: readonly Point[];
}

/** A mark that is being set: the cross that the keys move, and the first place where it was set already. */
export interface MarkDrawing {
  shape: MarkShape;
  cross: Point;
  first: Point | null;
}

/** A hand that trembles draws no box: fewer pixels of the screen than this are none. */
const LEAST = 6;

/** The places of the mark that ends at the cross; null as long as it is none. */
export function endedMark({ shape, cross, first }: MarkDrawing, scale: number): PictureMark | null {
  if (shape === 'point') return { shape, points: [cross] };
  if (first === null) return null;
  const [across, down] = [Math.abs(cross.x - first.x) * scale, Math.abs(cross.y - first.y) * scale];
  const isLarge = shape === 'box' ? Math.min(across, down) >= LEAST : Math.hypot(across, down) >= LEAST;
  return isLarge ? { shape, points: [first, cross] } : null;
}

/** A place within the picture, in whole pixels of it. */
export function placeIn({ width, height }: Size, { x, y }: Point): Point {
  const within = (at: number, side: number): number => Math.round(Math.min(Math.max(at, 0), side));
  return { x: within(x, width), y: within(y, height) };
}

/** The next shape, for one key that goes round; behind the last none. */
export function nextShape(shape: MarkShape | null): MarkShape | null {
  return MARK_SHAPES[shape === null ? 0 : MARK_SHAPES.indexOf(shape) + 1] ?? null;
}

/** The mark nearest to a place of the box, if it is near. */
export function markAt(marks: readonly PictureMark[], view: View, box: Size, at: Point): number | null {
  const NEAR = 12;
  const own = toPicture(view, box, at);
  const far = marks.map((mark) => distance(mark, own) * view.scale);
  const nearest = far.indexOf(Math.min(...far));
  return nearest >= 0 && (far[nearest] ?? NEAR) < NEAR ? nearest : null;
}

function distance({ shape, points }: PictureMark, at: Point): number {
  const [first, second] = points;
  if (first === undefined) return Number.POSITIVE_INFINITY;
  if (second === undefined) return Math.hypot(at.x - first.x, at.y - first.y);
  if (shape === 'arrow') return toLine(at, first, second);
  const corners = [first, { x: second.x, y: first.y }, second, { x: first.x, y: second.y }];
  return Math.min(...corners.map((corner, i) => toLine(at, corner, corners[(i + 1) % 4] ?? corner)));
}

function toLine(at: Point, from: Point, to: Point): number {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const length = x * x + y * y;
  const share = length === 0 ? 0 : ((at.x - from.x) * x + (at.y - from.y) * y) / length;
  const held = Math.min(1, Math.max(0, share));
  return Math.hypot(at.x - from.x - held * x, at.y - from.y - held * y);
}

/** Where and how marks are drawn. `unit` is the width of one CSS pixel in those of the canvas. */
export interface Drawn {
  context: CanvasRenderingContext2D;
  view: View;
  box: Size;
  unit: number;
}

/** Seen on anything: a light line within a dark one. */
const INNER = '#ffe14a';
const CHOSEN = '#ffffff';
const OUTER = '#14181b';

/** Draws a mark with its number beside it; the chosen one is drawn stronger. */
export function drawMark(drawn: Drawn, mark: PictureMark, number: number | null, isChosen: boolean): void {
  const { context, unit } = drawn;
  const [first, second] = mark.points.map((point) => toBox(drawn.view, drawn.box, point));
  if (first === undefined) return;
  context.beginPath();
  if (mark.shape === 'point' || second === undefined) {
    context.arc(first.x, first.y, 11 * unit, 0, 2 * Math.PI);
  } else if (mark.shape === 'box') {
    context.rect(first.x, first.y, second.x - first.x, second.y - first.y);
  } else {
    arrow(context, first, second, unit);
  }
  stroke(drawn, isChosen);
  if (number === null) return;
  const at =
    second === undefined
      ? { x: first.x + 14 * unit, y: first.y - 14 * unit }
      : mark.shape === 'box'
        ? { x: Math.min(first.x, second.x), y: Math.min(first.y, second.y) - 11 * unit }
        : first;
  label(drawn, at, String(number));
}

/** The cross, and the mark as it would be if it ended there. */
export function drawDrawing(drawn: Drawn, drawing: MarkDrawing): void {
  const { context, unit, view, box } = drawn;
  const ended = drawing.first === null ? null : endedMark(drawing, view.scale);
  if (ended !== null) drawMark(drawn, ended, null, true);
  const { x, y } = toBox(view, box, drawing.cross);
  context.beginPath();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    context.moveTo(x + dx * 5 * unit, y + dy * 5 * unit);
    context.lineTo(x + dx * 20 * unit, y + dy * 20 * unit);
  }
  stroke(drawn, true);
}

/** A line around what was read. */
export function drawOutline(
  { context, view, box, unit }: Drawn,
  points: readonly Point[],
  colour: string,
): void {
  context.beginPath();
  for (const point of points) {
    const { x, y } = toBox(view, box, point);
    context.lineTo(x, y);
  }
  context.closePath();
  context.lineWidth = 2 * unit;
  context.strokeStyle = colour;
  context.stroke();
}

function stroke({ context, unit }: Drawn, isChosen: boolean): void {
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.lineWidth = (isChosen ? 7 : 5) * unit;
  context.strokeStyle = OUTER;
  context.stroke();
  context.lineWidth = (isChosen ? 3 : 2) * unit;
  context.strokeStyle = isChosen ? CHOSEN : INNER;
  context.stroke();
}

function arrow(context: CanvasRenderingContext2D, from: Point, to: Point, unit: number): void {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  for (const side of [-1, 1]) {
    const back = angle + Math.PI + side * 0.5;
    context.moveTo(to.x, to.y);
    context.lineTo(to.x + Math.cos(back) * 16 * unit, to.y + Math.sin(back) * 16 * unit);
  }
}

function label({ context, unit }: Drawn, { x, y }: Point, text: string): void {
  context.font = `bold ${15 * unit}px "Atkinson Hyperlegible", sans-serif`;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  context.beginPath();
  context.arc(x, y, 11 * unit, 0, 2 * Math.PI);
  context.fillStyle = OUTER;
  context.fill();
  context.fillStyle = INNER;
  context.fillText(text, x, y + unit);
}
