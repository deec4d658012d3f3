// The signed chain: changes to it are told, with their place and kind; anchors hold its end; old chains go on signed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  anchorCode,
  type Anchor,
  keptAnchors,
  makeAnchor,
  readAnchors,
  writeAnchorFile,
} from '../../electron/db/anchors.ts';
import { ADOPTED, appendAudit } from '../../electron/db/audit.ts';
import { applyMigrations } from '../../electron/db/migrate.ts';
import { STATION_MIGRATIONS } from '../../electron/db/migrations/station.ts';
import type { Db } from '../../electron/db/open.ts';
import { eraseRecords, insertHold, releaseHold } from '../../electron/db/retention.ts';
import { startVerification, verifyAudit } from '../../electron/db/verify.ts';
import type { AuditBreak } from '../../shared/contract/audit.ts';
import { changeAtRandom, variedStore } from './audit-changes.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import {
  changeRecord,
  countOne,
  idOf,
  memoryStore,
  OFFICER_ID,
  onDay,
  PERSON,
  saveRecord,
  STATION_ID,
} from './records.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'countercheck-test-'));
  folders.push(made);
  return made;
}

const TABLES = ['audit', 'examination', 'document', 'image', 'finding', 'decision', 'erasure', 'legal_hold'];

/** Somebody with the key and a tool of their own is not stopped by a trigger. */
function withoutTriggers(db: Db): Db {
  for (const table of TABLES) {
    for (const verb of ['update', 'delete']) db.exec(`DROP TRIGGER IF EXISTS ${table}_no_${verb}`);
    db.exec(`DROP TRIGGER IF EXISTS ${table}_not_after_erasing`);
  }
  db.pragma('foreign_keys = OFF');
  return db;
}

const places = (breaks: readonly AuditBreak[]): string[] => breaks.map(({ seq, kind }) => `${seq} ${kind}`);

/** Five records: their entries are 1 and 2, 3 and 4, and so on. */
function fiveRecords(): Db {
  const db = memoryStore();
  for (let index = 0; index < 5; index += 1)
    saveRecord(db, { name: `r${index}`, at: onDay(index), outcome: 'referred' });
  return db;
}

function anchored(db: Db, day = 50): Anchor {
  const anchor = makeAnchor(db, STATION_ID, onDay(day));
  if (anchor === null) throw new Error('no anchor');
  return anchor;
}

describe('random single changes', () => {
  it('are all told by the chain itself, and nothing is told of the untouched one', () => {
    const { made, missed, alarms, untouched } = changeAtRandom({ changes: 1000, seed: 5 });
    expect(missed).toEqual([]);
    expect(alarms).toBe(0);
    expect(untouched).toBeGreaterThan(110);
    for (const kind of ['changed', 'removed', 'swapped', 'cut'])
      expect(made[kind], kind).toBeGreaterThan(100);
  }, 120_000);
});

describe('the life of a station', () => {
  it.each([1, 2, 3, 4, 5, 6])('by chance %i is whole after every act', (seed) => {
    const random = createRandom(seed);
    let db = memoryStore();
    const kept: string[] = [];
    const held = new Map<string, string>();
    const latest = new Map<string, string>();
    const acts: Record<string, (index: number, at: string) => void> = {
      save: (index, at) => {
        const name = `r${index}`;
        saveRecord(db, {
          name,
          at,
          outcome: random.pick(['clear', 'referred', 'skip']),
          pictures: random.int(0, 2),
          entries: random.pick([1, 2]),
        });
        kept.push(name);
        latest.set(name, 'decision');
      },
      change: (_index, at) => {
        const name = random.pick(kept);
        changeRecord(db, name, at, random.pick(['clear', 'referred']), latest.get(name));
        latest.set(name, `decision of ${at}`);
      },
      count: (index, at) => countOne(db, `c${index}`, at),
      hold: (index, at) => {
        const name = random.pick(kept);
        if (held.has(name)) return;
        const id = idOf(`hold ${index}`);
        insertHold(db, { id, examinationId: idOf(name), reason: 'court', officerId: OFFICER_ID, at });
        held.set(name, id);
      },
      release: (_index, at) => {
        const [first] = held;
        if (first === undefined) return;
        releaseHold(db, first[1], OFFICER_ID, at);
        held.delete(first[0]);
      },
      erase: (index, at) => {
        const gone = kept.filter((name) => !held.has(name) && random.chance(0.3));
        const records = gone.map((name) => ({ id: idOf(name), rule: 'rule' }));
        eraseRecords(db, records, { id: idOf(`run ${index}`), erasedAt: at, at, officerId: OFFICER_ID });
        for (const name of gone) kept.splice(kept.indexOf(name), 1);
      },
      anchor: (_index, at) => makeAnchor(db, STATION_ID, at),
      reopen: () => {
        const bytes = db.serialize();
        db.close();
        db = new (db.constructor as new (content: Buffer) => Db)(bytes);
      },
    };
    for (let index = 0; index < 60; index += 1) {
      const act = kept.length < 3 ? 'save' : random.pick(Object.keys(acts));
      acts[act]?.(index, onDay(index));
      const verdict = verifyAudit(db, keptAnchors(db, null).anchors);
      expect(verdict.breaks, `${act} at ${index}`).toEqual([]);
    }
    db.close();
  });
});

describe('the place of a break', () => {
  it.each([
    ["UPDATE audit SET action = 'decision.saved' WHERE seq = 5", ['5 changed']],
    ["UPDATE audit SET action = 'constructor' WHERE seq = 5", ['5 changed']],
    ["UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 10", ['10 changed']],
    ['DELETE FROM audit WHERE seq = 4', ['4 removed']],
    ['DELETE FROM audit WHERE seq = 1', ['1 removed']],
    ['UPDATE audit SET signature = zeroblob(64) WHERE seq = 6', ['6 unsigned']],
    ['UPDATE audit SET signature = zeroblob(64) WHERE seq = 10', ['10 unsigned']],
    [`UPDATE audit SET hash = '${'0'.repeat(64)}' WHERE seq = 3`, ['3 changed', '4 moved']],
    ['DELETE FROM audit_key', ['10 unsigned']],
  ])('after %s', (sql, expected) => {
    const db = fiveRecords();
    db.exec('DROP TRIGGER audit_key_no_delete');
    withoutTriggers(db).exec(sql);
    const { breaks } = verifyAudit(db);
    expect(places(breaks.filter(({ kind }) => !kind.startsWith('record-')))).toEqual(expected);
    db.close();
  });

  it('is told for each of several, and what fits between them is not doubted', () => {
    const db = withoutTriggers(fiveRecords());
    db.exec(`UPDATE audit SET officer_id = NULL WHERE seq IN (2, 9); DELETE FROM audit WHERE seq = 5;
      UPDATE document SET name = 'X' WHERE examination_id = '${idOf('r3')}'`);
    const { breaks, entries } = verifyAudit(db);
    expect(entries).toBe(9);
    expect(places(breaks)).toEqual([
      '2 changed',
      '5 removed',
      '7 record-changed',
      '9 changed',
      'null record-unknown',
    ]);
    expect(breaks.at(-1)?.subjectId).toBe(idOf('r2'));
    db.close();
  });

  it('names at most a hundred and counts the rest', () => {
    const db = memoryStore();
    for (let index = 0; index < 120; index += 1) countOne(db, `c${index}`, onDay(0));
    withoutTriggers(db).exec(`UPDATE audit SET at = '2020-01-01T00:00:00.000Z'`);
    const { breaks, more } = verifyAudit(db);
    expect([breaks.length, more]).toEqual([100, 20]);
    db.close();
  });

  it('says nothing that stands in a record', () => {
    const db = withoutTriggers(variedStore());
    db.exec(
      `UPDATE document SET number = 'L898902C3X' WHERE number <> ''; UPDATE decision SET note = 'other'`,
    );
    const verdict = verifyAudit(db);
    expect(verdict.ok).toBe(false);
    const text = JSON.stringify(verdict);
    for (const value of [PERSON.number, 'ERIKSSON', PERSON.note, 'other', 'A. Officer', 'protection']) {
      expect(text).not.toContain(value);
    }
    db.close();
  });
});

describe('records behind the chain', () => {
  it.each([
    ['UPDATE finding SET content = 1 WHERE document_id = (SELECT document_id FROM finding LIMIT 1)'],
    ['DELETE FROM image WHERE rowid = 2'],
    [`UPDATE examination SET salt = zeroblob(16) WHERE id = '${idOf('r2')}'`],
    [`UPDATE examination SET salt = NULL WHERE id = '${idOf('r2')}'`],
    [`UPDATE decision SET salt = NULL WHERE examination_id = '${idOf('r2')}'`],
    [`UPDATE examination SET erased_at = '2026-01-01T00:00:00.000Z' WHERE id = '${idOf('r2')}'`],
    [`DELETE FROM examination WHERE id = '${idOf('r2')}'`],
    [`DELETE FROM decision WHERE examination_id = '${idOf('r2')}'`],
    [
      `INSERT INTO erasure VALUES ('${idOf('r2')}', '${idOf('run')}', 'short', '2026-01-01T00:00:00.000Z', '')`,
    ],
  ])('are told after %s', (sql) => {
    const db = withoutTriggers(fiveRecords());
    expect(verifyAudit(db).ok).toBe(true);
    db.exec(sql);
    const { ok, breaks } = verifyAudit(db);
    expect(ok).toBe(false);
    expect(breaks.every(({ kind }) => kind.startsWith('record-'))).toBe(true);
    db.close();
  });

  it('are verified while others are being written', () => {
    const db = fiveRecords();
    const verification = startVerification(db);
    let written = 0;
    while (!verification.step(3)) {
      if (written < 4) saveRecord(db, { name: `later ${(written += 1)}`, at: onDay(9), outcome: 'skip' });
    }
    expect(written).toBe(4);
    expect(verification.verdict()).toMatchObject({ ok: true, entries: 18 });
    db.close();
  });
});

describe('a record that one entry tells of', () => {
  it.each([
    [`UPDATE decision SET note = 'other'`, '1 record-changed'],
    [`UPDATE document SET name = 'X'`, '1 record-changed'],
    [`UPDATE examination SET salt = NULL`, '1 record-changed'],
    ['DELETE FROM decision', '1 record-missing'],
    ['DELETE FROM examination', '1 record-missing'],
  ])('is told after %s', (sql, expected) => {
    const db = memoryStore();
    saveRecord(db, { name: 'one', at: onDay(0), outcome: 'referred', entries: 1 });
    expect(verifyAudit(withoutTriggers(db))).toMatchObject({ ok: true, entries: 1 });
    db.exec(sql);
    expect(places(verifyAudit(db).breaks)[0]).toBe(expected);
    db.close();
  });

  it('is not one that nobody told of, and a second decision is', () => {
    const db = withoutTriggers(memoryStore());
    saveRecord(db, { name: 'one', at: onDay(0), outcome: 'referred', entries: 1 });
    db.exec(
      `INSERT INTO decision (id, examination_id, station_id, officer_id, officer_name, replaces, at, outcome, reasons, note)
       SELECT '${idOf('other')}', examination_id, station_id, officer_id, officer_name, id, at, 'clear', '[]', '' FROM decision`,
    );
    expect(verifyAudit(db).breaks).toEqual([{ seq: null, kind: 'record-unknown', subjectId: idOf('other') }]);
    db.close();
  });
});

describe('an anchor', () => {
  it('tells a tail that was cut off behind it, however the rest was made to fit', () => {
    const db = fiveRecords();
    const kept = [anchored(db)].map((whole) => ({ seq: whole.seq, hash: whole.hash, whole }));
    const gone = [idOf('r4')];
    withoutTriggers(db).exec(`DELETE FROM audit WHERE seq > 8;
      DELETE FROM finding WHERE document_id IN (SELECT id FROM document WHERE examination_id = '${gone[0]}');
      DELETE FROM image WHERE document_id IN (SELECT id FROM document WHERE examination_id = '${gone[0]}');
      DELETE FROM document WHERE examination_id = '${gone[0]}';
      DELETE FROM decision WHERE examination_id = '${gone[0]}';
      DELETE FROM case_to_do WHERE examination_id = '${gone[0]}';
      DELETE FROM examination WHERE id = '${gone[0]}'`);
    expect(verifyAudit(db)).toMatchObject({ ok: true, entries: 8 });
    expect(places(verifyAudit(db, kept).breaks)).toEqual(['10 cut']);
    // Whoever holds the key goes on writing: the numbers are there again, the anchor is not met.
    saveRecord(db, { name: 'instead', at: onDay(4), outcome: 'referred' });
    expect(verifyAudit(db)).toMatchObject({ ok: true, entries: 10 });
    expect(places(verifyAudit(db, kept).breaks)).toEqual(['10 anchor-differs']);
    const [printed] = readAnchors([anchorCode(kept[0] ?? { seq: 0, hash: '' })]).anchors;
    expect(places(verifyAudit(db, printed === undefined ? [] : [printed]).breaks)).toEqual([
      '10 anchor-differs',
    ]);
    db.close();
  });

  it('is the same again where nothing was added, and there is none of an empty chain', () => {
    const empty = memoryStore();
    expect(makeAnchor(empty, STATION_ID, onDay(1))).toBeNull();
    empty.close();
    const db = fiveRecords();
    const first = anchored(db, 50);
    expect(anchored(db, 51)).toEqual(first);
    countOne(db, 'one', onDay(51));
    expect(anchored(db, 52)).toMatchObject({ seq: 11, at: onDay(52) });
    expect(verifyAudit(db, keptAnchors(db, null).anchors)).toMatchObject({ ok: true, anchors: 2 });
    db.close();
  });

  it('that was changed, or is of another station, is told as such', () => {
    const db = fiveRecords();
    const whole = anchored(db);
    const other = fiveRecords();
    for (const wrong of [
      { ...whole, at: onDay(51) },
      { ...whole, seq: 9 },
      { ...whole, seq: 99 },
      anchored(other),
    ]) {
      const { anchors, unreadable } = readAnchors([JSON.stringify(wrong)]);
      expect(unreadable).toBe(0);
      expect(places(verifyAudit(db, anchors).breaks)).toEqual([`${wrong.seq} anchor-damaged`]);
    }
    db.close();
    other.close();
  });

  it('is read as printed, as saved, and not at all where it is mistyped', () => {
    const db = fiveRecords();
    const whole = anchored(db);
    const code = anchorCode(whole);
    expect(code).toMatch(/^([0-9A-Z]{5}-){9}[0-9A-Z]{5}$/);
    const { anchors, unreadable } = readAnchors([` ${code.toLowerCase()} `, '', JSON.stringify(whole)]);
    expect(unreadable).toBe(0);
    expect(anchors.map(({ seq }) => seq)).toEqual([10, 10]);
    expect(verifyAudit(db, anchors)).toMatchObject({ ok: true, anchors: 2 });
    const mistyped = code.replace(/[0-9]/, (digit) => `${(Number(digit) + 1) % 10}`);
    expect(readAnchors([mistyped, '{}', '{"seq":1}', 'anything'])).toEqual({ anchors: [], unreadable: 4 });
    db.close();
  });

  it('is kept in a file beside the store, which also says what the store lost', () => {
    const place = folder();
    const db = fiveRecords();
    anchored(db);
    writeAnchorFile(db, place);
    countOne(db, 'one', onDay(51));
    anchored(db, 51);
    // A cut tore the end off while it was written.
    writeFileSync(join(place, 'anchors.jsonl'), `${readFileSync(join(place, 'anchors.jsonl'), 'utf8')}{"sta`);
    writeAnchorFile(db, place);
    const lines = readFileSync(join(place, 'anchors.jsonl'), 'utf8').split('\n');
    expect(lines.map((line) => line.length > 0)).toEqual([true, true, false]);
    expect(keptAnchors(db, place)).toMatchObject({ anchors: [{ seq: 10 }, { seq: 11 }], unreadable: 0 });
    db.exec('DROP TRIGGER audit_anchor_no_delete; DELETE FROM audit_anchor');
    withoutTriggers(db).exec('DELETE FROM audit WHERE seq = 11; DELETE FROM cleared_count');
    expect(verifyAudit(db, keptAnchors(db, null).anchors).ok).toBe(true);
    expect(places(verifyAudit(db, keptAnchors(db, place).anchors).breaks)).toEqual(['11 cut']);
    db.close();
  });
});

describe('a chain of a version that did not sign', () => {
  const UNSIGNED = STATION_MIGRATIONS.filter(({ version }) => version < 4);
  const act = (db: Db): void =>
    appendAudit(db, {
      at: onDay(0),
      officerId: null,
      action: 'settings.saved',
      subjectId: STATION_ID,
      digest: '',
    });

  it('is adopted by its first signed entry', () => {
    const db = memoryStore(UNSIGNED);
    for (let index = 0; index < 4; index += 1) act(db);
    applyMigrations(db, STATION_MIGRATIONS);
    expect(verifyAudit(db)).toMatchObject({ ok: true, entries: 4, signedFrom: null });
    act(db);
    const rows = db.prepare<[], { action: string; digest: string }>('SELECT action, digest FROM audit').all();
    expect(rows.map(({ action }) => action).slice(3)).toEqual(['settings.saved', ADOPTED, 'settings.saved']);
    expect(verifyAudit(db)).toMatchObject({ ok: true, entries: 6, signedFrom: 5 });
    withoutTriggers(db).exec(`UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 2`);
    expect(places(verifyAudit(db).breaks)).toEqual(['2 changed']);
    db.close();
  });

  it('does not sign with a key whose making was taken back', () => {
    const db = memoryStore();
    expect(() =>
      db.transaction(() => {
        act(db);
        throw new Error('taken back');
      })(),
    ).toThrow('taken back');
    act(db);
    act(db);
    expect(verifyAudit(db)).toMatchObject({ ok: true, entries: 2, signedFrom: 1 });
    db.close();
  });
});
