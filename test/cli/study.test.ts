// The library of case studies by the command line: for whoever works at the counter, and nobody else.
import { expect, it } from 'vitest';
import { openReady } from '../electron/fixtures.ts';
import { ADMINISTRATOR, OFFICER } from '../electron/set-up.ts';
import { runCli } from './run-cli.ts';

async function run(argv: string[], folder: string, person: { signInName: string; secret: string } = OFFICER) {
  const own = ['--data', folder, '--as', person.signInName, '--secret-stdin'];
  return runCli(['study', ...argv, ...own], `${person.secret}\n`);
}

it('lists what can be read, narrowed by words, and says how it is used', async () => {
  const app = await openReady();
  await app.close();
  const { folder } = app;
  const all = await run(['list'], folder);
  expect([all.code, all.stderr]).toEqual([0, '']);
  expect(all.stdout.trim().split('\n')).toHaveLength(3);
  expect(all.stdout).toContain(
    'utopia-visa-until  Utopia, invented  Visa label, UTO  A visa that was made to last longer',
  );
  const found = await run(['list', '--query', 'atlantis', '--json'], folder);
  expect(found.rows()).toMatchObject([{ total: 1, rows: [{ id: 'utopia-no-such-state', issuer: 'ZZA' }] }]);
  expect((await run(['list', '--query', 'zeppelin'], folder)).stdout).toBe('No case study fits\n');
  expect((await run(['list'], folder, ADMINISTRATOR)).code).toBe(1);
  const wrong = await run(['read'], folder);
  expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  expect(wrong.stderr).toContain('Usage: countercheck study list');
});
