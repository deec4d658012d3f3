// Tiles as the window fetches them: few at once, those in sight first, none that nobody wants, no more kept than told.
import { afterEach, expect, it, vi } from 'vitest';
import { createTileSource, type TileSource } from '../../renderer/lib/tiles.ts';

const PICTURE = { width: 20_480, height: 1_536 };
const ID = '01930000-0000-7000-8300-00000000000a';

interface Fetched {
  path: string;
  signal: AbortSignal;
  answer(status?: number): void;
}

/** A door that answers when the test says so. */
function openDoor() {
  const asked: Fetched[] = [];
  let [open, closed] = [0, 0];
  vi.stubGlobal('fetch', (path: string, { signal }: { signal: AbortSignal }) => {
    const waiting = Promise.withResolvers<Response>();
    signal.addEventListener('abort', () => waiting.reject(signal.reason));
    const answer = (status = 200) =>
      waiting.resolve(
        new Response(status === 200 ? 'tile' : '{"ok":false,"error":{"code":"image-damaged"}}', { status }),
      );
    asked.push({ path, signal, answer });
    return waiting.promise;
  });
  vi.stubGlobal('createImageBitmap', () => {
    open += 1;
    return Promise.resolve({ width: 512, height: 512, close: () => (closed += 1) });
  });
  return { asked, held: () => open - closed };
}

afterEach(() => vi.unstubAllGlobals());

const settle = () => new Promise((done) => setTimeout(done, 1));
const at = (x: number, width = 1_024) => ({ rect: { x, y: 512, width, height: 100 }, scale: 1 });

async function answerAll(door: ReturnType<typeof openDoor>): Promise<void> {
  for (let done = 0; done < door.asked.length; done += 1) {
    door.asked[done]?.answer();
    await settle();
  }
}

function source(told: string[] = []): TileSource {
  return createTileSource(ID, PICTURE, {
    onTile: () => told.push('tile'),
    onFailed: (code) => told.push(code),
  });
}

it('fetches three at once, the smallest level first, then what is in sight, then around it', async () => {
  const door = openDoor();
  const tiles = source();
  tiles.want([at(10_240, 1_000)]);
  expect(door.asked.map(({ path }) => path.split('/tile/')[1])).toEqual(['6/0/0', '0/20/1', '0/21/1']);
  expect(tiles.isSharp()).toBe(false);
  door.asked[0]?.answer();
  await settle();
  expect(door.asked).toHaveLength(4);
  await answerAll(door);
  expect(tiles.isSharp()).toBe(true);
  expect(door.asked.length).toBeGreaterThan(4);
  expect(tiles.tile({ level: 0, x: 20, y: 1 })).toBeDefined();
  expect(tiles.tile({ level: 0, x: 30, y: 1 })).toBeUndefined();
  tiles.close();
  expect(door.held()).toBe(0);
});

it('gives up what is out of sight before it came', async () => {
  const door = openDoor();
  const tiles = source();
  tiles.want([at(0)]);
  const first = door.asked.slice(1);
  tiles.want([at(15_360)]);
  expect(first.every(({ signal }) => signal.aborted)).toBe(true);
  expect(door.asked[0]?.signal.aborted).toBe(false);
  await settle();
  expect(door.asked.slice(3).every(({ path }) => /\/0\/(?:29|3\d)\/[0-2]$/u.test(path))).toBe(true);
  tiles.close();
  await settle();
  expect(door.asked.every(({ signal }) => signal.aborted)).toBe(true);
  expect(door.held()).toBe(0);
});

it('keeps 64 tiles and closes those that were used longest ago', async () => {
  const door = openDoor();
  const tiles = source();
  for (let x = 0; x < 20_480; x += 1_024) {
    tiles.want([at(x)]);
    await answerAll(door);
  }
  tiles.want([at(19_456)]);
  expect(door.held()).toBeLessThanOrEqual(64);
  expect(door.held()).toBeGreaterThan(40);
  expect(tiles.tile({ level: 6, x: 0, y: 0 })).toBeDefined();
  expect(tiles.tile({ level: 0, x: 0, y: 1 })).toBeUndefined();
  expect(tiles.tile({ level: 0, x: 38, y: 1 })).toBeDefined();
  tiles.close();
}, 30_000);

it('tries a tile twice, and tells when one in sight cannot be had', async () => {
  const door = openDoor();
  const told: string[] = [];
  const tiles = source(told);
  tiles.want([at(0, 100)]);
  for (let done = 0; done < door.asked.length; done += 1) {
    door.asked[done]?.answer(door.asked[done]?.path.endsWith('/0/0/1') ? 500 : 200);
    await settle();
  }
  expect(door.asked.filter(({ path }) => path.endsWith('/0/0/1'))).toHaveLength(2);
  expect(told.filter((one) => one !== 'tile')).toEqual(['image-damaged']);
  expect(tiles.isSharp()).toBe(false);
  tiles.close();
});

it('tells of a tile that could not be had before it came in sight, once it is in sight', async () => {
  const door = openDoor();
  const told: string[] = [];
  const tiles = source(told);
  tiles.want([at(0, 1_000)]);
  for (let done = 0; done < door.asked.length; done += 1) {
    const { path, answer } = door.asked[done] ?? {};
    // Beside what is in sight.
    answer?.(path?.endsWith('/0/2/1') === true ? 404 : 200);
    await settle();
  }
  expect(told).not.toContain('image-damaged');
  tiles.want([at(1_024)]);
  expect(told).toContain('image-damaged');
  expect(tiles.isSharp()).toBe(false);
  tiles.close();
});
