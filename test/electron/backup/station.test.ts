// Backups as people meet them: made and verified at the station, by the plan, restored on another machine, signed in there.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type * as Files from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { mayCancel, mayName, newGate } from '../../../electron/backup/thread.ts';
import { writeBackup } from '../../../electron/backup/write.ts';
import { loadImageKeys } from '../../../electron/db/image-keys.ts';
import { loadStation } from '../../../electron/db/station.ts';
import type { Output } from '../../../shared/contract/channels.ts';
import {
  ADMINISTRATOR,
  ALL,
  databaseOf,
  dataKeyOf,
  draftOf,
  newId,
  NO_SHELL,
  OFFICER,
  openAgain,
  openApp,
  openReady,
  refer,
  setupOf,
  temporaryFolder,
  type TestApp,
  TODAY,
} from '../fixtures.ts';

const torn = vi.hoisted(() => ({ out: false }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof Files>();
  const readdir = (path: string): Promise<string[]> =>
    torn.out ? Promise.reject(Object.assign(new Error('torn out'), { code: 'EIO' })) : real.readdir(path);
  return { ...real, readdir };
});

async function examine(app: TestApp): Promise<string> {
  const image = await app.image();
  const draft = draftOf(image.id);
  await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
  return draft.id;
}

const WAIT = { timeout: 20_000, interval: 20 };

describe('at the station', () => {
  it('a backup is made, verified, told and audited, and the counter goes on meanwhile', async () => {
    const app = await openReady();
    await examine(app);
    const target = temporaryFolder();
    const making = app.ask('backup.create', { folder: target });
    await examine(app);
    expect(await app.codeOf('backup.create', { folder: target })).toBe('backup-busy');
    const made = await making;
    expect(made.content).toMatchObject({ examinations: 1, pictures: 1, missing: 0, auditWhole: true });
    expect(readdirSync(target)).toHaveLength(1);
    const { last, running, trouble } = await app.ask('backup.state', {});
    expect([last?.examinations, running, trouble]).toEqual([1, null, null]);
    expect(app.events).toContain('backup.changed');
    expect(await app.ask('backup.verify', { path: made.path })).toEqual(made.content);
    expect((await app.ask('backup.find', { folder: target })).files).toHaveLength(1);
    expect((await app.ask('audit.verify', {})).ok).toBe(true);
    expect(existsSync(join(app.folder, 'scratch'))).toBe(false);
    expect(app.faults).toEqual([]);
  });

  it('refuses folders that are gone or its own', async () => {
    const app = await openReady();
    expect(await app.codeOf('backup.create', { folder: join(app.folder, 'images') })).toBe('folder-own');
    expect(await app.codeOf('backup.create', { folder: app.folder })).toBe('folder-own');
    const link = join(temporaryFolder(), 'link');
    symlinkSync(app.folder, link);
    expect(await app.codeOf('backup.create', { folder: join(link, 'images') })).toBe('folder-own');
    expect(await app.codeOf('backup.create', { folder: '/nowhere/at/all' })).toBe('folder-gone');
    expect(await app.codeOf('backup.create', { folder: null })).toBe('folder-gone');
    expect(await app.codeOf('backup.verify', { path: '/nowhere/at/all' })).toBe('folder-gone');
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x'), 'no backup');
    expect(await app.codeOf('backup.verify', { path: join(folder, 'x') })).toBe('backup-damaged');
  });

  it('goes on beside a backup whose database is damaged, and a stick that cannot be read', async () => {
    const app = await openReady();
    await app.ask('vault.lock', {});
    const key = await dataKeyOf(app.folder);
    const db = await databaseOf(app.folder);
    const { id: stationId, recoveryPublicKey } = loadStation(db);
    const pictureKeys = loadImageKeys(db);
    db.close();
    const target = temporaryFolder();
    const copy = readFileSync(join(app.folder, 'station.db')).fill(1, 5 * 4096, 6 * 4096);
    writeFileSync(join(target, 'copy'), copy);
    const path = join(target, 'of-another-program');
    await writeBackup(
      {
        stationId,
        madeAt: new Date().toISOString(),
        version: '0.0.0-test',
        dataKey: key,
        dataFolder: app.folder,
        database: { path: join(target, 'copy'), bytes: copy.length },
        sides: [],
        pictures: [],
        pictureKeys,
        path,
      },
      { recovery: Buffer.from(recoveryPublicKey ?? '', 'base64') },
    );
    await app.signIn(OFFICER);
    expect(await app.codeOf('backup.verify', { path })).toBe('backup-damaged');
    torn.out = true;
    expect(await app.codeOf('backup.find', { folder: target })).toBe('folder-gone');
    torn.out = false;
    expect(app.failure).toBeNull();
    expect(await app.codeOf('history.search', ALL)).toBe('ok');
  });

  it('keeps nothing of a try that was cut, and tries again as if there had been none', async () => {
    const app = await openReady();
    await examine(app);
    const { path, content } = await app.ask('backup.create', { folder: temporaryFolder() });
    await app.close();
    const scratch = join(app.folder, 'scratch');
    mkdirSync(scratch);
    copyFileSync(join(app.folder, 'station.db'), join(scratch, 'station.db'));
    const later = await openAgain(app.folder);
    expect(existsSync(scratch)).toBe(false);
    expect(await later.ask('backup.verify', { path })).toEqual(content);
  });

  it('makes one by itself when it is due, and says so while the stick is away', async () => {
    let time = Date.parse('2026-11-22T08:00:00.000Z');
    const app = await openReady({ now: () => new Date(time), dueLookMs: 20 });
    await app.signIn(ADMINISTRATOR);
    const target = temporaryFolder();
    await app.ask('backup.plan', { folder: target, everyHours: 2, keep: 2 });
    const state = (): Promise<Output<'backup.state'>> => app.ask('backup.state', {});
    await vi.waitFor(async () => expect((await state()).last?.at).toBe(new Date(time).toISOString()), WAIT);

    const away = `${target}-away`;
    renameSync(target, away);
    // An empty folder where the stick would be is not the stick.
    mkdirSync(target);
    time += 2 * 60 * 60_000 + 1;
    await app.signIn(ADMINISTRATOR);
    await vi.waitFor(async () => expect((await state()).trouble).toBe('folder-gone'), WAIT);
    expect(readdirSync(target)).toEqual([]);

    renameSync(target, `${target}-empty`);
    renameSync(away, target);
    time += 11 * 60_000;
    await app.signIn(ADMINISTRATOR);
    await vi.waitFor(async () => expect((await state()).last?.at).toBe(new Date(time).toISOString()), WAIT);
    expect((await state()).trouble).toBeNull();
    const backups = (): string[] => readdirSync(target).filter((name) => name.endsWith('.ccbackup'));
    expect(backups()).toHaveLength(2);

    // A clock set to another year takes none that still stands; what is beyond the number goes as ever.
    await app.ask('backup.plan', { folder: target, everyHours: 2, keep: 3 });
    time = Date.parse('2062-01-01T00:00:00.000Z');
    await app.signIn(ADMINISTRATOR);
    await vi.waitFor(async () => expect((await state()).last?.at).toBe(new Date(time).toISOString()), WAIT);
    expect(backups()).toHaveLength(3);
  });

  it('makes one at once where the last was made by a clock that stood ahead, and anchors the chain', async () => {
    let time = new Date('2035-01-01T00:00:00.000Z');
    const app = await openReady({ now: () => time });
    await app.signIn(ADMINISTRATOR);
    await app.ask('backup.plan', { folder: temporaryFolder(), everyHours: 24, keep: 2 });
    await app.ask('backup.create', { folder: null });
    const { seq } = await app.ask('audit.anchor', {});
    await app.close();
    time = new Date('2026-11-22T08:00:00.000Z');
    const later = await openApp({ dataFolder: app.folder, now: () => time });
    await later.signIn(ADMINISTRATOR);
    expect((await later.ask('backup.state', {})).dueAt).toBe(time.toISOString());
    const anchors = (): number[] =>
      readFileSync(join(app.folder, 'anchors.jsonl'), 'utf8')
        .split('\n')
        .flatMap((line) => (line === '' ? [] : z.object({ seq: z.int() }).parse(JSON.parse(line)).seq));
    await vi.waitFor(() => expect(anchors().at(-1)).toBeGreaterThan(seq), WAIT);
  });

  it('is stopped by whoever may make one, and nothing of it is left', async () => {
    const app = await openReady();
    for (let i = 0; i < 4; i += 1) await examine(app);
    const target = temporaryFolder();
    const before = await app.ask('backup.create', { folder: target });
    const files = (): string[] => readdirSync(target).sort();
    const [whole] = files();
    await expect.poll(() => Date.now() >= Date.parse(before.content.madeAt) + 1000, WAIT).toBe(true);
    const making = app.codeOf('backup.create', { folder: target });
    const running = async () => (await app.ask('backup.state', {})).running;
    await expect.poll(running, { timeout: 20_000, interval: 1 }).not.toBeNull();
    const stopped = await app.ask('backup.cancel', {});
    expect(stopped).toMatchObject({ running: null, last: { at: before.content.madeAt } });
    expect(await making).toBe('backup-cancelled');
    expect(files()).toEqual([whole]);
    expect(existsSync(join(app.folder, 'scratch'))).toBe(false);
    expect(await app.ask('backup.verify', { path: before.path })).toEqual(before.content);
    // The next one is made as ever, and what was stopped stands in the chain.
    await app.ask('backup.create', { folder: target });
    expect(files()).toHaveLength(2);
    expect(app.faults).toEqual([]);
    await app.close();
    const db = await databaseOf(app.folder);
    const by = db.prepare(`SELECT officer_id FROM audit WHERE action = 'backup.cancelled'`).pluck().all();
    db.close();
    expect(by).toEqual([OFFICER.id]);
  });

  it('a check is stopped, too, and where nothing is under way nothing is done', async () => {
    const app = await openReady();
    await examine(app);
    const { path, content } = await app.ask('backup.create', { folder: temporaryFolder() });
    const checking = app.codeOf('backup.verify', { path });
    expect((await app.ask('backup.cancel', {})).running).toBeNull();
    expect(await checking).toBe('backup-cancelled');
    expect(existsSync(join(app.folder, 'scratch'))).toBe(false);
    expect((await app.ask('backup.cancel', {})).running).toBeNull();
    expect(await app.ask('backup.verify', { path })).toEqual(content);
  });

  it('one that has its name is not stopped any more', async () => {
    const gate = newGate();
    expect([mayName(gate), mayCancel(gate)]).toEqual([true, false]);
    const other = newGate();
    expect([mayCancel(other), mayName(other)]).toEqual([true, false]);
  });

  it('ends a backup that is under way when it closes, and leaves nothing of it with a backup’s name', async () => {
    const app = await openReady();
    await examine(app);
    const target = temporaryFolder();
    const making = app.call('backup.create', { folder: target });
    await vi.waitFor(() => expect(app.events).toContain('backup.changed'), WAIT);
    await app.close();
    const reply = await making;
    if (!reply.ok) expect(reply.error.code).toBe('not-ready');
    const names = readdirSync(target).filter((name) => name.endsWith('.ccbackup'));
    expect(names).toHaveLength(reply.ok ? 1 : 0);
  });
});

describe('on another machine', () => {
  it('a station that was brought back stays, though somebody was about to make a new one', async () => {
    const old = await openApp();
    const { recoveryKey } = await old.ask('station.setup', setupOf());
    await old.signIn(OFFICER);
    const id = await examine(old);
    const { path } = await old.ask('backup.create', { folder: temporaryFolder() });
    await old.close();

    const { promise: restored, resolve } = Promise.withResolvers<void>();
    const wrapKey = async (key: Uint8Array): Promise<Uint8Array> => {
      await restored;
      return key;
    };
    const unwrapKey = (key: Uint8Array): Promise<Uint8Array> => Promise.resolve(key);
    const can = { ...NO_SHELL.can, wrapKey: true };
    const app = await openApp({ shell: { ...NO_SHELL, can, wrapKey, unwrapKey } });
    const making = app.codeOf('station.setup', setupOf());
    await app.ask('backup.restore', { path, recoveryKey });
    resolve();
    expect(await making).toBe('already-saved');
    await app.signIn(OFFICER);
    expect((await app.ask('history.search', ALL)).rows).toMatchObject([{ id }]);
  });

  it('the station is brought back with the recovery key alone, and its people sign in', async () => {
    const old = await openApp();
    const { recoveryKey } = await old.ask('station.setup', setupOf());
    await old.signIn(OFFICER);
    const id = await examine(old);
    await old.ask('protection.record', { id: newId(), examinationId: id, signs: ['A1'], note: 'a note' });
    const target = temporaryFolder();
    const { path, content } = await old.ask('backup.create', { folder: target });
    await old.close();

    const app = await openApp();
    expect((await app.ask('vault.state', {})).phase).toBe('new');
    expect((await app.ask('backup.find', { folder: target })).files.map((file) => file.path)).toEqual([path]);
    const mistyped = recoveryKey.replace(/^./u, (char) => (char === 'A' ? 'B' : 'A'));
    expect(await app.call('backup.restore', { path, recoveryKey: mistyped })).toMatchObject({
      error: { code: 'recovery-wrong', fields: ['recoveryKey.0'] },
    });
    const restored = await app.ask('backup.restore', { path, recoveryKey: recoveryKey.toLowerCase() });
    expect(restored).toEqual({ content, erasedAgain: 0 });
    expect((await app.ask('vault.state', {})).phase).toBe('sealed');
    expect(await app.codeOf('backup.restore', { path, recoveryKey })).toBe('folder-not-empty');
    expect(await app.codeOf('backup.find', { folder: target })).toBe('signed-out');

    await app.ask('vault.sign-in', { name: OFFICER.signInName, secret: OFFICER.secret });
    const { rows } = await app.ask('history.search', ALL);
    expect(rows.map((row) => row.id)).toEqual([id]);
    const [document] = (await app.ask('history.open', { id })).documents;
    const picture = await app.getImage(document?.images[0]?.id ?? '', 'original');
    expect(picture.ok).toBe(true);
    expect(await app.ask('audit.verify', {})).toMatchObject({ ok: true, restoredAt: [expect.any(Number)] });
    expect(
      await app.codeOf('protection.record', { id: newId(), examinationId: id, signs: ['A1'], note: '' }),
    ).toBe('ok');
    expect(app.faults).toEqual([]);
  });
});
