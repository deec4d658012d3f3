// Kills a station that replaces a list by its next version, and after each time looks whether one of the two is there, whole.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createApp } from '../../electron/app.ts';
import { createRandom, type Random } from '../../shared/specimen/prng.ts';
import { NO_SHELL } from './no-shell.ts';
import { CHEAP, OFFICER, setUpFolder } from './set-up.ts';

export const ROWS = 30_000;
const LOOKS = 12;

/** What stands in a row of a version; in no other version. */
export const numberIn = (version: number, at: number): string =>
  `${String.fromCharCode(65 + (version % 26))}${String(version).padStart(4, '0')}${String(at).padStart(6, '0')}`;

export interface ListKillVerdict {
  kills: number;
  /** Kills between the beginning of an import and its answer. */
  inImport: number;
  /** Kills with unfinished files beside the list. */
  withLeft: number;
  versions: number;
  faults: string[];
}

interface Heard {
  begun: number;
  done: number;
}

/** Killed within its second import: the first tells how long one takes on this machine now. */
async function runAndKill(folder: string, place: string, share: number, heard: Heard): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-list-child.ts'), folder, place], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let begunAt: number | null = null;
  let importMs: number | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    const [word = '', version = ''] = line.split(' ');
    if (word === 'begin') {
      heard.begun = Number(version);
      begunAt ??= performance.now();
      if (importMs !== null) setTimeout(() => child.kill('SIGKILL'), share * importMs);
    }
    if (word === 'done') {
      heard.done = Number(version);
      importMs ??= performance.now() - (begunAt ?? 0);
    }
  }
  await closed;
  if (child.signalCode !== 'SIGKILL') throw new Error('the child ended by itself');
}

async function inspect(folder: string, { begun, done }: Heard): Promise<string[]> {
  const faults: string[] = [];
  const app = await createApp({
    dataFolder: folder,
    version: '0',
    shell: NO_SHELL,
    kdf: CHEAP,
    report: (fault) => faults.push(fault),
  });
  const ask = async (channel: string, input: unknown) => {
    const reply = JSON.parse(await app.dispatch(channel, JSON.stringify(input)));
    if (reply.ok !== true) throw new Error(`${channel} ${reply.error.code}`);
    return reply.value;
  };
  await ask('vault.sign-in', { officerId: OFFICER.id, secret: OFFICER.secret });
  const { lists } = await ask('list.state', {});
  const [list] = lists;
  const version: number = list?.version ?? 0;
  // What was answered is there; what was begun may be.
  if (version !== done && version !== begun) faults.push(`version ${version} after ${done} and ${begun}`);
  if (list !== undefined && (list.standing !== 'in-force' || list.entries !== ROWS))
    faults.push(`version ${version} is ${list.standing}`);
  for (let look = 0; look < LOOKS && version > 0; look += 1) {
    const at = Math.floor((look * (ROWS - 1)) / (LOOKS - 1));
    for (const [of, expected] of [
      [version, true],
      [version - 1, false],
      [version + 1, false],
    ] as const) {
      const { lists: told } = await ask('list.look', { number: numberIn(of, at) });
      if (told[0].matched.length > 0 !== expected) faults.push(`version ${version}: a number of ${of}`);
    }
  }
  if (!app.verifyAudit().ok) faults.push('audit chain broken');
  await app.close();
  const files = readdirSync(join(folder, 'lists'));
  if (files.length !== (version > 0 ? 1 : 0)) faults.push(`${files.length} files of lists`);
  return faults;
}

/** One folder, killed at random moments of an import again and again. */
export async function killListsAgain({
  kills,
  seed,
}: {
  kills: number;
  seed: number;
}): Promise<ListKillVerdict> {
  const random: Random = createRandom(seed);
  const place = mkdtempSync(join(tmpdir(), 'countercheck-kill-lists-'));
  const folder = join(place, 'station');
  const heard: Heard = { begun: 0, done: 0 };
  const verdict: ListKillVerdict = { kills, inImport: 0, withLeft: 0, versions: 0, faults: [] };
  try {
    await setUpFolder(folder, { timeZone: 'UTC' });
    for (let kill = 0; kill < kills; kill += 1) {
      await runAndKill(folder, place, random.range(0, 1.1), heard);
      if (heard.begun > heard.done) verdict.inImport += 1;
      if (readdirSync(join(folder, 'lists')).length > 1) verdict.withLeft += 1;
      verdict.faults.push(...(await inspect(folder, heard)));
    }
    verdict.versions = heard.done;
    return verdict;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
