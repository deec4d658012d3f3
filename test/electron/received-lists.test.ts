// Lists of reports, own and received: of what they are, narrowed; and what concerns a person in one of another agency,
// which goes when its time is over.
import { expect, it } from 'vitest';
import type { Audience } from '../../shared/sharing/full.ts';
import { until } from '../until.ts';
import { referCase } from './case-fixtures.ts';
import { idAtHub, introduced, introducer, openEnrolled, reportOnce, stick } from './carry-fixtures.ts';
import { newId, OFFICER, type TestApp } from './fixtures.ts';
import { type Content, filled } from './report-fixtures.ts';
import { ADMINISTRATOR } from './set-up.ts';

const DAY_MS = 24 * 60 * 60_000;
const PAGE = { limit: 50, offset: 0 };

/** Submits a report of a new case to these, as `change` has it. */
async function report(
  app: TestApp,
  audience: Audience,
  change: (content: Content) => Content = (all) => all,
) {
  const { id: examinationId } = await referCase(app);
  const content = change(await filled(app, examinationId));
  const audiences = [{ audience, replaces: null }];
  const { reports } = await app.ask('report.submit', { id: newId(), examinationId, content, audiences });
  return reports[0];
}

/** Two agencies with a station each: the first has a legal basis to tell the second of persons. */
async function partners(now?: () => Date) {
  const hub = introducer();
  const a = await openEnrolled(hub, 'ZEN-01');
  const b = await openEnrolled(hub, 'STR-02', 1, now === undefined ? {} : { now });
  await introduced(hub, a, b);
  await a.signIn(ADMINISTRATOR);
  const [agencyId, basisId] = [hub.agencies[1]?.id ?? '', newId()];
  const basis = { kind: 'law', reference: 'Act 3', from: '2026-01-01', until: null } as const;
  await a.ask('basis.save', { bases: [{ id: basisId, agencyId, ...basis }] });
  await a.signIn(OFFICER);
  const carry = async () => {
    const to = { kind: 'station', stationId: await idAtHub(b) } as const;
    const { path } = await a.ask('bundle.write', { folder: stick(), to });
    return b.ask('bundle.read', { path });
  };
  return { a, b, partner: { tier: 'T1', agencyId, basisId } as const, carry };
}

it('lists say of which document a report is and of what fraud, and are narrowed by it', async () => {
  const { a, b, carry } = await partners();
  const passport = await reportOnce(a);
  const visa = await report(a, { tier: 'T2' }, (content) => ({
    ...content,
    document: { ...content.document, type: 'visa_label', issuer: 'D' },
    fraud: { ...content.fraud, types: ['CF.full', 'FG.photo_sub'] },
  }));
  await a.ask('report.withdraw', { id: newId(), reportId: passport.id, reason: 'doubled' });
  const own = (filter = {}) => a.ask('report.list', { show: 'all', ...PAGE, ...filter });
  const about = async (filter = {}) => (await own(filter)).rows.map((row) => [row.kind, row.about]);
  const [ofVisa, ofPassport] = [
    { issuer: 'D', type: 'visa_label', fraud: ['CF.full', 'FG.photo_sub'] },
    { issuer: 'UTO', type: 'passport_ord', fraud: ['FG.photo_sub'] },
  ];
  const all = [
    ['withdrawal', ofPassport],
    ['report', ofVisa],
    ['report', ofPassport],
  ];
  expect(await about()).toEqual(all);
  expect(await about({ issuer: 'D' })).toEqual([['report', ofVisa]]);
  expect(await about({ type: 'passport_ord' })).toEqual([all[0], all[2]]);
  expect(await about({ fraud: 'FG.photo_sub' })).toEqual(all);
  expect(await about({ fraud: 'CF.full', issuer: 'UTO' })).toEqual([]);
  await carry();
  const received = async (filter = {}) =>
    (await b.ask('received.list', { ...PAGE, ...filter })).rows.map((row) => [row.kind, row.about]);
  expect(await received()).toEqual(expect.arrayContaining(all));
  expect(await received()).toHaveLength(all.length);
  expect(await received({ fraud: 'CF.full' })).toEqual([['report', ofVisa]]);
  expect(visa?.about).toEqual(ofVisa);
});

it('what concerns a person in a report of another agency goes when its time is over, and the record says so', async () => {
  let days = 0;
  const now = () => new Date(Date.now() + days * DAY_MS);
  const { b, a, partner, carry } = await partners(now);
  const long = await report(a, partner);
  const day = new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10);
  const short = await report(a, partner, (content) => ({ ...content, expiresOn: day }));
  const network = await report(a, { tier: 'T2' });
  expect(await carry()).toMatchObject({ reports: 3 });
  const open = (id = '') => b.ask('received.open', { id });
  expect((await open(long?.id)).sealedPart).not.toBeNull();
  const gone = async () =>
    Object.fromEntries(
      (await b.ask('received.list', PAGE)).rows.map(({ id, personalGone }) => [id, personalGone]),
    );
  const later = async (more: number) => {
    days += more;
    await b.signIn(OFFICER);
    return b.ask('retention.preview', {});
  };
  expect(await later(10)).toMatchObject({ received: 0, total: 0 });

  // Past the last day that its sender gave.
  const first = await later(25);
  expect(first).toMatchObject({ received: 1, total: 1, ids: [short?.id] });
  const { at, digest } = first;
  expect(await b.ask('retention.run', { at, digest })).toMatchObject({ received: 1, erased: 0 });
  const opened = await open(short?.id);
  expect(opened.sealedPart).toBeNull();
  expect(opened.report).toMatchObject({ personalGone: true, about: { issuer: 'UTO' } });
  expect(opened.body).toMatchObject({ kind: 'report', sealed: null, fraud: { types: ['FG.photo_sub'] } });
  expect((await open(long?.id)).sealedPart).not.toBeNull();

  // The other one as long as what was referred here.
  const second = await later(1_095);
  expect(second.received).toBe(1);
  await b.ask('retention.run', { at: second.at, digest: second.digest });
  expect(await gone()).toEqual({
    [long?.id ?? '']: true,
    [short?.id ?? '']: true,
    [network?.id ?? '']: false,
  });
  expect((await b.ask('retention.preview', {})).received).toBe(0);
  // The same once more brings nothing back.
  expect(await carry()).toMatchObject({ reports: 0, known: 3 });
  expect((await open(long?.id)).sealedPart).toBeNull();
  expect(await b.ask('audit.verify', {})).toMatchObject({ ok: true });
  expect(b.faults).toEqual([]);
});

it('a station that the hub has ended says so as a problem: to whoever is signed in, and on a locked window', async () => {
  const hub = introducer();
  const app = await openEnrolled(hub, 'ZEN-01', 0, { health: { lookMs: 20 } });
  expect(await app.ask('vault.state', {})).not.toHaveProperty('hubStopped');
  hub.endAll();
  await reportOnce(app);
  await until(async () => expect((await app.ask('health.state', {})).warnings).toContain('hub-stopped'));
  await until(() => expect(app.events).toContain('vault.changed'));
  await app.ask('vault.lock', {});
  expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'locked', hubStopped: true });
  // Whoever has it tried again sees it end.
  await app.signIn(OFFICER);
  expect((await app.ask('outbox.state', {})).hold).toBe('stopped');
});
