// A process that starts the station of a folder and signs in; says when it could be signed in at, when it was, and what
// processor time that took (milliseconds).
import { createApp } from '../../../electron/app.ts';
import { NO_SHELL } from '../../electron/no-shell.ts';
import { OFFICER } from '../../electron/set-up.ts';

const [dataFolder = ''] = process.argv.slice(2);
const app = await createApp({
  dataFolder,
  version: '0',
  shell: NO_SHELL,
  report: (fault) => console.error(fault),
});
await app.dispatch('vault.state', '{}');
console.log('state');
const { signInName: name, secret } = OFFICER;
const reply: { ok: boolean } = JSON.parse(
  await app.dispatch('vault.sign-in', JSON.stringify({ name, secret })),
);
console.log(reply.ok ? 'signed-in' : 'refused');
const { user, system } = process.cpuUsage();
console.log(`cpu ${Math.round((user + system) / 1000)}`);
await app.close();
