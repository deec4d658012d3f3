// Backups: what went in comes out, whatever was cut or changed is told, and an old one outlives a new one that fails.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBackup, type Created } from '../../../electron/backup/create.ts';
import { findBackups, isMarked, markFolder } from '../../../electron/backup/folder.ts';
import { readBackup } from '../../../electron/backup/read.ts';
import { finishRestore, restoreBackup } from '../../../electron/backup/restore.ts';
import { erasureLines } from '../../../electron/db/erasures.ts';
import { loadImageKeys } from '../../../electron/db/image-keys.ts';
import { connect } from '../../../electron/db/open.ts';
import { eraseRecords } from '../../../electron/db/retention.ts';
import { verifyAudit } from '../../../electron/db/verify.ts';
import { failureOf } from '../../../electron/failure.ts';
import { openVault } from '../../../electron/images/vault.ts';
import { newKey, newKeyPair } from '../../../electron/keys.ts';
import { CAN_MOUNT, fill, smallDisk } from '../disks.ts';
import { newId, temporaryFolder } from '../fixtures.ts';
import { idOf, onDay, STATION_ID } from '../records.ts';
import { MADE_AT, makeStore, type Store } from './store.ts';

const NOW = () => new Date('2026-11-23T08:00:00.000Z');
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: unknown) => failureOf(error).code,
  );

async function backUp(store: Store, target: string, madeAt?: string): Promise<Created> {
  const { job, snapshot } = store.job(target, madeAt);
  try {
    return await createBackup(job);
  } finally {
    snapshot.release();
  }
}

const ids = (store: Pick<Store, 'db'>): unknown[] =>
  store.db.prepare('SELECT id, submitted_sha256 FROM examination ORDER BY id').raw().all();

/** What a folder of backups holds by name; the list of erasures is told by its own test. */
const namesIn = (folder: string): string[] => readdirSync(folder).sort();

describe('a backup', () => {
  it('brings back every record, picture and key file in an empty place, by the recovery key alone', async () => {
    const store = await makeStore(temporaryFolder(), ['a', 'b', 'c']);
    const target = temporaryFolder();
    const made = await backUp(store, target);
    expect(made).toMatchObject({ examinations: 3, pictures: 3, missing: 0, auditWhole: true, removed: 0 });
    expect(namesIn(target)).toEqual([`countercheck-${STATION_ID}-20261122T200000Z.ccbackup`]);
    expect(existsSync(join(store.folder, 'scratch'))).toBe(false);
    expect(await findBackups(target)).toEqual([
      {
        path: made.path,
        bytes: statSync(made.path).size,
        stationId: STATION_ID,
        madeAt: MADE_AT,
        version: '0.0.0-test',
      },
    ]);

    const place = join(temporaryFolder(), 'new');
    const opener = { to: 'recovery', key: store.recovery.privateKey } as const;
    const restored = await restoreBackup({ path: made.path, opener, dataFolder: place, now: NOW });
    expect(restored).toMatchObject({ examinations: 3, pictures: 3, erasedAgain: 0 });
    expect(namesIn(place)).toEqual([
      'images',
      'protection.db',
      'protection.key',
      'station.db',
      'station.keys',
    ]);
    for (const name of ['station.keys', 'protection.db', 'protection.key'])
      expect(readFileSync(join(place, name))).toEqual(readFileSync(join(store.folder, name)));
    const db = connect(join(place, 'station.db'), store.dataKey, 'WAL');
    expect(ids({ db })).toEqual(ids(store));
    expect(verifyAudit(db)).toMatchObject({ ok: true, restoredAt: [7] });
    const vault = openVault(join(place, 'images'), loadImageKeys(db));
    expect(await vault.get(idOf('b picture 0'))).toMatchObject({ bytes: Buffer.from('["b",0]') });
    db.close();
    store.db.close();
  });

  it('holds the state of its beginning while work goes on', async () => {
    const store = await makeStore(temporaryFolder(), ['a']);
    const target = temporaryFolder();
    const { job, snapshot } = store.job(target);
    await store.add(['b', 'c']);
    expect(await createBackup(job)).toMatchObject({ examinations: 1, pictures: 1, auditWhole: true });
    snapshot.release();
    expect(statSync(join(store.folder, 'station.db-wal')).size).toBe(0);
    expect(await backUp(store, target, '2026-11-22T21:00:00.000Z')).toMatchObject({ examinations: 3 });
    store.db.close();
  });

  it('opens with no other key, and a box of another backup does not fit', async () => {
    const store = await makeStore(temporaryFolder(), ['a']);
    const { path } = await backUp(store, temporaryFolder());
    const folder = join(temporaryFolder(), 'x');
    for (const opener of [
      { to: 'recovery', key: newKeyPair().privateKey },
      { to: 'station', key: newKey() },
      { to: 'recovery', key: store.dataKey },
    ] as const) {
      expect(await codeOf(readBackup({ path, opener, folder, keep: true }))).toBe('backup-key');
      expect(existsSync(folder)).toBe(false);
    }
    store.db.close();
  });

  it('holds nothing in clear, neither in its file nor in the place where it is tried', async () => {
    const store = await makeStore(temporaryFolder(), ['a']);
    const { path } = await backUp(store, temporaryFolder());
    const bytes = readFileSync(path);
    for (const text of ['ERIKSSON', 'L898902C3', 'A. Officer', 'Zenda', 'the file of keys', 'SQLite'])
      expect(bytes.includes(text), text).toBe(false);
    store.db.close();
  });

  it('counts pictures that the station has lost or that were damaged there, and saves all others', async () => {
    const store = await makeStore(temporaryFolder(), ['a', 'b', 'c']);
    const pathOf = (name: string) => join(store.folder, 'images', `${idOf(`${name} picture 0`)}.ccimg`);
    rmSync(pathOf('a'));
    truncateSync(pathOf('b'), 40);
    const made = await backUp(store, temporaryFolder());
    expect(made).toMatchObject({ examinations: 3, pictures: 1, missing: 2 });
    store.db.close();
  });

  it('of a store whose records were tampered with is made all the same, and says so', async () => {
    const store = await makeStore(temporaryFolder(), ['a']);
    store.db.exec(`DROP TRIGGER document_no_update; UPDATE document SET number = 'X'`);
    expect(await backUp(store, temporaryFolder())).toMatchObject({ examinations: 1, auditWhole: false });
    store.db.close();
  });
});

describe('a backup that was cut or changed', () => {
  it('is told at any byte, and leaves nothing behind', async () => {
    const store = await makeStore(temporaryFolder(), ['a']);
    const { path, bytes } = await backUp(store, temporaryFolder());
    const whole = readFileSync(path);
    const opener = { to: 'recovery', key: store.recovery.privateKey } as const;
    const place = temporaryFolder();
    const other = join(temporaryFolder(), 'other');
    const restoring = () => codeOf(restoreBackup({ path: other, opener, dataFolder: place, now: NOW }));
    const header = 12 + whole.readUInt32BE(8);
    const chunk = 1024 * 1024 + 16;
    const cuts = [
      0,
      1,
      7,
      8,
      11,
      12,
      13,
      header - 1,
      header,
      header + 1,
      header + chunk,
      header + 2 * chunk,
      bytes - 1,
    ];
    for (let at = 1; at < 12; at += 1) cuts.push(Math.floor((bytes * at) / 12));
    for (const cut of cuts) {
      writeFileSync(other, whole.subarray(0, cut));
      expect(await restoring(), `cut at ${cut} of ${bytes}`).toBe('backup-damaged');
    }
    writeFileSync(other, Buffer.concat([whole, Buffer.alloc(1)]));
    expect(await restoring()).toBe('backup-damaged');
    // Two whole chunks that change places.
    const swapped = Buffer.from(whole);
    whole.copy(swapped, header, header + chunk, header + 2 * chunk);
    whole.copy(swapped, header + chunk, header, header + chunk);
    writeFileSync(other, swapped);
    expect(await restoring()).toBe('backup-damaged');
    const places = [
      0,
      8,
      11,
      12,
      20,
      60,
      100,
      header - 3,
      header,
      header + chunk - 1,
      header + chunk,
      bytes - 1,
    ];
    for (let at = 0; at < 24; at += 1) places.push(Math.floor((bytes * (at + 0.37)) / 24));
    for (const at of places) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(other, changed);
      expect(await restoring(), `byte ${at} of ${bytes}`).toMatch(/^backup-(damaged|key|newer)$/u);
    }
    expect(readdirSync(place)).toEqual([]);
    writeFileSync(other, whole);
    expect(await restoring()).toBe('ok');
    store.db.close();
  });

  it('of a newer program is refused as such', async () => {
    const store = await makeStore(temporaryFolder(), []);
    store.db.pragma('user_version = 9999');
    const { job, snapshot } = store.job(temporaryFolder());
    expect(await codeOf(createBackup(job))).toBe('backup-newer');
    snapshot.release();
    store.db.close();
  });
});

describe('the folder of backups', () => {
  it('keeps the newest, lets expired ones go, and never touches another station’s', async () => {
    const store = await makeStore(temporaryFolder(), []);
    const target = temporaryFolder();
    const foreign = join(target, `countercheck-${newId()}-20200101T000000Z.ccbackup`);
    writeFileSync(foreign, 'somebody else’s');
    writeFileSync(join(target, 'holiday.jpg'), 'mine');
    const stamps = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05'];
    for (const day of stamps) await backUp(store, target, `${day}T00:00:00.000Z`);
    const kept = () => namesIn(target).flatMap((name) => /-(\d{8})T.*\.ccbackup$/u.exec(name)?.[1] ?? []);
    expect(kept()).toEqual(expect.arrayContaining(['20200101', '20261103', '20261104', '20261105']));
    expect(kept()).toHaveLength(4);
    const { job, snapshot } = store.job(target, '2026-11-06T00:00:00.000Z');
    const made = await createBackup({ ...job, expiredBefore: '2026-11-05T00:00:00.000Z' });
    snapshot.release();
    expect(made.removed).toBe(2);
    expect(kept().sort()).toEqual(['20200101', '20261105', '20261106']);
    expect(existsSync(join(target, 'holiday.jpg'))).toBe(true);
    store.db.close();
  });

  it('keeps the old backup when the new one cannot be verified or the stick is torn out', async () => {
    const store = await makeStore(temporaryFolder(), ['a']);
    const target = temporaryFolder();
    await backUp(store, target, '2026-11-01T00:00:00.000Z');
    const before = namesIn(target);
    // Bytes that the stick swallowed: they are missed when it is read back.
    const first = store.job(target, '2026-11-02T00:00:00.000Z');
    const swallowed = createBackup({ ...first.job, keep: 1 }, (step) => {
      const name = readdirSync(target).find((each) => each.endsWith('.part'));
      if (step === 'checking' && name !== undefined) truncateSync(join(target, name), 2_000_000);
    });
    // The file is cut once its checking has begun, so it may be the reading or the naming that finds it out.
    expect(await codeOf(swallowed)).toBe('backup-damaged');
    first.snapshot.release();
    expect(namesIn(target)).toEqual(before);

    const away = `${target}-away`;
    const second = store.job(target, '2026-11-03T00:00:00.000Z');
    const torn = createBackup({ ...second.job, keep: 1 }, () => {
      if (existsSync(target)) renameSync(target, away);
    });
    expect(await codeOf(torn)).toBe('folder-gone');
    second.snapshot.release();
    expect(existsSync(join(store.folder, 'scratch'))).toBe(false);
    // What was cut goes with the next backup; until then it has no backup's name.
    renameSync(away, target);
    expect((await findBackups(target)).map(({ madeAt }) => madeAt)).toEqual(['2026-11-01T00:00:00.000Z']);
    await backUp(store, target, '2026-11-04T00:00:00.000Z');
    expect(namesIn(target).filter((name) => name.endsWith('.part'))).toEqual([]);
    store.db.close();
  });

  it('keeps the old backup, and no other, when the new one is given up at the last moment', async () => {
    const store = await makeStore(temporaryFolder(), ['a']);
    const target = temporaryFolder();
    await backUp(store, target, '2026-11-01T00:00:00.000Z');
    const before = namesIn(target);
    const { job, snapshot } = store.job(target, '2026-11-02T00:00:00.000Z');
    const steps = new Set<string>();
    const given = createBackup(
      { ...job, keep: 1 },
      (step) => steps.add(step),
      () => false,
    );
    expect(await codeOf(given)).toBe('backup-cancelled');
    snapshot.release();
    expect([...steps]).toEqual(['writing', 'checking']);
    expect(namesIn(target)).toEqual(before);
    expect(existsSync(job.scratch)).toBe(false);
    store.db.close();
  });

  it('names no backup where the list of what was erased cannot be kept beside it', async () => {
    const store = await makeStore(temporaryFolder(), ['Ada']);
    const target = temporaryFolder();
    // Whatever stands in the way: here a folder has the name of the list.
    mkdirSync(join(target, `countercheck-${STATION_ID}-erasures.jsonl`));
    const { job, snapshot } = store.job(target);
    await expect(createBackup({ ...job, erasures: ['{}'] })).rejects.toThrow();
    snapshot.release();
    expect(namesIn(target)).toEqual([`countercheck-${STATION_ID}-erasures.jsonl`]);
    store.db.close();
  });

  it('is refused where it is gone, takes no file, or has no room', async () => {
    const store = await makeStore(temporaryFolder(), []);
    const { job, snapshot } = store.job(join(store.folder, 'nowhere'));
    expect(await codeOf(createBackup(job))).toBe('folder-gone');
    expect(await codeOf(createBackup({ ...job, folder: 'relative' }))).toBe('folder-gone');
    const target = temporaryFolder();
    // More than any disk of a counter has left; nothing is written for it.
    const huge = { ...job, folder: target, database: { ...job.database, bytes: 2 ** 52 } };
    expect(await codeOf(createBackup(huge))).toBe('disk-full');
    expect(namesIn(target)).toEqual([]);
    snapshot.release();
    store.db.close();
  });

  it.runIf(CAN_MOUNT)('is not tried where that would fill the disk of the counter', async () => {
    const disk = smallDisk(96);
    const store = await makeStore(join(disk, 'data'), []);
    store.db.exec('CREATE TABLE large AS SELECT randomblob(8000000) AS bytes');
    const { job, snapshot } = store.job(temporaryFolder());
    fill(disk, 16_000_000);
    expect(await codeOf(createBackup(job))).toBe('disk-full');
    expect(readdirSync(job.folder)).toEqual([]);
    fill(disk, null);
    expect(await codeOf(createBackup(job))).toBe('ok');
    snapshot.release();
    store.db.close();
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'folder-read-only'],
    ['EIO', 'folder-gone'],
    ['ENODEV', 'folder-gone'],
  ])('that answers %s in the middle is told as %s, and holds what it held before', async (errno, code) => {
    const store = await makeStore(temporaryFolder(), ['a']);
    const target = temporaryFolder();
    await backUp(store, target, '2026-11-01T00:00:00.000Z');
    const before = namesIn(target);
    for (const moment of ['writing', 'checking']) {
      const { job, snapshot } = store.job(target, '2026-11-02T00:00:00.000Z');
      const refused = createBackup({ ...job, keep: 1 }, (step) => {
        if (step === moment) throw Object.assign(new Error('refused'), { code: errno });
      });
      expect(await codeOf(refused), moment).toBe(code);
      snapshot.release();
      expect(namesIn(target)).toEqual(before);
      expect(existsSync(join(store.folder, 'scratch'))).toBe(false);
    }
    store.db.close();
  });

  it('is known by its mark from the empty place where a stick would be', async () => {
    const target = temporaryFolder();
    expect(await isMarked(target)).toBe(false);
    await markFolder(target);
    expect(await isMarked(target)).toBe(true);
    expect(await codeOf(markFolder(join(target, 'nowhere')))).toBe('folder-gone');
  });
});

describe('restoring', () => {
  it('refuses a folder in which a station lies or has left something', async () => {
    const store = await makeStore(temporaryFolder(), ['a']);
    const { path } = await backUp(store, temporaryFolder());
    const opener = { to: 'station', key: store.dataKey } as const;
    for (const name of ['station.db', 'station.keys', 'station.key', 'protection.db', 'images/x.ccimg']) {
      const place = temporaryFolder();
      mkdirSync(join(place, 'images'));
      writeFileSync(join(place, name), 'something');
      expect(await codeOf(restoreBackup({ path, opener, dataFolder: place, now: NOW })), name).toBe(
        'folder-not-empty',
      );
      expect(readFileSync(join(place, name), 'utf8')).toBe('something');
    }
    store.db.close();
  });

  it('erases again what was erased after the backup, by the list beside it', async () => {
    const store = await makeStore(temporaryFolder(), ['a', 'b']);
    const target = temporaryFolder();
    const old = await backUp(store, target, '2026-11-01T00:00:00.000Z');
    const run = { id: newId(), erasedAt: onDay(300), at: onDay(300), officerId: null };
    eraseRecords(store.db, [{ id: idOf('a'), rule: 'test' }], run);
    const { job, snapshot } = store.job(target, '2026-11-02T00:00:00.000Z');
    const newer = await createBackup({ ...job, erasures: erasureLines(store.db) });
    snapshot.release();
    rmSync(newer.path);

    const place = temporaryFolder();
    const opener = { to: 'recovery', key: store.recovery.privateKey } as const;
    const restored = await restoreBackup({ path: old.path, opener, dataFolder: place, now: NOW });
    expect(restored).toMatchObject({ examinations: 2, erasedAgain: 1 });
    expect(readdirSync(join(place, 'images'))).toEqual([`${idOf('b picture 0')}.ccimg`]);
    const db = connect(join(place, 'station.db'), store.dataKey, 'WAL');
    expect(db.prepare(`SELECT number FROM document WHERE examination_id = ?`).pluck().get(idOf('a'))).toBe(
      '',
    );
    expect(
      db.prepare(`SELECT number FROM document WHERE examination_id = ?`).pluck().get(idOf('b')),
    ).not.toBe('');
    expect(verifyAudit(db).ok).toBe(true);
    // It can be restored from this store again: the list came along, and all of it. What this backup does not hold may be
    // in the next that is brought back here.
    const list = readFileSync(join(place, 'erasures.jsonl'), 'utf8').split('\n');
    for (const line of erasureLines(store.db)) expect(list).toContain(line);
    db.close();
    store.db.close();
  });

  it('that was cut is undone, and one that was whole is finished', async () => {
    const store = await makeStore(temporaryFolder(), ['a']);
    const { path } = await backUp(store, temporaryFolder());
    const opener = { to: 'station', key: store.dataKey } as const;
    const place = temporaryFolder();
    await restoreBackup({ path, opener, dataFolder: place, now: NOW });
    const whole = namesIn(place);
    const under = join(place, 'restoring');

    // Cut at each step of the moving: what is still under way comes to its place.
    for (let moved = 0; moved <= whole.length; moved += 1) {
      mkdirSync(under);
      writeFileSync(join(under, 'complete'), '');
      const left = ['images', 'protection.db', 'protection.key', 'station.db', 'station.keys'].slice(moved);
      for (const name of left) renameSync(join(place, name), join(under, name));
      if (moved === 0) mkdirSync(join(place, 'images'));
      finishRestore(place);
      expect(namesIn(place), `moved ${moved}`).toEqual(whole);
      expect(readdirSync(join(place, 'images'))).toHaveLength(1);
    }

    const empty = temporaryFolder();
    mkdirSync(join(empty, 'restoring', 'images'), { recursive: true });
    writeFileSync(join(empty, 'restoring', 'station.db'), 'half');
    finishRestore(empty);
    expect(namesIn(empty)).toEqual([]);
    store.db.close();
  });
});
