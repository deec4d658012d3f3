// Paints a picture from its tiles: what is not there yet is stood in for by the level above.
import { TILE_SIDE, type TileAt } from '../../shared/contract/images.ts';
import type { Point } from '../../shared/vision/types.ts';
import { type TileSource, tilesIn } from './tiles.ts';
import { type Rect, seenRect, type Size, toBox, type View } from './view.ts';

/** From here on single pixels are seen, and shown as the squares that they are. */
const CRISP_SCALE = 2;

/** A tile, or the part of a tile of a smaller level, that shows this square. */
interface Piece {
  bitmap: ImageBitmap;
  from: Rect;
}

function pieceFor(source: TileSource, at: TileAt, size: Size): Piece | null {
  for (let up = 0; at.level + up < source.levels.length; up += 1) {
    const share = 2 ** up;
    const { x, y, level } = {
      x: Math.floor(at.x / share),
      y: Math.floor(at.y / share),
      level: at.level + up,
    };
    const bitmap = source.tile({ level, x, y });
    if (bitmap === undefined) continue;
    if (up === 0) return { bitmap, from: { x: 0, y: 0, width: bitmap.width, height: bitmap.height } };
    const left = (at.x * TILE_SIDE) / share - x * TILE_SIDE;
    const top = (at.y * TILE_SIDE) / share - y * TILE_SIDE;
    const from = {
      x: left,
      y: top,
      width: Math.min(size.width / share, bitmap.width - left),
      height: Math.min(size.height / share, bitmap.height - top),
    };
    return from.width > 0 && from.height > 0 ? { bitmap, from } : null;
  }
  return null;
}

/** Paints the picture as the view shows it into a box at the upper left of the canvas, as it stands translated now. */
export function paintTiles(
  context: CanvasRenderingContext2D,
  source: TileSource,
  picture: Size,
  view: View,
  box: Size,
): void {
  const level = source.levelAt(view.scale);
  const size = source.levels[level] ?? picture;
  const [across, down] = [picture.width / size.width, picture.height / size.height];
  const base = context.getTransform();
  context.imageSmoothingEnabled = view.scale < CRISP_SCALE;
  context.imageSmoothingQuality = 'low';
  for (const at of tilesIn(seenRect(view, box), picture, level, size)) {
    const own = {
      width: Math.min(TILE_SIDE, size.width - at.x * TILE_SIDE),
      height: Math.min(TILE_SIDE, size.height - at.y * TILE_SIDE),
    };
    const piece = pieceFor(source, at, own);
    if (piece === null) continue;
    const place = {
      x: at.x * TILE_SIDE * across,
      y: at.y * TILE_SIDE * down,
      width: own.width * across,
      height: own.height * down,
    };
    context.setTransform(base.multiply(placed(piece.from, place, view, box)));
    const { x, y, width, height } = piece.from;
    context.drawImage(piece.bitmap, x, y, width, height, 0, 0, width, height);
  }
  context.setTransform(base);
}

/** Edges on whole pixels of the screen, so that no line shows between two tiles. */
function placed(from: Size, place: Rect, view: View, box: Size): DOMMatrix {
  const rounded = (point: Point): Point => {
    const { x, y } = toBox(view, box, point);
    return { x: Math.round(x), y: Math.round(y) };
  };
  const start = rounded(place);
  const right = rounded({ x: place.x + place.width, y: place.y });
  const below = rounded({ x: place.x, y: place.y + place.height });
  return new DOMMatrix([
    (right.x - start.x) / from.width,
    (right.y - start.y) / from.width,
    (below.x - start.x) / from.height,
    (below.y - start.y) / from.height,
    start.x,
    start.y,
  ]);
}
