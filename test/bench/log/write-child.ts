// A process that writes one log of everything at the station of a folder, and says what that took.
import { resourceUsage } from 'node:process';
import { createApp } from '../../../electron/app.ts';
import type { Output } from '../../../shared/contract/channels.ts';
import { CHEAP, OFFICER } from '../../electron/set-up.ts';
import { NO_SHELL } from '../../electron/no-shell.ts';

const [dataFolder = '', format = '', file = ''] = process.argv.slice(2);
const app = await createApp({
  dataFolder,
  version: '0',
  shell: NO_SHELL,
  kdf: CHEAP,
  // The check of the whole database is no part of the log.
  checkAfterMs: 3_600_000,
  report: (fault) => console.error(fault),
});

async function ask(channel: string, input: unknown): Promise<unknown> {
  const reply: { ok: boolean; value: unknown; error?: { code: string } } = JSON.parse(
    await app.dispatch(channel, JSON.stringify(input)),
  );
  if (!reply.ok) throw new Error(`${channel}: ${reply.error?.code}`);
  return reply.value;
}

await ask('vault.sign-in', { officerId: OFFICER.id, secret: OFFICER.secret });
const before = process.cpuUsage();
const startedAt = performance.now();
const written = (await ask('log.export', {
  from: '2021-01-01',
  to: '2026-11-23',
  shift: null,
  post: null,
  tier: 'T2',
  formats: [format],
  place: { file },
})) as Output<'log.export'>;
const milliseconds = Math.round(performance.now() - startedAt);
const { user, system } = process.cpuUsage(before);
const [of] = written.files;
console.log(
  JSON.stringify({
    milliseconds,
    cpuMilliseconds: Math.round((user + system) / 1000),
    megabytes: Math.round(resourceUsage().maxRSS / 1024),
    path: of?.path,
    bytes: of?.bytes,
  }),
);
await app.close();
