// Trends at a station: own approved reports and received ones, the reports behind a figure, files, and who may ask.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Input, Output } from '../../shared/contract/channels.ts';
import { weekOf } from '../../shared/sharing/redact.ts';
import type { TrendQuestion } from '../../shared/trends/question.ts';
import { weekName, weekNumber } from '../../shared/trends/weeks.ts';
import { until } from '../until.ts';
import { idAtHub, introduced, introducer, openEnrolled, reportOnce, stick } from './carry-fixtures.ts';
import { newId, OFFICER, temporaryFolder, type TestApp, TODAY } from './fixtures.ts';
import { filled, openReporting } from './report-fixtures.ts';
import { ADMINISTRATOR, EXAMINER } from './set-up.ts';

const WEEK = weekNumber(weekOf(TODAY));
const asked = (other: Partial<TrendQuestion> = {}): TrendQuestion => ({
  by: 'issuer',
  from: weekName(WEEK - 12),
  to: weekName(WEEK),
  week: null,
  only: {},
  ...other,
});
const linesOf = ({ view }: Output<'trends.view'>) => view.lines.map(({ key, count }) => [key, count]);

async function submit(
  app: TestApp,
  examinationId: string,
  tiers: ('T2' | 'T3')[],
  replaces: string | null = null,
) {
  const { reports } = await app.ask('report.submit', {
    id: newId(),
    examinationId,
    content: await filled(app, examinationId),
    audiences: tiers.map((tier) => ({ audience: { tier }, replaces })),
  });
  return reports;
}

describe('own reports', () => {
  it('are counted from when they are approved, and not when they are sent back', async () => {
    const { app, traveller } = await openReporting({ reportApproval: 'required' });
    await app.signIn(EXAMINER);
    const [network, figures] = await submit(app, traveller.id, ['T2', 'T3']);
    await app.signIn(OFFICER);
    const total = async () => (await app.ask('trends.view', asked())).view.total;
    expect(await total()).toBe(0);
    await app.ask('report.send-back', { id: figures?.id ?? '', note: 'Which place?' });
    expect(await total()).toBe(0);
    await app.ask('report.approve', { id: network?.id ?? '' });
    expect(await total()).toBe(1);
  });

  it('are counted once, tell which they are, and go when they are withdrawn', async () => {
    const { app, traveller } = await openReporting({ reportApproval: 'off' });
    const [network, figures] = await submit(app, traveller.id, ['T2', 'T3']);
    const answer = await app.ask('trends.view', asked());
    expect([answer.view.total, linesOf(answer)]).toEqual([1, [['UTO', 1]]]);
    // The traveller was examined this week, at a station that is not older.
    expect(answer.examined?.count).toBe(1);
    // The examination of the fixtures began on a day of its own.
    expect(answer.span?.from).toBe(answer.span?.to);
    const { rows, total } = await app.ask('trends.reports', { ...asked(), limit: 10, offset: 0 });
    expect([total, rows.map(({ id, isOwn, fraud }) => [id, isOwn, fraud])]).toEqual([
      1,
      [[network?.id, true, ['FG.photo_sub']]],
    ]);
    expect((await app.ask('report.open', { id: rows[0]?.id ?? '' })).report.id).toBe(network?.id);

    const [better] = await submit(app, traveller.id, ['T2'], network?.id);
    expect(
      (await app.ask('trends.reports', { ...asked(), limit: 10, offset: 0 })).rows.map(({ id }) => id),
    ).toEqual([better?.id]);
    await app.ask('report.withdraw', { id: newId(), reportId: better?.id ?? '', reason: 'doubled' });
    // What was told as a figure alone still stands.
    expect(
      (await app.ask('trends.reports', { ...asked(), limit: 10, offset: 0 })).rows.map(({ id }) => id),
    ).toEqual([figures?.id]);
    await app.ask('report.withdraw', { id: newId(), reportId: figures?.id ?? '', reason: 'doubled' });
    expect((await app.ask('trends.view', asked())).view.total).toBe(0);
  });
});

it('reports of others are counted beside own ones, without any network, and every part of a filter must fit', async () => {
  const hub = introducer();
  const a = await openEnrolled(hub, 'ZEN-01');
  const b = await openEnrolled(hub, 'STR-02', 1);
  await introduced(hub, a, b);
  const sent = await reportOnce(a);
  const to = { kind: 'station', stationId: await idAtHub(b) } as const;
  const { path } = await a.ask('bundle.write', { folder: stick(), to });
  await b.ask('bundle.read', { path });
  await until(async () =>
    expect((await b.ask('received.list', { limit: 5, offset: 0 })).rows.length).toBe(1),
  );
  const own = await reportOnce(b);
  const bySource = await b.ask('trends.view', asked({ by: 'source' }));
  expect(Object.fromEntries(linesOf(bySource))).toEqual({ own: 1, received: 1 });
  const ids = async (only: TrendQuestion['only']) => {
    const { rows } = await b.ask('trends.reports', { ...asked({ only }), limit: 10, offset: 0 });
    return rows.map(({ id }) => id).toSorted();
  };
  expect(await ids({})).toEqual([sent.id, own.id].toSorted());
  expect(await ids({ source: 'received' })).toEqual([sent.id]);
  expect(await ids({ source: 'received', fraud: 'CF.full' })).toEqual([]);
  expect(await ids({ source: 'own', fraud: 'FG.photo_sub', family: 'passport' })).toEqual([own.id]);
});

describe('a view in a file', () => {
  it('is its lines as they are counted, with what they are held against; shared, none of few', async () => {
    const { app, traveller } = await openReporting({ reportApproval: 'off' });
    await submit(app, traveller.id, ['T2']);
    const folder = mkdtempSync(join(temporaryFolder(), 'files-'));
    const save = (other: Partial<Input<'trends.save'>>) =>
      app.ask('trends.save', { question: asked(), what: 'table', isShared: false, folder, ...other });
    const { path, bytes } = await save({});
    const text = readFileSync(path, 'utf8');
    expect(Buffer.byteLength(text)).toBe(bytes);
    const records: string[][] = parse(text, { bom: true });
    expect(records.map((record) => record.slice(0, 3))).toEqual([
      ['Code', 'Issuing state', 'Reports'],
      ['UTO', 'Utopia (specimen)', '1'],
      ['', 'Reports in all', '1'],
    ]);
    const shared: string[][] = parse(readFileSync((await save({ isShared: true })).path, 'utf8'), {
      bom: true,
    });
    expect(shared.map((record) => record.slice(0, 3))).toEqual([
      ['Code', 'Issuing state', 'Reports'],
      ['', 'Reports in all', 'left out'],
    ]);
    const chart = readFileSync((await save({ what: 'time' })).path, 'utf8');
    expect(chart).toMatch(/^<\?xml[^]*<svg[^]*Reports in all: 1[^]*<\/svg>\n$/u);
    expect(chart).toContain('Travellers examined');
    expect(readFileSync((await save({ what: 'map', isShared: true })).path, 'utf8')).not.toContain(
      'trend-dot"',
    );
    expect(readdirSync(folder).length).toBe(4);
    expect((await app.ask('audit.verify', {})).ok).toBe(true);
  });

  it('is not written into the station’s own folder, nor where there is none', async () => {
    const { app } = await openReporting();
    const request = { question: asked(), what: 'table', isShared: true } as const;
    expect(await app.codeOf('trends.save', { ...request, folder: app.folder })).toBe('folder-own');
    expect(await app.codeOf('trends.save', { ...request, folder: '/nowhere/at/all' })).toBe('folder-gone');
  });
});

it('whoever keeps the station is told no figures; an examiner opens reports but writes no file', async () => {
  const { app } = await openReporting();
  const list = { ...asked(), limit: 1, offset: 0 };
  const file = { question: asked(), what: 'table', isShared: true, folder: '/nowhere' } as const;
  await app.signIn(ADMINISTRATOR);
  expect([await app.codeOf('trends.view', asked()), await app.codeOf('trends.reports', list)]).toEqual([
    'not-allowed',
    'not-allowed',
  ]);
  await app.signIn(EXAMINER);
  expect([
    await app.codeOf('trends.view', asked()),
    await app.codeOf('trends.reports', list),
    await app.codeOf('trends.save', file),
  ]).toEqual(['ok', 'ok', 'not-allowed']);
});
