// Starts Countercheck under plain Node: node electron/host/main.ts [--no-window] [--json]
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { APP_VERSION, dataFolder } from '../settings.ts';
import { openStation } from '../station.ts';
import { words } from '../words.ts';
import { findBrowser } from './find-browser.ts';
import { hostShell } from './host-shell.ts';
import { type Host, runHost } from './run-host.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** The options as given; null for wrong usage. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'no-window': { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) throw error;
    return null;
  }
}

const report = (code: string): void => void process.stderr.write(`countercheck: ${code}\n`);

async function main(): Promise<void> {
  const values = readOptions();
  if (values === null || values.help === true) {
    (values === null ? process.stderr : process.stdout).write(`${words()('shell.usage')}\n`);
    process.exitCode = values === null ? 2 : 0;
    return;
  }
  const folder = dataFolder();
  let host: Host | null = null;
  let stopping = false;
  // Before anything is said: whoever reads the address may end the host at once.
  const stop = (): void => {
    stopping = true;
    void host?.close();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  try {
    host = await runHost({
      windowFolder: join(import.meta.dirname, '../../build/window'),
      dataFolder: folder,
      openStation: () =>
        openStation({ dataFolder: folder, version: APP_VERSION, shell: hostShell(findBrowser()), report }),
      window: values['no-window'] !== true,
      json: values.json === true,
      report,
      say,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    process.stderr.write(`${words()('shell.not-built')}\n`);
    process.exitCode = 1;
    return;
  }
  if (stopping) void host.close();
  if (process.platform !== 'win32') process.on('SIGUSR2', host.sayAddress);
  // Enter in the terminal, or a line on a pipe, asks for a new address.
  const lines = createInterface({ input: process.stdin });
  lines.on('line', host.sayAddress);
  if ((await host.ended) === 'already-running') process.exitCode = 1;
  lines.close();
  process.stdin.destroy();
}

await main();
