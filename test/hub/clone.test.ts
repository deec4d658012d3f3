// The hub from a clone: as root out of a home that is closed to all others, and as an ordinary user.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { isRoot } from '../../hub/postgres/account.ts';
import { embeddedFolder } from '../../hub/postgres/binaries.ts';
import { cloneHub, type Clone } from './clone.ts';
import { openFolder } from './cluster.ts';
import { runHub, startHub } from './hub-process.ts';

// Each starts several processes, and a busy machine needs its time for them.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let ground = '';
let clone: Clone;

beforeAll(() => {
  ground = openFolder('clone');
  mkdirSync(join(ground, 'home'));
  clone = cloneHub(join(ground, 'home', 'clone'));
});

/** Whether others may enter the home in which the clone lies. */
const homeIs = (state: 'closed' | 'open'): void =>
  chmodSync(join(ground, 'home'), state === 'open' ? 0o755 : 0o700);

afterAll(() => rmSync(ground, { recursive: true, force: true }));

const serves = async (address: string): Promise<number[]> => {
  const asked = ['/ready', '/about', '/sign-in'].map((path) => fetch(`${address}${path}`));
  return (await Promise.all(asked)).map((answer) => answer.status);
};

test('from a clone in a closed home, by whoever runs the test', async () => {
  homeIs('closed');
  const data = join(ground, 'data');
  const hub = await startHub(['--data', data], clone);
  expect(await serves(hub.address)).toEqual([200, 200, 200]);
  // PostgreSQL's user cannot enter the home: its programs were copied to where it can.
  const copied = readdirSync(data).some((name) => name.startsWith('binaries-'));
  expect(copied).toBe(isRoot() && embeddedFolder() !== null);
  expect(statSync(join(data, 'cluster')).uid === 0).toBe(false);
  expect(await hub.end()).toBe(0);
  const again = await startHub(['--data', data], clone);
  expect(again.setupPath).not.toBeNull();
  expect(await again.end()).toBe(0);
});

if (!isRoot()) console.info('not run: the hub as another user, since this is not root');
describe.runIf(isRoot())('as root', () => {
  test('for an ordinary user of this computer', async () => {
    const nobody = (flag: string): number =>
      Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
    const [uid, gid] = [nobody('-u'), nobody('-g')];
    const own = join(ground, 'own');
    mkdirSync(own);
    chownSync(own, uid, gid);
    // Nothing in the clone is theirs to write.
    homeIs('open');
    const user = { ...clone, uid, gid, env: { HOME: own } };
    const hub = await startHub([], user);
    expect(await serves(hub.address)).toEqual([200, 200, 200]);
    const data = join(own, '.local', 'share', 'countercheck-hub');
    expect(statSync(join(data, 'cluster')).uid).toBe(uid);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(await hub.end()).toBe(0);
    const refused = await runHub(['--data', join(ground, 'home', 'data')], user);
    expect([refused.code, refused.errors]).toEqual([1, expect.stringMatching(/^No permission for .*home/u)]);
  });

  test('a folder that PostgreSQL’s user cannot reach is named, before anything is made in it', async () => {
    homeIs('closed');
    const { code, errors } = await runHub(['--data', join(ground, 'home', 'data')], clone);
    expect([code, errors]).toEqual([1, expect.stringMatching(/cannot enter .*home/u)]);
    const { code: none, errors: said } = await runHub(
      ['--data', join(ground, 'other'), '--postgres-user', 'no-such-user'],
      clone,
    );
    expect([none, said]).toEqual([1, expect.stringContaining('no-such-user')]);
  });
});
