// A station that changes its keys without end until it is killed.
import { createApp } from '../../electron/app.ts';
import { NO_SHELL } from './no-shell.ts';
import { ADMINISTRATOR } from './set-up.ts';

const app = await createApp({
  dataFolder: process.argv[2] ?? '',
  version: '0',
  shell: NO_SHELL,
  report: (fault) => console.error(fault),
});
async function ask(channel: string, input: unknown): Promise<void> {
  const reply = JSON.parse(await app.dispatch(channel, JSON.stringify(input)));
  if (reply.ok !== true) throw new Error(`${channel} ${reply.error.code}`);
}

const { id: officerId, secret } = ADMINISTRATOR;
await ask('vault.sign-in', { officerId, secret });
console.log('ready');
for (;;) await ask('vault.change-key', { secret });
