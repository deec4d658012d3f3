// npm run hub -- [COMMAND] [FLAGS]: starts the hub, or does one thing with the hub of this folder or database.
import { COMMAND_LIST, runCommand } from './admin/run.ts';
import { HubFailure } from './failure.ts';
import { serveOptions, STORE_HELP, UsageError } from './options.ts';
import { greeting, serve, type Service } from './serve.ts';

const USAGE = `npm run hub -- [FLAGS]             starts the hub
npm run hub -- COMMAND [FLAGS]     does one thing; npm run hub -- COMMAND --help tells more

Flags of the service:
  --port N                (8787)
  --host ADDRESS          (127.0.0.1) another address needs TLS or a proxy
  --tls-cert FILE --tls-key FILE
                          certificate chain and key, PEM; read again at SIGHUP
  --behind-proxy          a proxy with TLS stands before the hub and sends X-Forwarded-For
  --metrics-token-file FILE
                          lets whoever shows this token read /metrics from elsewhere
  --log LEVEL             info, warn, error, silent
${STORE_HELP}

Commands:
${COMMAND_LIST}
`;

async function runService(args: string[]): Promise<number> {
  const options = serveOptions(args);
  if (options === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  let service: Service | null = null;
  // Heard from the first moment on, and as often as it comes, since Ctrl+C reaches npm's processes too and each hands it
  // on: what is begun is ended in order.
  const told = new Promise<void>((resolve) => {
    process.on('SIGHUP', () => (options.tls ? service?.reloadTls() : resolve()));
    process.on('SIGINT', resolve);
    process.on('SIGTERM', resolve);
  });
  service = await serve(options);
  process.stdout.write(greeting(service, options));
  await told;
  await service.close();
  return 0;
}

const args = process.argv.slice(2);
const isCommand = args[0] !== undefined && !args[0].startsWith('-');

try {
  process.exitCode = isCommand ? await runCommand(args) : await runService(args);
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(isCommand ? `${error.message}\n` : `${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
  } else if (error instanceof HubFailure) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
