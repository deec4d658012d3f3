// Large pictures piece by piece: each decoded once, its levels cut into small JPEG files that are kept in memory alone.
import sharp from 'sharp';
import { TILE_SIDE, type TileAt, tileLevels } from '../../shared/contract/images.ts';
import { release } from '../release.ts';
import { decodeColour, type ImageRefusal, type RawPixels } from './decode.ts';

export interface Tile {
  jpeg: Uint8Array;
  width: number;
  height: number;
}

export type TileAnswer =
  | { ok: true; tile: Tile }
  /** `gone` where the picture was dropped meanwhile, `outside` where it has no such tile. */
  | { ok: false; code: ImageRefusal | 'gone' | 'outside' };

/**
 * Pictures that are looked at. What is kept of one are its tiles, about twice as many bytes as its file has. Decoded
 * pixels (four bytes for each pixel of the picture: 96 MB of 24 megapixels) are there only while tiles are cut, of one
 * picture at a time.
 */
export interface Tiles {
  /** One tile; `read` gives the picture's file where it is not known yet, bytes that are then no longer the caller's. */
  get(id: string, at: TileAt, read: () => Promise<Uint8Array>): Promise<TileAnswer>;
  /** Forgets these pictures, also one that is just being cut. */
  drop(ids: readonly string[]): void;
  /** Forgets everything. */
  clear(): void;
  /** What is kept now, in bytes; settles once nothing is being cut. */
  settled(): Promise<number>;
}

/** Near to the picture itself, since it is looked at down to its pixels; colours are not halved. */
const JPEG = { quality: 95, chromaSubsampling: '4:4:4' } as const;
/** Tiles of some four pictures of 24 megapixels. The one that was asked for last is kept, however large it is. */
const BUDGET_BYTES = 96 * 1024 * 1024;

const nameOf = ({ level, x, y }: TileAt): string => `${level}/${x}/${y}`;

interface Pyramid {
  tile(at: TileAt): Promise<TileAnswer>;
  drop(): void;
  /** Settles with the bytes of all tiles once all are cut and the pixels are given back. */
  whole: Promise<number>;
}

/** Starts to cut a picture: first what is asked for, behind it everything, from the smallest level on. */
function cutUp(read: () => Promise<Uint8Array>): Pyramid {
  const cut = new Map<string, Promise<TileAnswer>>();
  let isDropped = false;

  async function decode(): Promise<RawPixels[] | ImageRefusal | 'gone'> {
    const file = await read();
    if (isDropped) return 'gone';
    const decoded = await decodeColour(file);
    release(file);
    if (!decoded.ok) return decoded.code;
    const levels = [decoded.pixels];
    for (const size of tileLevels(decoded.pixels).slice(1)) {
      if (isDropped) break;
      levels.push(await halved(levels.at(-1) ?? decoded.pixels, size));
    }
    return levels;
  }
  const decoded = decode();

  async function make(at: TileAt): Promise<TileAnswer> {
    const levels = await decoded;
    if (isDropped) return { ok: false, code: 'gone' };
    if (!Array.isArray(levels)) return { ok: false, code: levels };
    const pixels = levels[at.level];
    if (pixels === undefined || !isWithin(at, pixels)) return { ok: false, code: 'outside' };
    return { ok: true, tile: await cutOut(pixels, at) };
  }

  function tile(at: TileAt): Promise<TileAnswer> {
    const name = nameOf(at);
    const known = cut.get(name);
    if (known !== undefined) return known;
    const made = make(at);
    // Nobody may fill the memory with tiles that are none.
    made.then(
      (answer) => answer.ok || cut.delete(name),
      () => cut.delete(name),
    );
    cut.set(name, made);
    return made;
  }

  async function cutAll(): Promise<number> {
    const levels = await decoded;
    if (!Array.isArray(levels)) return 0;
    let bytes = 0;
    try {
      for (let level = levels.length - 1; level >= 0; level -= 1) {
        const { width, height } = levels[level] ?? { width: 0, height: 0 };
        for (let y = 0; y * TILE_SIDE < height; y += 1) {
          for (let x = 0; x * TILE_SIDE < width; x += 1) {
            const answer = await tile({ level, x, y });
            if (answer.ok) bytes += answer.tile.jpeg.byteLength;
          }
        }
      }
    } finally {
      // Pixels that are being looked at must not be taken away.
      await Promise.allSettled(cut.values());
      for (const { data } of levels) release(data);
      levels.length = 0;
    }
    return bytes;
  }

  return {
    tile,
    drop() {
      isDropped = true;
    },
    whole: cutAll(),
  };
}

function isWithin({ x, y }: TileAt, { width, height }: RawPixels): boolean {
  return x >= 0 && y >= 0 && x * TILE_SIDE < width && y * TILE_SIDE < height;
}

const opened = ({ data, width, height, channels }: RawPixels) =>
  sharp(data, { raw: { width, height, channels } });

async function halved(
  pixels: RawPixels,
  { width, height }: { width: number; height: number },
): Promise<RawPixels> {
  const data = await opened(pixels).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return { width, height, channels: pixels.channels, data };
}

async function cutOut(pixels: RawPixels, { x, y }: TileAt): Promise<Tile> {
  const [left, top] = [x * TILE_SIDE, y * TILE_SIDE];
  const width = Math.min(TILE_SIDE, pixels.width - left);
  const height = Math.min(TILE_SIDE, pixels.height - top);
  const jpeg = await opened(pixels).extract({ left, top, width, height }).jpeg(JPEG).toBuffer();
  return { jpeg, width, height };
}

export function createTiles(budgetBytes = BUDGET_BYTES): Tiles {
  /** In the order in which they were asked for last. */
  const pyramids = new Map<string, { pyramid: Pyramid; bytes: number }>();
  let last: Promise<unknown> = Promise.resolve();

  function begin(id: string, read: () => Promise<Uint8Array>): Pyramid {
    const before = last;
    const pyramid = cutUp(async () => {
      await before;
      return read();
    });
    const entry = { pyramid, bytes: 0 };
    const ended = pyramid.whole.then(
      (bytes) => {
        entry.bytes = bytes;
        if (bytes === 0) forget(id, pyramid);
        keepToBudget();
      },
      () => forget(id, pyramid),
    );
    last = ended;
    pyramids.set(id, entry);
    return pyramid;
  }

  function forget(id: string, pyramid: Pyramid): void {
    if (pyramids.get(id)?.pyramid === pyramid) pyramids.delete(id);
  }

  function keepToBudget(): void {
    let used = [...pyramids.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [id, { bytes }] of [...pyramids].slice(0, -1)) {
      if (used <= budgetBytes) return;
      pyramids.delete(id);
      used -= bytes;
    }
  }

  function drop(ids: readonly string[]): void {
    for (const id of ids) {
      pyramids.get(id)?.pyramid.drop();
      pyramids.delete(id);
    }
  }

  return {
    get(id, at, read) {
      const known = pyramids.get(id);
      if (known === undefined) return begin(id, read).tile(at);
      pyramids.delete(id);
      pyramids.set(id, known);
      return known.pyramid.tile(at);
    },
    drop,
    clear: () => drop([...pyramids.keys()]),
    async settled() {
      for (let seen: unknown = null; seen !== last; ) {
        seen = last;
        await last;
      }
      return [...pyramids.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    },
  };
}
