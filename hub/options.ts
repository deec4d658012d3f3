// What is said on the command line of `npm run hub`: the flags of the service, and where its database is.
import { parseArgs } from 'node:util';
import { HubFailure } from './failure.ts';
import { isLoopback } from './loopback.ts';
import type { LogLevel } from './log.ts';
import { defaultFolder, type HubFolder, hubFolder } from './postgres/folder.ts';

/** Where the database is: one that runs somewhere, by its address, or one in a folder that the hub keeps itself. */
export type Store =
  | { url: string }
  | { folder: HubFolder; postgres: string | undefined; user: string | undefined };

export interface ServeOptions {
  store: Store;
  host: string;
  port: number;
  tls: { cert: string; key: string } | null;
  behindProxy: boolean;
  /** A file whose text lets Prometheus read the figures from another computer. */
  metricsTokenFile: string | undefined;
  log: LogLevel;
}

/** Something on the command line that cannot be meant. Its message is for whoever typed it. */
export class UsageError extends Error {}

/** Flags that say where the database is; every command has them. */
export const STORE_FLAGS = {
  data: { type: 'string' },
  postgres: { type: 'string' },
  'postgres-user': { type: 'string' },
} as const;

export const STORE_HELP = `  --data FOLDER           where the hub keeps its PostgreSQL (or HUB_DATA); by default a
                          folder of its own for this user
  --postgres FOLDER       use the PostgreSQL installed there
  --postgres-user NAME    for root: the existing user under which PostgreSQL runs
  DATABASE_URL            in the environment: use that database instead of one of its own`;

interface StoreFlags {
  data?: string | undefined;
  postgres?: string | undefined;
  'postgres-user'?: string | undefined;
}

/** Throws `UsageError` where a database by address and a folder are both named. */
export function storeOf(flags: StoreFlags, env: NodeJS.ProcessEnv = process.env): Store {
  const { data, postgres, 'postgres-user': user } = flags;
  const url = env.DATABASE_URL;
  if (url === undefined || url === '') {
    return { folder: hubFolder(data ?? defaultFolder()), postgres, user };
  }
  if (data !== undefined || postgres !== undefined || user !== undefined) {
    throw new UsageError(
      'DATABASE_URL names a database; --data, --postgres and --postgres-user are for one of its own.',
    );
  }
  return { url };
}

/** Reads arguments strictly; throws `UsageError` with a sentence. */
export function readFlags<T extends NonNullable<Parameters<typeof parseArgs>[0]>>(config: T) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

const DEFAULT_PORT = '8787';

/** The flags of the service. Throws `UsageError`, and `needs-tls` for an open address without encryption. */
export function serveOptions(args: string[]): ServeOptions | 'help' {
  const { values } = readFlags({
    args,
    options: {
      ...STORE_FLAGS,
      port: { type: 'string', default: DEFAULT_PORT },
      host: { type: 'string', default: '127.0.0.1' },
      'tls-cert': { type: 'string' },
      'tls-key': { type: 'string' },
      'behind-proxy': { type: 'boolean', default: false },
      'metrics-token-file': { type: 'string' },
      log: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const port = Number(values.port);
  if (!/^\d+$/u.test(values.port) || port > 65_535) {
    throw new UsageError('The port must be a whole number from 0 to 65535.');
  }
  const { 'tls-cert': cert, 'tls-key': key, host } = values;
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError('--tls-cert and --tls-key belong together.');
  }
  const tls = cert !== undefined && key !== undefined ? { cert, key } : null;
  const behindProxy = values['behind-proxy'];
  if (!isLoopback(host) && !tls && !behindProxy) throw new HubFailure('needs-tls', { host });
  return {
    store: storeOf(values),
    host,
    port,
    tls,
    behindProxy,
    metricsTokenFile: values['metrics-token-file'],
    log: logLevel(values.log),
  };
}

/** A person at a terminal reads warnings; a file that gathers the log takes all. */
function logLevel(named: string | undefined): LogLevel {
  if (named === undefined) return process.stderr.isTTY ? 'warn' : 'info';
  const level = (['info', 'warn', 'error', 'silent'] as const).find((each) => each === named);
  if (!level) throw new UsageError('--log is one of info, warn, error, silent.');
  return level;
}
