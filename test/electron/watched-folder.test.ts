// The scanner's folder: slow writers, renames into place, many at once, restarts, and folders that go and come back.
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { isTemporaryName } from '../../electron/services/watched-files.ts';
import type { ScanState } from '../../shared/contract/scans.ts';
import { newId, openAgain, openReady, type TestApp, temporaryFolder } from './fixtures.ts';

vi.setConfig({ testTimeout: 30_000 });

const TIMES = { lookMs: 25, settleMs: 60, giveUpMs: 250 };
const WAIT = { timeout: 20_000, interval: 15 };

let made = 0;
/** A picture unlike every other. */
async function picture(): Promise<Buffer> {
  made += 1;
  const pixels = Buffer.alloc(48 * 32 * 3, made * 7);
  return sharp(pixels, { raw: { width: 48, height: 32, channels: 3 } })
    .png()
    .toBuffer();
}

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

const stateOf = (app: TestApp): Promise<ScanState> => app.ask('scans.state', {});

async function watching(
  afterwards: 'keep' | 'remove' = 'keep',
  dataFolder?: string,
): Promise<{ app: TestApp; folder: string; put: (name: string, bytes: Uint8Array) => string }> {
  const app = await openReady({ watchTimes: TIMES, ...(dataFolder === undefined ? {} : { dataFolder }) });
  const folder = join(temporaryFolder(), 'scans');
  mkdirSync(folder);
  await app.ask('scans.watch', { folder, afterwards });
  const put = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  return { app, folder, put };
}

async function waits(app: TestApp, count: number): Promise<void> {
  await expect.poll(async () => (await stateOf(app)).waiting, WAIT).toBe(count);
}

/** Long enough for several looks: nothing more came. */
async function restsAt(app: TestApp, count: number): Promise<void> {
  const until = performance.now() + 6 * (TIMES.lookMs + TIMES.settleMs);
  while (performance.now() < until) {
    expect((await stateOf(app)).waiting).toBeLessThanOrEqual(count);
    await new Promise((resolve) => setTimeout(resolve, TIMES.lookMs));
  }
  await waits(app, count);
}

async function takePicture(app: TestApp): Promise<string> {
  const { scan } = await app.ask('scans.take', {});
  if (scan?.kind !== 'picture') throw new Error('no picture waits');
  return scan.image.id;
}

function draftOf(imageId: string) {
  const images = [{ id: imageId, light: 'white' as const, source: 'file' as const }];
  return {
    id: newId(),
    startedAt: new Date().toISOString(),
    documents: [{ id: newId(), images, reading: null }],
  };
}

describe('a new file', () => {
  it('is kept in the store once, told, and given to one window only', async () => {
    const { app, put } = await watching();
    const bytes = await picture();
    const path = put('scan0001.png', bytes);
    await waits(app, 1);
    expect(app.events).toContain('scans.changed');
    const id = await takePicture(app);
    expect(await app.ask('scans.take', {})).toEqual({ scan: null });
    const original = await app.getImage(id, 'original');
    expect(original.ok && Buffer.from(original.bytes).equals(bytes)).toBe(true);
    await app.ask('draft.save', draftOf(id));
    await restsAt(app, 0);
    expect(existsSync(path)).toBe(true);
    expect(app.faults).toEqual([]);
  });

  it('that was dropped before a draft named it goes, and with it its picture', async () => {
    const { app, put } = await watching();
    put('scan.png', await picture());
    await waits(app, 1);
    const { scan } = await app.ask('scans.take', {});
    if (scan?.kind !== 'picture') throw new Error('no picture waits');
    await app.ask('scans.settle', { id: scan.id, imageId: null });
    await restsAt(app, 0);
    expect(readdirSync(join(app.folder, 'images'))).toEqual([]);
    // One that a draft names is the draft's.
    put('next.png', await picture());
    await waits(app, 1);
    const next = await app.ask('scans.take', {});
    if (next.scan?.kind !== 'picture') throw new Error('no picture waits');
    await app.ask('draft.save', draftOf(next.scan.image.id));
    await app.ask('scans.settle', { id: next.scan.id, imageId: null });
    expect(readdirSync(join(app.folder, 'images'))).toHaveLength(1);
  });

  it('is awaited while a slow writer is at it, also where it pauses for long', async () => {
    const { app, put } = await watching();
    const bytes = await picture();
    const third = Math.ceil(bytes.length / 3);
    const path = put('slow.png', bytes.subarray(0, third));
    await new Promise((resolve) => setTimeout(resolve, TIMES.settleMs * 2));
    expect((await stateOf(app)).waiting).toBe(0);
    appendFileSync(path, bytes.subarray(third, 2 * third));
    // Longer than the station waits for one state of a file: it is told as damaged, and taken when it is whole.
    await expect.poll(async () => (await stateOf(app)).left, WAIT).toBe('scan-damaged');
    appendFileSync(path, bytes.subarray(2 * third));
    await waits(app, 1);
    const view = await app.getImage(await takePicture(app), 'original');
    expect(view.ok && Buffer.from(view.bytes).equals(bytes)).toBe(true);
  });

  it('is taken under its last name where it is renamed into place', async () => {
    const { app, put, folder } = await watching();
    const path = put('page.png.part', await picture());
    await restsAt(app, 0);
    renameSync(path, join(folder, 'page.png'));
    await waits(app, 1);
    await restsAt(app, 1);
  });

  it('under an old name is a new file', async () => {
    const { app, put } = await watching();
    put('scan.png', await picture());
    await waits(app, 1);
    put('scan.png', Buffer.concat([await picture(), Buffer.from('x')]));
    await waits(app, 2);
  });

  it('that is touched, renamed or copied after it was taken is no new scan', async () => {
    const { app, put, folder } = await watching();
    const bytes = await picture();
    const path = put('scan.png', bytes);
    await waits(app, 1);
    await app.ask('draft.save', draftOf(await takePicture(app)));
    utimesSync(path, new Date(), new Date(Date.now() + 60_000));
    await restsAt(app, 0);
    renameSync(path, join(folder, '0001.png'));
    put('copy.png', bytes);
    await restsAt(app, 0);
    // What it holds tells, not its name.
    put('0001.png', await picture());
    await waits(app, 1);
    expect(await stateOf(app)).toMatchObject({ left: null, came: 2 });
  });

  it('comes in the order of scanning, many at once', async () => {
    const { app, folder } = await watching();
    const pictures = await Promise.all(Array.from({ length: 12 }, picture));
    const other = temporaryFolder();
    renameSync(folder, `${folder}-before`);
    for (const [at, bytes] of pictures.entries()) {
      const path = join(other, `${String.fromCharCode(122 - at)}.png`);
      writeFileSync(path, bytes);
      utimesSync(path, 1_700_000_000 + at, 1_700_000_000 + at);
    }
    // All of them are there at one moment, whatever else the machine does.
    renameSync(other, folder);
    await waits(app, 12);
    for (const bytes of pictures) {
      const original = await app.getImage(await takePicture(app), 'original');
      expect(original.ok && Buffer.from(original.bytes).equals(bytes)).toBe(true);
    }
  });

  it('is not taken where it lay there before, is hidden, temporary, a folder or a link', async () => {
    const app = await openReady({ watchTimes: TIMES });
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'old.png'), await picture());
    await app.ask('scans.watch', { folder, afterwards: 'keep' });
    mkdirSync(join(folder, 'inner'));
    writeFileSync(join(folder, '.hidden.png'), await picture());
    writeFileSync(join(folder, 'page.tmp'), await picture());
    const elsewhere = join(temporaryFolder(), 'else.png');
    writeFileSync(elsewhere, await picture());
    symlinkSync(elsewhere, join(folder, 'link.png'));
    await restsAt(app, 0);
    writeFileSync(join(folder, 'new.png'), await picture());
    await waits(app, 1);
  });
});

it('a TIFF of several pages is told and left, also where scans are removed', async () => {
  const { app, put } = await watching('remove');
  const frames = Buffer.alloc(48 * 64 * 3, 90);
  const size = { width: 48, height: 64, pageHeight: 32, channels: 3 } as const;
  const path = put('two.tif', await sharp(frames, { raw: size }).tiff().toBuffer());
  await expect.poll(async () => (await stateOf(app)).left, WAIT).toBe('scan-several-pages');
  await restsAt(app, 0);
  expect(existsSync(path)).toBe(true);
});

describe('a file that is no picture', () => {
  it.each([
    ['letter.txt', Buffer.from('a letter and no picture'), 'scan-not-picture'],
    ['empty.png', Buffer.alloc(0), 'scan-not-picture'],
    ['cut.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'scan-damaged'],
  ])('%s is told once and left alone', async (name, bytes, code) => {
    const { app, put } = await watching('remove');
    const path = put(name, bytes);
    await expect.poll(async () => (await stateOf(app)).left, WAIT).toBe(code);
    put('good.png', await picture());
    await waits(app, 1);
    expect(await stateOf(app)).toMatchObject({ left: null, trouble: null });
    expect(existsSync(path)).toBe(true);
    expect(app.faults.join()).not.toContain(name.slice(0, 5));
  });
});

it('a scan that is given back waits again at once, and is nothing new', async () => {
  const { app, put } = await watching('remove');
  put('scan.png', await picture());
  await waits(app, 1);
  const { came } = await stateOf(app);
  expect(came).toBe(1);
  const { scan } = await app.ask('scans.take', {});
  await waits(app, 0);
  await app.ask('scans.release', { id: scan?.id ?? '' });
  expect(await stateOf(app)).toMatchObject({ waiting: 1, came });
  expect((await app.ask('scans.take', {})).scan).toEqual(scan);
});

describe('over a restart', () => {
  it('what waits goes on waiting, what was taken does not come again, what came meanwhile is new', async () => {
    const { app, put } = await watching();
    put('first.png', await picture());
    await waits(app, 1);
    await app.ask('draft.save', draftOf(await takePicture(app)));
    put('second.png', await picture());
    await waits(app, 1);
    const dataFolder = app.folder;
    await app.close();
    put('third.png', await picture());
    const again = await reopen(dataFolder);
    await waits(again, 2);
    await restsAt(again, 2);
    // The picture that waited was not swept away.
    const view = await again.getImage(await takePicture(again), 'view');
    expect(view.ok).toBe(true);
  });

  it('a scan that a window took and never named waits again', async () => {
    const { app, put } = await watching('remove');
    put('lost.png', await picture());
    await waits(app, 1);
    const id = await takePicture(app);
    await waits(app, 0);
    const dataFolder = app.folder;
    await app.close();
    const again = await reopen(dataFolder);
    await waits(again, 1);
    expect(await takePicture(again)).toBe(id);
  });

  const reopen = async (dataFolder: string): Promise<TestApp> => {
    return openAgain(dataFolder, { watchTimes: TIMES });
  };
});

describe('afterwards', () => {
  it('the file is removed once the picture lies in the store, where the policy says so', async () => {
    const { app, folder, put } = await watching('remove');
    put('page.png', await picture());
    await waits(app, 1);
    await expect.poll(() => readdirSync(folder), WAIT).toEqual([]);
    const view = await app.getImage(await takePicture(app), 'view');
    expect(view.ok).toBe(true);
  });

  it.skipIf(process.getuid?.() === 0)('what may not be removed stays and is told', async () => {
    const { app, folder, put } = await watching('remove');
    const bytes = await picture();
    put('page.png', bytes);
    chmodSync(folder, 0o500);
    await expect.poll(async () => (await stateOf(app)).trouble, WAIT).toBe('scan-folder-read-only');
    chmodSync(folder, 0o700);
    await expect.poll(async () => (await stateOf(app)).trouble, WAIT).toBe(null);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a PDF', () => {
  it('is given to the window from where it lies and settled by a page that is kept', async () => {
    const { app, folder, put } = await watching('remove');
    put('scan.pdf', PDF);
    await waits(app, 1);
    const { scan } = await app.ask('scans.take', {});
    if (scan?.kind !== 'pdf') throw new Error('no PDF waits');
    const given = await app.getImage(scan.id, 'original');
    expect(given).toMatchObject({ ok: true, mime: 'application/pdf' });
    expect(given.ok && Buffer.from(given.bytes).equals(PDF)).toBe(true);
    const page = await app.image();
    await app.ask('scans.settle', { id: scan.id, imageId: page.id, whole: true });
    // The page lies in the vault, but nothing names it yet: a cut of power would lose it.
    await restsAt(app, 0);
    expect(readdirSync(folder)).toEqual(['scan.pdf']);
    await app.ask('draft.save', draftOf(page.id));
    await expect.poll(() => readdirSync(folder), WAIT).toEqual([]);
  });

  it('that is touched while it waits can still be opened, and is not offered again afterwards', async () => {
    const { app, put } = await watching();
    const path = put('scan.pdf', PDF);
    await waits(app, 1);
    utimesSync(path, new Date(), new Date(Date.now() + 60_000));
    await waits(app, 2);
    const first = (await app.ask('scans.take', {})).scan;
    expect(await app.getImage(first?.id ?? '', 'original')).toEqual({ ok: false, code: 'image-unreadable' });
    const second = (await app.ask('scans.take', {})).scan;
    expect(await app.getImage(second?.id ?? '', 'original')).toMatchObject({ ok: true });
    await app.ask('scans.settle', { id: second?.id ?? '', imageId: null });
    utimesSync(path, new Date(), new Date(Date.now() + 120_000));
    await restsAt(app, 0);
  });

  it('of which a page is nowhere kept is never removed', async () => {
    const { app, folder, put } = await watching('remove');
    put('scan.pdf', PDF);
    await waits(app, 1);
    const { scan } = await app.ask('scans.take', {});
    if (scan?.kind !== 'pdf') throw new Error('no PDF waits');
    const page = await app.image();
    await app.ask('scans.settle', { id: scan.id, imageId: page.id, whole: false });
    await app.ask('draft.save', draftOf(page.id));
    await restsAt(app, 0);
    expect(readdirSync(folder)).toEqual(['scan.pdf']);
  });

  it('that was taken away meanwhile is told, and waits no more', async () => {
    const { app, folder, put } = await watching();
    put('scan.pdf', PDF);
    await waits(app, 1);
    const { scan } = await app.ask('scans.take', {});
    if (scan?.kind !== 'pdf') throw new Error('no PDF waits');
    rmSync(join(folder, 'scan.pdf'));
    expect(await app.getImage(scan.id, 'original')).toEqual({ ok: false, code: 'image-unreadable' });
    expect(await app.getImage(scan.id, 'original')).toEqual({ ok: false, code: 'image-unknown' });
    await restsAt(app, 0);
  });

  it('that the window could not use is left alone', async () => {
    const { app, folder, put } = await watching('remove');
    put('scan.pdf', PDF);
    await waits(app, 1);
    const { scan } = await app.ask('scans.take', {});
    if (scan?.kind !== 'pdf') throw new Error('no PDF waits');
    await app.ask('scans.settle', { id: scan.id, imageId: null });
    await restsAt(app, 0);
    expect(readdirSync(folder)).toEqual(['scan.pdf']);
    expect(await app.getImage(scan.id, 'original')).toEqual({ ok: false, code: 'image-unknown' });
  });
});

describe('the folder', () => {
  it('that goes away is told, and watched again when it is back', async () => {
    const { app, folder, put } = await watching();
    put('one.png', await picture());
    await waits(app, 1);
    renameSync(folder, `${folder}-away`);
    await expect.poll(async () => (await stateOf(app)).trouble, WAIT).toBe('scan-folder-gone');
    renameSync(`${folder}-away`, folder);
    await expect.poll(async () => (await stateOf(app)).trouble, WAIT).toBe(null);
    put('two.png', await picture());
    await waits(app, 2);
    await restsAt(app, 2);
  });

  it('is refused where it cannot be watched, and the one before stays', async () => {
    const { app, folder } = await watching();
    const refused = async (path: string) => app.codeOf('scans.watch', { folder: path, afterwards: 'keep' });
    const file = join(folder, 'file.txt');
    writeFileSync(file, 'x');
    expect(await refused('scans')).toBe('scan-folder-name');
    expect(await refused(join(folder, 'nowhere'))).toBe('scan-folder-gone');
    expect(await refused(file)).toBe('scan-folder-gone');
    expect(await refused(app.folder)).toBe('scan-folder-own');
    expect(await refused(join(app.folder, 'images'))).toBe('scan-folder-own');
    expect((await stateOf(app)).folder).toBe(folder);
  });

  it('can be let go; what waits can be dropped with its pictures, files stay', async () => {
    const { app, folder, put } = await watching();
    put('one.png', await picture());
    await waits(app, 1);
    expect(await app.ask('scans.watch', { folder: null, afterwards: 'keep' })).toMatchObject({
      folder: null,
      waiting: 1,
    });
    put('two.png', await picture());
    await restsAt(app, 1);
    expect(await app.ask('scans.drop', {})).toMatchObject({ waiting: 0 });
    expect(readdirSync(join(app.folder, 'images'))).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['one.png', 'two.png']);
    rmSync(folder, { recursive: true });
    expect((await stateOf(app)).trouble).toBe(null);
  });
});

it.each([
  ['scan.png', false],
  ['Scan 1 (2).JPG', false],
  ['.scan.png', true],
  ['~scan.png', true],
  ['scan.png~', true],
  ['scan.png.TMP', true],
  ['scan.jpg.crdownload', true],
  ['Thumbs.db', true],
])('the name %s is temporary: %s', (name, temporary) => {
  expect(isTemporaryName(name)).toBe(temporary);
});
