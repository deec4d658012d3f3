// What becomes of reports when the record that they tell of is erased by a rule, and what stays as proof.
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { keepReceipt } from '../../electron/db/outbox.ts';
import type { Db } from '../../electron/db/open.ts';
import { loadReportDraft, saveReportDraft } from '../../electron/db/report-drafts.ts';
import { eraseRecords } from '../../electron/db/retention.ts';
import { trailOf } from '../../electron/db/trail.ts';
import { verifyAudit } from '../../electron/db/verify.ts';
import { createReportWriting } from '../../electron/services/report-writing.ts';
import { idOf, OFFICER_ID, onDay } from '../electron/records.ts';
import { bytesOfReport, networkReport, partnerReport, withdrawalOf } from '../hub/wire-reports.ts';
import { DUTY, enrolledStore } from './test-station.ts';

const CASE = idOf('case');
const IDS = { stationId: uuidv7(), agencyId: uuidv7() };
const PARTNER = uuidv7();

function store() {
  const { db } = enrolledStore(IDS, { hubId: uuidv7(), signKey: 'x', boxKey: 'y' });
  const sending = { wake: () => undefined, hurry: () => undefined, waits: () => null };
  const means = { people: () => [], sending, sign: () => 'a signature' };
  return { db, writing: createReportWriting({ db, emit: () => undefined }, means) };
}

type Writing = ReturnType<typeof store>['writing'];

function write(writing: Writing, report: Parameters<typeof bytesOfReport>[0], waits = false): string {
  const { id, tier, kind, replaces, to } = report;
  const duty = waits
    ? { ...DUTY, settings: { ...DUTY.settings, reportApproval: 'required' as const } }
    : DUTY;
  const audience = { tier, agencyId: to, basisId: to };
  const made = [{ audience, kind, replaces, id, body: bytesOfReport(report), pieces: [] }];
  const submission = { id: uuidv7(), examinationId: CASE, request: 'a request', at: onDay(2), made };
  writing.write(duty, submission, () => undefined);
  return id;
}

const erase = (db: Db): unknown =>
  eraseRecords(db, [{ id: CASE, rule: 'referred' }], {
    id: uuidv7(),
    erasedAt: onDay(400),
    at: onDay(400),
    officerId: OFFICER_ID,
  });

const bodyLength = (db: Db, id: string): number | undefined =>
  db.prepare<[string], number>('SELECT length(body) FROM report WHERE id = ?').pluck().get(id);

const receive = (db: Db, id: string): boolean => {
  const sha256 = db.prepare<[string], string>('SELECT sha256 FROM report WHERE id = ?').pluck().get(id) ?? '';
  return keepReceipt(db, { kind: 'report', subject: id, sha256 }, '{"receipt":1}', onDay(401));
};

it('what is sealed for a partner stays until its receipt is there, and goes with it', () => {
  const { db, writing } = store();
  const [sent, unsent] = [0, 1].map(() => write(writing, partnerReport(IDS, PARTNER))) as [string, string];
  const waiting = write(writing, partnerReport(IDS, PARTNER), true);
  const network = write(writing, networkReport(IDS));
  receive(db, sent);
  expect(bodyLength(db, sent)).toBeGreaterThan(0);
  erase(db);
  expect(bodyLength(db, sent)).toBe(0);
  expect(bodyLength(db, waiting)).toBe(0);
  expect(bodyLength(db, unsent)).toBeGreaterThan(0);
  expect(bodyLength(db, network)).toBeGreaterThan(0);
  expect(verifyAudit(db)).toMatchObject({ ok: true });
  expect(receive(db, unsent)).toBe(true);
  expect(bodyLength(db, unsent)).toBe(0);
  // What says no word of a person stays, also with its receipt.
  receive(db, network);
  expect(bodyLength(db, network)).toBeGreaterThan(0);
  expect(verifyAudit(db)).toMatchObject({ ok: true });
});

it('of the draft, of notes and of requests nothing is left; who did what to which report is', () => {
  const { db, writing } = store();
  db.transaction(() =>
    saveReportDraft(db, { examinationId: CASE, officerId: OFFICER_ID, at: onDay(2), content: { a: 'name' } }),
  )();
  const id = write(writing, networkReport(IDS), true);
  writing.sendBack(DUTY, id, 'Ask Mrs Eriksson again', onDay(3));
  const before = trailOf(db, CASE).map(({ action }) => action);
  erase(db);
  expect(loadReportDraft(db, CASE)).toBeNull();
  const left = db
    .prepare(
      'SELECT note, report_decision.salt AS n, report.salt AS r, request_sha256 AS q FROM report_decision JOIN report ON id = report_id',
    )
    .get();
  expect(left).toEqual({ note: '', n: null, r: null, q: '' });
  expect(before).toEqual(expect.arrayContaining(['report.submitted', 'report.sent-back']));
  expect(trailOf(db, CASE).map(({ action }) => action)).toEqual(expect.arrayContaining(before));
  expect(verifyAudit(db)).toMatchObject({ ok: true });
});

it('after it nothing new is told of the record, but that a report of it is taken back', () => {
  const { db, writing } = store();
  const id = write(writing, networkReport(IDS));
  erase(db);
  expect(() => write(writing, networkReport(IDS))).toThrow('erased');
  expect(() =>
    saveReportDraft(db, { examinationId: CASE, officerId: OFFICER_ID, at: onDay(2), content: {} }),
  ).toThrow('erased');
  const taken = write(writing, withdrawalOf(IDS, id));
  expect(bodyLength(db, taken)).toBeGreaterThan(0);
  receive(db, taken);
  expect(bodyLength(db, taken)).toBeGreaterThan(0);
  expect(verifyAudit(db)).toMatchObject({ ok: true });
});

it('an erasing that left something, or took too much, is told by the audit', () => {
  const changes = [
    // A body that should have gone.
    `UPDATE report SET body = x'7b7d', salt = x'01' WHERE tier = 'T1'`,
    // One that should not have.
    `UPDATE report SET body = x'' WHERE tier = 'T2'`,
    `UPDATE report_decision SET note = 'kept'`,
    `DELETE FROM report_decision WHERE decision = 'approved'`,
    `UPDATE outbox SET receipt = '{}' WHERE receipt IS NOT NULL`,
  ];
  for (const sql of changes) {
    const { db, writing } = store();
    const partner = write(writing, partnerReport(IDS, PARTNER));
    write(writing, networkReport(IDS));
    receive(db, partner);
    erase(db);
    expect(verifyAudit(db).ok, 'before').toBe(true);
    for (const trigger of [
      'report_no_update',
      'report_decision_no_update',
      'report_decision_no_delete',
      'outbox_no_update',
    ])
      db.exec(`DROP TRIGGER ${trigger}`);
    db.exec(sql);
    expect(verifyAudit(db).ok, sql).toBe(false);
  }
});
