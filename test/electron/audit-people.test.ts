// Names, roles and sign-in names that were changed by other tools: the audit chain tells of them.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { appendAudit, digestOf } from '../../electron/db/audit.ts';
import { connect, type Db } from '../../electron/db/open.ts';
import { verifyAudit } from '../../electron/db/verify.ts';
import { ADMINISTRATOR, dataKeyOf, newId, OFFICER, openApp, setupOf } from './fixtures.ts';

const GONE = { id: newId(), name: 'G. Gone', role: 'examiner' as const, signInName: 'gone' };
const FOUND = { id: newId(), name: 'F. Found', signInName: 'found', secret: 'found the printed sheet' };

/** A closed station in which somebody was renamed, somebody left, and two came by the recovery key. */
let db: Db;
beforeAll(async () => {
  const app = await openApp();
  const { recoveryKey } = await app.ask('station.setup', setupOf());
  await app.ask('people.save', { ...GONE, secret: 'for one day only' });
  await app.ask('people.save', { ...GONE, role: 'trainer', name: 'G. Renamed', secret: null });
  await app.ask('people.leave', { id: GONE.id });
  await app.ask('vault.recover', { recoveryKey, administrator: FOUND });
  const forgotten = { ...FOUND, id: newId(), signInName: ADMINISTRATOR.signInName.toUpperCase() };
  await app.ask('vault.recover', { recoveryKey, administrator: forgotten });
  await app.close();
  db = connect(join(app.folder, 'station.db'), await dataKeyOf(app.folder), 'WAL');
  db.pragma('foreign_keys = OFF');
  return () => db.close();
});

/** What is told of these changes, which are then taken back; entries by their action. */
function told(...changes: string[]): string[] {
  db.exec('BEGIN');
  try {
    for (const sql of changes) db.exec(sql);
    return verifyAudit(db).breaks.map(({ seq, kind, subjectId }) => {
      const action = db.prepare<[number | null], string>('SELECT action FROM audit WHERE seq = ?').pluck();
      return `${seq === null ? 'none' : action.get(seq)} ${kind} ${subjectId}`;
    });
  } finally {
    db.exec('ROLLBACK');
  }
}

const update = (id: string, sets: string): string => `UPDATE officer SET ${sets} WHERE id = '${id}'`;

describe('the people of a station', () => {
  it('are whole as the station itself wrote them', () => {
    expect(told()).toEqual([]);
  });

  it.each([
    ['name', `name = 'O. Other'`],
    ['role', `role = 'administrator'`],
    ['sign-in name', `sign_in_name = 'other'`],
    ['leaving', `left_at = '2026-01-01T00:00:00.000Z'`],
  ])('cannot have another %s unseen', (_what, sets) => {
    expect(told(update(OFFICER.id, sets))).toEqual([`officer.saved record-changed ${OFFICER.id}`]);
  });

  it('come back after they left only with an entry', () => {
    expect(told(update(GONE.id, 'left_at = NULL'))).toEqual([`officer.left record-changed ${GONE.id}`]);
    expect(told(update(GONE.id, `name = 'G. Gone', role = 'examiner'`))).toEqual([
      `officer.left record-changed ${GONE.id}`,
    ]);
  });

  it('cannot come or go by a row alone', () => {
    const id = newId();
    const added = `INSERT INTO officer (id, station_id, name, role, created_at, sign_in_name)
      SELECT '${id}', station_id, name, role, created_at, 'second' FROM officer WHERE id = '${OFFICER.id}'`;
    expect(told(added)).toEqual([`none record-unknown ${id}`]);
    expect(told(`DELETE FROM officer WHERE id = '${OFFICER.id}'`)).toEqual([
      `officer.saved record-missing ${OFFICER.id}`,
    ]);
  });

  it('are covered where the recovery key brought them, too', () => {
    expect(told(update(FOUND.id, `name = 'O. Other'`))).toEqual([
      `vault.recovered record-changed ${FOUND.id}`,
    ]);
    expect(told(update(ADMINISTRATOR.id, `role = 'supervisor'`))).toEqual([
      `vault.recovered record-changed ${ADMINISTRATOR.id}`,
    ]);
  });

  it('are whole where entries of versions before told less of them', () => {
    const at = '2026-01-01T00:00:00.000Z';
    const before = { id: newId(), name: 'B. Before', role: 'examiner' };
    const older = (action: string, id: string, content: unknown): void =>
      appendAudit(db, { at, officerId: null, action, subjectId: id, digest: digestOf(content) });
    db.exec('BEGIN');
    try {
      older('vault.recovered', FOUND.id, [FOUND.id, 'administrator']);
      older('officer.saved', before.id, before);
      db.prepare(
        `INSERT INTO officer (id, station_id, name, role, created_at) SELECT @id, id, @name, @role, '' FROM station`,
      ).run(before);
      expect(verifyAudit(db).breaks).toEqual([]);
      db.exec(update(FOUND.id, `role = 'supervisor'`));
      db.exec(update(before.id, `role = 'supervisor'`));
      const named = new Set(verifyAudit(db).breaks.map(({ subjectId }) => subjectId));
      expect(named).toEqual(new Set([FOUND.id, before.id]));
    } finally {
      db.exec('ROLLBACK');
    }
  });
});
