// `countercheck trends`: the station's own figures, in lines and as JSON; wrong names are wrong usage.
import { expect, it } from 'vitest';
import { openReporting, filled } from '../electron/report-fixtures.ts';
import { newId, OFFICER } from '../electron/fixtures.ts';
import { runCli } from './run-cli.ts';

const SECRET = `${OFFICER.secret}\n`;
const as = (folder: string): string[] => ['--data', folder, '--as', OFFICER.signInName, '--secret-stdin'];

it('counts what the station counts', async () => {
  const { app, traveller } = await openReporting({ reportApproval: 'off' });
  await app.ask('report.submit', {
    id: newId(),
    examinationId: traveller.id,
    content: await filled(app, traveller.id),
    audiences: [{ audience: { tier: 'T2' }, replaces: null }],
  });
  await app.close();
  const told = await runCli(
    ['trends', '--by', 'fraud', '--only', 'family=passport', ...as(app.folder)],
    SECRET,
  );
  expect([told.code, told.stderr]).toEqual([0, '']);
  expect(told.stdout).toContain('1 report since the week of');
  expect(told.stdout).toContain('Portrait replaced: 1 report\n');
  const { stdout, code } = await runCli(['trends', '--json', ...as(app.folder)], SECRET);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    view: { by: 'issuer', total: 1, lines: [{ key: 'UTO', count: 1, fresh: [] }] },
    examined: { count: 1 },
  });
  const none = await runCli(['trends', '--json', '--only', 'family=visa', ...as(app.folder)], SECRET);
  expect(JSON.parse(none.stdout)).toMatchObject({ view: { total: 0 } });
});

it.each([
  [['--by', 'nationality']],
  [['--only', 'THA']],
  [['--only', 'nationality=THA']],
  [['--weeks', '0']],
  [['--weeks', 'many']],
  [['more']],
])('says how it is used, not %j', async (argv) => {
  const { code, stdout, stderr } = await runCli(['trends', ...argv, ...as('/nowhere')], SECRET);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Usage: countercheck trends');
});
