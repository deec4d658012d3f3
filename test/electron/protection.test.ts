// Protection is told to its own file alone: nothing else in the folder, the record or the faults knows of it.
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { eraseProtection, insertProtection, type ProtectionRow } from '../../electron/db/protection.ts';
import { openProtection } from '../../electron/db/protection-file.ts';
import type { Db } from '../../electron/db/open.ts';
import { deriveKey } from '../../electron/keys.ts';
import type { ServiceContext } from '../../electron/services/context.ts';
import { createProtectionService } from '../../electron/services/protection.ts';
import {
  databaseOf,
  dataKeyOf,
  draftOf,
  newId,
  openAgain,
  openReady,
  refer,
  temporaryFolder,
  type TestApp,
  TODAY,
} from './fixtures.ts';

const NOTE = 'answers for her before she can speak';
const now = (): Date => new Date();
const protectionOf = async (folder: string): Promise<Db> =>
  openProtection(folder, deriveKey(await dataKeyOf(folder), 'protection'), now);

/** Everything a database holds, as text: table definitions and every row of every table. */
function dump(db: Db): string {
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  const rows = tables.map((table) => [table, db.prepare(`SELECT * FROM "${table}"`).all()]);
  return JSON.stringify([db.prepare('SELECT * FROM sqlite_schema').all(), rows]);
}

/** An entry with as much in it as an officer writes in a long talk. */
const longEntry = (): ProtectionRow => ({
  id: newId(),
  examinationId: newId(),
  signs: [],
  note: NOTE.repeat(80),
  needs: [],
  answers: [],
  referral: null,
  stationId: newId(),
  officerId: newId(),
  at: now().toISOString(),
  submittedSha256: '',
});

async function protectedTraveller(): Promise<{ app: TestApp; caseId: string; id: string }> {
  const app = await openReady();
  const draft = draftOf((await app.image()).id);
  await app.ask('draft.save', draft);
  const id = newId();
  await app.ask('protection.record', { id, examinationId: draft.id, signs: ['VT.01'], note: NOTE });
  await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
  return { app, caseId: draft.id, id };
}

describe('protection', () => {
  it('lies in its own file with its own key, and names the case', async () => {
    const { app, caseId, id } = await protectedTraveller();
    await app.close();
    const db = await protectionOf(app.folder);
    expect(db.prepare('SELECT id, examination_id, signs, note FROM protection').all()).toEqual([
      { id, examination_id: caseId, signs: '["VT.01"]', note: NOTE },
    ]);
    expect(db.prepare('SELECT action, subject_id FROM audit').all()).toEqual([
      { action: 'protection.saved', subject_id: id },
    ]);
    expect(() => db.exec('DELETE FROM protection')).toThrow('append-only');
    expect(() => db.exec("UPDATE protection SET note = ''")).toThrow('append-only');
    db.close();
  });

  it('keeps needs, answers and where help was asked for, and an erased entry holds none of them', async () => {
    const app = await openReady();
    const entry = {
      id: newId(),
      examinationId: newId(),
      signs: ['TI05'],
      note: NOTE,
      needs: ['water' as const, 'apart-from-companion' as const],
      answers: [{ questionId: 'Q08', note: 'her cousin has it' }],
      referral: {
        contactId: null,
        contactName: 'Night shelter',
        consent: 'yes' as const,
        dispositions: ['protection_referral' as const],
      },
    };
    await app.ask('protection.record', entry);
    expect(await app.codeOf('protection.record', entry)).toBe('ok');
    expect(await app.codeOf('protection.record', { ...entry, needs: [] })).toBe('already-saved');
    await app.close();
    const db = await protectionOf(app.folder);
    const kept = () => db.prepare('SELECT needs, answers, referral FROM protection').all();
    const { needs, answers, referral } = entry;
    expect(kept()).toEqual([
      {
        needs: JSON.stringify(needs),
        answers: JSON.stringify(answers),
        referral: JSON.stringify(referral),
      },
    ]);
    const half = `UPDATE protection SET examination_id = '', signs = '[]', note = '', submitted_sha256 = '', erased_at = '1'`;
    expect(() => db.exec(half)).toThrow('append-only');
    eraseProtection(db, '9999', () => false, '2030-01-01T00:00:00.000Z');
    expect(kept()).toEqual([{ needs: '[]', answers: '[]', referral: 'null' }]);
    db.close();
  });

  it('files do not show when the second line wrote an entry: their times are set again and again', async () => {
    const folder = temporaryFolder();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const context = { dataFolder: folder, now, actor: () => null } as unknown as ServiceContext;
    const service = createProtectionService(context, randomBytes(32));
    try {
      service.prepare();
      service.start();
      const path = join(folder, 'protection.db');
      utimesSync(path, now(), now());
      vi.advanceTimersByTime(30_000);
      expect(statSync(path).mtime.toISOString()).toBe('2000-01-01T00:00:00.000Z');
      service.stop();
      utimesSync(path, now(), now());
      vi.advanceTimersByTime(60_000);
      expect(statSync(path).mtime.getUTCFullYear()).toBeGreaterThan(2000);
    } finally {
      service.stop();
      vi.useRealTimers();
    }
  });

  it('leaves no trace in the ordinary store, its files, its answers or its events', async () => {
    const { app, caseId, id } = await protectedTraveller();
    const record = await app.ask('history.open', { id: caseId });
    expect(record.decisions).toMatchObject([{ outcome: 'referred', reasons: ['at-second-line'] }]);
    const told = JSON.stringify([record, app.events, app.faults, await app.ask('station.state', {})]);
    await app.close();
    const db = await databaseOf(app.folder);
    const ordinary = dump(db);
    db.close();
    expect(ordinary).toContain(caseId);
    for (const text of [told, ordinary]) {
      expect(text).not.toMatch(/protect/i);
      expect(text).not.toContain(id);
      expect(text).not.toContain(NOTE);
      expect(text).not.toContain('VT.01');
    }
    for (const name of readdirSync(app.folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(app.folder, name);
      if (!statSync(path).isFile()) continue;
      const bytes = readFileSync(path);
      for (const clear of [id, NOTE, 'VT.01']) expect(bytes.includes(clear), name).toBe(false);
    }
  });

  it('looks in the ordinary store like any other traveller sent to second line', async () => {
    const { app, caseId } = await protectedTraveller();
    const plain = draftOf((await app.image()).id);
    await app.ask('examination.save', { ...plain, judgedOn: TODAY, decision: refer() });
    const [one, other] = [
      await app.ask('history.open', { id: caseId }),
      await app.ask('history.open', { id: plain.id }),
    ];
    const shape = (record: typeof one): unknown => ({
      reasons: record.decisions.map(({ outcome, reasons, note }) => [outcome, reasons, note]),
      findings: record.documents.map(({ findings }) => findings),
    });
    expect(shape(one)).toEqual(shape(other));
  });

  it('file is there from the first start, so that its being there says nothing', async () => {
    const app = await openReady();
    expect(readdirSync(app.folder)).toEqual(expect.arrayContaining(['protection.db', 'protection.key']));
  });

  it('file is made anew where both it and its key are gone, and where one is, the station still opens', async () => {
    const first = await openReady();
    await first.close();
    const [db, key] = ['protection.db', 'protection.key'].map((name) => join(first.folder, name));
    if (db === undefined || key === undefined) throw new Error('no names');
    for (const path of [db, key]) rmSync(path);
    const second = await openAgain(first.folder);
    expect(readdirSync(first.folder)).toEqual(expect.arrayContaining(['protection.db', 'protection.key']));
    await second.close();
    rmSync(db);
    const third = await openAgain(first.folder);
    expect(third.failure).toBeNull();
    const entry = { id: newId(), examinationId: newId(), signs: [], note: NOTE };
    expect(await third.codeOf('protection.record', entry)).toBe('store-damaged');
    expect(existsSync(db)).toBe(false);
  });

  it('files tell neither when nor how often: names, sizes, times and permissions stay as they are', async () => {
    const app = await openReady();
    const seen = (): unknown =>
      readdirSync(app.folder)
        .filter((name) => name.startsWith('protection'))
        .sort()
        .map((name) => {
          const { size, mtimeMs, mode, ino, blocks } = statSync(join(app.folder, name));
          return [name, size, mtimeMs, mode, ino, blocks];
        });
    const folderTime = (): number => statSync(app.folder).mtimeMs;
    const [before, folderBefore] = [seen(), folderTime()];
    for (let i = 0; i < 12; i += 1) {
      const answers = Array.from({ length: 10 }, (_, at) => ({
        questionId: `Q${at}`,
        note: NOTE.repeat(20),
      }));
      const entry = {
        id: newId(),
        examinationId: newId(),
        signs: ['VT.01'],
        note: NOTE.repeat(100),
        answers,
      };
      await app.ask('protection.record', entry);
      expect(await app.codeOf('protection.record', { ...entry, note: '' })).toBe('already-saved');
      expect(seen()).toEqual(before);
    }
    expect(folderTime()).toBe(folderBefore);
    await app.close();
    await openAgain(app.folder);
    expect(seen()).toEqual(before);
    const db = await protectionOf(app.folder);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.prepare('SELECT count(*) FROM protection').pluck().get()).toBe(12);
    db.close();
  });

  it('file grows at a start and not with an entry, by steps that tell no number of entries', async () => {
    const app = await openReady();
    const path = join(app.folder, 'protection.db');
    const size = (): number => statSync(path).size;
    const made = size();
    await app.close();
    const write = async (entries: number): Promise<void> => {
      const db = await protectionOf(app.folder);
      for (let index = 0; index < entries; index += 1) insertProtection(db, longEntry());
      db.close();
    };
    const STEP = 512 * 4096;
    let before = made;
    for (const entries of [300, 420, 440]) {
      await write(entries);
      expect(size()).toBe(before);
      const later = await openAgain(app.folder);
      // Written or not: an entry finds room.
      await expect.poll(size).toBeGreaterThan(before);
      expect(size() % STEP).toBe(0);
      expect(size() - before).toBeLessThanOrEqual(STEP);
      before = size();
      await later.ask('protection.record', { id: newId(), examinationId: newId(), signs: [], note: NOTE });
      expect(size()).toBe(before);
      await later.close();
    }
    await (await openAgain(app.folder)).close();
    expect(size()).toBe(before);
  });

  it('files that a cut left in the middle of a write are mended at the next start', async () => {
    const app = await openReady();
    const kept = { id: newId(), examinationId: newId(), signs: ['VT.01'], note: NOTE };
    await app.ask('protection.record', kept);
    await app.close();
    // A writer of its own, its files copied while its write is neither done nor given up.
    const db = await protectionOf(app.folder);
    db.pragma('cache_size = 1');
    db.exec('BEGIN IMMEDIATE; CREATE TABLE half (x TEXT) STRICT');
    db.exec(`WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 200)
      INSERT INTO half SELECT hex(randomblob(2000)) FROM c`);
    const cut = temporaryFolder();
    cpSync(app.folder, cut, { recursive: true });
    db.exec('ROLLBACK');
    db.close();
    const journal = join(cut, 'protection.db-journal');
    expect(statSync(journal).size).toBeGreaterThan(0);
    const later = await openAgain(cut);
    expect(statSync(journal).size).toBe(0);
    expect(statSync(journal).mtimeMs).toBe(statSync(join(cut, 'protection.key')).mtimeMs);
    expect(await later.codeOf('protection.record', kept)).toBe('ok');
    await later.close();
    const mended = await protectionOf(cut);
    expect(mended.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(mended.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
    mended.close();
  });

  it('files were last touched when a traveller was last decided on, protected or not', async () => {
    const { app } = await protectedTraveller();
    const touched = (): number[] =>
      ['protection.db', 'protection.db-journal', 'protection.key'].map(
        (name) => statSync(join(app.folder, name)).ctimeMs,
      );
    const before = touched();
    const moved = async (): Promise<boolean[]> => {
      await app.ask('examination.save', { ...draftOf(), judgedOn: TODAY, decision: refer() });
      return touched().map((time, index) => time > (before[index] ?? 0));
    };
    // A file system may tell two moments apart only some milliseconds later.
    await expect.poll(moved, { timeout: 10_000, interval: 5 }).toEqual([true, true, true]);
  });

  it('that cannot be written is told to whoever wrote it, and to no log', async () => {
    const app = await openReady();
    rmSync(join(app.folder, 'protection.key'));
    mkdirSync(join(app.folder, 'protection.key'));
    const entry = { id: newId(), examinationId: newId(), signs: ['VT.01'], note: NOTE };
    expect(await app.codeOf('protection.record', entry)).toBe('internal');
    expect(app.faults).toEqual([]);
  });

  it('is saved once, however often it is sent', async () => {
    const app = await openReady();
    const entry = { id: newId(), examinationId: newId(), signs: ['VT.01'], note: NOTE };
    const first = await app.ask('protection.record', entry);
    expect(await app.ask('protection.record', entry)).toEqual(first);
    expect(await app.codeOf('protection.record', { ...entry, note: 'other' })).toBe('already-saved');
  });
});
