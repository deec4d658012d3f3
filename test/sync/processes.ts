// The hub as its users start it and its PostgreSQL, as processes that are killed and started again.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type HubDatabase, openDatabase } from '../../hub/db/open.ts';
import { runningServer } from '../../hub/postgres/cluster.ts';
import { hubFolder } from '../../hub/postgres/folder.ts';
import { borrowPostgres } from '../../hub/postgres/keeper.ts';
import { openFolder } from '../hub/cluster.ts';

/** Holds code alone: what is to be killed is no compiler. */
const CODE_CACHE = join(tmpdir(), 'countercheck-kill-code');

/** Starts a file of the project with Node; its errors are collected, its lines heard. */
export function startNode(
  file: string,
  args: readonly string[],
): { child: ChildProcess; lines: AsyncIterator<string>; errors: string[] } {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, NODE_COMPILE_CACHE: CODE_CACHE },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(text.toString('utf8')));
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](), errors };
}

const STARTS = 10;

export interface HubProcess {
  address: string;
  /** Its database, for looking. */
  database: HubDatabase;
  /** Kills the hub, its PostgreSQL, or both, and starts the hub again. One after the other. */
  kill(what: 'hub' | 'database' | 'both'): Promise<void>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Starts `npm run hub` in a folder of its own. */
export async function startHubProcess(): Promise<HubProcess> {
  const path = openFolder('killed-hub');
  const folder = hubFolder(path);
  const port = await freePort();
  const main = join(import.meta.dirname, '..', '..', 'hub', 'main.ts');
  let child: ChildProcess;
  let last: Promise<unknown> = Promise.resolve();

  /** As whatever watches over a service does: again, where it did not come up. */
  async function start(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const started = startNode(main, ['--data', path, '--port', String(port), '--log', 'silent']);
      child = started.child;
      const { done } = await started.lines.next();
      if (done !== true) return;
      if (tries === STARTS)
        throw new Error(`the hub did not start: ${started.errors.join('').slice(0, 500)}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  async function killOnce(what: 'hub' | 'database' | 'both'): Promise<void> {
    const server = runningServer(folder)?.pid;
    if (what !== 'hub' && server !== undefined) process.kill(server, 'SIGKILL');
    // The hub starts a database that was killed again by itself.
    if (what === 'database') return;
    await end('SIGKILL');
    await start();
  }

  await start();
  const borrowed = await borrowPostgres({ folder });
  const database = openDatabase(borrowed.connection, 4);
  return {
    address: `http://127.0.0.1:${port}`,
    database,
    kill(what) {
      const next = last.then(() => killOnce(what));
      last = next.catch(() => undefined);
      return next;
    },
    async stop() {
      await database.close();
      await last;
      await end('SIGTERM');
      rmSync(path, { recursive: true, force: true });
    },
  };
}
