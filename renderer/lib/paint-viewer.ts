// One frame of a large picture: its tiles, what is drawn over them, and the glass.
import type { Point } from '../../shared/vision/types.ts';
import { drawDrawing, drawMark, drawOutline, type MarkDrawing, type PictureMark } from './picture-marks.ts';
import { paintTiles } from './tile-painter.ts';
import type { TileSource } from './tiles.ts';
import { MOST_SCALE, seenRect, type Size, toPicture, type View } from './view.ts';

/** What is shown beside the picture itself. */
export interface Shown {
  /** What was read, in pixels of the picture. */
  outline: readonly Point[] | null;
  marks: readonly PictureMark[];
  /** Index of the mark that is looked at. */
  chosen: number | null;
}

export interface Frame extends Shown {
  context: CanvasRenderingContext2D;
  source: TileSource;
  picture: Size;
  view: View;
  box: Size;
  drawing: MarkDrawing | null;
  /** Where in the box the glass stands; null where there is none. */
  glassAt: Point | null;
  /** Pixels of the canvas for one CSS pixel. */
  unit: number;
  colour: string;
}

const GLASS_SIDE = 260;
const GLASS_TIMES = 4;

/** Paints the frame and has the tiles fetched that it lacks. */
export function paintFrame(frame: Frame): void {
  const { context, source, view, box } = frame;
  const glass = glassOf(frame);
  const parts = [{ view, box }, ...(glass === null ? [] : [glass])];
  source.want(parts.map((part) => ({ rect: seenRect(part.view, part.box), scale: part.view.scale })));
  context.clearRect(0, 0, box.width, box.height);
  paintPart(frame, view, box);
  if (glass !== null) paintGlass(frame, glass);
}

interface Glass {
  view: View;
  box: Size;
  left: number;
  top: number;
}

function glassOf({ glassAt, view, box, unit }: Frame): Glass | null {
  if (glassAt === null) return null;
  const side = Math.round(Math.min(GLASS_SIDE * unit, box.width / 2, box.height / 2));
  return {
    view: {
      ...view,
      scale: Math.min(Math.max(1, view.scale * GLASS_TIMES), MOST_SCALE),
      middle: toPicture(view, box, glassAt),
    },
    box: { width: side, height: side },
    left: Math.round(glassAt.x - side / 2),
    top: Math.round(glassAt.y - side / 2),
  };
}

function paintPart(frame: Frame, view: View, box: Size): void {
  const { context, source, picture, outline, marks, chosen, drawing, unit, colour } = frame;
  paintTiles(context, source, picture, view, box);
  const drawn = { context, view, box, unit };
  if (outline !== null) drawOutline(drawn, outline, colour);
  for (const [index, mark] of marks.entries()) drawMark(drawn, mark, index + 1, index === chosen);
  if (drawing !== null) drawDrawing(drawn, drawing);
}

function paintGlass(frame: Frame, { view, box, left, top }: Glass): void {
  const { context, unit, colour } = frame;
  context.save();
  context.beginPath();
  context.rect(left, top, box.width, box.height);
  context.clip();
  context.clearRect(left, top, box.width, box.height);
  context.translate(left, top);
  paintPart(frame, view, box);
  context.lineWidth = 4 * unit;
  context.strokeStyle = colour;
  context.strokeRect(0, 0, box.width, box.height);
  context.restore();
}
