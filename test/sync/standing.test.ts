// What changed between writing a report and letting it leave: another took the place of what it replaces; a partner was ended.
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { senderKey } from '../../electron/db/carried.ts';
import { loadHub, removeHub, saveDirectory, saveHub, stationsOf } from '../../electron/db/hub-link.ts';
import { loadReportRow } from '../../electron/db/reports.ts';
import type { OnDuty } from '../../electron/services/context.ts';
import { createReportWriting } from '../../electron/services/report-writing.ts';
import { idOf, onDay } from '../electron/records.ts';
import { bytesOfReport, networkReport } from '../hub/wire-reports.ts';
import { refusal, scripted } from './scripted-hub.ts';
import { DUTY, enrolledStore } from './test-station.ts';

const IDS = { stationId: uuidv7(), agencyId: uuidv7() };
const WITH_APPROVAL: OnDuty = { ...DUTY, settings: { ...DUTY.settings, reportApproval: 'required' } };

const store = () => enrolledStore(IDS, { hubId: uuidv7(), signKey: 'x', boxKey: 'y' }).db;

it('of two corrections that wait for approval one takes the place of the report, and the other none', () => {
  const db = store();
  const sending = { wake: () => undefined, hurry: () => undefined, waits: () => null };
  const means = { people: () => [], sending, sign: () => 'a signature' };
  const writing = createReportWriting({ db, emit: () => undefined }, means);
  function write(replaces: string | null, duty = WITH_APPROVAL): string {
    const report = networkReport(IDS, replaces === null ? {} : { kind: 'correction', replaces });
    const audience = { tier: report.tier, agencyId: null, basisId: null };
    const { id, kind } = report;
    const made = [{ audience, kind, replaces, id, body: bytesOfReport(report), pieces: [] }];
    const submission = { id: uuidv7(), examinationId: idOf('case'), request: id, at: onDay(2), made };
    writing.write(duty, submission, () => undefined);
    return id;
  }
  const first = write(null, DUTY);
  const [one, other] = [write(first), write(first)];
  writing.approve(DUTY, one, onDay(3));
  expect(() => writing.approve(DUTY, other, onDay(3))).toThrow('superseded');
  expect(loadReportRow(db, other)?.state).toBe('to-approve');
  // What stands now can be corrected.
  writing.approve(DUTY, write(one), onDay(4));
});

it('nothing is sealed to stations of an agency that was ended, or to one that was revoked', () => {
  const db = store();
  const [open, ended] = [uuidv7(), uuidv7()];
  const agency = { name: 'Partner', country: 'UTO' };
  const station = (agencyId: string, revokedAt: string | null) => {
    const keys = { signKey: 'x', boxKey: 'y' };
    return { id: uuidv7(), agencyId, code: 'UT-1', place: 'Utopia', country: 'UTO', revokedAt, ...keys };
  };
  const stations = [station(open, null), station(open, onDay(1)), station(ended, null)];
  saveDirectory(
    db,
    [
      { id: open, closedAt: null, ...agency },
      { id: ended, closedAt: onDay(1), ...agency },
    ],
    stations,
  );
  expect(stationsOf(db, open).map(({ id }) => id)).toEqual([stations[0]?.id]);
  expect(stationsOf(db, ended)).toEqual([]);
  // Nor is a file believed that one of these wrote.
  const hub = loadHub(db);
  if (hub === null) throw new Error('no hub');
  const keys = stations.map(({ id }) => senderKey(db, hub, { kind: 'station', id }));
  expect(keys).toEqual(['x', null, null]);
});

it('what a hub answers after somebody left it does not stop the station at its next one', async () => {
  let answer = (_response: Response): void => undefined;
  const station = scripted(() => new Promise<Response>((resolve) => (answer = resolve)));
  station.write();
  await station.heard(1);
  const { db } = station;
  const before = loadHub(db);
  if (before === null) throw new Error('no hub');
  removeHub(db);
  saveHub(db, { ...before, hubId: uuidv7(), stationId: uuidv7() }, 0);
  answer(refusal(403, 'revoked'));
  await station.heard(2);
  expect(loadHub(db)?.stopped).toBeNull();
  await station.sync.stop();
});
