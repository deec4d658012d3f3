// Tiles of one large picture as the window keeps them: those in sight first, few at a time, no more than needed.
import { TILE_SIDE, type TileAt, tileLevels } from '../../shared/contract/images.ts';
import { type CallFailureCode, failureCodeOf } from './bridge.ts';
import { pictureOf } from './images.ts';
import type { Rect, Size } from './view.ts';

/** A part of the picture that is to be seen at a scale (pixels of the screen for one of the picture). */
export interface Wanted {
  rect: Rect;
  scale: number;
}

export interface TileSource {
  readonly levels: readonly Size[];
  /** The level whose pixels suffice at a scale. */
  levelAt(scale: number): number;
  /** What is to be there. Tiles that nobody wants any more are not fetched. */
  want(parts: readonly Wanted[]): void;
  /** The tile, once it is there. */
  tile(at: TileAt): ImageBitmap | undefined;
  /** Whether every tile that is in sight is there. */
  isSharp(): boolean;
  close(): void;
}

export interface TileListener {
  /** A tile came. */
  onTile(): void;
  /** One that is in sight could not be had. */
  onFailed(code: CallFailureCode): void;
}

/** A browser opens six lines to one host; reading and saving need some. */
const AT_ONCE = 3;
/** Tiles that are kept, 1 MB each; what is in sight on a large screen is more, and then as many as that. */
const KEPT = 64;
const TRIES = 2;
/** A level is used until its pixels would be this much enlarged. */
const SLACK = 1.1;

const nameOf = ({ level, x, y }: TileAt): string => `${level}/${x}/${y}`;

/** The tiles of a level that lie in a part of the picture, nearest to its middle first. */
export function tilesIn(rect: Rect, picture: Size, level: number, size: Size): TileAt[] {
  const [across, down] = [picture.width / size.width, picture.height / size.height];
  const span = (from: number, length: number, ratio: number, side: number): [number, number] => {
    const last = Math.ceil(side / TILE_SIDE) - 1;
    const at = (value: number) => Math.floor(value / ratio / TILE_SIDE);
    return [Math.max(0, at(from)), Math.min(last, at(from + length))];
  };
  const [left, right] = span(rect.x, rect.width, across, size.width);
  const [top, bottom] = span(rect.y, rect.height, down, size.height);
  const found: TileAt[] = [];
  for (let y = top; y <= bottom; y += 1) for (let x = left; x <= right; x += 1) found.push({ level, x, y });
  const far = ({ x, y }: TileAt): number =>
    Math.hypot(
      (x + 0.5) * TILE_SIDE * across - rect.x - rect.width / 2,
      (y + 0.5) * TILE_SIDE * down - rect.y - rect.height / 2,
    );
  return found.sort((one, other) => far(one) - far(other));
}

/** Fetches tiles of a picture of this size as they are wanted. */
export function createTileSource(id: string, picture: Size, listener: TileListener): TileSource {
  const levels = tileLevels(picture);
  const top = { level: levels.length - 1, x: 0, y: 0 };
  const kept = new Map<string, ImageBitmap>();
  const under = new Map<string, AbortController>();
  const failed = new Map<string, { tries: number; code: CallFailureCode }>();
  /** In the order in which they are fetched; in sight are the first of them. */
  let wanted: TileAt[] = [];
  let inSight = 0;
  let isClosed = false;

  async function fetchTile(at: TileAt): Promise<void> {
    const name = nameOf(at);
    const control = new AbortController();
    under.set(name, control);
    try {
      const blob = await pictureOf(id, at, control.signal);
      const bitmap = await createImageBitmap(blob);
      if (control.signal.aborted) bitmap.close();
      else {
        kept.set(name, bitmap);
        failed.delete(name);
        listener.onTile();
      }
    } catch (thrown) {
      if (!control.signal.aborted) fail(name, thrown);
    } finally {
      under.delete(name);
      next();
    }
  }

  function fail(name: string, thrown: unknown): void {
    failed.set(name, { tries: triesOf(name) + 1, code: failureCodeOf(thrown) });
    tellFailed();
  }

  const triesOf = (name: string): number => failed.get(name)?.tries ?? 0;

  /** Also of one that could not be had before it came in sight: nothing of the picture is missing without a word. */
  function tellFailed(): void {
    for (const at of wanted.slice(0, inSight)) {
      const name = nameOf(at);
      const code = failed.get(name)?.code;
      if (code !== undefined && triesOf(name) >= TRIES) return listener.onFailed(code);
    }
  }

  function next(): void {
    if (isClosed) return;
    for (const at of wanted) {
      if (under.size >= AT_ONCE) return;
      const name = nameOf(at);
      if (!kept.has(name) && !under.has(name) && triesOf(name) < TRIES) void fetchTile(at);
    }
  }

  /** Lets the tiles go that were used longest ago. */
  function tidy(): void {
    const needed = new Set(wanted.map(nameOf));
    for (const name of needed) {
      const bitmap = kept.get(name);
      if (bitmap === undefined) continue;
      kept.delete(name);
      kept.set(name, bitmap);
    }
    for (const [name, bitmap] of kept) {
      if (kept.size <= KEPT || needed.has(name)) break;
      kept.delete(name);
      bitmap.close();
    }
  }

  const levelAt = (scale: number): number =>
    Math.min(top.level, Math.max(0, Math.floor(Math.log2(SLACK / scale))));

  return {
    levels,
    levelAt,
    want(parts) {
      const sighted = parts.flatMap(({ rect, scale }) => {
        const level = levelAt(scale);
        return tilesIn(rect, picture, level, levels[level] ?? picture);
      });
      // Half a box around is fetched before it is in sight, once there is nothing more urgent.
      const around = parts.slice(0, 1).flatMap(({ rect, scale }) => {
        const level = levelAt(scale);
        return tilesIn(widened(rect), picture, level, levels[level] ?? picture);
      });
      // The smallest level stands in for every tile that is not there yet.
      wanted = distinct([top, ...sighted, ...around]);
      inSight = distinct([top, ...sighted]).length;
      const names = new Set(wanted.map(nameOf));
      for (const [name, control] of under) if (!names.has(name)) control.abort();
      tidy();
      next();
      tellFailed();
    },
    tile: (at) => kept.get(nameOf(at)),
    isSharp: () => inSight > 0 && wanted.slice(0, inSight).every((at) => kept.has(nameOf(at))),
    close() {
      isClosed = true;
      for (const control of under.values()) control.abort();
      for (const bitmap of kept.values()) bitmap.close();
      kept.clear();
      wanted = [];
    },
  };
}

function widened({ x, y, width, height }: Rect): Rect {
  return { x: x - width / 4, y: y - height / 4, width: width * 1.5, height: height * 1.5 };
}

function distinct(tiles: readonly TileAt[]): TileAt[] {
  const seen = new Set<string>();
  return tiles.filter((at) => !seen.has(nameOf(at)) && seen.add(nameOf(at)));
}
