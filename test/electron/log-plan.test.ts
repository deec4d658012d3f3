// The plan of detection logs: each day once, missed days made up for, what stands in the way told.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyLog } from '../../electron/logs/verify.ts';
import { decide, OFFICER, openAgain, temporaryFolder } from './fixtures.ts';
import { DAY, MORNING, openClocked, examine, plan } from './log-fixtures.ts';

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

  it('leaves nothing of a log of which one file cannot have its name', async () => {
    const folder = temporaryFolder();
    const app = await openClocked({ dueLookMs: 5 });
    await app.ask('log.plan', plan(folder));
    const inTheWay = `daily-log-ZEN-01-${DAY}.json`;
    mkdirSync(join(folder, inTheWay, 'full'), { recursive: true });
    app.at(Date.parse('2026-11-22T02:00:00.000Z'));
    await app.signIn(OFFICER);
    await expect.poll(async () => (await app.ask('log.state', {})).trouble).not.toBe(null);
    expect(readdirSync(folder).sort()).toEqual(['countercheck-logs', inTheWay]);
    expect(await app.ask('log.state', {})).toMatchObject({ due: 1, last: null });
  });

  it('leaves a log alone that lies there whole: whoever went back to an older store has fewer records', async () => {
    const folder = temporaryFolder();
    const app = await openClocked({ dueLookMs: 5 });
    await app.ask('log.plan', plan(folder, { formats: ['csv'] }));
    await app.close();
    const older = join(temporaryFolder(), 'older');
    cpSync(app.folder, older, { recursive: true });

    const manifest = join(folder, `daily-log-ZEN-01-${DAY}.manifest.json`);
    const atWork = Object.assign(await openAgain(app.folder, { now: () => new Date(MORNING) }), {
      at: () => undefined,
    });
    await examine(atWork, MORNING, decide('clear'));
    await atWork.close();
    const now = () => new Date('2026-11-22T02:00:00.000Z');
    const next = await openAgain(app.folder, { now, dueLookMs: 5 });
    await expect.poll(async () => (await next.ask('log.state', {})).due).toBe(0);
    await next.close();
    const before = readFileSync(manifest, 'utf8');
    expect(JSON.parse(before)).toMatchObject({ log: { totals: { records: 1 } } });

    const restored = await openAgain(older, { now, dueLookMs: 5 });
    await expect.poll(async () => (await restored.ask('log.state', {})).due).toBe(0);
    expect(readFileSync(manifest, 'utf8')).toBe(before);
    expect((await verifyLog(manifest)).ok).toBe(true);
    expect(await restored.ask('log.state', {})).toMatchObject({ trouble: null, last: { day: DAY } });
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
