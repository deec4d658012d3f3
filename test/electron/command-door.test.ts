// The door for commands: found by the owner of the folder alone, nobody until signed in, closed with the station.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { knock, openDoor, type Door } from '../../electron/command-door.ts';
import { openStation } from '../../electron/station.ts';
import { runCli } from '../cli/run-cli.ts';
import {
  ADMINISTRATOR,
  ALL,
  NO_SHELL,
  OFFICER,
  openReady,
  readyFolder,
  temporaryFolder,
  type TestApp,
} from './fixtures.ts';

const doors: Door[] = [];
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});

async function opened(): Promise<TestApp> {
  const app = await openReady();
  const door = await openDoor(app.folder, app);
  if (door === null) throw new Error('no door');
  doors.push(door);
  return app;
}

const asked = async (
  command: { dispatch(channel: string, body: string): Promise<string> } | null,
  channel: string,
  input: unknown = {},
) => JSON.parse((await command?.dispatch(channel, JSON.stringify(input))) ?? 'null');

const signOf = (folder: string): { path: string; token: string } =>
  JSON.parse(readFileSync(join(folder, 'station.door'), 'utf8'));

/** Writes to the socket and answers what comes back until it is closed. */
function say(path: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(path, () => socket.write(text));
    socket.on('data', (bytes) => (heard += bytes.toString('utf8')));
    socket.on('error', reject);
    socket.on('close', () => resolve(heard));
  });
}

describe('the door for commands', () => {
  it('lets a command in as nobody; signed in, it has its own rights and leaves the window its officer', async () => {
    const app = await opened();
    const command = await knock(app.folder);
    expect(await asked(command, 'history.search', ALL)).toMatchObject({ error: { code: 'signed-out' } });
    expect(
      await asked(command, 'vault.sign-in', { name: ADMINISTRATOR.signInName, secret: ADMINISTRATOR.secret }),
    ).toMatchObject({ value: { session: { role: 'administrator' } } });
    expect(await asked(command, 'history.search', ALL)).toMatchObject({ error: { code: 'not-allowed' } });
    expect(await asked(command, 'people.list')).toMatchObject({ ok: true });
    expect(await app.ask('vault.state', {})).toMatchObject({ session: { officerId: OFFICER.id } });
    expect(await app.codeOf('people.save', {} as never)).toBe('not-allowed');
    command?.end();
    const next = await knock(app.folder);
    expect(await asked(next, 'people.list')).toMatchObject({ error: { code: 'signed-out' } });
    next?.end();
  });

  it('is where the command line goes while the station runs, and it leaves no lock behind', async () => {
    const app = await opened();
    const argv = [
      'audit',
      'verify',
      '--json',
      '--data',
      app.folder,
      '--as',
      OFFICER.signInName,
      '--secret-stdin',
    ];
    const verified = await runCli(argv, `${OFFICER.secret}\n`);
    expect([verified.code, verified.stderr]).toEqual([0, '']);
    expect(verified.rows()).toMatchObject([{ ok: true }]);
    expect((await runCli(argv, '000111\n')).code).toBe(1);
    for (const door of doors.splice(0)) await door.close();
    const shut = await runCli(argv, `${OFFICER.secret}\n`);
    expect(shut.code).toBe(1);
    await app.close();
    expect((await runCli(argv, `${OFFICER.secret}\n`)).code).toBe(0);
  });

  it('is told to the owner of the folder alone', async () => {
    const { folder } = await opened();
    expect(statSync(join(folder, 'station.door')).mode & 0o777).toBe(0o600);
    expect(signOf(folder).token).toMatch(/^[0-9a-f]{64}$/);
    expect(await knock(temporaryFolder())).toBeNull();
  });

  it('opens to nobody without the word, and to no line without end', async () => {
    const { folder } = await opened();
    const { path, token } = signOf(folder);
    const wrong = token.replace(/^./, (first) => (first === '0' ? '1' : '0'));
    const request = JSON.stringify({ call: 1, channel: 'vault.state', body: '{}' });
    expect(await say(path, `${wrong}\n${request}\n`)).toBe('');
    expect(await say(path, `${request}\n`)).toBe('');
    expect(await say(path, 'x'.repeat(5000))).toBe('');
    expect(await say(path, `${token}\nnothing sound\n`)).toBe('');
  });

  it('closes with the station: what waits is answered, and the sign is gone', async () => {
    const app = await opened();
    const command = await knock(app.folder);
    await asked(command, 'vault.state');
    for (const door of doors.splice(0)) await door.close();
    expect(await asked(command, 'vault.state')).toEqual({ ok: false, error: { code: 'not-ready' } });
    expect(existsSync(join(app.folder, 'station.door'))).toBe(false);
    expect(await knock(app.folder)).toBeNull();
  });

  it('is not found where a kill left its sign', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'station.sock');
    writeFileSync(join(folder, 'station.door'), JSON.stringify({ path, token: '0'.repeat(64) }));
    expect(await knock(folder)).toBeNull();
  });

  it('is open while a window’s station runs', async () => {
    const folder = await readyFolder();
    const station = openStation({
      dataFolder: folder,
      version: '1',
      shell: NO_SHELL,
      report: () => undefined,
    });
    await expect.poll(() => existsSync(join(folder, 'station.door')), { timeout: 20_000 }).toBe(true);
    const command = await knock(folder);
    const { signInName: name, secret } = OFFICER;
    expect(await asked(command, 'vault.sign-in', { name, secret })).toMatchObject({ ok: true });
    expect(JSON.parse(await station.dispatch('vault.state', '{}'))).toMatchObject({
      value: { phase: 'locked', session: null },
    });
    command?.end();
    await station.close();
    expect(existsSync(join(folder, 'station.door'))).toBe(false);
  });
});
