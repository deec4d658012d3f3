// Alerts in the lane and in the list: a finding where a document fits, those of others, and who read them.
import { describe, expect, it } from 'vitest';
import { noteAlertRead, saveReadsElsewhere, untoldReads } from '../../electron/db/alerts.ts';
import { insertReceived } from '../../electron/db/received.ts';
import { isFor } from '../../electron/services/alerts.ts';
import { ALERTS_SHOWN } from '../../shared/contract/alerts.ts';
import { encodeReport, type WireReport } from '../../shared/sharing/report.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { alertOf, withdrawalOf } from '../hub/wire-reports.ts';
import { alertOn, laneOf, standingOf, withReport } from './alert-fixtures.ts';
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
import { openReporting, type Reporting } from './report-fixtures.ts';

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

it('an alert for a country is for its stations by whichever code they name it', () => {
  const audience = { agencies: [], places: [], countries: ['D'] };
  const isForOne = (country: string): boolean => isFor(audience, { stationCode: 'MUC-1', country });
  expect(['D', 'DEU', 'DNK'].map(isForOne)).toEqual([true, true, false]);
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

  it('are in the list as long as they are in force, however many came after them', async () => {
    const reporting = await openReporting();
    const { partner } = reporting.hub;
    const lasting = alertOf(partner, newId());
    const [createdAt, expiresAt] = ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'];
    const over = Array.from({ length: ALERTS_SHOWN }, () =>
      alertOf(partner, newId(), { createdAt, expiresAt }),
    );
    const app = await afterReceiving(reporting, [lasting, ...over]);
    const { rows, more } = await app.ask('alert.list', {});
    expect([rows.length, more, rows.at(-1)?.id]).toEqual([ALERTS_SHOWN, true, lasting.id]);
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
