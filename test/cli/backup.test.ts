// Backups, a case and diagnostics by the command line: at a closed station, and on a machine that has none.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ADMINISTRATOR,
  draftOf,
  OFFICER,
  openAgain,
  openApp,
  refer,
  setupOf,
  temporaryFolder,
  TODAY,
} from '../electron/fixtures.ts';
import { runCli } from './run-cli.ts';

const as = (folder: string, { signInName }: { signInName: string }): string[] => [
  '--data',
  folder,
  '--as',
  signInName,
  '--secret-stdin',
];
const SECRET = `${OFFICER.secret}\n`;

/** A closed station with one record; its folder and recovery key. */
async function station(): Promise<{ folder: string; recoveryKey: string; id: string }> {
  const app = await openApp();
  const { recoveryKey } = await app.ask('station.setup', setupOf());
  await app.signIn(OFFICER);
  const image = await app.image();
  const draft = draftOf(image.id);
  await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
  await app.close();
  return { folder: app.folder, recoveryKey, id: draft.id };
}

describe('backup', () => {
  it.each([
    [['backup']],
    [['backup', 'create', 'more', '--data', 'x', '--as', 'y', '--secret-stdin']],
    [['backup', 'verify', '--data', 'x', '--as', 'y', '--secret-stdin']],
    [['backup', 'restore', 'x', '--data', 'y']],
    [['case', 'export', '--to', 'x', '--data', 'x', '--as', 'y', '--secret-stdin']],
    [['case', 'export', 'x', '--data', 'x', '--as', 'y', '--secret-stdin']],
    [['diagnostics', '--data', 'x', '--as', 'y', '--secret-stdin']],
  ])('says how it is used, not %s', async (argv) => {
    const { code, stderr, stdout } = await runCli(argv, SECRET);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: countercheck');
  });

  it('is stopped by Ctrl+C: nothing of it is left, and the one before is as it was', async () => {
    const { folder } = await station();
    const stick = temporaryFolder();
    const create = ['backup', 'create', '--to', stick, ...as(folder, OFFICER)];
    expect((await runCli(create, SECRET)).code).toBe(0);
    const before = readdirSync(stick).map((name) => [name, statSync(join(stick, name)).mtimeMs]);
    let letGo = 0;
    const stopped = await runCli(create, SECRET, (act) => {
      const waiting = setInterval(() => {
        if (readdirSync(stick).some((name) => name.endsWith('.part'))) act();
      }, 1);
      return () => {
        clearInterval(waiting);
        letGo += 1;
      };
    });
    expect([stopped.code, stopped.stdout, letGo]).toEqual([1, '', 1]);
    expect(stopped.stderr).toContain('Nothing half made is left.');
    expect(readdirSync(stick).map((name) => [name, statSync(join(stick, name)).mtimeMs])).toEqual(before);
    expect(existsSync(join(folder, 'scratch'))).toBe(false);
    const verify = ['backup', 'verify', join(stick, String(before[0]?.[0])), ...as(folder, OFFICER)];
    expect((await runCli(verify, SECRET)).code).toBe(0);
  });

  it('is created, verified, and restored on another machine with the recovery key alone', async () => {
    const { folder, recoveryKey, id } = await station();
    const stick = temporaryFolder();
    const created = await runCli(
      ['backup', 'create', '--to', stick, '--json', ...as(folder, ADMINISTRATOR)],
      `${ADMINISTRATOR.secret}\n`,
    );
    expect([created.code, created.stderr]).toEqual([0, '']);
    const { path, content } = JSON.parse(created.stdout);
    expect(content).toMatchObject({ examinations: 1, pictures: 1, missing: 0 });
    const verified = await runCli(['backup', 'verify', path, ...as(folder, OFFICER)], SECRET);
    expect([verified.code, verified.stdout.includes('1 examination, 1 picture')]).toEqual([0, true]);

    const place = join(temporaryFolder(), 'new');
    const other = `${'0'.repeat(recoveryKey.replaceAll('-', '').length)}\n`;
    const refused = await runCli(['backup', 'restore', path, '--data', place, '--recovery-stdin'], other);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(readdirSync(place)).not.toContain('station.db');
    const restored = await runCli(
      ['backup', 'restore', path, '--data', place, '--recovery-stdin'],
      `${recoveryKey}\n`,
    );
    expect([restored.code, restored.stderr]).toEqual([0, '']);
    const again = await runCli(
      ['backup', 'restore', path, '--data', folder, '--recovery-stdin'],
      `${recoveryKey}\n`,
    );
    expect(again.code).toBe(1);
    const app = await openApp({ dataFolder: place });
    await app.ask('vault.sign-in', { name: OFFICER.signInName, secret: OFFICER.secret });
    expect((await app.ask('history.open', { id })).id).toBe(id);
  });

  it('goes through the rights of whoever asks, and never through a folder that is no station', async () => {
    const { folder, id } = await station();
    const target = temporaryFolder();
    const secret = `${ADMINISTRATOR.secret}\n`;
    const refused = await runCli(
      ['case', 'export', id, '--to', target, ...as(folder, ADMINISTRATOR)],
      secret,
    );
    expect([refused.code, refused.stdout, readdirSync(target)]).toEqual([1, '', []]);
    const nowhere = join(target, 'x');
    expect((await runCli(['backup', 'create', ...as(nowhere, OFFICER)], SECRET)).code).toBe(1);
    expect(existsSync(nowhere)).toBe(false);
  });
});

describe('a case and diagnostics', () => {
  it('are written where they are to go', async () => {
    const { folder, id } = await station();
    const target = temporaryFolder();
    const exported = await runCli(['case', 'export', id, '--to', target, ...as(folder, OFFICER)], SECRET);
    expect([exported.code, exported.stdout.includes('7 files in clear')]).toEqual([0, true]);
    const saved = await runCli(['diagnostics', '--to', target, '--json', ...as(folder, OFFICER)], SECRET);
    expect(saved.code).toBe(0);
    expect(existsSync(JSON.parse(saved.stdout).path)).toBe(true);
    const app = await openAgain(folder);
    expect((await app.ask('audit.verify', {})).ok).toBe(true);
  });
});
