// Erasing under rules: what is due, what is left as proof, what is nowhere any more, what a hold keeps, what a restore replays.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { addImageKey, loadImageKeys } from '../../electron/db/image-keys.ts';
import { failureOf } from '../../electron/failure.ts';
import { openVault } from '../../electron/images/vault.ts';
import { createImages } from '../../electron/services/images.ts';
import { createQueue } from '../../electron/queue.ts';
import { createRetentionService } from '../../electron/services/retention.ts';
import { SETTINGS } from './fixtures.ts';
import { NO_SHELL } from './no-shell.ts';
import { erasureLines, keptErasures, replayErasures, writeErasureFile } from '../../electron/db/erasures.ts';
import { loadExamination } from '../../electron/db/examinations.ts';
import { searchHistory } from '../../electron/db/history.ts';
import { STATION_MIGRATIONS } from '../../electron/db/migrations/station.ts';
import { type Db, emptyLog } from '../../electron/db/open.ts';
import {
  dueRecords,
  type DueRecord,
  eraseRecords,
  holdOn,
  insertHold,
  loadHolds,
  releaseHold,
  WALK_START,
} from '../../electron/db/retention.ts';
import { verifyAudit } from '../../electron/db/verify.ts';
import { retentionRules, type RetentionRule } from '../../shared/contract/retention.ts';
import { changeRecord, idOf, memoryStore, OFFICER_ID, onDay, saveRecord } from './records.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function temporaryFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'countercheck-test-'));
  folders.push(made);
  return made;
}

const RULES: RetentionRule[] = [
  { id: 'cleared', outcomes: ['clear'], days: 30 },
  { id: 'others', outcomes: ['skip', 'referred'], days: 90 },
];

/** All that is due, by walking in steps of so many. */
function allDue(db: Db, at: string, step = 1000, rules = RULES): DueRecord[] {
  const found: DueRecord[] = [];
  let place: ReturnType<typeof dueRecords>['next'] = WALK_START;
  while (place !== null) {
    const { due, next } = dueRecords(db, rules, at, place, step);
    found.push(...due);
    place = next;
  }
  return found;
}

const runOn = (day: number, name = 'run') => ({
  id: idOf(name),
  erasedAt: onDay(day),
  at: onDay(day),
  officerId: OFFICER_ID,
});

const erase = (db: Db, names: readonly string[], day = 200, run = 'run'): string[] =>
  eraseRecords(
    db,
    names.map((name) => ({ id: idOf(name), rule: 'cleared' })),
    runOn(day, run),
  );

describe('what is due', () => {
  it('is told by the latest outcome and the age of that decision', () => {
    const db = memoryStore();
    saveRecord(db, { name: 'cleared', at: onDay(0), outcome: 'clear' });
    saveRecord(db, { name: 'referred', at: onDay(0), outcome: 'referred' });
    saveRecord(db, { name: 'cleared later', at: onDay(0), outcome: 'referred' });
    changeRecord(db, 'cleared later', onDay(40), 'clear');
    saveRecord(db, { name: 'referred later', at: onDay(0), outcome: 'clear' });
    changeRecord(db, 'referred later', onDay(20), 'referred');
    const dueOn = (day: number): string[] =>
      allDue(db, onDay(day)).map(({ id, rule }) => {
        const name = ['cleared', 'referred', 'cleared later', 'referred later'].find(
          (each) => idOf(each) === id,
        );
        return `${name} by ${rule}`;
      });
    expect(dueOn(30)).toEqual([]);
    expect(dueOn(31)).toEqual(['cleared by cleared']);
    expect(dueOn(71)).toEqual(['cleared by cleared', 'cleared later by cleared']);
    expect(dueOn(91)).toEqual(['cleared by cleared', 'referred by others', 'cleared later by cleared']);
    expect(dueOn(111)).toHaveLength(4);
    expect(allDue(db, onDay(500), 10, [])).toEqual([]);
    db.close();
  });

  it('is the same however the records are walked through, erased ones left out', () => {
    const db = memoryStore();
    for (let index = 0; index < 40; index += 1) {
      saveRecord(db, {
        name: `r${index}`,
        at: onDay(Math.floor(index / 7)),
        outcome: index % 2 ? 'clear' : 'skip',
      });
    }
    const whole = allDue(db, onDay(200));
    expect(whole).toHaveLength(40);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(40);
    for (const step of [1, 3, 7, 40]) expect(allDue(db, onDay(200), step)).toEqual(whole);
    erase(db, ['r0', 'r3', 'r39']);
    expect(allDue(db, onDay(200), 7)).toHaveLength(37);
    db.close();
  });

  it('is not told by rules in which an outcome or a name stands twice', () => {
    const [first, second] = RULES;
    expect(retentionRules.safeParse({ rules: RULES }).success).toBe(true);
    expect(retentionRules.safeParse({ rules: [first, { ...second, outcomes: ['clear'] }] }).success).toBe(
      false,
    );
    expect(retentionRules.safeParse({ rules: [first, { ...second, id: 'cleared' }] }).success).toBe(false);
    expect(retentionRules.safeParse({ rules: [{ ...first, days: 0 }] }).success).toBe(false);
    const ours: unknown = JSON.parse(readFileSync('assets/retention/default.json', 'utf8'));
    expect(retentionRules.safeParse(ours).success).toBe(true);
  });
});

describe('an erased record', () => {
  it('stays as proof: ids, times, who, and what was decided, and the chain still fits', () => {
    const db = memoryStore();
    const id = saveRecord(db, { name: 'gone', at: onDay(0), outcome: 'referred', pictures: 2 });
    changeRecord(db, 'gone', onDay(1), 'clear');
    saveRecord(db, { name: 'stays', at: onDay(0), outcome: 'clear' });
    const before = loadExamination(db, id);
    expect(erase(db, ['gone'])).toEqual([idOf('gone picture 0'), idOf('gone picture 1')]);
    const after = loadExamination(db, id);
    expect(after).toMatchObject({
      id,
      startedAt: before?.startedAt,
      savedAt: before?.savedAt,
      officerName: 'A. Officer',
    });
    expect(after?.documents).toMatchObject([{ images: [], reading: null, findings: [] }]);
    expect(after?.decisions.map(({ outcome, note }) => [outcome, note])).toEqual([
      ['referred', ''],
      ['clear', ''],
    ]);
    const filter = { text: '', state: '', from: null, to: null, outcome: null, limit: 10, offset: 0 };
    expect(searchHistory(db, filter).total).toBe(2);
    for (const wanted of [{ text: 'eriksson' }, { text: 'L898902C3' }, { state: 'UTO' }]) {
      expect(searchHistory(db, { ...filter, ...wanted }).rows.map((row) => row.id)).toEqual([idOf('stays')]);
    }
    expect(verifyAudit(db)).toMatchObject({ ok: true, entries: 6 });
    const last = db.prepare<[], { action: string }>('SELECT action FROM audit ORDER BY seq DESC').get();
    expect(last?.action).toBe('retention.run');
    db.close();
  });

  it('leaves nothing of the person in the file, neither in the index nor in free pages nor in the log', () => {
    const place = temporaryFolder();
    const db = memoryStore(STATION_MIGRATIONS, join(place, 'plain.db'));
    // Letters made from a hash, so that no word of one person stands in another's.
    const word = (name: string): string =>
      Array.from(idOf(name).replaceAll('-', '').slice(8, 24), (digit) =>
        String.fromCharCode(65 + Number.parseInt(digit, 16)),
      ).join('');
    const people = Array.from({ length: 120 }, (_, index) => ({
      record: `r${index}`,
      gone: index % 3 !== 0,
      number: `${word(`number ${index}`)}7`,
      name: `${word(`surname ${index}`)} ${word(`name ${index}`)}`,
      note: `saw ${word(`note ${index}`)}`,
    }));
    for (const { record, number, name, note } of people) {
      saveRecord(db, {
        name: record,
        at: onDay(0),
        outcome: 'clear',
        person: { number, name, note },
        pictures: 2,
      });
    }
    const secrets = (record: string): string[] => {
      const facts = db
        .prepare<[string], string>(
          `SELECT submitted_sha256 FROM examination WHERE id = ?
           UNION ALL SELECT sha256 FROM image WHERE document_id = '${idOf(`${record} document`)}'`,
        )
        .pluck()
        .all(idOf(record));
      return [...facts, idOf(`${record} picture 0`)];
    };
    const salts = (record: string): Buffer[] =>
      db
        .prepare<[string, string], Buffer>(
          'SELECT salt FROM examination WHERE id = ? UNION ALL SELECT salt FROM decision WHERE examination_id = ?',
        )
        .pluck()
        .all(idOf(record), idOf(record));
    const marked = people.map((person) => {
      const texts = [
        person.number,
        person.name,
        person.note,
        ...person.name.split(' '),
        ...secrets(person.record),
      ];
      return {
        ...person,
        markers: [
          ...texts.flatMap((text) => [text, text.toLowerCase()]).map((text) => Buffer.from(text)),
          ...salts(person.record),
        ],
      };
    });
    emptyLog(db);
    const bytes = (): Buffer =>
      Buffer.concat(readdirSync(place).map((name) => readFileSync(join(place, name))));
    const found = (gone: boolean): string[] => {
      const all = bytes();
      return marked
        .filter((person) => person.gone === gone && person.markers.some((marker) => all.includes(marker)))
        .map(({ record }) => record);
    };
    expect(found(true)).toHaveLength(80);
    const gone = people.filter((person) => person.gone).map(({ record }) => record);
    erase(db, gone.slice(0, 50), 200, 'first');
    erase(db, gone.slice(50), 200, 'second');
    emptyLog(db);
    expect(found(true)).toEqual([]);
    expect(found(false)).toHaveLength(40);
    expect(bytes().includes(Buffer.from(idOf('r1')))).toBe(true);
    expect(db.pragma('quick_check', { simple: true })).toBe('ok');
    db.exec(`INSERT INTO document_search (document_search) VALUES ('integrity-check')`);
    expect(verifyAudit(db).ok).toBe(true);
    db.close();
  });

  it('cannot be changed, added to or erased again', () => {
    const db = memoryStore();
    saveRecord(db, { name: 'gone', at: onDay(0), outcome: 'clear' });
    saveRecord(db, { name: 'stays', at: onDay(0), outcome: 'clear' });
    erase(db, ['gone']);
    expect(() => changeRecord(db, 'gone', onDay(9), 'referred')).toThrow('erased');
    expect(() => erase(db, ['gone'], 201, 'again')).toThrow(/UNIQUE/);
    const [own, other] = [idOf('gone'), idOf('stays')];
    for (const sql of [
      `UPDATE examination SET erased_at = '2020-01-01T00:00:00.000Z' WHERE id = '${own}'`,
      `UPDATE examination SET erased_at = NULL WHERE id = '${own}'`,
      `UPDATE document SET name = 'X' WHERE examination_id = '${own}'`,
      `UPDATE document SET position = 5 WHERE examination_id = '${own}'`,
      `UPDATE decision SET outcome = 'referred' WHERE examination_id = '${own}'`,
      `UPDATE decision SET note = 'X' WHERE examination_id = '${own}'`,
      `DELETE FROM document WHERE examination_id = '${own}'`,
      `DELETE FROM decision WHERE examination_id = '${own}'`,
      `DELETE FROM examination WHERE id = '${own}'`,
      `DELETE FROM erasure`,
      `UPDATE erasure SET rule = 'other'`,
      `INSERT INTO finding SELECT document.id, station_id, officer_id, 9, '{}' FROM document WHERE examination_id = '${own}'`,
      // What was not erased by the list stays under the old rule.
      `UPDATE document SET name = '' WHERE examination_id = '${other}'`,
      `UPDATE decision SET note = '', salt = NULL WHERE examination_id = '${other}'`,
      `UPDATE examination SET submitted_sha256 = '', salt = NULL, erased_at = '2026-07-20T12:00:00.000Z' WHERE id = '${other}'`,
      `DELETE FROM image WHERE document_id = '${idOf('stays document')}'`,
      `DELETE FROM finding WHERE document_id = '${idOf('stays document')}'`,
    ]) {
      expect(() => db.exec(sql), sql).toThrow(/append-only|erased/);
    }
    expect(verifyAudit(db).ok).toBe(true);
    db.close();
  });

  it('is erased whole or not at all', () => {
    const db = memoryStore();
    saveRecord(db, { name: 'one', at: onDay(0), outcome: 'clear' });
    expect(() => erase(db, ['one', 'nobody'])).toThrow(/FOREIGN KEY/);
    expect(loadExamination(db, idOf('one'))?.documents[0]?.reading).not.toBeNull();
    expect(verifyAudit(db)).toMatchObject({ ok: true, entries: 2 });
    db.close();
  });

  it('that somebody fills again by hand, or changes what is left of, is told by the chain', () => {
    for (const sql of [
      `UPDATE document SET name = 'X' WHERE examination_id = '${idOf('gone')}'`,
      `UPDATE decision SET outcome = 'referred' WHERE examination_id = '${idOf('gone')}'`,
      `UPDATE examination SET saved_at = '2020-01-01T00:00:00.000Z' WHERE id = '${idOf('gone')}'`,
      `UPDATE erasure SET rule = 'other'`,
      `DELETE FROM erasure`,
    ]) {
      const db = memoryStore();
      saveRecord(db, { name: 'gone', at: onDay(0), outcome: 'clear' });
      erase(db, ['gone']);
      for (const table of ['document', 'decision', 'examination', 'erasure']) {
        for (const verb of ['update', 'delete']) db.exec(`DROP TRIGGER ${table}_no_${verb}`);
      }
      expect(verifyAudit(db).ok).toBe(true);
      db.exec(sql);
      expect(verifyAudit(db).ok, sql).toBe(false);
      db.close();
    }
  });
});

describe('a run that is under way', () => {
  const COUNT = 450;

  async function running() {
    const db = memoryStore();
    const place = temporaryFolder();
    for (let index = 0; index < COUNT; index += 1) {
      saveRecord(db, { name: `r${index}`, at: onDay(0), outcome: 'clear', pictures: 0 });
    }
    db.prepare('UPDATE station SET settings = ?').run(JSON.stringify(SETTINGS));
    addImageKey(db, onDay(0));
    const now = (): Date => new Date(onDay(100));
    const service = createRetentionService(
      {
        db,
        images: createImages(openVault(join(place, 'images'), loadImageKeys(db)), now),
        shell: NO_SHELL,
        dataFolder: place,
        version: '0',
        now,
        actor: () => ({
          officerId: OFFICER_ID,
          name: 'A. Officer',
          role: 'supervisor',
          signedInAt: onDay(100),
          mustChange: false,
        }),
        emit: () => undefined,
      },
      { drop: () => Promise.resolve(0) },
      createQueue(),
    );
    const preview = await service.preview();
    expect(preview.total).toBe(COUNT);
    const erased = (): number => db.prepare<[], number>('SELECT count(*) FROM erasure').pluck().get() ?? 0;
    /** Goes on once the first records are erased. */
    const begun = async (): Promise<void> => {
      while (erased() === 0) await nextTurn();
    };
    return { db, place, service, preview, erased, begun };
  }

  it('ends after a stretch when the station closes, and lists what it erased', async () => {
    const { db, place, service, preview, erased, begun } = await running();
    const run = service.run(preview).catch((error: unknown) => failureOf(error).code);
    await begun();
    expect(await service.run(preview).catch((error: unknown) => failureOf(error).code)).toBe(
      'retention-changed',
    );
    service.stop();
    expect(await run).toBe('not-ready');
    expect(erased()).toBeGreaterThan(0);
    expect(erased()).toBeLessThan(COUNT);
    expect(keptErasures(place)).toEqual(erasureLines(db));
    expect(verifyAudit(db).ok).toBe(true);
    db.close();
  });

  it('leaves a record that comes under a hold meanwhile, and takes none that was not shown', async () => {
    const { db, service, preview, erased, begun } = await running();
    const run = service.run(preview);
    await begun();
    const last = preview.ids.at(-1) ?? '';
    service.setHold({ id: idOf('hold'), examinationId: last, reason: 'court' });
    saveRecord(db, { name: 'new', at: onDay(1), outcome: 'clear' });
    service.saveRules({ rules: [] });
    expect(await run).toEqual({ erased: COUNT - 1, drafts: 0, pictures: 0, received: 0 });
    expect(erased()).toBe(COUNT - 1);
    expect(loadExamination(db, last)?.erasedAt).toBeUndefined();
    expect(loadExamination(db, idOf('new'))?.erasedAt).toBeUndefined();
    expect(verifyAudit(db).ok).toBe(true);
    db.close();
  });
});

describe('a legal hold', () => {
  const hold = (db: Db, name: string): string => {
    const id = idOf(`hold on ${name}`);
    const examinationId = idOf(name);
    insertHold(db, { id, examinationId, reason: 'court of Strelsau', officerId: OFFICER_ID, at: onDay(1) });
    return id;
  };

  it('keeps a record from every rule until it is released', () => {
    const db = memoryStore();
    saveRecord(db, { name: 'held', at: onDay(0), outcome: 'clear' });
    saveRecord(db, { name: 'free', at: onDay(0), outcome: 'clear' });
    const id = hold(db, 'held');
    expect(loadHolds(db)).toEqual([
      {
        id,
        examinationId: idOf('held'),
        at: onDay(1),
        officerName: 'A. Officer',
        reason: 'court of Strelsau',
      },
    ]);
    expect(allDue(db, onDay(200)).map((each) => each.held)).toEqual([true, false]);
    expect(() => erase(db, ['free', 'held'])).toThrow('on-hold');
    expect(loadExamination(db, idOf('free'))?.documents[0]?.reading).not.toBeNull();
    expect(() => hold(db, 'held')).toThrow(/UNIQUE/);
    expect(releaseHold(db, id, OFFICER_ID, onDay(2))).toBe(true);
    expect(releaseHold(db, id, OFFICER_ID, onDay(3))).toBe(false);
    expect(holdOn(db, idOf('held'))).toBeUndefined();
    expect(verifyAudit(db).ok).toBe(true);
    erase(db, ['free', 'held']);
    expect(db.prepare('SELECT reason, salt FROM legal_hold').get()).toEqual({ reason: '', salt: null });
    expect(verifyAudit(db).ok).toBe(true);
    db.close();
  });

  it('cannot be removed or changed, and it is told where somebody did', () => {
    const db = memoryStore();
    saveRecord(db, { name: 'held', at: onDay(0), outcome: 'clear' });
    hold(db, 'held');
    const ways = [
      `UPDATE legal_hold SET reason = 'other'`,
      `UPDATE legal_hold SET at = '2020-01-01T00:00:00.000Z'`,
      `UPDATE legal_hold SET reason = '', salt = NULL`,
      'DELETE FROM legal_hold',
    ];
    for (const sql of ways) expect(() => db.exec(sql), sql).toThrow('append-only');
    db.exec('DROP TRIGGER legal_hold_no_update; DROP TRIGGER legal_hold_no_delete');
    for (const sql of ways) {
      db.exec(`BEGIN; ${sql}`);
      expect(verifyAudit(db).ok, sql).toBe(false);
      db.exec('ROLLBACK');
    }
    expect(verifyAudit(db).ok).toBe(true);
    db.close();
  });
});

describe('the list of erasures', () => {
  /** A store, and the backup that was made of it before anything was erased. */
  function storeAndBackup(): { db: Db; backup: Db } {
    const db = memoryStore();
    for (let index = 0; index < 6; index += 1)
      saveRecord(db, { name: `r${index}`, at: onDay(0), outcome: 'clear' });
    const held = idOf('r2');
    insertHold(db, {
      id: idOf('hold'),
      examinationId: held,
      reason: 'a reason',
      officerId: OFFICER_ID,
      at: onDay(1),
    });
    const backup = new (db.constructor as new (bytes: Buffer) => Db)(db.serialize());
    backup.pragma('foreign_keys = ON');
    releaseHold(db, idOf('hold'), OFFICER_ID, onDay(2));
    erase(db, ['r0', 'r2'], 100, 'first');
    erase(db, ['r5'], 120, 'second');
    return { db, backup };
  }

  it('erases the same again in an older backup, holds that were released since notwithstanding', () => {
    const { db, backup } = storeAndBackup();
    const lines = erasureLines(db);
    expect(lines).toHaveLength(2);
    for (const id of ['r0', 'r2', 'r5'].map(idOf)) expect(lines.join()).not.toContain(id);
    const { erased, pictures, refused } = replayErasures(backup, lines, onDay(130));
    expect([erased, refused]).toEqual([3, 0]);
    expect(pictures.toSorted()).toEqual(
      ['r0', 'r2', 'r5'].map((name) => idOf(`${name} picture 0`)).toSorted(),
    );
    const rows = (each: Db): unknown[] =>
      each.prepare('SELECT examination_id, rule, at, digest FROM erasure ORDER BY examination_id').all();
    expect(rows(backup)).toEqual(rows(db));
    expect(verifyAudit(backup).ok).toBe(true);
    expect(replayErasures(backup, lines, onDay(131)).erased).toBe(0);
    db.close();
    backup.close();
  });

  it('erases nothing by a line that this station did not sign', () => {
    const { db, backup } = storeAndBackup();
    const { db: other, backup: otherBackup } = storeAndBackup();
    const [line = ''] = erasureLines(db);
    const forged = [
      line.replace('cleared', 'another'),
      line.replace(/"at":"2026/, '"at":"2025'),
      ...erasureLines(other),
      '{"run":1}',
      'nothing',
    ];
    expect(replayErasures(backup, forged, onDay(130))).toEqual({
      erased: 0,
      pictures: [],
      refused: 6,
      sound: [],
    });
    for (const each of [db, backup, other, otherBackup]) each.close();
  });

  it('lies in a file beside the store and grows by each run', () => {
    const { db, backup } = storeAndBackup();
    const place = temporaryFolder();
    expect(keptErasures(place)).toEqual([]);
    writeErasureFile(db, place);
    expect(keptErasures(place)).toEqual(erasureLines(db));
    erase(db, ['r1'], 140, 'third');
    writeErasureFile(db, place);
    writeErasureFile(backup, place);
    expect(keptErasures(place)).toEqual(erasureLines(db));
    expect(replayErasures(backup, keptErasures(place), onDay(150)).erased).toBe(4);
    db.close();
    backup.close();
  });
});
