// The audit chain: every act has its entry, and a row changed behind our back is told.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connect, type Db } from '../../electron/db/open.ts';
import { verifyAudit } from '../../electron/db/verify.ts';
import {
  ADMINISTRATOR,
  dataKeyOf,
  decide,
  draftOf,
  ERIKSSON,
  newId,
  OFFICER,
  openAgain,
  openReady,
  refer,
  TODAY,
} from './fixtures.ts';

/** What stands in the chain before the first record: the set-up, and the officer instead of the administrator. */
const BEFORE = [
  'officer.saved',
  'officer.saved',
  'settings.saved',
  'officer.signed-in',
  'officer.signed-out',
  'officer.signed-in',
];

/** A closed station with two records, a changed decision and a counted one; its database open by hand. */
async function recorded(): Promise<{ db: Db; first: number }> {
  const app = await openReady();
  const draft = draftOf((await app.image()).id);
  const decision = refer('a note');
  await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision });
  await app.ask('decision.change', { ...decide('clear'), examinationId: draft.id, replaces: decision.id });
  await app.ask('examination.save', { ...draftOf(), judgedOn: TODAY, decision: decide('clear') });
  await app.ask('examination.save', { ...draftOf(), judgedOn: TODAY, decision: refer() });
  await app.close();
  const db = connect(join(app.folder, 'station.db'), await dataKeyOf(app.folder), 'WAL');
  const first = db
    .prepare<[], number>(`SELECT min(seq) FROM audit WHERE action = 'examination.recorded'`)
    .pluck()
    .get();
  return { db, first: first ?? 0 };
}

/** Somebody with the key and a tool of their own is not stopped by a trigger. */
function tamper(db: Db, table: string, sql: string): void {
  for (const verb of ['update', 'delete']) db.exec(`DROP TRIGGER ${table}_no_${verb}`);
  db.exec('DROP TRIGGER examination_procedure_no_update');
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
}

describe('a station that stands open for weeks', () => {
  it('anchors its chain every day by itself', async () => {
    let time = Date.parse('2026-11-22T08:00:00.000Z');
    const app = await openReady({ now: () => new Date(time), dueLookMs: 5 });
    const file = join(app.folder, 'anchors.jsonl');
    const anchors = (): string[] =>
      existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    for (let days = 1; days <= 3; days += 1) {
      time += 24 * 3_600_000;
      await app.signIn(OFFICER);
      await expect.poll(() => anchors().length, { timeout: 20_000 }).toBe(days);
      expect(anchors().at(-1)).toContain(new Date(time).toISOString());
    }
    await app.close();
    const later = await openAgain(app.folder, { now: () => new Date(time) });
    expect(later.verifyAudit()).toMatchObject({ ok: true });
  });
});

describe('the chain', () => {
  it('has an entry for every act, of ids and digests alone', async () => {
    const { db, first } = await recorded();
    const rows = db.prepare<[], Record<string, string>>('SELECT * FROM audit ORDER BY seq').all();
    expect(rows.map(({ action }) => action)).toEqual([
      ...BEFORE,
      'examination.recorded',
      'decision.saved',
      'cleared.counted',
      'examination.recorded',
      'officer.signed-out',
    ]);
    expect(rows.slice(0, 5).every(({ officer_id }) => officer_id === ADMINISTRATOR.id)).toBe(true);
    expect(rows.slice(first - 1).every(({ officer_id }) => officer_id === OFFICER.id)).toBe(true);
    expect(
      rows.every(
        ({ digest, hash }) => /^[0-9a-f]{64}$/.test(`${digest}`) && /^[0-9a-f]{64}$/.test(`${hash}`),
      ),
    ).toBe(true);
    const text = JSON.stringify(rows);
    for (const value of ['ERIKSSON', 'L898902C3', 'a note', OFFICER.name]) expect(text).not.toContain(value);
    expect(verifyAudit(db)).toMatchObject({ ok: true, entries: first + 4, signedFrom: 1, breaks: [] });
    db.close();
  });

  it.each([
    ['an entry changed', 'audit', "UPDATE audit SET officer_id = 'other' WHERE seq = @first + 1", 1],
    ['an entry removed', 'audit', 'DELETE FROM audit WHERE seq = @first + 2', 2],
    ['two entries exchanged', 'audit', 'UPDATE audit SET seq = 100 - seq WHERE seq > @first + 3', 4],
    [
      'a reading changed',
      'document',
      `UPDATE document SET reading = replace(reading, '${ERIKSSON[1]}', 'X')`,
      0,
    ],
    ['a picture exchanged', 'image', `UPDATE image SET sha256 = '${'0'.repeat(64)}'`, 0],
    ['a note changed', 'decision', "UPDATE decision SET note = 'other' WHERE note = 'a note'", 0],
    ['an outcome changed', 'decision', "UPDATE decision SET outcome = 'referred' WHERE outcome = 'clear'", 1],
    ['a time changed', 'examination', "UPDATE examination SET saved_at = '2026-01-01T00:00:00.000Z'", 0],
    ['a finding removed', 'finding', 'DELETE FROM finding', 0],
    [
      'a place of a finding changed',
      'finding',
      `UPDATE finding SET content = json_replace(content, '$.fields[0]', 'X') WHERE content -> '$.fields[0]' <> ''`,
      0,
    ],
    ['a number changed', 'document', "UPDATE document SET number = 'X'", 0],
    ['a name changed', 'document', "UPDATE document SET name = 'X'", 0],
    ['an issuer changed', 'document', "UPDATE document SET issuer = 'X'", 0],
    ['a nationality changed', 'document', "UPDATE document SET nationality = 'X'", 0],
    ['a day changed', 'examination', "UPDATE examination SET saved_on = '2026-01-01'", 0],
    ['an officer exchanged', 'examination', "UPDATE examination SET officer_id = 'X'", 0],
    ['a procedure changed', 'procedure_version', "UPDATE procedure_version SET version = 'X'", 0],
    ['a procedure taken away', 'examination', 'UPDATE examination SET procedure = NULL', 0],
    ["a finding's author exchanged", 'finding', "UPDATE finding SET officer_id = 'X'", 0],
  ])('tells %s', async (_name, table, sql, after) => {
    const { db, first } = await recorded();
    tamper(db, table, sql.replace('@first', `${first}`));
    const { ok, breaks } = verifyAudit(db);
    expect([ok, breaks[0]?.seq]).toEqual([false, first + after]);
    db.close();
  });

  it('tells the words changed that findings have in common', async () => {
    const { db } = await recorded();
    tamper(db, 'finding_shared', `UPDATE finding_shared SET content = replace(content, '"look"', '"note"')`);
    const { ok, breaks } = verifyAudit(db);
    expect([ok, breaks[0]?.seq, breaks[0]?.kind]).toEqual([false, null, 'record-changed']);
    db.close();
  });

  it.each([
    ['more', 'UPDATE cleared_count SET count = count + 1'],
    ['fewer', 'UPDATE cleared_count SET count = count - 1'],
    ['none', 'DELETE FROM cleared_count'],
    ['another day', "UPDATE cleared_count SET day = '2020-01-01'"],
    [
      'a day that nobody counted',
      "INSERT INTO cleared_count (station_id, day, count) SELECT id, '2020-01-01', 3 FROM station",
    ],
  ])('tells a count of cleared travellers that is not the count of its entries: %s', async (_name, sql) => {
    const { db } = await recorded();
    expect(verifyAudit(db)).toMatchObject({ ok: true });
    db.exec(sql);
    expect(verifyAudit(db)).toMatchObject({ ok: false, breaks: [{ seq: null, kind: 'count-changed' }] });
    db.close();
  });

  it('tells a record that stands without an entry, and an end that was cut off', async () => {
    const { db, first } = await recorded();
    const id = newId();
    tamper(db, 'audit', `DELETE FROM audit WHERE seq > ${first} + 2`);
    const kinds = verifyAudit(db).breaks.map(({ seq, kind }) => [seq, kind]);
    expect(kinds).toEqual([
      [null, 'record-unknown'],
      [null, 'record-unknown'],
    ]);
    db.close();
    const { db: other } = await recorded();
    other.pragma('foreign_keys = OFF');
    other.exec(
      `INSERT INTO examination SELECT '${id}', station_id, officer_id, officer_name, station_code, place, started_at,
         saved_at, saved_on, submitted_sha256, salt, erased_at, procedure FROM examination LIMIT 1`,
    );
    expect(verifyAudit(other)).toMatchObject({
      ok: false,
      breaks: [{ seq: null, kind: 'record-unknown', subjectId: id }],
    });
    other.close();
  });
});
