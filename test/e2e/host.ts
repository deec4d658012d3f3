// The real host in a process of its own, started as `npm start` starts it where there is no display.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { ALLOCATOR } from '../../scripts/allocator.ts';
import { buildWindow } from '../../scripts/build-window.ts';
import { setUpFolder } from '../electron/set-up.ts';

export const ROOT = join(import.meta.dirname, '../..');

/** As the window's own first run leaves them. */
export const E2E_SETTINGS = {
  place: 'Port North A-12',
  placeKind: 'airport',
  stationCode: 'PN-A12',
  timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
} as const;

export interface RunningHost {
  origin: string;
  /** A fresh address that opens one window. */
  newAddress(): Promise<string>;
  /** Everything the host wrote so far, on both of its streams. */
  output(): string;
  /** Ends it as Ctrl+C does. Rejects when it does not end cleanly. */
  stop(): Promise<void>;
  /** Takes the process away without a word. */
  kill(): Promise<void>;
}

interface Told {
  address: string;
  origin: string;
}

type HostProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Starts the host on a data folder; no browser is opened. Answers once it listens. A folder where nothing is yet is set
 * up before, by the people of `set-up.ts`; `isNew` leaves it to the window.
 */
export async function startHost({
  dataFolder,
  isNew = false,
}: {
  dataFolder: string;
  isNew?: boolean;
}): Promise<RunningHost> {
  await buildWindow(ROOT);
  if (!isNew && !existsSync(join(dataFolder, 'station.db'))) await setUpFolder(dataFolder, E2E_SETTINGS);
  const child: HostProcess = spawn(
    process.execPath,
    ['--disable-sigusr1', join(ROOT, 'electron/host/main.ts'), '--no-window', '--json'],
    { env: { ...ALLOCATOR, ...process.env, COUNTERCHECK_DATA: dataFolder }, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const exited = once(child, 'exit');
  let output = '';
  const waiting: ((told: Told) => void)[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  createInterface({ input: child.stdout }).on('line', (line) => {
    output += `${line}\n`;
    waiting.shift()?.(JSON.parse(line) as Told);
  });
  const nextTold = () =>
    Promise.race([
      new Promise<Told>((resolve) => waiting.push(resolve)),
      exited.then(() => Promise.reject(new Error(`the host ended: ${output}`))),
    ]);
  const first = await nextTold();
  let unspent: string | null = first.address;

  return {
    origin: first.origin,
    async newAddress() {
      if (unspent !== null) {
        const address = unspent;
        unspent = null;
        return address;
      }
      child.stdin.write('\n');
      return (await nextTold()).address;
    },
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      const [code] = (await exited) as [number | null];
      if (code !== 0) throw new Error(`the host ended with ${code}: ${output}`);
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
