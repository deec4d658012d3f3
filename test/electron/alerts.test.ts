// Alerts at the station: made of an approved report, approved themselves, over.
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../shared/sharing/alert.ts';
import {
  type AlertContent,
  alertOn,
  contentOf,
  laneOf,
  sentReport,
  standingOf,
  withReport,
} from './alert-fixtures.ts';
import { addPerson, colleague } from './case-fixtures.ts';
import { newId, openAgain, type TestApp } from './fixtures.ts';
import { openReporting } from './report-fixtures.ts';
import { EXAMINER } from './set-up.ts';

const LINE = {
  name: 'P. Counter',
  signInName: 'counter',
  role: 'officer',
  secret: 'seven green lanterns',
} as const;

describe('an alert', () => {
  it('is prefilled from its report: tip, type, issuer, range; for everybody, and for thirty days', async () => {
    const { app, reportId, hub } = await withReport();
    const prepared = await app.ask('alert.prepare', { reportId });
    expect(prepared).toMatchObject({
      content: {
        tip: 'Tilt the page and look left of the portrait.',
        audience: { agencies: [], places: [], countries: [] },
        fits: {
          types: ['passport_ord'],
          issuers: ['UTO'],
          numberRange: { prefix: 'L898', length: 9 },
          mrzPattern: [],
        },
        days: 30,
      },
      agencies: [{ id: hub.partner.agencyId, name: 'Partner' }],
      places: ['STR', 'ZEN'],
      countries: ['UTO'],
      needsApproval: false,
      alerts: [],
    });
  });

  it('stands at the desk as an alert, and not among the reports too', async () => {
    const { app, reportId } = await withReport();
    const before = (await app.ask('desk.day', { day: null })).reports;
    expect(before).toMatchObject({ submitted: 1, approved: 1 });
    await alertOn(app, reportId);
    const { reports, alerts } = await app.ask('desk.day', { day: null });
    expect([reports, alerts.approved]).toEqual([before, 1]);
  });

  it('leaves exactly as it was shown, and names nobody', async () => {
    const { app, reportId, hub } = await withReport();
    const { content } = await app.ask('alert.prepare', { reportId });
    const { body, problems } = await app.ask('alert.preview', { reportId, content });
    expect(problems).toEqual([]);
    const { report } = await app.ask('alert.submit', { id: newId(), reportId, content });
    expect(report).toMatchObject({ kind: 'alert', tier: 'T2', state: 'approved', sending: 'waiting' });
    const { text } = await app.ask('report.open', { id: report.id });
    const sent: Alert = JSON.parse(text);
    const timed = { id: sent.id, createdAt: sent.createdAt, expiresAt: sent.expiresAt };
    expect(sent).toEqual({ ...body, ...timed });
    expect(sent).toMatchObject({ about: reportId, agencyId: hub.own.agencyId, createdByRole: 'supervisor' });
    expect(Date.parse(sent.expiresAt) - Date.parse(sent.createdAt)).toBe(30 * 86_400_000);
    expect(text).not.toMatch(/ERIKSSON|ANNA|L898902C3|740812/u);
    expect(await app.ask('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('is refused where its tip names somebody, where it lacks something, and where it says more than the report', async () => {
    const { app, reportId } = await withReport();
    const { content } = await app.ask('alert.prepare', { reportId });
    const { fits } = content;
    const cases: [AlertContent, string][] = [
      [{ ...content, tip: 'Ask for Mrs Eriksson.' }, 'tip'],
      [{ ...content, tip: `Ask ${EXAMINER.name} about it.` }, 'tip'],
      [{ ...content, tip: '  ' }, 'tip'],
      [{ ...content, fits: { ...fits, types: [] } }, 'fits.types'],
      [{ ...content, fits: { ...fits, issuers: [] } }, 'fits.issuers'],
      [{ ...content, fits: { ...fits, numberRange: { prefix: 'L89890', length: 12 } } }, 'fits.numberRange'],
      [{ ...content, fits: { ...fits, numberRange: { prefix: 'X', length: 9 } } }, 'fits.numberRange'],
      [{ ...content, fits: { ...fits, mrzPattern: ['mrz.sex'] } }, 'fits.mrzPattern'],
    ];
    for (const [given, path] of cases) {
      const { problems } = await app.ask('alert.preview', { reportId, content: given });
      expect(problems.map((problem) => problem.path)).toContain(path);
      const submitted = await app.call('alert.submit', { id: newId(), reportId, content: given });
      expect(submitted).toMatchObject({ ok: false, error: { code: 'report-problem', fields: [path] } });
    }
    const wider = { ...content, fits: { ...fits, numberRange: { prefix: 'L8', length: 9 } } };
    expect((await app.ask('alert.preview', { reportId, content: wider })).problems).toEqual([]);
    expect((await app.ask('alert.list', {})).rows).toEqual([]);
  });

  it('is made of a report to the network that stands, and of nothing else', async () => {
    const { app, traveller } = await openReporting({ reportApproval: 'required' });
    const examiner = await colleague(app, EXAMINER);
    const waiting = await sentReport({ app: examiner as TestApp, traveller });
    expect(await app.codeOf('alert.prepare', { reportId: waiting })).toBe('alert-report');
    await app.ask('report.approve', { id: waiting });
    const alert = await alertOn(app, waiting);
    expect(await app.codeOf('alert.prepare', { reportId: alert.id })).toBe('alert-report');
    expect(await app.codeOf('alert.prepare', { reportId: newId() })).toBe('not-found');
  });

  it('is answered the same when it is repeated', async () => {
    const { app, reportId } = await withReport();
    const { content } = await app.ask('alert.prepare', { reportId });
    const submission = { id: newId(), reportId, content };
    const { report } = await app.ask('alert.submit', submission);
    expect((await app.ask('alert.submit', submission)).report.id).toBe(report.id);
    const other = { ...submission, content: { ...content, days: 7 } };
    expect(await app.codeOf('alert.submit', other)).toBe('already-saved');
    expect((await app.ask('alert.prepare', { reportId })).alerts.map(({ id }) => id)).toEqual([report.id]);
  });
});

describe('approval', () => {
  it('is by the same queue as that of reports; before it nothing of the alert is in force', async () => {
    const { app, traveller } = await openReporting({ reportApproval: 'required' });
    const examiner = (await colleague(app, EXAMINER)) as TestApp;
    const reportId = await sentReport({ app: examiner, traveller });
    await app.ask('report.approve', { id: reportId });
    const alert = await alertOn(examiner, reportId);
    expect(alert.state).toBe('to-approve');
    expect([await standingOf(app), await laneOf(app)]).toEqual([['waiting'], []]);
    const queue = await app.ask('report.list', { show: 'to-approve', limit: 10, offset: 0 });
    expect(queue.rows.map(({ id, kind }) => [id, kind])).toEqual([[alert.id, 'alert']]);
    await app.ask('report.approve', { id: alert.id });
    expect([await standingOf(app), await laneOf(app)]).toEqual([['live'], [alert.id]]);
    const second = await alertOn(examiner, reportId);
    await app.ask('report.send-back', { id: second.id, note: 'Say which light.' });
    expect(await standingOf(app)).toEqual(['sent-back', 'live']);
    expect(await laneOf(app)).toEqual([alert.id]);
    expect(await app.ask('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('keeps it from the first line until then', async () => {
    const { app, traveller } = await openReporting({ reportApproval: 'required' });
    const line = { ...LINE, id: newId() };
    await addPerson(app, line);
    const examiner = (await colleague(app, EXAMINER)) as TestApp;
    const reportId = await sentReport({ app: examiner, traveller });
    await app.ask('report.approve', { id: reportId });
    const [first, second] = [await alertOn(examiner, reportId), await alertOn(examiner, reportId)];
    await app.ask('report.send-back', { id: second.id, note: 'Say which light.' });
    const counter = (await colleague(app, line)) as TestApp;
    expect(await standingOf(counter)).toEqual([]);
    for (const { id } of [first, second])
      expect(await counter.codeOf('alert.open', { id })).toBe('not-found');
    expect(await standingOf(examiner)).toEqual(['sent-back', 'waiting']);
    await app.ask('report.approve', { id: first.id });
    expect(await standingOf(counter)).toEqual(['live']);
    expect(await counter.ask('alert.open', { id: first.id })).toMatchObject({ row: { id: first.id } });
  });

  it('puts it into no list of reports', async () => {
    const { app, traveller, reportId } = await withReport();
    const alert = await alertOn(app, reportId);
    await app.ask('report.withdraw', { id: newId(), reportId: alert.id, reason: 'entered-in-error' });
    for (const show of ['all', 'open'] as const) {
      const { rows } = await app.ask('report.list', { show, limit: 10, offset: 0 });
      expect(rows.map(({ id }) => id)).toEqual([reportId]);
    }
    const { reports } = await app.ask('report.prepare', { examinationId: traveller.id });
    expect(reports.map(({ id, standing }) => [id, standing])).toEqual([[reportId, 'in-force']]);
  });
});

describe('what is over', () => {
  it('is an alert that was taken back, or whose report was', async () => {
    const { app, reportId } = await withReport();
    const [first, second] = [await alertOn(app, reportId), await alertOn(app, reportId)];
    expect(await laneOf(app)).toEqual([second.id, first.id]);
    await app.ask('report.withdraw', { id: newId(), reportId: first.id, reason: 'entered-in-error' });
    expect([await standingOf(app), await laneOf(app)]).toEqual([['live', 'withdrawn'], [second.id]]);
    await app.ask('report.withdraw', { id: newId(), reportId, reason: 'doubt-not-confirmed' });
    expect([await standingOf(app), await laneOf(app)]).toEqual([['withdrawn', 'withdrawn'], []]);
  });

  it('is an alert whose time has come, and the window is told', async () => {
    const { app, reportId } = await withReport();
    const alert = await alertOn(app, reportId);
    await app.close();
    const { expiresAt } = await contentOf(app.folder, alert.id);
    const ends = Date.parse(expiresAt);
    let at = ends - 400;
    const later = await openAgain(app.folder, { now: () => new Date(at) });
    expect(await laneOf(later)).toEqual([alert.id]);
    const before = later.events.length;
    at = ends;
    await expect.poll(() => later.events.slice(before)).toContain('alerts.changed');
    expect([await standingOf(later), await laneOf(later)]).toEqual([['expired'], []]);
  });
});

it('an alert is over by the clock, whenever its timer goes off', async () => {
  const { app, reportId } = await withReport();
  const alert = await alertOn(app, reportId);
  await app.close();
  const ends = Date.parse((await contentOf(app.folder, alert.id)).expiresAt);
  let at = ends - 60_000;
  const later = await openAgain(app.folder, { now: () => new Date(at) });
  expect(await laneOf(later)).toEqual([alert.id]);
  at = ends;
  expect(await laneOf(later)).toEqual([]);
});

it('a station that is closed before an alert ends is not asked for it any more', async () => {
  const { app, reportId } = await withReport();
  const alert = await alertOn(app, reportId);
  await app.close();
  const ends = Date.parse((await contentOf(app.folder, alert.id)).expiresAt);
  const later = await openAgain(app.folder, { now: () => new Date(ends - 150) });
  expect(await laneOf(later)).toEqual([alert.id]);
  await later.close();
  const told = later.events.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect([later.events.length, later.faults]).toEqual([told, []]);
});
