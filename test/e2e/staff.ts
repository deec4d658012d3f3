// People beside those of `set-up.ts`, let into a data folder before a host opens it.
import { createApp } from '../../electron/app.ts';
import { NO_SHELL } from '../electron/no-shell.ts';
import { ADMINISTRATOR, CHEAP, type EXAMINER } from '../electron/set-up.ts';

export interface NewColleague extends Omit<typeof EXAMINER, 'role'> {
  role: 'examiner' | 'supervisor';
}

/** Somebody with a secret of their own. */
export async function addColleague(dataFolder: string, { secret, ...person }: NewColleague): Promise<void> {
  const app = await createApp({
    dataFolder,
    version: '0.0.0-test',
    shell: NO_SHELL,
    kdf: CHEAP,
    report: (fault) => process.stderr.write(`${fault}\n`),
  });
  const ask = async (channel: string, input: unknown): Promise<void> => {
    const reply = JSON.parse(await app.dispatch(channel, JSON.stringify(input))) as { ok: boolean };
    if (!reply.ok) throw new Error(`${channel}: ${JSON.stringify(reply)}`);
  };
  await ask('vault.sign-in', { officerId: ADMINISTRATOR.id, secret: ADMINISTRATOR.secret });
  await ask('people.save', { ...person, secret: 'walks in for once' });
  await ask('vault.lock', {});
  await ask('vault.sign-in', { officerId: person.id, secret: 'walks in for once' });
  await ask('vault.change-secret', { secret: 'walks in for once', newSecret: secret });
  await ask('vault.lock', {});
  await app.close();
}
