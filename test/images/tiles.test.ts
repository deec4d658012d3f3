// Tiles of large pictures: every level is the picture, nothing is kept longer or larger than told.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createTiles, type TileAnswer, type Tiles } from '../../electron/images/tiles.ts';
import { TILE_SIDE, type TileAt, tileLevels } from '../../shared/contract/images.ts';
import { BROKEN_IMAGES, oriented, QUARTERS, quarters, texture } from './samples.ts';

const ID = '01930000-0000-7000-8000-000000000001';
const OTHER = '01930000-0000-7000-8000-000000000002';

/** A picture of four quarters of known grey, larger than one tile. */
const picture = (width: number, height: number): Promise<Uint8Array> =>
  sharp(quarters(width, height), { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();

const never = (): Promise<Uint8Array> => Promise.reject(new Error('it was known'));
const at = (level: number, x = 0, y = 0): TileAt => ({ level, x, y });

async function pixels(answer: TileAnswer) {
  if (!answer.ok) throw new Error(answer.code);
  const { data, info } = await sharp(answer.tile.jpeg).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([answer.tile.width, answer.tile.height]);
  return (x: number, y: number): number => data[(y * info.width + x) * info.channels] ?? -1;
}

describe('the levels of a picture', () => {
  it('halve until one tile holds all of it', () => {
    expect(tileLevels({ width: 6000, height: 4001 })).toEqual([
      { width: 6000, height: 4001 },
      { width: 3000, height: 2001 },
      { width: 1500, height: 1001 },
      { width: 750, height: 501 },
      { width: 375, height: 251 },
    ]);
    expect(tileLevels({ width: TILE_SIDE, height: 3 })).toEqual([{ width: TILE_SIDE, height: 3 }]);
  });
});

describe('tiles', () => {
  it('hold, put together, the picture at every level', async () => {
    const size = { width: 1300, height: 1101 };
    const file = await picture(size.width, size.height);
    const tiles = createTiles();
    let reads = 0;
    const read = () => {
      reads += 1;
      return Promise.resolve(Uint8Array.from(file));
    };
    const levels = tileLevels(size);
    for (const [level, { width, height }] of levels.entries()) {
      for (let y = 0; y * TILE_SIDE < height; y += 1) {
        for (let x = 0; x * TILE_SIDE < width; x += 1) {
          const answer = await tiles.get(ID, at(level, x, y), read);
          const look = await pixels(answer);
          if (!answer.ok) throw new Error(answer.code);
          expect(answer.tile.width).toBe(Math.min(TILE_SIDE, width - x * TILE_SIDE));
          expect(answer.tile.height).toBe(Math.min(TILE_SIDE, height - y * TILE_SIDE));
          for (const [u, v] of [
            [4, 4],
            [answer.tile.width - 5, answer.tile.height - 5],
          ] as const) {
            const isRight = x * TILE_SIDE + u >= width / 2;
            const isLower = y * TILE_SIDE + v >= height / 2;
            const known = QUARTERS[(isLower ? 2 : 0) + (isRight ? 1 : 0)] ?? 0;
            expect(Math.abs(look(u, v) - known), `${level}/${x}/${y} ${u},${v}`).toBeLessThanOrEqual(3);
          }
        }
      }
      expect(await tiles.get(ID, at(level, Math.ceil(width / TILE_SIDE), 0), never)).toEqual({
        ok: false,
        code: 'outside',
      });
    }
    expect(await tiles.get(ID, at(levels.length), never)).toEqual({ ok: false, code: 'outside' });
    expect(reads).toBe(1);
  });

  it('stand as the picture stands, whatever its EXIF says', async () => {
    for (const orientation of [1, 3, 6, 8]) {
      const file = await oriented(orientation);
      const answer = await createTiles().get(ID, at(0), () => Promise.resolve(Uint8Array.from(file)));
      if (!answer.ok) throw new Error(answer.code);
      const { width, height } = answer.tile;
      expect([width, height]).toEqual(orientation < 5 ? [96, 64] : [64, 96]);
      const look = await pixels(answer);
      const corner = Math.round(look(4, 4));
      const [one, two, three, four] = QUARTERS;
      const known = { 1: one, 3: four, 6: three, 8: two }[orientation] ?? 0;
      expect(Math.abs(corner - known), String(orientation)).toBeLessThanOrEqual(4);
    }
  });

  it('keep the colours, and take grey and 16-bit pictures', async () => {
    const red = sharp({ create: { width: 20, height: 20, channels: 3, background: '#c01020' } });
    const files = [
      await red.clone().png().toBuffer(),
      await red.clone().greyscale().jpeg().toBuffer(),
      await red.clone().toColourspace('rgb16').png().toBuffer(),
    ];
    const colours: number[][] = [];
    for (const file of files) {
      const answer = await createTiles().get(ID, at(0), () => Promise.resolve(Uint8Array.from(file)));
      if (!answer.ok) throw new Error(answer.code);
      const { data } = await sharp(answer.tile.jpeg)
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true });
      colours.push([data[0] ?? 0, data[1] ?? 0, data[2] ?? 0]);
    }
    const [colour, grey, deep] = colours;
    for (const found of [colour, deep])
      expect(
        Math.hypot((found?.[0] ?? 0) - 0xc0, (found?.[1] ?? 0) - 0x10, (found?.[2] ?? 0) - 0x20),
      ).toBeLessThan(6);
    expect(Math.abs((grey?.[0] ?? 0) - (grey?.[2] ?? 255))).toBeLessThan(3);
  });

  it('tell a broken picture by its code each time, and hold nothing of it', async () => {
    const tiles = createTiles();
    for (const { name, code, make } of BROKEN_IMAGES) {
      const file = await make();
      for (const _ of [1, 2])
        expect(await tiles.get(ID, at(0), () => Promise.resolve(Uint8Array.from(file))), name).toEqual({
          ok: false,
          code,
        });
    }
    await expect(tiles.get(ID, at(0), never)).rejects.toThrow('it was known');
    expect(await tiles.settled()).toBe(0);
  }, 60_000);
});

describe('what is kept of large pictures', () => {
  const noise = async (): Promise<Uint8Array> => {
    const [width, height] = [900, 700];
    return sharp(texture(width, height), { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
  };
  const look = (tiles: Tiles, id: string, file: Uint8Array) =>
    tiles.get(id, at(0), () => Promise.resolve(Uint8Array.from(file)));

  it('goes when there is more of it than told; what was looked at last stays', async () => {
    const file = await noise();
    const alone = createTiles();
    await look(alone, ID, file);
    const bytes = await alone.settled();
    expect(bytes).toBeGreaterThan(500_000);

    const tiles = createTiles(Math.round(bytes * 1.5));
    await look(tiles, ID, file);
    await tiles.settled();
    await look(tiles, OTHER, file);
    expect(await tiles.settled()).toBe(bytes);
    expect(await tiles.get(OTHER, at(0, 1, 1), never)).toMatchObject({ ok: true });
    await expect(tiles.get(ID, at(0), never)).rejects.toThrow('it was known');
  });

  it('goes with the picture and with everything, also while it is being cut', async () => {
    const file = await noise();
    const tiles = createTiles();
    const first = look(tiles, ID, file);
    tiles.drop([ID]);
    expect(await first).toEqual({ ok: false, code: 'gone' });
    expect(await tiles.settled()).toBe(0);
    expect(await look(tiles, ID, file)).toMatchObject({ ok: true });
    const next = look(tiles, OTHER, file);
    tiles.clear();
    expect(await next).toEqual({ ok: false, code: 'gone' });
    expect(await tiles.settled()).toBe(0);
    await expect(tiles.get(ID, at(0), never)).rejects.toThrow('it was known');
  });
});
