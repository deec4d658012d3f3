// The detection log by the command line: a new file in each format, and whether it was changed since.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import readExcel from 'read-excel-file/node';
import { describe, expect, it, vi } from 'vitest';
import { needBrowser } from '../../scripts/browser.ts';
import {
  ADMINISTRATOR,
  decide,
  draftOf,
  OFFICER,
  openReady,
  refer,
  temporaryFolder,
  TODAY,
} from '../electron/fixtures.ts';
import { textOfPdf } from '../pdf-text.ts';
import { runCli } from './run-cli.ts';

/** A closed station with a cleared record of today and a doubt; answers its folder. */
async function station(): Promise<string> {
  const app = await openReady({}, { clearedPolicy: 'record' });
  await app.ask('examination.save', { ...draftOf(), judgedOn: TODAY, decision: decide('clear') });
  await app.ask('examination.save', { ...draftOf(), judgedOn: TODAY, decision: refer() });
  await app.close();
  return app.folder;
}

const own = (folder: string, { signInName }: { signInName: string } = OFFICER): string[] => [
  '--data',
  folder,
  '--as',
  signInName,
  '--secret-stdin',
];
const run = (argv: string[], folder: string) => runCli([...argv, ...own(folder)], `${OFFICER.secret}\n`);

describe('export', () => {
  it('writes the log of today, which is told whole until it is changed', async () => {
    const folder = await station();
    const out = join(temporaryFolder(), 'today.csv');
    const { code, stdout, stderr } = await run(['export', '--format', 'csv', '--out', out], folder);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('All travellers examined: 2.');
    expect(readFileSync(out, 'utf8').trim().split('\r\n')).toHaveLength(3);

    const whole = await runCli(['log', 'verify', out]);
    expect([whole.code, whole.stderr]).toEqual([0, '']);
    expect(whole.stdout).toContain('today.csv: whole');
    expect(whole.stdout).toContain(`Log of Port of Zenda (ZEN-01), ${TODAY} to ${TODAY}, T2.`);
    const held = await run(['log', 'verify', out], folder);
    expect([held.code, held.stdout.includes('holds this entry')]).toEqual([0, true]);
    // Of another station it says nothing.
    const elsewhere = await run(['log', 'verify', out], await station());
    expect([elsewhere.code, elsewhere.stdout.includes('does not hold this entry')]).toEqual([1, true]);

    writeFileSync(out, readFileSync(out, 'utf8').replace('referred', 'clear'));
    const changed = await runCli(['log', 'verify', out, '--json']);
    expect([changed.code, changed.rows()]).toMatchObject([
      1,
      [{ ok: false, files: [{ verdict: 'changed' }] }],
    ]);
    const alone = await runCli(['log', 'verify', join(folder, 'station.db')]);
    expect([alone.code, alone.stdout]).toEqual([
      1,
      'There is no manifest beside this file, or it is none of Countercheck. Nothing can be told of the file.\n',
    ]);
  });

  it('takes days, a shift, a post, a tier, and answers JSON', async () => {
    const folder = await station();
    const out = join(temporaryFolder(), 'log.xlsx');
    const days = ['--from', '2026-01-01', '--to', TODAY, '--post', 'ZEN-01', '--tier', 'T2'];
    const { code, rows } = await run(['export', '--format', 'xlsx', '--out', out, ...days, '--json'], folder);
    expect([code, rows()]).toMatchObject([
      0,
      [{ totals: { records: 2, examined: null }, files: [{ path: out }] }],
    ]);
    const [sheet] = await readExcel(out);
    expect(sheet?.data).toHaveLength(3);
    const shift = await run(
      ['export', '--format', 'json', '--out', `${out}.json`, '--day', TODAY, '--shift', '2'],
      folder,
    );
    expect([shift.code, shift.stderr.split('\n')[0]]).toEqual([
      1,
      'There is no shift of this number at this station.',
    ]);
    const mistyped = ['export', '--format', 'csv', '--out', `${out}.csv`, '--post', 'zen-01'];
    const post = await run(mistyped, folder);
    expect([post.code, post.stderr.split('\n')[0], existsSync(`${out}.csv`)]).toEqual([
      2,
      'There is no record of post zen-01 here. There are of: ZEN-01.',
      false,
    ]);
  });

  it('writes a PDF where there is a browser', async () => {
    vi.stubEnv('COUNTERCHECK_BROWSER', needBrowser() ?? '');
    const folder = await station();
    const out = join(temporaryFolder(), 'log.pdf');
    const { code, stderr } = await run(['export', '--format', 'pdf', '--out', out], folder);
    vi.unstubAllEnvs();
    // Whoever waits longer than a second is told how far it is.
    expect([code, stderr.replaceAll(/^\d+ of 100 parts written\n/gmu, '')]).toEqual([0, '']);
    const text = await textOfPdf(readFileSync(out));
    expect(text).toContain(`Detection log of ${TODAY}`);
    expect(text).not.toContain('ERIKSSON');
  });

  it('says how it is used, and is not for whoever keeps the keys', async () => {
    const folder = await station();
    const out = join(temporaryFolder(), 'log.csv');
    const file = ['--format', 'csv', '--out', out];
    for (const argv of [
      [],
      ['--out', out],
      ['--format', 'doc', '--out', out],
      [...file, 'more'],
      [...file, '--day', '2026-02-30'],
      [...file, '--from', TODAY],
      [...file, '--day', TODAY, '--to', TODAY],
      [...file, '--from', '2026-02-01', '--to', '2026-01-01'],
      [...file, '--shift', '0'],
      [...file, '--shift', '9'],
      [...file, '--tier', 'T0'],
    ]) {
      const { code, stderr } = await run(['export', ...argv], folder);
      expect([code, stderr.includes('Usage: countercheck export')], argv.join(' ')).toEqual([2, true]);
    }
    for (const argv of [['log'], ['log', 'verify'], ['log', 'mend', out], ['log', 'verify', out, out]])
      expect((await runCli(argv)).code, argv.join(' ')).toBe(2);
    const refused = await runCli(
      ['export', ...file, ...own(folder, ADMINISTRATOR)],
      `${ADMINISTRATOR.secret}\n`,
    );
    expect([refused.code, refused.stdout, existsSync(out)]).toEqual([1, '', false]);
    writeFileSync(out, '');
    const taken = await run(['export', ...file], folder);
    expect([taken.code, taken.stderr.split('\n')[0]]).toEqual([1, 'A file of this name is there already.']);
  });

  it('leaves nothing at Ctrl+C', async () => {
    const folder = await station();
    const out = join(temporaryFolder(), 'log.csv');
    const { code } = await runCli(
      ['export', '--format', 'csv', '--out', out, ...own(folder)],
      `${OFFICER.secret}\n`,
      (act) => {
        act();
        return () => undefined;
      },
    );
    expect([code, existsSync(out), existsSync(`${out}.part`)]).toEqual([1, false, false]);
  });
});
