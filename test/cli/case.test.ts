// Cases by the command line: listed, printed as a PDF, by whoever may see them and nobody else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { needBrowser } from '../../scripts/browser.ts';
import { enter, openStaffed, outcomeOf, referCase } from '../electron/case-fixtures.ts';
import { ADMINISTRATOR, OFFICER, openAgain, temporaryFolder } from '../electron/fixtures.ts';
import { EXAMINER } from '../electron/set-up.ts';
import { textOfPdf } from '../pdf-text.ts';
import { runCli } from './run-cli.ts';

interface Station {
  folder: string;
  /** Concluded, and not signed. */
  concluded: string;
  waiting: string;
}

async function station(): Promise<Station> {
  const app = await openStaffed();
  const [concluded, waiting] = [await referCase(app), await referCase(app)];
  for (const { id } of [concluded, waiting]) await enter(app, id, { kind: 'taken' });
  await enter(app, concluded.id, outcomeOf('L2.genuine_bearer'));
  await app.close();
  return { folder: app.folder, concluded: concluded.id, waiting: waiting.id };
}

async function run(argv: string[], folder: string, person: { signInName: string; secret: string } = OFFICER) {
  const own = ['--data', folder, '--as', person.signInName, '--secret-stdin'];
  return runCli(['case', ...argv, ...own], `${person.secret}\n`);
}

describe('case list', () => {
  it('tells id, standing and holder of each, the newest first', async () => {
    const { folder, concluded, waiting } = await station();
    const open = await run(['list'], folder, EXAMINER);
    expect([open.code, open.stderr]).toEqual([0, '']);
    const [first, second] = open.stdout.trim().split('\n');
    expect(first).toMatch(new RegExp(`^${waiting}  .*  With A. Officer  ERIKSSON, ANNA MARIA, L898902C3$`));
    expect(second).toMatch(new RegExp(`^${concluded}  .*  To be signed  `));
    expect((await run(['list', '--show', 'done'], folder)).stdout).toBe('There is no such case.\n');
    const all = await run(['list', '--show', 'all', '--json'], folder);
    expect(all.rows()).toMatchObject([{ rows: [{ id: waiting }, { id: concluded }], more: false }]);
  });

  it('is not for whoever may see no record, and says how it is used', async () => {
    const { folder } = await station();
    const refused = await run(['list'], folder, ADMINISTRATOR);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    for (const argv of [
      ['list', '--show', 'mine'],
      ['list', 'x'],
      ['report', 'x'],
      ['report', '--to', 'x'],
    ]) {
      const { code, stderr } = await run(argv, folder);
      expect([code, stderr.includes('Usage: countercheck case')], argv.join(' ')).toEqual([2, true]);
    }
  });
});

describe('case report', () => {
  it('makes the PDF where there is a browser, and the chain tells it', async () => {
    vi.stubEnv('COUNTERCHECK_BROWSER', needBrowser() ?? '');
    const { folder, concluded } = await station();
    const target = temporaryFolder();
    const { code, stdout, stderr } = await run(['report', concluded, '--to', target, '--json'], folder);
    expect([code, stderr]).toEqual([0, '']);
    const done = JSON.parse(stdout);
    expect(Object.keys(done).sort()).toEqual(['bytes', 'missing', 'path', 'sha256']);
    const pdf = readFileSync(done.path);
    expect(pdf.length).toBe(done.bytes);
    expect(await textOfPdf(pdf)).toContain('ERIKSSON');
    const app = await openAgain(folder);
    const exported = await app.ask('case.export', { examinationId: concluded, folder: temporaryFolder() });
    const { entries } = JSON.parse(readFileSync(join(exported.path, 'trail.json'), 'utf8'));
    expect(entries.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['case.print-begun', 'case.printed']),
    );
    vi.unstubAllEnvs();
  });

  it('is refused without a browser, and to whoever may not; no file is made', async () => {
    const { folder, concluded } = await station();
    const target = temporaryFolder();
    vi.stubEnv('COUNTERCHECK_BROWSER', '/no/such/browser');
    const without = await run(['report', concluded, '--to', target], folder);
    expect([without.code, without.stderr.split('\n')[0]]).toEqual([
      1,
      'No PDF can be made here: there is no Chromium, Chrome or Edge on this machine.',
    ]);
    vi.unstubAllEnvs();
    expect((await run(['report', concluded, '--to', target], folder, ADMINISTRATOR)).code).toBe(1);
    expect(readdirSync(target)).toEqual([]);
  });
});
