// The operating system's keystore around the keys: nested, so that neither it nor the secret opens anything alone.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Shell } from '../../electron/shell.ts';
import {
  ADMINISTRATOR,
  newId,
  NO_SHELL,
  OFFICER,
  openAgain,
  openApp,
  openReady,
  setupOf,
} from './fixtures.ts';

/** A keystore of one machine and user: what it closed opens there alone. */
function machine(): Shell & { unwrapped: () => number } {
  const key = randomBytes(32);
  let unwrapped = 0;
  return {
    ...NO_SHELL,
    can: { ...NO_SHELL.can, wrapKey: true },
    unwrapped: () => unwrapped,
    async wrapKey(bytes) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    },
    async unwrapKey(bytes) {
      unwrapped += 1;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    },
  };
}

const contentOf = (folder: string): { people: { keystore: boolean }[]; decoy: { keystore: boolean } } =>
  JSON.parse(JSON.parse(readFileSync(join(folder, 'station.keys'), 'utf8')).content);

describe('where the shell has a keystore', () => {
  it('the secret is needed all the same, and so is the keystore', async () => {
    const shell = machine();
    const app = await openReady({ shell });
    expect(await app.ask('vault.state', {})).toMatchObject({ keystore: true });
    const { people, decoy } = contentOf(app.folder);
    expect([...people, decoy].map(({ keystore }) => keystore)).toEqual([true, true, true]);
    await app.close();

    const same = await openApp({ dataFolder: app.folder, shell });
    expect(await same.codeOf('vault.sign-in', { name: OFFICER.signInName, secret: '000111' })).toBe(
      'sign-in-wrong',
    );
    expect(await same.codeOf('vault.sign-in', { name: 'nobody', secret: '000111' })).toBe('sign-in-wrong');
    await same.signIn(OFFICER);
    await same.close();
    for (const other of [machine(), NO_SHELL]) {
      const thief = await openApp({ dataFolder: app.folder, shell: other });
      const { id: officerId, secret } = OFFICER;
      expect(await thief.codeOf('vault.sign-in', { officerId, secret })).toBe('keystore-refused');
      await thief.close();
    }
  });

  it('a name that nobody has asks it as often as one that is known', async () => {
    const shell = machine();
    const app = await openReady({ shell });
    const tries = async (name: string): Promise<number> => {
      const before = shell.unwrapped();
      await app.codeOf('vault.sign-in', { name, secret: '000111' });
      return shell.unwrapped() - before;
    };
    expect(await tries(OFFICER.signInName)).toBe(1);
    expect(await tries('nobody')).toBe(1);
  });

  it('the recovery key is the one other way, on any machine, and closes the keys in the keystore there', async () => {
    const app = await openApp({ shell: machine() });
    const { recoveryKey } = await app.ask('station.setup', setupOf());
    await app.close();
    const shell = machine();
    const moved = await openApp({ dataFolder: app.folder, shell });
    const { name, signInName } = ADMINISTRATOR;
    const administrator = { id: newId(), name, signInName, secret: 'on the new machine' };
    await moved.ask('vault.recover', { recoveryKey, administrator });
    // Others get another secret from there: what the old machine closed is lost with it.
    await moved.ask('people.new-secret', { id: OFFICER.id, secret: 'on the new machine' });
    await moved.signIn({ id: OFFICER.id, secret: 'on the new machine' });
    await moved.close();
    const again = await openApp({ dataFolder: app.folder, shell });
    expect(await again.codeOf('vault.sign-in', { name: signInName, secret: 'on the new machine' })).toBe(
      'ok',
    );
  });

  it.each([
    ['closes nothing', { wrapKey: NO_SHELL.wrapKey }],
    ['opens nothing that it closed', { unwrapKey: NO_SHELL.unwrapKey }],
    ['opens it as something else', { unwrapKey: () => Promise.resolve(Buffer.alloc(60)) }],
  ])('a first run on one that %s begins no station that would stay shut', async (_what, broken) => {
    const app = await openApp({ shell: { ...machine(), ...broken } });
    expect(await app.codeOf('station.setup', setupOf())).toBe('keystore-refused');
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'new', people: [] });
    expect(readdirSync(app.folder).filter((name) => /^station\.(db|keys)/u.test(name))).toEqual([]);
    await app.close();
    await openReady({ dataFolder: app.folder, shell: machine() });
  });

  it('keys from before it came are closed in it when their owner signs in', async () => {
    const app = await openReady();
    await app.close();
    const shell = machine();
    const later = await openAgain(app.folder, { shell });
    expect(contentOf(app.folder).people.map(({ keystore }) => keystore)).toEqual([false, true]);
    await later.close();
    await openAgain(app.folder, { shell });
  });
});
