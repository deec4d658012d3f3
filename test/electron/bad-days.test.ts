// Bad days at a station that runs: a disk that fills, a folder that is locked or taken away, a clock set back, newer files.
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Room } from '../../electron/services/health.ts';
import { CAN_MOUNT, fill, lockFolder, smallDisk } from './disks.ts';
import {
  ADMINISTRATOR,
  ALL,
  databaseOf,
  draftOf,
  OFFICER,
  openAgain,
  openApp,
  openReady,
  refer,
  setupOf,
  type TestApp,
  TODAY,
} from './fixtures.ts';

// A busy machine is no bad day.
vi.setConfig({ testTimeout: 120_000 });

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

async function save(app: TestApp, images: string | null = null): Promise<string> {
  const draft = draftOf(images);
  await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
  return draft.id;
}

const told = (app: TestApp): number => app.events.filter((event) => event === 'health.changed').length;
const warnings = async (app: TestApp): Promise<string[]> => (await app.ask('health.state', {})).warnings;

describe('a disk that fills', () => {
  it.each([
    ['half empty', { free: 50 * GIB, total: 100 * GIB }, [], 51_000],
    ['under 5 %', { free: 4.9 * GIB, total: 100 * GIB }, ['disk-low'], 5_000],
    ['under 1 GiB', { free: 0.9 * GIB, total: 2 * GIB }, ['disk-low'], 920],
    ['almost full', { free: 30 * MIB, total: 100 * GIB }, ['disk-full'], 30],
    ['full', { free: 0, total: 100 * GIB }, ['disk-full'], 0],
  ])('%s', async (_name, room, expected, freeMegabytes) => {
    const app = await openReady({ health: { roomIn: () => room } });
    expect(await app.ask('health.state', {})).toEqual({ warnings: expected, freeMegabytes });
  });

  it('is told when it begins, when it is graver and when it is over, to everybody, and stops nobody', async () => {
    let room: Room = { free: 50 * GIB, total: 100 * GIB };
    const app = await openReady({ health: { roomIn: () => room, lookMs: 5 } });
    const before = told(app);
    for (const [step, free] of [4 * GIB, 40 * MIB, 50 * GIB].entries()) {
      room = { free, total: 100 * GIB };
      await expect.poll(() => told(app), { timeout: 20_000 }).toBe(before + step + 1);
    }
    room = { free: 4 * GIB, total: 100 * GIB };
    await save(app);
    await app.signIn(ADMINISTRATOR);
    expect(await warnings(app)).toEqual(['disk-low']);
    await app.ask('vault.lock', {});
    expect(await app.codeOf('health.state', {})).toBe('signed-out');
  });

  it('of a system that does not say is no reason for a warning', async () => {
    const roomIn = (): Room => {
      throw new Error('no such call');
    };
    const app = await openReady({ health: { roomIn } });
    expect(await app.ask('health.state', {})).toEqual({ warnings: [], freeMegabytes: null });
  });
});

describe.runIf(CAN_MOUNT)('a disk that is full', () => {
  it('takes no save and loses none: what was kept stays, what could not be kept is told, and it goes on with room', async () => {
    const disk = smallDisk(24);
    const app = await openReady({ dataFolder: join(disk, 'data') });
    const record = await save(app, (await app.image(1)).id);
    const image = (await app.image(2)).id;
    const draft = draftOf(image);
    await app.ask('draft.save', draft);
    fill(disk, 0);
    expect(await warnings(app)).toEqual(['disk-full']);
    // Longer than what free pages could still take.
    const decision = refer('a long note '.repeat(150));
    expect(await app.codeOf('examination.save', { ...draft, judgedOn: TODAY, decision })).toBe('disk-full');
    const picture = readFileSync(join(import.meta.dirname, '../../docs/pictures/examine.png'));
    expect(JSON.parse(await app.putImage(picture)).error).toEqual({ code: 'disk-full' });
    // Nobody stays signed in for want of room, and what was there can be read on.
    expect(await app.codeOf('history.open', { id: record })).toBe('ok');
    expect(await app.codeOf('vault.lock', {})).toBe('ok');
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'locked' });
    const { id: officerId, secret } = OFFICER;
    // A sitting that cannot be entered in the audit chain does not begin.
    expect(await app.codeOf('vault.sign-in', { officerId, secret })).toBe('disk-full');
    await app.close();

    const full = await openApp({ dataFolder: app.folder });
    expect(full.failure).toBeNull();
    // Closing the store gives back what its log had taken.
    expect(['ok', 'disk-full']).toContain(await full.codeOf('vault.sign-in', { officerId, secret }));
    fill(disk, null);
    await full.signIn(OFFICER);
    expect((await full.ask('history.search', ALL)).rows.map(({ id }) => id)).toEqual([record]);
    expect((await full.ask('draft.load', {})).draft?.id).toBe(draft.id);
    expect(await full.getImage(image, 'original')).toMatchObject({ ok: true });
    expect(await full.codeOf('examination.save', { ...draft, judgedOn: TODAY, decision })).toBe('ok');
    expect(full.verifyAudit()).toMatchObject({ ok: true });
    expect([...app.faults, ...full.faults]).toEqual([]);
  });

  it('in a first run leaves a station that can be set up once there is room', async () => {
    const disk = smallDisk(4);
    const app = await openApp({ dataFolder: join(disk, 'data') });
    fill(disk, 20_000);
    expect(await app.codeOf('station.setup', setupOf())).toBe('disk-full');
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'new' });
    fill(disk, null);
    expect(await app.codeOf('station.setup', setupOf())).toBe('ok');
    expect(app.faults).toEqual([]);
  });

  it('takes no other data key, and keeps the one before', async () => {
    const disk = smallDisk(8);
    const app = await openReady({ dataFolder: join(disk, 'data') });
    const record = await save(app);
    await app.signIn(ADMINISTRATOR);
    fill(disk, 100_000);
    const { secret } = ADMINISTRATOR;
    expect(await app.codeOf('vault.change-key', { secret })).toBe('disk-full');
    fill(disk, null);
    await app.signIn(OFFICER);
    expect(await app.codeOf('history.open', { id: record })).toBe('ok');
    await app.signIn(ADMINISTRATOR);
    expect(await app.codeOf('vault.change-key', { secret })).toBe('ok');
  });
});

describe('a folder', () => {
  it.runIf(CAN_MOUNT)(
    'that takes nothing more is told before anybody saves, and what was kept stays',
    async () => {
      const app = await openReady({ health: { lookMs: 5 } });
      const record = await save(app);
      const before = told(app);
      lockFolder(app.folder);
      await expect.poll(() => told(app), { timeout: 20_000 }).toBe(before + 1);
      expect(await warnings(app)).toContain('folder-locked');
      await expect(app.image()).rejects.toThrow('store-read-only');
      expect(await app.codeOf('history.open', { id: record })).toBe('ok');
      await app.close();
      const later = await openApp({ dataFolder: app.folder });
      expect(later.failure).toBe('store-read-only');
    },
  );

  it('that was taken away takes no save that would be nowhere', async () => {
    const app = await openReady();
    const record = await save(app);
    const away = `${app.folder}-away`;
    renameSync(app.folder, away);
    expect(await app.codeOf('draft.save', draftOf())).toBe('store-gone');
    expect(app.events.at(-1)).toBe('station.failed');
    await expect(app.image()).rejects.toThrow('store-gone');
    expect(await app.codeOf('vault.state', {})).toBe('store-gone');
    await app.close();
    rmSync(app.folder, { recursive: true, force: true });
    renameSync(away, app.folder);
    const again = await openAgain(app.folder);
    expect((await again.ask('history.search', ALL)).rows.map(({ id }) => id)).toEqual([record]);
    expect(again.verifyAudit()).toMatchObject({ ok: true });
  });

  it('that another store was put into is noticed without a request', async () => {
    const app = await openReady({ health: { lookMs: 5 } });
    const path = join(app.folder, 'station.db');
    const bytes = readFileSync(path);
    renameSync(path, `${path}.old`);
    writeFileSync(path, bytes);
    await expect.poll(() => app.failure, { timeout: 20_000 }).toBe('store-gone');
    expect(app.events).toContain('station.failed');
  });
});

describe('a clock set back', () => {
  it('is told, also to those who sign in after it, and entries stay in order', async () => {
    let time = new Date();
    const options = { now: () => time };
    const app = await openReady(options);
    await save(app);
    expect(await warnings(app)).toEqual([]);
    await app.close();
    time = new Date(time.getTime() - 24 * 3_600_000);
    for (let start = 0; start < 2; start += 1) {
      const later = await openAgain(app.folder, options);
      expect(await warnings(later)).toEqual(['clock-set-back']);
      expect(later.verifyAudit()).toMatchObject({ ok: true });
      await later.close();
    }
    time = new Date(time.getTime() + 25 * 3_600_000);
    const right = await openAgain(app.folder, options);
    expect(await warnings(right)).toEqual([]);
  });
});

describe('files of a newer version', () => {
  it('are refused and not touched: the database', async () => {
    const app = await openReady();
    await app.close();
    const db = await databaseOf(app.folder);
    db.pragma('user_version = 1000');
    db.close();
    const path = join(app.folder, 'station.db');
    const before = readFileSync(path);
    const later = await openApp({ dataFolder: app.folder });
    const { id: officerId, secret } = OFFICER;
    expect(await later.codeOf('vault.sign-in', { officerId, secret })).toBe('store-newer');
    expect(later.failure).toBe('store-newer');
    expect(await later.codeOf('vault.state', {})).toBe('store-newer');
    await later.close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('are refused and not touched: the key file', async () => {
    const app = await openReady();
    await app.close();
    const path = join(app.folder, 'station.keys');
    const content = JSON.stringify({ of: 'later' });
    const check = createHash('sha256').update(`1000 ${content}`).digest('hex');
    const text = JSON.stringify({ countercheckKeys: 1000, check, content });
    writeFileSync(path, text);
    const later = await openApp({ dataFolder: app.folder });
    expect(later.failure).toBe('store-newer');
    expect(await later.codeOf('station.setup', setupOf())).toBe('store-newer');
    await later.close();
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(statSync(join(app.folder, 'station.db')).size).toBeGreaterThan(0);
  });
});
