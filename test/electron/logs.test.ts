// Detection logs: the same rows in every file, nothing of a person in any, bound into the audit chain, made by the plan.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import readExcel from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../electron/db/audit.ts';
import { listedDigest, type Manifest } from '../../electron/logs/manifest.ts';
import { verifyLog } from '../../electron/logs/verify.ts';
import type { Shell } from '../../electron/shell.ts';
import type { Input } from '../../shared/contract/channels.ts';
import {
  ADMINISTRATOR,
  decide,
  draftOf,
  NO_SHELL,
  OFFICER,
  openAgain,
  openReady,
  refer,
  type TestApp,
  temporaryFolder,
} from './fixtures.ts';

const HOUR_MS = 3_600_000;
const DAY = '2026-11-21';
/** Half past eight in the morning of that day in Bangkok. */
const MORNING = Date.parse('2026-11-21T01:30:00.000Z');
/** A place that a spreadsheet would run. */
const PLACE = '=cmd|" /C calc"!A0';

interface Clocked extends TestApp {
  /** Sets the clock. */
  at(time: number): void;
}

async function openClocked(options: Parameters<typeof openReady>[0] = {}, settings = {}): Promise<Clocked> {
  let time = MORNING;
  const app = await openReady(
    { now: () => new Date(time), ...options },
    { place: PLACE, clearedPolicy: 'record', idleMinutes: 30, ...settings },
  );
  return Object.assign(app, {
    at(next: number) {
      time = next;
    },
  });
}

type Decision = Input<'examination.save'>['decision'];

async function examine(app: Clocked, time: number, decision: Decision, lines?: string[]): Promise<void> {
  app.at(time);
  await app.signIn(OFFICER);
  const startedAt = new Date(time - 20_000).toISOString();
  const day = new Date(time + 7 * HOUR_MS).toISOString().slice(0, 10);
  const draft = { ...draftOf(null, lines), startedAt };
  await app.ask('examination.save', { ...draft, judgedOn: day, decision });
}

/** A day with three examinations, and one of the night that belongs to its last shift. */
async function worked(app: Clocked): Promise<void> {
  await examine(app, MORNING, decide('clear'));
  await examine(app, MORNING + 7 * HOUR_MS, refer('a note about Anna'));
  await examine(app, MORNING + 14 * HOUR_MS, decide('skip', ['no-time']));
  await examine(app, MORNING + 18 * HOUR_MS, decide('clear'));
}

const wanted = (folder: string, more: Partial<Input<'log.export'>> = {}): Input<'log.export'> => ({
  from: DAY,
  to: DAY,
  shift: null,
  post: null,
  tier: 'T2',
  formats: ['csv', 'xlsx', 'json'],
  place: { folder },
  ...more,
});

const plan = (folder: string | null, more: Partial<Input<'log.plan'>> = {}): Input<'log.plan'> => ({
  folder,
  at: '00:30',
  formats: ['csv', 'json'],
  tier: 'T2',
  shifts: [],
  ...more,
});

const jsonOf = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const rowsOf = (path: string): string[][] =>
  parse(readFileSync(path), { bom: true, record_delimiter: '\r\n' });

describe('the log of a day', () => {
  it('says the same in every file, and another program reads it', async () => {
    const app = await openClocked();
    await worked(app);
    const done = await app.ask('log.export', wanted(temporaryFolder()));
    const pathOf = (format: string) => done.files.find((file) => file.format === format)?.path ?? '';
    const log = jsonOf(pathOf('json'));
    expect(log.columns.length).toBe(18);
    const head = log.rows.map((row: unknown[]) => row.slice(0, 12));
    const same = ['ZEN-01', `'${PLACE}`, 'passport_ord', 'TD3', 'UTO', 'UTO', 1, 0];
    expect(head).toEqual([
      [1, DAY, null, 'morning', ...same],
      [2, DAY, null, 'afternoon', ...same],
      [3, DAY, null, 'evening', ...same],
    ]);
    const outcomes = log.rows.map((row: unknown[]) => [row[13], row[14], row[17]]);
    expect(outcomes).toEqual([
      ['clear', '', 20],
      ['referred', 'at-second-line', 20],
      ['skip', 'no-time', 20],
    ]);
    const [titles, ...lines] = rowsOf(pathOf('csv'));
    expect(titles).toEqual(log.columns);
    const told = log.rows.map((row: (string | number | null)[]) => row.map((cell) => String(cell ?? '')));
    expect(lines).toEqual(told);
    const [sheet, about] = await readExcel(pathOf('xlsx'), { trim: false });
    expect(
      sheet?.data
        .slice(1)
        .map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : cell))),
    ).toEqual(log.rows.map((row: unknown[]) => row.map((cell) => (cell === '' ? null : cell))));
    expect(about?.data).toContainEqual(['All travellers examined', 3]);
    expect(done.totals).toEqual({
      records: 3,
      outcomes: { clear: 1, referred: 1, skip: 1 },
      clearedCounted: 0,
      examined: 3,
    });
  });

  it('holds nothing of a person, in no file and no tier', async () => {
    const app = await openClocked();
    await worked(app);
    const folder = temporaryFolder();
    await app.ask('log.export', wanted(folder, { formats: ['csv', 'json'] }));
    await app.ask('log.export', wanted(folder, { formats: ['csv', 'json'], tier: 'T3' }));
    expect(readdirSync(folder).length).toBe(6);
    const all = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    for (const part of ['ERIKSSON', 'ANNA', 'Anna', 'L898902C', '740812', '1974', 'ZE184226B', 'A. Officer'])
      for (const text of all) expect(text).not.toContain(part);
    // Nothing of an exact time of somebody's passing either.
    for (const text of all) expect(text).not.toContain('01:30');
  });

  it('counts those of whom only the number is kept, and says where nobody knows it', async () => {
    const app = await openClocked({}, { clearedPolicy: 'counter' });
    await worked(app);
    const folder = temporaryFolder();
    const day = await app.ask('log.export', wanted(folder));
    expect(day.totals).toMatchObject({ records: 2, clearedCounted: 1, examined: 3 });
    const post = await app.ask('log.export', wanted(folder, { post: 'ZEN-01' }));
    expect(post.totals).toMatchObject({ records: 2, clearedCounted: null, examined: null });
    const other = await app.ask('log.export', wanted(folder, { post: 'ZEN-02' }));
    expect(other.totals).toMatchObject({ records: 0 });
    expect(rowsOf(other.files[0]?.path ?? '')).toHaveLength(1);
  });

  it('is of one shift, the night belonging to the day on which it began', async () => {
    const app = await openClocked();
    await app.ask('log.plan', plan(null, { shifts: ['06:00', '14:00', '22:00'] }));
    await worked(app);
    const folder = temporaryFolder();
    const daysOf = async (shift: number) => {
      const done = await app.ask('log.export', wanted(folder, { shift, formats: ['json'] }));
      return jsonOf(done.files[0]?.path ?? '').rows.map((row: unknown[]) => [row[1], row[2], row[13]]);
    };
    expect(await daysOf(1)).toEqual([[DAY, 1, 'clear']]);
    expect(await daysOf(2)).toEqual([[DAY, 2, 'referred']]);
    expect(await daysOf(3)).toEqual([
      [DAY, 3, 'skip'],
      ['2026-11-22', 3, 'clear'],
    ]);
    expect(await app.codeOf('log.export', wanted(folder, { shift: 4 }))).toBe('log-shift');
  });

  it('shows no small count at T3, and none that follows from the others', async () => {
    const app = await openClocked();
    for (let number = 0; number < 7; number += 1)
      await examine(app, MORNING + number * 60_000, decide('clear'));
    for (let number = 0; number < 2; number += 1)
      await examine(app, MORNING + (10 + number) * 60_000, refer());
    const done = await app.ask('log.export', wanted(temporaryFolder(), { tier: 'T3', formats: ['json'] }));
    const { rows, totals } = jsonOf(done.files[0]?.path ?? '');
    for (const row of rows) expect(row.at(-1)).toBeGreaterThanOrEqual(5);
    expect(JSON.stringify(rows)).not.toContain('referred');
    expect(totals.outcomes).toBe(null);
  });
});

describe('a file', () => {
  it('is vouched for by its manifest, and told when it was changed', async () => {
    const app = await openClocked();
    await worked(app);
    const folder = temporaryFolder();
    const done = await app.ask('log.export', wanted(folder));
    expect(await verifyLog(done.manifest)).toMatchObject({
      ok: true,
      files: [{ verdict: 'whole' }, { verdict: 'whole' }, { verdict: 'whole' }],
    });
    const csv = done.files[0]?.path ?? '';
    expect(await verifyLog(csv)).toMatchObject({ ok: true, files: [{ name: basename(csv) }] });
    // The chain holds what vouches for it.
    expect(await app.ask('audit.verify', { anchors: [done.anchor] })).toMatchObject({ ok: true });

    const text = readFileSync(csv, 'utf8');
    writeFileSync(csv, text.replace('referred', 'clear'));
    expect(await verifyLog(csv)).toMatchObject({ ok: false, files: [{ verdict: 'changed' }] });
    rmSync(csv);
    expect(await verifyLog(done.manifest)).toMatchObject({ ok: false });
    writeFileSync(csv, text);

    const manifest = jsonOf(done.manifest);
    for (const [place, value] of [
      ['contentSha256', '0'.repeat(64)],
      ['madeAt', '2026-11-20T00:00:00.000Z'],
      ['program', '9'],
      ['log', { ...manifest.log, totals: { ...manifest.log.totals, records: 4 } }],
      ['entry', { ...manifest.entry, at: '2026-11-20T00:00:00.000Z' }],
      ['entry', { ...manifest.entry, seq: manifest.entry.seq + 1 }],
      ['anchor', manifest.anchor.replace(/"seq":\d+/u, '"seq":1')],
    ] as const) {
      writeFileSync(done.manifest, JSON.stringify({ ...manifest, [place]: value }));
      expect(await verifyLog(csv), place).toMatchObject({ ok: false, anchor: null });
    }
    writeFileSync(done.manifest, 'nothing');
    expect(await verifyLog(csv)).toEqual({ ok: false, manifest: null, anchor: null, files: [] });
  });

  it('is not vouched for by an anchor that nobody signed', async () => {
    const app = await openClocked();
    await worked(app);
    const done = await app.ask('log.export', wanted(temporaryFolder()));
    const { entry, anchor, ...listed }: Manifest = jsonOf(done.manifest);
    const more = { ...listed.log, totals: { ...listed.log.totals, records: 4 } };
    const changed = { ...listed, log: more };
    // Whoever changes it can reckon every hash anew; the station's signature they cannot make.
    const row = {
      seq: entry.seq,
      at: entry.at,
      officer_id: entry.officerId,
      action: entry.action,
      subject_id: entry.subjectId,
      digest: listedDigest(changed),
      previous_hash: entry.previousHash,
    };
    const signature = Buffer.from(entry.previousSignature ?? '', 'hex');
    const hash = hashOf(row, { hash: entry.previousHash, signature }, true);
    const fitting = JSON.stringify({ ...JSON.parse(anchor), hash });
    writeFileSync(done.manifest, JSON.stringify({ ...changed, entry, anchor: fitting }));
    expect(await verifyLog(done.manifest)).toMatchObject({ ok: false, anchor: null });
    writeFileSync(done.manifest, JSON.stringify({ ...listed, entry, anchor }));
    expect(await verifyLog(done.manifest)).toMatchObject({ ok: true });
  });

  it('takes no place that is taken, and none of the station', async () => {
    const app = await openClocked();
    const folder = temporaryFolder();
    const file = join(folder, 'log.csv');
    writeFileSync(file, 'mine');
    expect(await app.codeOf('log.export', wanted(folder, { formats: ['csv'], place: { file } }))).toBe(
      'file-there',
    );
    expect(readFileSync(file, 'utf8')).toBe('mine');
    const own = join(app.folder, 'log.csv');
    expect(await app.codeOf('log.export', wanted(folder, { formats: ['csv'], place: { file: own } }))).toBe(
      'folder-own',
    );
    expect(await app.codeOf('log.export', wanted('/no/such/folder'))).toBe('folder-gone');
    expect(await app.codeOf('log.export', wanted(folder, { formats: ['pdf'] }))).toBe('pdf-unavailable');
    expect(readdirSync(folder)).toEqual(['log.csv']);
    const first = await app.ask('log.export', wanted(folder));
    const second = await app.ask('log.export', wanted(folder));
    expect(second.manifest).not.toBe(first.manifest);
  });

  it('is for whoever answers for the desk alone', async () => {
    const app = await openClocked();
    await app.signIn(ADMINISTRATOR);
    for (const [channel, input] of [
      ['desk.day', { day: null }],
      ['log.state', {}],
      ['log.plan', plan(null)],
      ['log.export', wanted(temporaryFolder())],
      ['log.cancel', {}],
    ] as const)
      expect(await app.codeOf(channel, input), channel).toBe('not-allowed');
  });

  it('of a PDF holds the rows in words', async () => {
    const pages: string[] = [];
    const shell: Shell = {
      ...NO_SHELL,
      can: { ...NO_SHELL.can, pdf: true },
      printPdf: (page) => {
        pages.push(page);
        return Promise.resolve(Buffer.from('%PDF'));
      },
    };
    const app = await openClocked({ shell });
    await worked(app);
    const done = await app.ask('log.export', wanted(temporaryFolder(), { formats: ['pdf'] }));
    expect(readFileSync(done.files[0]?.path ?? '', 'utf8')).toBe('%PDF');
    const [page = ''] = pages;
    for (const part of [
      'Detection log of 2026-11-21',
      '<td>Cleared</td>',
      '<td>No time for a full check</td>',
      '&#39;=cmd|',
      'All travellers examined</dt><dd>3<',
    ])
      expect(page, part).toContain(part);
    expect(page).not.toContain('ERIKSSON');
    expect(page).not.toMatch(/<script|https?:/u);
  });
});

describe('a long log', () => {
  it('tells how far it is, lets others be answered, and leaves nothing when it is stopped', async () => {
    const app = await openClocked();
    for (let number = 0; number < 3; number += 1) await examine(app, MORNING + number, decide('clear'));
    const folder = temporaryFolder();
    const writing = app.codeOf('log.export', wanted(folder));
    expect(await app.codeOf('log.export', wanted(folder))).toBe('log-busy');
    await app.ask('log.cancel', {});
    expect(await writing).toBe('log-cancelled');
    expect(readdirSync(folder)).toEqual([]);
    expect((await app.ask('log.state', {})).running).toBe(null);
    expect(await app.codeOf('log.export', wanted(folder))).toBe('ok');
    expect(app.events.filter((event) => event === 'log.changed').length).toBeGreaterThan(2);
  });
});

describe('the plan', () => {
  /** Those that have their names. */
  const filesIn = (folder: string): string[] =>
    readdirSync(folder).filter((name) => name.startsWith('daily-') && !name.endsWith('.part'));

  it('logs each day that is over once, makes up for days missed, and never twice', async () => {
    const folder = temporaryFolder();
    const app = await openClocked({ dueLookMs: 5 });
    await app.ask('log.plan', plan(folder));
    await examine(app, MORNING, decide('clear'));
    // Before its hour nothing is done: it is a quarter past midnight in Bangkok.
    app.at(Date.parse('2026-11-21T17:15:00.000Z'));
    await new Promise((done) => setTimeout(done, 100));
    expect(filesIn(folder)).toEqual([]);
    app.at(Date.parse('2026-11-21T17:45:00.000Z'));
    await expect
      .poll(() => filesIn(folder))
      .toEqual([
        'daily-log-ZEN-01-2026-11-21.csv',
        'daily-log-ZEN-01-2026-11-21.json',
        'daily-log-ZEN-01-2026-11-21.manifest.json',
      ]);
    expect(await verifyLog(join(folder, 'daily-log-ZEN-01-2026-11-21.manifest.json'))).toMatchObject({
      ok: true,
    });
    const before = readFileSync(join(folder, 'daily-log-ZEN-01-2026-11-21.manifest.json'), 'utf8');
    await app.close();

    const later = await openAgain(app.folder, {
      now: () => new Date('2026-11-25T03:00:00.000Z'),
      dueLookMs: 5,
    });
    await expect.poll(() => filesIn(folder).length, { timeout: 20_000 }).toBe(12);
    // A day is marked once its files have their names.
    await expect.poll(async () => (await later.ask('log.state', {})).due).toBe(0);
    expect(await later.ask('log.state', {})).toMatchObject({ trouble: null, last: { day: '2026-11-24' } });
    await new Promise((done) => setTimeout(done, 100));
    expect(filesIn(folder)).toHaveLength(12);
    expect(readFileSync(join(folder, 'daily-log-ZEN-01-2026-11-21.manifest.json'), 'utf8')).toBe(before);
    // The files go where a person moves them; the day stays logged.
    for (const name of filesIn(folder)) rmSync(join(folder, name));
    await new Promise((done) => setTimeout(done, 100));
    expect(filesIn(folder)).toEqual([]);
  });

  it('tells in health what stands in the way, and makes up for it', async () => {
    const folder = join(temporaryFolder(), 'stick');
    mkdirSync(folder);
    const app = await openClocked({ dueLookMs: 5 });
    await app.ask('log.plan', plan(folder));
    rmSync(folder, { recursive: true });
    app.at(Date.parse('2026-11-22T02:00:00.000Z'));
    await app.signIn(OFFICER);
    const warnings = async () => (await app.ask('health.state', {})).warnings;
    await expect.poll(warnings).toContain('log-late');
    expect(await app.ask('log.state', {})).toMatchObject({ due: 1, trouble: 'folder-gone' });
    // An empty folder of the same name is not the stick.
    mkdirSync(folder);
    app.at(Date.parse('2026-11-22T02:20:00.000Z'));
    await app.signIn(OFFICER);
    await new Promise((done) => setTimeout(done, 100));
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, 'countercheck-logs'), '');
    app.at(Date.parse('2026-11-22T02:40:00.000Z'));
    await app.signIn(OFFICER);
    await expect.poll(warnings).not.toContain('log-late');
    expect(filesIn(folder)).toHaveLength(3);
  });

  it('waits while the clock is in doubt: a day that has not come is not logged for good', async () => {
    const folder = temporaryFolder();
    const app = await openClocked({ dueLookMs: 5 });
    await app.ask('log.plan', plan(folder, { formats: ['csv'] }));
    app.at(Date.parse('2027-11-22T02:00:00.000Z'));
    await app.signIn(OFFICER);
    expect((await app.ask('health.state', {})).warnings).toContain('clock-ahead');
    await new Promise((done) => setTimeout(done, 100));
    expect(filesIn(folder)).toEqual([]);
    await app.ask('clock.confirm', {});
    await expect.poll(() => filesIn(folder).length, { timeout: 20_000 }).toBeGreaterThan(2);
  });

  it('takes the place of what a cut left of the same day', async () => {
    const folder = temporaryFolder();
    const app = await openClocked({ dueLookMs: 5 });
    await app.ask('log.plan', plan(folder, { formats: ['csv'] }));
    const path = join(folder, `daily-log-ZEN-01-${DAY}.csv`);
    writeFileSync(path, 'cut');
    copyFileSync(path, `${path}.part`);
    app.at(Date.parse('2026-11-22T02:00:00.000Z'));
    await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8').includes('number')).toBe(true);
    await expect.poll(() => existsSync(`${path}.part`)).toBe(false);
  });

  it('refuses what it could not keep', async () => {
    const app = await openClocked();
    expect(await app.codeOf('log.plan', plan('/no/such/folder'))).toBe('folder-gone');
    expect(await app.codeOf('log.plan', plan(app.folder))).toBe('folder-own');
    expect(await app.codeOf('log.plan', plan(temporaryFolder(), { formats: ['pdf'] }))).toBe(
      'pdf-unavailable',
    );
    for (const shifts of [['22:00', '06:00'], ['06:00', '06:00'], ['6:00'], ['24:00']])
      expect(await app.codeOf('log.plan', plan(null, { shifts }))).toBe('bad-request');
  });
});

describe('the day at a glance', () => {
  it('counts what was saved, by hour and outcome, with what it is counted of', async () => {
    const app = await openClocked();
    await worked(app);
    const day = await app.ask('desk.day', { day: DAY });
    expect(day).toMatchObject({
      day: DAY,
      stationCode: 'ZEN-01',
      outcomes: { clear: 1, referred: 1, skip: 1 },
      clearedCounted: 0,
      cases: { opened: 1, closed: 0, open: 1 },
      reports: { submitted: 0, approved: 0, sentBack: 0, sent: 0, toApprove: 0 },
      alerts: { approved: 0, received: 0 },
      outbox: { waiting: 0, parked: 0, oldestAt: null, hold: 'none' },
    });
    const hours = day.hours.flatMap((of, hour) => (of.clear + of.referred + of.skip > 0 ? [[hour, of]] : []));
    expect(hours).toEqual([
      [8, { clear: 1, referred: 0, skip: 0 }],
      [15, { clear: 0, referred: 1, skip: 0 }],
      [22, { clear: 0, referred: 0, skip: 1 }],
    ]);
    expect((await app.ask('desk.day', { day: '2026-11-22' })).outcomes).toEqual({
      clear: 1,
      referred: 0,
      skip: 0,
    });
    // Without a day it is the one of the station's own clock.
    expect((await app.ask('desk.day', { day: null })).day).toBe('2026-11-22');
  });
});
