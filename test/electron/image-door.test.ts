// The image door of the station: every broken picture is told by its code, leaves nothing, and the next one reads.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readImagePath } from '../../electron/image-door.ts';
import { createMemory } from '../../electron/services/memory.ts';
import { FAILURE_CODES } from '../../shared/contract/bridge.ts';
import { IMAGE_VARIANTS } from '../../shared/contract/images.ts';
import { BROKEN_IMAGES } from '../images/samples.ts';
import { newId, openReady } from './fixtures.ts';

describe('the image door', () => {
  it('refuses every broken picture by its code, and takes the next good one', async () => {
    const app = await openReady();
    for (const { name, code, make } of BROKEN_IMAGES) {
      expect(JSON.parse(await app.putImage(await make())), name).toEqual({ ok: false, error: { code } });
    }
    expect(readdirSync(join(app.folder, 'images'))).toEqual([]);
    const image = await app.image();
    expect(await app.getImage(image.id, { level: 0, x: 0, y: 0 })).toMatchObject({ ok: true, width: 96 });
    expect(await app.getImage(image.id, { level: 0, x: 0, y: 1 })).toEqual({ ok: false, code: 'not-found' });
    for (const variant of IMAGE_VARIANTS)
      expect(await app.getImage(image.id, variant)).toMatchObject({ ok: true });
    expect(app.faults).toEqual([]);
  }, 60_000);

  it('tells a picture that is not there from one that was changed on the disk', async () => {
    const app = await openReady();
    const { id } = await app.image();
    const file = join(app.folder, 'images', `${id}.ccimg`);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(1, 40, 60));
    expect(await app.getImage(id, 'original')).toEqual({ ok: false, code: 'image-damaged' });
    expect(await app.getImage(newId(), 'view')).toEqual({ ok: false, code: 'image-unknown' });
    expect(await app.getImage('../../x', 'view')).toEqual({ ok: false, code: 'image-unknown' });
  });

  it('brings specimens the same way, for every one of the set', async () => {
    const app = await openReady();
    const { specimens } = await app.ask('specimen.list', {});
    expect(specimens.length).toBeGreaterThan(3);
    const image = await app.ask('specimen.open', { id: specimens[0]?.id ?? '' });
    expect(await app.getImage(image.id, 'original')).toMatchObject({ ok: true, mime: 'image/jpeg' });
    expect(await app.codeOf('specimen.open', { id: 'constructor' })).toBe('not-found');
  }, 30_000);
});

describe('the addresses of the door', () => {
  const id = '0190a000-0000-7000-8000-000000000000';

  it('name a variant or a tile, and nothing else', () => {
    for (const variant of IMAGE_VARIANTS)
      expect(readImagePath(`/images/${id}/${variant}`)).toEqual({ id, variant });
    expect(readImagePath(`/images/${id}/tile/4/0/17`)).toEqual({ id, variant: { level: 4, x: 0, y: 17 } });
    for (const path of [
      `/images/${id}`,
      `/images/${id}/tile`,
      `/images/${id}/tile/0/0`,
      `/images/${id}/tile/10/0/0`,
      `/images/${id}/tile/0/00/1`,
      `/images/${id}/tile/0/-1/0`,
      `/images/${id}/tile/0/1e3/0`,
      `/images/${id}/tile/0/100000/0`,
      `/images/${id}/tile/0/0/0/`,
      `/images/../${id}/tile/0/0/0`,
      `/images/${id.toUpperCase()}/tile/0/0/0`,
    ])
      expect(readImagePath(path), path).toBeNull();
  });
});

describe('the memory of pictures', () => {
  it('keeps to its budget, and the least used goes first', () => {
    const memory = createMemory<string>(10, (value) => value.length);
    memory.set('a/x', '1234');
    memory.set('b/x', '1234');
    expect(memory.get('a/x')).toBe('1234');
    memory.set('c/x', '1234');
    expect([memory.get('a/x'), memory.get('b/x'), memory.get('c/x')]).toEqual(['1234', undefined, '1234']);
    memory.set('d/x', 'longer than all of it');
    expect(memory.get('d/x')).toBeUndefined();
    expect(memory.get('a/x')).toBe('1234');
    memory.set('a/y', '12');
    memory.drop('a/');
    expect([memory.get('a/x'), memory.get('a/y'), memory.get('c/x')]).toEqual([undefined, undefined, '1234']);
  });
});

/** Files of the catalogue with refusals of the station. */
const STATION_AREAS = [
  'errors',
  'folder',
  'backup',
  'retention',
  'health',
  'audit-screen',
  'case-report',
  'reports',
  'alerts',
  'studies',
  'bundles',
  'logs',
  'lists',
];

describe('the words of every refusal', () => {
  it('tell what happened, what is safe and what to do', () => {
    // Some areas keep the station's refusals in their own file; others have faults of the window only.
    const words: Record<string, string> = Object.assign(
      {},
      ...STATION_AREAS.map((area) => JSON.parse(readFileSync(`assets/text/en/${area}.json`, 'utf8'))),
    );
    const refusals = Object.entries(words).filter(
      ([id]) => id.startsWith('error.') && !/^error\.scan-(?!folder-)/.test(id),
    );
    const ids = FAILURE_CODES.flatMap((code) =>
      ['happened', 'safe', 'todo'].map((part) => `error.${code}.${part}`),
    );
    expect(refusals.map(([id]) => id).sort()).toEqual(ids.sort());
    for (const [, text] of refusals) expect(text).toMatch(/^[A-Z][^!%]+\.$/);
  });
});
