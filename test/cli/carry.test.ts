// By hand from the command line: a stick with reports, a case there and back.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { idAtHub, reportOnce, stick } from '../electron/carry-fixtures.ts';
import { SECOND, twoStations } from '../electron/handover-fixtures.ts';
import type { TestApp } from '../electron/fixtures.ts';
import { OFFICER } from '../electron/set-up.ts';
import { runCli } from './run-cli.ts';

const at = ({ folder }: TestApp, { signInName, secret }: typeof OFFICER) => {
  const who = ['--data', folder, '--as', signInName, '--secret-stdin'];
  return (...args: string[]) => runCli([...args, ...who], `${secret}\n`);
};

it('writes and reads reports, hands a case over, receives, acknowledges and takes back', async () => {
  const { a, b, traveller } = await twoStations();
  await reportOnce(a);
  const { id } = traveller;
  const idOfA = await idAtHub(a);
  await a.close();
  await b.close();
  const [first, second] = [at(a, OFFICER), at(b, SECOND.officer)];
  const folder = stick();
  const only = (match: RegExp): string =>
    join(folder, readdirSync(folder).find((name) => match.test(name)) ?? '');
  const said = async (run: ReturnType<typeof first>): Promise<string> => {
    const { code, stdout, stderr } = await run;
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };

  expect(await said(first('bundle', 'recipients'))).toMatch(/^STR-02 /u);
  expect(await said(first('bundle', 'write', '--to', folder))).toContain('1 report and 0 pictures');
  expect(await said(first('bundle', 'write', '--to', folder, '--for', 'str-02'))).toContain('Written: ');
  expect(await said(second('bundle', 'read', only(/ZEN-01-to-STR-02/u)))).toContain('1 report that');
  const wrong = await second('bundle', 'read', only(/to-hub/u));
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('for somebody else')]);

  expect(await said(first('case', 'hand-over', id, '--for', 'STR-02', '--to', folder))).toContain(
    'only read until it comes back',
  );
  expect(await said(first('case', 'list'))).toMatch(new RegExp(`^${id}  .*  At STR-02  `, 'mu'));
  const file = only(/case-ZEN-01/u);
  expect(JSON.parse(await said(second('case', 'receive', file, '--json')))).toMatchObject({ kind: 'opened' });
  expect(await said(second('case', 'receive', file))).toContain('was read before');
  await said(second('case', 'acknowledge', id, '--to', folder));
  expect(await said(first('case', 'receive', only(/word-STR-02/u)))).toContain('STR-02 has the case');
  const late = await first('case', 'take-back', id);
  expect([late.code, late.stderr]).toEqual([1, expect.stringContaining('does not follow')]);
  await said(second('case', 'hand-over', id, '--for', idOfA, '--to', folder));
  expect(await said(first('case', 'receive', only(/case-STR-02/u)))).toContain('came back from STR-02');
  await said(first('case', 'hand-over', id, '--for', 'STR-02', '--to', folder));
  expect(await said(first('case', 'take-back', id))).toContain('this station’s again');

  for (const args of [
    ['bundle'],
    ['bundle', 'read'],
    ['case', 'receive'],
    ['case', 'hand-over', id, '--to', folder],
  ]) {
    const { code, stderr } = await first(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Usage: countercheck')]);
  }
  expect((await first('bundle', 'write', '--to', folder, '--for', 'NOBODY')).code).toBe(2);
}, 60_000);
