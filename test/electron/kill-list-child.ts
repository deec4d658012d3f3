// A station that imports one version of a list after the other until it is killed; prints each as it begins and stands.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../electron/app.ts';
import { numberIn, ROWS } from './kill-lists.ts';
import { NO_SHELL } from './no-shell.ts';
import { CHEAP, OFFICER } from './set-up.ts';

const [folder = '', place = ''] = process.argv.slice(2);
const app = await createApp({
  dataFolder: folder,
  version: '0',
  shell: NO_SHELL,
  kdf: CHEAP,
  report: (fault) => console.error(fault),
});
const ask = async (channel: string, input: unknown): Promise<unknown> => {
  const reply = JSON.parse(await app.dispatch(channel, JSON.stringify(input)));
  if (!reply.ok) throw new Error(`${channel} ${reply.error.code}`);
  return reply.value;
};
await ask('vault.sign-in', { officerId: OFFICER.id, secret: OFFICER.secret });
const { lists } = (await ask('list.state', {})) as { lists: { version: number }[] };
for (let version = (lists[0]?.version ?? 0) + 1; ; version += 1) {
  const path = join(place, 'table.csv');
  const numbers = Array.from({ length: ROWS }, (_, at) => numberIn(version, at));
  writeFileSync(path, `number\n${numbers.join('\n')}\n`);
  console.log(`begin ${version}`);
  await ask('list.import', { path, kind: 'lost', source: 'Utopia', until: '2099-12-31' });
  console.log(`done ${version}`);
}
