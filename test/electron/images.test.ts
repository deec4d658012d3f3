// Pictures between door and vault: what is removed stays removed, also from memory.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, expect, it } from 'vitest';
import { type ImageVault, openVault } from '../../electron/images/vault.ts';
import { createImages } from '../../electron/services/images.ts';
import { createUndoMemory } from '../../electron/services/undo-memory.ts';
import { png } from '../images/samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'countercheck-test-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a picture removed while it was being shown does not stay in memory', async () => {
  const vault = openVault(folder, new Map([[1, Buffer.alloc(32, 1)]]));
  let arrived: () => void = () => undefined;
  let read: () => void = () => undefined;
  const reading = new Promise<void>((resolve) => (read = resolve));
  const gate = new Promise<void>((resolve) => (arrived = resolve));
  const slow: ImageVault = {
    ...vault,
    async get(id) {
      const image = await vault.get(id);
      read();
      await gate;
      return image;
    },
  };
  const images = createImages(slow, () => new Date());
  const { id } = await images.put(await png());
  const shown = images.view(id, 'thumb');
  await reading;
  await images.remove([id]);
  arrived();
  await shown;
  await expect(images.view(id, 'thumb')).rejects.toMatchObject({ code: 'image-unknown' });
});

it('pictures for the screen and for the strip are smaller, the view is whole', async () => {
  const images = createImages(openVault(folder, new Map([[1, Buffer.alloc(32, 1)]])), () => new Date());
  const large = await sharp({ create: { width: 2000, height: 1000, channels: 3, background: '#888' } })
    .png()
    .toBuffer();
  const { id } = await images.put(large);
  const sizes = await Promise.all((['view', 'screen', 'thumb'] as const).map((one) => images.view(id, one)));
  expect(sizes.map(({ width, height }) => [width, height])).toEqual([
    [2000, 1000],
    [1600, 800],
    [320, 160],
  ]);
});

it('tiles are read from the picture once; they go with it, and when nobody sits at the window', async () => {
  const vault = openVault(folder, new Map([[1, Buffer.alloc(32, 1)]]));
  let reads = 0;
  const counted: ImageVault = {
    ...vault,
    get(id) {
      reads += 1;
      return vault.get(id);
    },
  };
  const images = createImages(counted, () => new Date());
  const { id } = await images.put(await png());
  const tile = { level: 0, x: 0, y: 0 };
  const one = await images.view(id, tile);
  expect(one).toMatchObject({ mime: 'image/jpeg', width: 96, height: 64 });
  expect(await images.view(id, tile)).toEqual(one);
  expect(reads).toBe(1);
  for (const outside of [
    { level: 1, x: 0, y: 0 },
    { level: 0, x: 1, y: 0 },
  ])
    await expect(images.view(id, outside)).rejects.toMatchObject({ code: 'not-found' });
  images.rest();
  await images.view(id, tile);
  expect(reads).toBe(2);
  await images.remove([id]);
  await expect(images.view(id, tile)).rejects.toMatchObject({ code: 'image-unknown' });
});

it('the way back holds so many bytes and no more, and none after its time', () => {
  const memory = createUndoMemory<string>(100);
  expect(memory.add('a', 'first', 60, 60_000)).toBe(true);
  expect(memory.add('b', 'second', 41, 60_000)).toBe(false);
  expect(memory.room()).toBe(40);
  expect([memory.get('a'), memory.get('b')]).toEqual(['first', undefined]);
  memory.forget('a');
  expect(memory.add('b', 'second', 41, 60_000)).toBe(true);
  memory.close();
  expect([memory.get('b'), memory.room()]).toEqual([undefined, 100]);
});
