// Alerts and case studies of a report that was corrected first and taken back after: nobody goes on by them.
import { expect, it } from 'vitest';
import { insertReceived } from '../../electron/db/received.ts';
import { encodeReport, type WireReport } from '../../shared/sharing/report.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { alertOf, networkReport, studyOf, withdrawalOf } from '../hub/wire-reports.ts';
import { alertOn, laneOf, sentReport, standingOf } from './alert-fixtures.ts';
import { colleague } from './case-fixtures.ts';
import { databaseOf, newId, openAgain, type TestApp } from './fixtures.ts';
import { filled, openReporting } from './report-fixtures.ts';
import { EXAMINER } from './set-up.ts';
import { openStudying, published, written } from './study-fixtures.ts';

const studiesAt = async (app: TestApp, from: 'here' | 'others'): Promise<string[]> => {
  const all = { query: '', issuer: null, type: null, fraud: null, limit: 50, offset: 0 };
  return (await app.ask('study.library', { ...all, from })).rows.map(({ id }) => id);
};

it('at the station that made them', async () => {
  const { app, reportId, traveller, specimen } = await openStudying();
  const alert = await alertOn(app, reportId);
  const prepared = await app.ask('study.prepare', { reportId });
  const study = await published(app, prepared, written(prepared, specimen));
  const content = await filled(app, traveller.id);
  const audiences = [{ audience: { tier: 'T2' as const }, replaces: reportId }];
  const submission = { id: newId(), examinationId: traveller.id, content, audiences };
  const { reports } = await app.ask('report.submit', submission);
  const correction = reports[0]?.id ?? '';
  // What was only corrected still stands.
  expect([await laneOf(app), await studiesAt(app, 'here')]).toEqual([[alert.id], [study.id]]);
  await app.ask('report.withdraw', { id: newId(), reportId: correction, reason: 'doubt-not-confirmed' });
  expect([await standingOf(app), await laneOf(app)]).toEqual([['withdrawn'], []]);
  expect(await studiesAt(app, 'here')).toEqual([]);
});

it('before they were approved: then they are not let go any more', async () => {
  const { app, traveller } = await openReporting({ reportApproval: 'required' });
  const examiner = (await colleague(app, EXAMINER)) as TestApp;
  const reportId = await sentReport({ app: examiner, traveller });
  await app.ask('report.approve', { id: reportId });
  const alert = await alertOn(examiner, reportId);
  const taking = { id: newId(), reportId, reason: 'doubt-not-confirmed' } as const;
  const { reports } = await examiner.ask('report.withdraw', taking);
  await app.ask('report.approve', { id: reports[0]?.id ?? '' });
  expect(await app.codeOf('report.approve', { id: alert.id })).toBe('alert-report');
  await app.ask('report.send-back', { id: alert.id, note: 'The report was taken back.' });
  expect(await laneOf(app)).toEqual([]);
});

it('at a station that received them, by the agency that made them alone', async () => {
  const { app, hub, sync } = await openReporting();
  const { partner } = hub;
  const made = () => {
    const report = networkReport(partner);
    const first = networkReport(partner, { kind: 'correction', replaces: report.id });
    const second = networkReport(partner, { kind: 'correction', replaces: first.id });
    const [alert, study] = [alertOf(partner, report.id), studyOf(partner, report.id)];
    return { alert, study, second, all: [report, first, second, alert, study] };
  };
  const [kept, gone] = [made(), made()];
  const stranger = { stationId: newId(), agencyId: newId() };
  const messages: WireReport[] = [
    ...kept.all,
    ...gone.all,
    withdrawalOf(stranger, kept.second.id),
    withdrawalOf(partner, gone.second.id),
  ];
  await app.close();
  const db = await databaseOf(app.folder);
  const at = new Date().toISOString();
  for (const [seq, message] of messages.entries()) {
    const body = Buffer.from(encodeReport(message), 'utf8');
    const { id, agencyId, stationId, tier, kind, replaces } = message;
    const row = { id, agencyId, stationId, tier, kind, replaces, body, sha256: sha256(body), signature: 's' };
    insertReceived(db, { ...row, seq: seq + 1, receivedAt: at, storedAt: at });
  }
  db.close();
  const later = await openAgain(app.folder, { sync });
  expect(await laneOf(later)).toEqual([kept.alert.id]);
  expect(await studiesAt(later, 'others')).toEqual([kept.study.id]);
});
