// Starts the hub: npm run hub -- [--port N] [--host ADDRESS]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createHub } from './server.ts';

const USAGE = `npm run hub -- [--port N] [--host ADDRESS]

Starts the hub on this machine (127.0.0.1:8787 unless told otherwise).
In this version it answers GET /about and accepts nothing from stations yet.
`;

async function main(): Promise<number> {
  let values: { port?: string; host?: string; help?: boolean };
  try {
    ({ values } = parseArgs({
      options: { port: { type: 'string' }, host: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const port = Number(values.port ?? '8787');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    process.stderr.write(`The port must be a whole number from 0 to 65535.\n\n${USAGE}`);
    return 2;
  }
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const hub = createHub({ version });
  let address: string;
  try {
    address = await hub.listen({ port, host: values.host ?? '127.0.0.1' });
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    process.stderr.write(
      taken
        ? `Port ${port} is in use by another program. Choose another: npm run hub -- --port N\n`
        : `The hub could not listen on port ${port} (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).\n`,
    );
    return 1;
  }
  process.stdout.write(`Countercheck hub ${version} at ${address} (Ctrl+C ends it)\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await hub.close();
  return 0;
}

process.exitCode = await main();
