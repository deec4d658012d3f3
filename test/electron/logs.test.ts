// Detection logs: the same rows in every file, nothing of a person in any; and the day at a glance.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import readExcel from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { decide, refer, temporaryFolder } from './fixtures.ts';
import {
  DAY,
  MORNING,
  PLACE,
  openClocked,
  examine,
  worked,
  wanted,
  plan,
  jsonOf,
  rowsOf,
} from './log-fixtures.ts';

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
    // Digests, keys, signatures and ids are digits by chance.
    const all = readdirSync(folder).map((name) =>
      readFileSync(join(folder, name), 'utf8').replaceAll(
        /[0-9a-f]{32,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu,
        '',
      ),
    );
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
