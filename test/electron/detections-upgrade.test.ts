// A store with reports from before alerts and case studies: the table of reports is made anew under what names them.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { applyMigrations } from '../../electron/db/migrate.ts';
import { STATION_MIGRATIONS } from '../../electron/db/migrations/station.ts';
import type { Db } from '../../electron/db/open.ts';
import { addToOutbox } from '../../electron/db/outbox.ts';
import {
  changedReports,
  insertCrop,
  insertReport,
  insertReportDecision,
  type NewReport,
  reportDigest,
} from '../../electron/db/reports.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { idOf, memoryStore, OFFICER_ID, onDay, saveRecord, STATION_ID } from './records.ts';

const AUTHOR = { stationId: STATION_ID, officerId: OFFICER_ID, officerName: 'A. Officer' };
const BEFORE = STATION_MIGRATIONS.filter(({ version }) => version < 13);
const WITH_IT = STATION_MIGRATIONS.filter(({ version }) => version <= 13);

function report(name: string, of: Partial<NewReport> = {}): NewReport {
  return {
    id: idOf(name),
    submissionId: idOf(`submission ${name}`),
    examinationId: idOf('case'),
    tier: 'T2',
    agencyId: null,
    basisId: null,
    kind: 'report',
    replaces: null,
    at: onDay(1),
    needsApproval: false,
    body: Buffer.from(`{"${name}":1}`),
    request: name,
    ...of,
  };
}

/** Corrected and withdrawn reports, one to a partner, with decisions, a picture and their place in the outbox. */
function filledStore(): Db {
  const db = memoryStore(BEFORE);
  saveRecord(db, { name: 'case', at: onDay(0), outcome: 'referred' });
  db.transaction(() => {
    const rows = [
      report('first'),
      report('second', { kind: 'correction', replaces: idOf('first') }),
      report('third', { kind: 'withdrawal', replaces: idOf('second') }),
      report('partner', { tier: 'T1', agencyId: idOf('agency'), basisId: idOf('basis') }),
      report('waiting'),
    ];
    for (const row of rows) {
      insertReport(db, AUTHOR, row);
      if (row.id === idOf('waiting')) continue;
      const decision = {
        reportId: row.id,
        decision: 'approved',
        at: onDay(2),
        note: '',
        signature: 's',
      } as const;
      insertReportDecision(db, AUTHOR, decision);
      addToOutbox(db, { kind: 'report', subject: row.id, sha256: sha256(row.body), total: 1, at: onDay(2) });
    }
    const bytes = randomBytes(100);
    insertCrop(db, idOf('first'), { sha256: sha256(bytes), mime: 'image/jpeg', bytes });
  })();
  return db;
}

const all = (db: Db, sql: string): unknown[] => db.prepare<[], unknown[]>(sql).raw().all();
const WHOLE = `SELECT rowid, id, submission_id, examination_id, tier, agency_id, basis_id, kind, replaces, station_id,
  officer_id, officer_name, at, needs_approval, body, sha256, request_sha256, salt FROM report ORDER BY rowid`;

describe('reports of before', () => {
  it('are there as they were, in their order, and whatever names them finds them', () => {
    const db = filledStore();
    const tables = [
      WHOLE,
      ...['report_decision', 'report_image', 'outbox'].map((one) => `SELECT * FROM ${one}`),
    ];
    const read = (): unknown[][] => tables.map((sql) => all(db, sql));
    const digest = reportDigest(db, idOf('first'));
    const before = read();
    expect(before.map(({ length }) => length)).toEqual([5, 4, 1, 4]);
    applyMigrations(db, STATION_MIGRATIONS);
    expect(read()).toEqual(before);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(changedReports(db)).toEqual([]);
    expect(reportDigest(db, idOf('first'))).toBe(digest);
    expect(all(db, `SELECT 1 FROM sqlite_master WHERE name = 'report_before'`)).toEqual([]);
  });

  it('are as safe as in a new store: the same triggers and indexes, no change, no removal', () => {
    const db = filledStore();
    const objects = (): Set<unknown> =>
      new Set(all(db, `SELECT name FROM sqlite_master WHERE tbl_name = 'report' AND type <> 'table'`).flat());
    const before = objects();
    expect(before.size).toBeGreaterThan(6);
    applyMigrations(db, WITH_IT);
    expect(objects()).toEqual(new Set([...before, 'report_detached']));
    for (const sql of [`UPDATE report SET tier = 'T3'`, 'DELETE FROM report'])
      expect(() => db.exec(sql)).toThrow('append-only');
    expect(() => db.prepare('INSERT INTO report_image VALUES (?, ?)').run(idOf('nobody'), 'x')).toThrow(
      'FOREIGN KEY',
    );
  });

  it('have alerts and case studies beside them, for the network alone', () => {
    const db = filledStore();
    const insert = (of: Partial<NewReport>): void => insertReport(db, AUTHOR, report('new', of));
    expect(() => insert({ kind: 'alert' })).toThrow('CHECK');
    applyMigrations(db, STATION_MIGRATIONS);
    expect(() => insert({ kind: 'alert', tier: 'T3' })).toThrow('CHECK');
    expect(() => insert({ kind: 'correction' })).toThrow('CHECK');
    expect(() => insert({ kind: 'report', replaces: idOf('first') })).toThrow('CHECK');
    insert({ kind: 'alert' });
    insert({ kind: 'case-study', id: idOf('study') });
    insert({ kind: 'withdrawal', id: idOf('undone'), replaces: idOf('new') });
  });

  it('stay where the step breaks off', () => {
    const db = filledStore();
    const before = all(db, WHOLE);
    const broken = STATION_MIGRATIONS.map((step) =>
      step.version === 13 ? { ...step, sql: `${step.sql}; INSERT INTO nothing VALUES (1)` } : step,
    );
    expect(() => applyMigrations(db, broken)).toThrow('nothing');
    expect(all(db, WHOLE)).toEqual(before);
    expect(db.pragma('user_version', { simple: true })).toBe(12);
  });
});
