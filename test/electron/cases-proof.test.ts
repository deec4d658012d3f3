// What is left of a case when somebody changes it, erases it, moves it to a newer version: told, proven, and nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { keptAnchors } from '../../electron/db/anchors.ts';
import { digestOf } from '../../electron/db/audit.ts';
import { isCase, listCases, loadCaseActs, loadCaseEntries, standingOf } from '../../electron/db/cases.ts';
import { erasureLines, replayErasures } from '../../electron/db/erasures.ts';
import { loadExamination, recordedImages } from '../../electron/db/examinations.ts';
import { applyMigrations, versionOf } from '../../electron/db/migrate.ts';
import { STATION_MIGRATIONS } from '../../electron/db/migrations/station.ts';
import { type Db, emptyLog } from '../../electron/db/open.ts';
import { survivingDigest } from '../../electron/db/record-digests.ts';
import { dueRecords, eraseRecords, WALK_START } from '../../electron/db/retention.ts';
import { verifyAudit } from '../../electron/db/verify.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import { temporaryFolder } from './fixtures.ts';
import { changeRecord, enterInCase, idOf, memoryStore, OFFICER_ID, onDay, saveRecord } from './records.ts';

const NOTE = 'the thread was sewn twice';
const CASE = 'r1';
const ENTRIES = ['taken', 'answer', 'picture', 'outcome', 'signed'];

/** A record with a case of which everything was told, and one beside it. */
function withCase(db: Db = memoryStore()): Db {
  for (const name of ['r0', CASE]) saveRecord(db, { name, at: onDay(1), outcome: 'referred' });
  enterInCase(db, CASE, 'taken', { kind: 'taken', at: onDay(2) });
  const marks = [{ note: NOTE }];
  enterInCase(db, CASE, 'answer', {
    kind: 'answer',
    at: onDay(2),
    content: { itemId: 'S1', note: NOTE, marks },
  });
  enterInCase(db, CASE, 'picture', {
    kind: 'image',
    at: onDay(2),
    content: { image: { id: idOf('macro') } },
    picture: { name: 'macro', sha256: digestOf('macro') },
  });
  enterInCase(db, CASE, 'outcome', {
    kind: 'outcome',
    at: onDay(2),
    outcome: 'L2.forged',
    content: { outcome: 'L2.forged', note: NOTE },
  });
  enterInCase(db, CASE, 'signed', { kind: 'signed', at: onDay(3), signs: 'outcome' });
  return db;
}

const erase = (db: Db, at = onDay(40), name = CASE): string[] =>
  eraseRecords(db, [{ id: idOf(name), rule: 'others' }], {
    id: idOf(`run ${name}`),
    erasedAt: at,
    at,
    officerId: OFFICER_ID,
  });

function withoutTriggers(db: Db): Db {
  for (const table of ['case_entry', 'case_image']) {
    for (const verb of ['update', 'delete']) db.exec(`DROP TRIGGER IF EXISTS ${table}_no_${verb}`);
    db.exec(`DROP TRIGGER IF EXISTS ${table}_not_after_erasing`);
  }
  db.pragma('foreign_keys = OFF');
  return db;
}

/** Every column of the entries, as the database has them. */
const columnsOf = (db: Db, table: string): string[] =>
  db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);

const entryId = (name: string): string => idOf(`${CASE} ${name}`);

describe('an entry of a case', () => {
  it('is never changed and never removed', () => {
    const db = withCase();
    for (const table of ['case_entry', 'case_image']) {
      expect(() => db.exec(`UPDATE ${table} SET id = id`), table).toThrow('append-only');
      expect(() => db.exec(`DELETE FROM ${table}`), table).toThrow('append-only');
    }
    expect(() => db.exec(`UPDATE case_entry SET content = '', salt = NULL`)).toThrow('append-only');
    db.close();
  });

  it('that somebody changed past the triggers is told, whatever was changed', () => {
    const db = withoutTriggers(withCase());
    expect(verifyAudit(db)).toMatchObject({ ok: true });
    const told = (sql: string, kind: string, ...values: unknown[]): void => {
      db.exec('BEGIN');
      db.prepare(sql).run(...values);
      const { ok, breaks } = verifyAudit(db);
      expect([ok, breaks.map((each) => each.kind)], sql).toEqual([false, expect.arrayContaining([kind])]);
      db.exec('ROLLBACK');
    };
    for (const column of columnsOf(db, 'case_entry')) {
      const kind = column === 'id' ? 'record-missing' : 'record-changed';
      const value = column === 'salt' ? `x'00'` : 99;
      told(`UPDATE case_entry SET ${column} = ${value} WHERE id = ?`, kind, entryId('answer'));
    }
    for (const column of columnsOf(db, 'case_image'))
      told(`UPDATE case_image SET ${column} = 'another'`, 'record-changed');
    told('DELETE FROM case_image', 'record-changed');
    for (const name of ENTRIES) told('DELETE FROM case_entry WHERE id = ?', 'record-missing', entryId(name));
    told(
      `INSERT INTO case_entry SELECT 'one more', examination_id, 9, station_id, officer_id, officer_name, at, kind,
         outcome, needs_signature, signs, content, salt FROM case_entry WHERE id = ?`,
      'record-unknown',
      entryId('answer'),
    );
    told(
      `INSERT INTO case_image SELECT 'one more', ?, examination_id, sha256 FROM case_image`,
      'record-changed',
      entryId('answer'),
    );
    // Another kind with an entry of the chain of its own kind is not what was told either.
    told(`UPDATE case_entry SET kind = 'question' WHERE id = ?`, 'record-changed', entryId('answer'));
    expect(verifyAudit(db)).toMatchObject({ ok: true });
    db.close();
  });
});

describe('the list of what is to do', () => {
  it.each([1, 2, 3])('by chance %i is what the entries say, after every act', (seed) => {
    const random = createRandom(seed);
    const db = memoryStore();
    const kept: string[] = [];
    const latest = new Map<string, string>();
    const outcomes = new Map<string, string[]>();
    const acts: Record<string, (index: number, at: string, name: string) => void> = {
      save: (index, at) => {
        const name = `s${index}`;
        saveRecord(db, { name, at, outcome: random.pick(['clear', 'referred', 'referred', 'skip']) });
        kept.push(name);
        latest.set(name, 'decision');
      },
      decide: (_index, at, name) => {
        changeRecord(db, name, at, random.pick(['clear', 'referred']), latest.get(name));
        latest.set(name, `decision of ${at}`);
      },
      take: (index, at, name) => enterInCase(db, name, `t${index}`, { kind: 'taken', at }),
      conclude: (index, at, name) => {
        const entry = `o${index}`;
        const needsSignature = random.chance(0.5);
        enterInCase(db, name, entry, { kind: 'outcome', at, outcome: 'L2.forged', needsSignature });
        outcomes.set(name, [...(outcomes.get(name) ?? []), entry]);
      },
      sign: (index, at, name) => {
        const given = outcomes.get(name);
        // At times an outcome that is no more in force.
        if (given !== undefined)
          enterInCase(db, name, `g${index}`, { kind: 'signed', at, signs: random.pick(given) });
      },
      reopen: (index, at, name) => enterInCase(db, name, `r${index}`, { kind: 'reopened', at }),
      erase: (_index, at, name) => {
        if (random.chance(0.7)) return;
        erase(db, at, name);
        kept.splice(kept.indexOf(name), 1);
      },
    };
    let most = 0;
    for (let index = 0; index < 150; index += 1) {
      const act = kept.length < 4 ? 'save' : random.pick(Object.keys(acts));
      const name = kept.length === 0 ? '' : random.pick(kept);
      const id = idOf(name);
      // As the station does it: only in a case.
      if (['save', 'decide', 'erase'].includes(act) || isCase(db, id)) acts[act]?.(index, onDay(index), name);
      const cases = kept.map(idOf).filter((each) => isCase(db, each));
      const done = cases.filter((each) => standingOf(db, each).state === 'done');
      const listed = (show: 'open' | 'done' | 'all') => listCases(db, { show, limit: 500, offset: 0 });
      const newestFirst = (ids: string[]) => ids.toSorted().reverse();
      expect(listed('done'), `${act} ${index}`).toEqual(newestFirst(done));
      expect(listed('open')).toEqual(newestFirst(cases.filter((each) => !done.includes(each))));
      expect(listed('all')).toEqual(newestFirst(cases));
      most = Math.max(most, done.length);
    }
    expect(most).toBeGreaterThan(0);
    db.close();
  });
});

describe('the list of what is to do, changed past the triggers', () => {
  const told = (db: Db): (string | null)[][] =>
    verifyAudit(db).breaks.map(({ kind, subjectId }) => [kind, subjectId]);

  it('is told: a case hidden from it, one that is done put in, one of nobody', () => {
    const db = withCase();
    saveRecord(db, { name: 'cleared', at: onDay(4), outcome: 'clear' });
    expect(listCases(db, { show: 'open', limit: 9, offset: 0 })).toEqual([idOf('r0')]);
    expect(told(db)).toEqual([]);
    db.exec('DELETE FROM case_to_do');
    expect(told(db)).toEqual([['record-changed', idOf('r0')]]);
    const list = (id: string): unknown => db.prepare('INSERT INTO case_to_do VALUES (?)').run(id);
    list(idOf('r0'));
    expect(told(db)).toEqual([]);
    for (const name of [CASE, 'cleared']) {
      list(idOf(name));
      expect(told(db), name).toEqual([['record-changed', idOf(name)]]);
      db.prepare('DELETE FROM case_to_do WHERE examination_id = ?').run(idOf(name));
    }
    list(idOf('nobody'));
    expect(told(db)).toEqual([['record-unknown', idOf('nobody')]]);
    db.close();
  });

  it('is told of an erased case too', () => {
    const db = withCase();
    erase(db);
    db.prepare('INSERT INTO case_to_do VALUES (?)').run(idOf(CASE));
    expect(told(db)).toEqual([['record-changed', idOf(CASE)]]);
    db.close();
  });
});

describe('an erased case', () => {
  it('stays as who did what when and what was concluded; what was said, seen and marked goes', () => {
    const db = withCase();
    const acts = loadCaseActs(db, idOf(CASE));
    const standing = standingOf(db, idOf(CASE));
    expect(standing).toMatchObject({ state: 'done', conclusion: { signed: { at: onDay(3) } } });
    expect(erase(db)).toContain(idOf('macro'));
    expect(loadCaseEntries(db, idOf(CASE))).toEqual([]);
    expect(loadCaseActs(db, idOf(CASE))).toEqual(acts);
    expect(standingOf(db, idOf(CASE))).toEqual(standing);
    expect(loadExamination(db, idOf(CASE))).toMatchObject({ secondLine: { outcome: 'L2.forged' } });
    expect(recordedImages(db)).not.toContain(idOf('macro'));
    expect(listCases(db, { show: 'all', limit: 9, offset: 0 })).toEqual([idOf('r0')]);
    expect(verifyAudit(db)).toMatchObject({ ok: true });
    expect(() => enterInCase(db, CASE, 'late', { kind: 'taken', at: onDay(50) })).toThrow('erased');
    expect(() => db.exec(`UPDATE case_entry SET outcome = 'L2.pseudo' WHERE kind = 'outcome'`)).toThrow();
    db.close();
  });

  it('leaves nothing of what was said in the bytes of the file', () => {
    const path = join(temporaryFolder(), 'plain.db');
    const db = withCase(memoryStore(STATION_MIGRATIONS, path));
    emptyLog(db);
    expect(readFileSync(path).includes(NOTE)).toBe(true);
    erase(db);
    emptyLog(db);
    const files = readdirSync(join(path, '..')).map((name) => readFileSync(join(path, '..', name)));
    expect(files.some((bytes) => bytes.includes(NOTE))).toBe(false);
    db.close();
  });

  it('that is filled again by hand, or whose proof is changed, is told', () => {
    const db = withoutTriggers(withCase());
    erase(db);
    const changes = [
      `UPDATE case_entry SET content = '{}' WHERE kind = 'answer'`,
      `UPDATE case_entry SET salt = x'00' WHERE kind = 'answer'`,
      `UPDATE case_entry SET outcome = 'L2.genuine_bearer' WHERE kind = 'outcome'`,
      `UPDATE case_entry SET officer_name = 'Somebody' WHERE kind = 'signed'`,
      `UPDATE case_entry SET signs = NULL WHERE kind = 'signed'`,
      `DELETE FROM case_entry WHERE kind = 'signed'`,
      `INSERT INTO case_image VALUES ('x', '${entryId('answer')}', '${idOf(CASE)}', 'y')`,
    ];
    for (const sql of changes) {
      expect(verifyAudit(db)).toMatchObject({ ok: true });
      db.exec('BEGIN');
      db.exec(sql);
      expect(verifyAudit(db).ok, sql).toBe(false);
      db.exec('ROLLBACK');
    }
    db.close();
  });

  it('still says which procedure was followed, and tells when that was changed', () => {
    const db = withCase();
    saveRecord(db, { name: 'today', at: onDay(1), outcome: 'referred', entries: 1 });
    erase(db, onDay(40), 'today');
    expect(verifyAudit(db).breaks).toEqual([]);
    for (const name of ['examination_procedure_no_update', 'examination_no_update'])
      db.exec(`DROP TRIGGER ${name}`);
    db.prepare('UPDATE examination SET procedure = NULL WHERE id = ?').run(idOf('today'));
    expect(verifyAudit(db).breaks).toMatchObject([{ kind: 'record-changed', subjectId: idOf('today') }]);
    db.close();
  });

  it('is erased again in an older backup', () => {
    const db = withCase();
    const backup = new (db.constructor as new (content: Buffer) => Db)(db.serialize());
    backup.pragma('foreign_keys = ON');
    erase(db);
    expect(replayErasures(backup, erasureLines(db), onDay(60))).toMatchObject({ erased: 1, refused: 0 });
    expect(loadCaseEntries(backup, idOf(CASE))).toEqual([]);
    expect(verifyAudit(backup)).toMatchObject({ ok: true });
    db.close();
    backup.close();
  });

  it('is due by the age of its last entry: a case that is worked at is not', () => {
    const db = withCase();
    const rules = [{ id: 'others', outcomes: ['referred' as const], days: 30 }];
    const due = (day: number): string[] =>
      dueRecords(db, rules, onDay(day), WALK_START, 100).due.map(({ id }) => id);
    expect(due(31)).toEqual([]);
    expect(due(32)).toEqual([idOf('r0')]);
    expect(due(33)).toEqual([idOf('r0')]);
    expect(due(34)).toEqual([idOf('r0'), idOf(CASE)]);
    enterInCase(db, CASE, 'again', { kind: 'reopened', at: onDay(33) });
    expect(due(34)).toEqual([idOf('r0')]);
    db.close();
  });

  it('is not due the sooner because its decision was changed since', () => {
    const db = withCase();
    changeRecord(db, CASE, onDay(4), 'clear');
    changeRecord(db, 'r0', onDay(4), 'clear');
    const rules = [
      { id: 'cleared', outcomes: ['clear' as const], days: 30 },
      { id: 'referred', outcomes: ['referred' as const], days: 90 },
    ];
    const due = (day: number) =>
      dueRecords(db, rules, onDay(day), WALK_START, 100).due.map(({ id, rule }) => [id, rule]);
    expect(due(40)).toEqual([[idOf('r0'), 'cleared']]);
    expect(due(100)).toEqual([
      [idOf('r0'), 'cleared'],
      [idOf(CASE), 'referred'],
    ]);
    db.close();
  });
});

/** What the code of a version without cases made of the same record. */
const AS_BEFORE = '58ff665dcc615d91d968661748acc768e6279efef1086e1025bcf7495baf6d06';

describe('a store of a version without cases', () => {
  /** Made by the code of version 5: records told by one entry and by two, one decided anew, one erased, a hold. */
  function older(): Db {
    const bytes = gunzipSync(readFileSync(join(import.meta.dirname, 'older-version-5.db.gz')));
    const db = new Database(bytes);
    db.pragma('foreign_keys = ON');
    return db;
  }

  it('is moved on with its records and chain; what was referred before is a case', () => {
    const db = older();
    expect(versionOf(db)).toBe(5);
    applyMigrations(db, STATION_MIGRATIONS);
    expect(verifyAudit(db, keptAnchors(db, null).anchors)).toMatchObject({
      ok: true,
      entries: 13,
      anchors: 1,
    });
    expect(new Set(listCases(db, { show: 'open', limit: 9, offset: 0 }))).toEqual(
      new Set([idOf('referred'), idOf('one entry')]),
    );
    expect(standingOf(db, idOf('referred'))).toMatchObject({ state: 'open', holder: null });
    enterInCase(db, 'one entry', 'taken', { kind: 'taken', at: onDay(50) });
    expect(() => enterInCase(db, 'erased', 'taken', { kind: 'taken', at: onDay(50) })).toThrow('erased');
    erase(db, onDay(90), 'one entry');
    expect(() => erase(db, onDay(90), 'referred')).toThrow('on-hold');
    expect(verifyAudit(db)).toMatchObject({ ok: true });
    db.close();
  });

  it('keeps the proofs of what it had erased: without a case they are what they were', () => {
    const db = memoryStore();
    saveRecord(db, { name: CASE, at: onDay(1), outcome: 'referred' });
    expect(survivingDigest(db, idOf(CASE))).toBe(AS_BEFORE);
    enterInCase(db, CASE, 'taken', { kind: 'taken', at: onDay(2) });
    expect(survivingDigest(db, idOf(CASE))).not.toBe(AS_BEFORE);
    db.close();
  });
});
