// Alerts at the station: made of an approved report, approved themselves, held against every document, opened, over.
import { describe, expect, it } from 'vitest';
import { noteAlertRead, saveReadsElsewhere, untoldReads } from '../../electron/db/alerts.ts';
import { insertReceived } from '../../electron/db/received.ts';
import type { Output } from '../../shared/contract/channels.ts';
import type { Alert } from '../../shared/sharing/alert.ts';
import { encodeReport, type WireReport } from '../../shared/sharing/report.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { alertOf, withdrawalOf } from '../hub/wire-reports.ts';
import { colleague } from './case-fixtures.ts';
import {
  databaseOf,
  decide,
  draftOf,
  ERIKSSON,
  newId,
  OFFICER,
  openAgain,
  type TestApp,
  TODAY,
} from './fixtures.ts';
import { filled, openReporting, type Reporting } from './report-fixtures.ts';
import { EXAMINER } from './set-up.ts';

type Content = Output<'alert.prepare'>['content'];

/** A report to the network that was approved. */
async function sentReport({ app, traveller }: Pick<Reporting, 'app' | 'traveller'>): Promise<string> {
  const content = await filled(app, traveller.id);
  const audiences = [{ audience: { tier: 'T2' } as const, replaces: null }];
  const submission = { id: newId(), examinationId: traveller.id, content, audiences };
  const { reports } = await app.ask('report.submit', submission);
  return reports[0]?.id ?? '';
}

async function withReport(settings: Parameters<typeof openReporting>[0] = { reportApproval: 'off' }) {
  const reporting = await openReporting(settings);
  return { ...reporting, reportId: await sentReport(reporting) };
}

async function alertOn(app: TestApp, reportId: string, change: (content: Content) => Content = (one) => one) {
  const { content } = await app.ask('alert.prepare', { reportId });
  const { report } = await app.ask('alert.submit', { id: newId(), reportId, content: change(content) });
  return report;
}

const laneOf = async (app: TestApp): Promise<string[]> =>
  (await app.ask('alert.lane', {})).alerts.map(({ id }) => id);
const standingOf = async (app: TestApp): Promise<string[]> =>
  (await app.ask('alert.list', {})).rows.map(({ standing }) => standing);

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
    const cases: [Content, string][] = [
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

async function contentOf(folder: string, id: string): Promise<Alert> {
  const db = await databaseOf(folder);
  const body = db.prepare<[string], Buffer>('SELECT body FROM report WHERE id = ?').pluck().get(id);
  db.close();
  return JSON.parse(body?.toString('utf8') ?? '');
}

/** A traveller whose document is read and recorded. */
async function recorded(app: TestApp, lines: string[] = ERIKSSON) {
  const draft = draftOf(null, lines);
  const decision = decide('referred', ['at-second-line']);
  await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision });
  return (await app.ask('history.open', { id: draft.id })).documents[0];
}

describe('in the lane', () => {
  it('a fitting alert is a finding with its sentence, judged at saving, kept, and judged again the same', async () => {
    const { app, reportId } = await withReport();
    const alert = await alertOn(app, reportId);
    const document = await recorded(app);
    const found = document?.findings.filter(({ id }) => id === 'x.alert');
    expect(found).toMatchObject([
      {
        class: 'list',
        severity: 'look',
        text: { title: 'finding.x.alert.title', fraud: 'finding.x.alert.fraud' },
        values: { alert: alert.id, tip: 'Tilt the page and look left of the portrait.', from: 'Own' },
      },
    ]);
    expect(document?.reading?.alerts?.map(({ id }) => id)).toEqual([alert.id]);
    await app.ask('report.withdraw', { id: newId(), reportId: alert.id, reason: 'entered-in-error' });
    expect((await recorded(app))?.findings.filter(({ id }) => id === 'x.alert')).toEqual([]);
    expect(await app.ask('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('one that speaks of the kind alone is only noted', async () => {
    const { app, reportId } = await withReport();
    await alertOn(app, reportId, (one) => ({ ...one, fits: { ...one.fits, numberRange: null } }));
    const found = (await recorded(app))?.findings.filter(({ id }) => id === 'x.alert');
    expect(found).toMatchObject([{ severity: 'note', text: { title: 'finding.x.alert.kind.title' } }]);
  });

  it('one for other places or countries is in the list and not in the lane', async () => {
    const { app, reportId } = await withReport();
    const forPlaces = (places: string[], countries: string[]) =>
      alertOn(app, reportId, (one) => ({ ...one, audience: { agencies: [], places, countries } }));
    await forPlaces(['STR'], []);
    await forPlaces([], ['ARC']);
    expect([await standingOf(app), await laneOf(app)]).toEqual([['elsewhere', 'elsewhere'], []]);
    const here = await forPlaces(['STR', 'ZEN'], ['UTO']);
    expect(await laneOf(app)).toEqual([here.id]);
  });
});

/** As they came by the hub; the station is opened again. */
async function afterReceiving({ app, sync }: Reporting, messages: WireReport[]): Promise<TestApp> {
  await app.close();
  const db = await databaseOf(app.folder);
  for (const [seq, message] of messages.entries()) {
    const body = Buffer.from(encodeReport(message), 'utf8');
    const { id, agencyId, stationId, tier, kind, replaces } = message;
    const at = new Date().toISOString();
    const row = { id, agencyId, stationId, tier, kind, replaces, body, sha256: sha256(body), signature: 's' };
    insertReceived(db, { ...row, seq: seq + 1, receivedAt: at, storedAt: at });
  }
  db.close();
  return await openAgain(app.folder, { sync });
}

describe('alerts of others', () => {
  it('are in force, unread until they are opened, and then told to the hub once', async () => {
    const reporting = await openReporting();
    const alert = alertOf(reporting.hub.partner, newId());
    const app = await afterReceiving(reporting, [alert]);
    expect(await app.ask('alert.lane', {})).toMatchObject({ alerts: [{ id: alert.id, from: 'Partner' }] });
    const unread = { id: alert.id, origin: 'others', stationCode: 'STR-01', isRead: false, standing: 'live' };
    expect((await app.ask('alert.list', {})).rows).toMatchObject([unread]);
    const opened = await app.ask('alert.open', { id: alert.id });
    expect(opened).toMatchObject({
      body: alert,
      row: { isRead: true },
      readers: { here: [{ name: OFFICER.name, role: 'supervisor' }], elsewhere: [] },
    });
    await app.ask('alert.open', { id: alert.id });
    expect((await app.ask('alert.list', {})).rows).toMatchObject([{ isRead: true }]);
    const { requests } = reporting.hub;
    const told = () => requests.filter(({ path }) => path === `/v1/alerts/${alert.id}/read`);
    await expect.poll(() => told().length).toBeGreaterThan(0);
    expect(JSON.parse(told()[0]?.body ?? '')).toEqual({
      reader: expect.stringMatching(/^[0-9a-f-]{36}$/u),
      role: 'supervisor',
      at: expect.any(String),
    });
    await app.close();
    const db = await databaseOf(app.folder);
    expect(untoldReads(db, 9)).toHaveLength(1);
    expect(JSON.stringify(untoldReads(db, 9))).not.toContain(OFFICER.id);
    db.close();
  });

  it('are over with what takes them or their report back, by the same agency alone', async () => {
    const reporting = await openReporting();
    const { partner, own } = reporting.hub;
    const about = newId();
    const [kept, undone, unfounded] = [
      alertOf(partner, newId()),
      alertOf(partner, newId()),
      alertOf(partner, about),
    ];
    const stranger = { stationId: newId(), agencyId: newId() };
    const app = await afterReceiving(reporting, [
      kept,
      undone,
      unfounded,
      withdrawalOf(partner, undone.id),
      withdrawalOf(partner, about),
      withdrawalOf(stranger, kept.id),
      withdrawalOf(own, kept.about),
    ]);
    expect(await laneOf(app)).toEqual([kept.id]);
  });
});

describe('who read an own alert', () => {
  it('is shown as the hub said last where it does not answer', async () => {
    const { app, reportId, hub, sync } = await withReport();
    const alert = await alertOn(app, reportId);
    await app.close();
    const db = await databaseOf(app.folder);
    const at = '2026-11-23T05:00:00.000Z';
    saveReadsElsewhere(db, alert.id, [
      { stationId: hub.partner.stationId, reader: newId(), role: 'officer', at },
    ]);
    noteAlertRead(db, { alertId: alert.id, officerId: OFFICER.id, role: 'supervisor', at }, false);
    db.close();
    const later = await openAgain(app.folder, { sync });
    const elsewhere = [{ stationCode: 'STR-01', agencyName: 'Partner', role: 'officer', at }];
    expect(await later.ask('alert.reads', { id: alert.id })).toEqual({ elsewhere, isHeard: false });
    expect(await later.ask('alert.open', { id: alert.id })).toMatchObject({
      readers: { here: [{ name: OFFICER.name }], elsewhere },
    });
  });
});
