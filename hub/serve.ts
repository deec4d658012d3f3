// The hub as a service: database, tables, HTTP, until it is told to end.
import { readFileSync } from 'node:fs';
import { Server } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import packageJson from '../package.json' with { type: 'json' };
import { codeOf, HubFailure, reasonOf } from './failure.ts';
import { counted, LIMITS } from './limits.ts';
import { logRequests, logSettings } from './log.ts';
import { isLoopback } from './loopback.ts';
import type { ServeOptions } from './options.ts';
import { hubPages } from './pages/pages.ts';
import { firstLink } from './people.ts';
import { prepareDatabase } from './prepare.ts';
import { createHub } from './server.ts';
import { type OpenedStore, openStore } from './store.ts';

export const HUB_VERSION: string = packageJson.version;

/** Requests that are under way when the hub ends have this long. */
const END_MS = 10_000;

export interface Service {
  /** Where it listens, `http://127.0.0.1:8787`. */
  address: string;
  /** The path of the one-time page for the first administrator; null where there is one. */
  setupPath: string | null;
  /** Reads the certificate again; the one before stays where that fails, as while it is being written. */
  reloadTls(): void;
  close(): Promise<void>;
}

/** Starts all. Throws a HubFailure that says what stands in the way; then nothing is left running. */
export async function serve(options: ServeOptions): Promise<Service> {
  const tls = options.tls && readTls(options.tls);
  const metricsToken = readToken(options.metricsTokenFile);
  let log: FastifyInstance['log'] | null = null;
  const store = await openStore(options.store, (event, code) => log?.warn({ code }, event));
  try {
    const identity = await prepareDatabase(store.database);
    const hub = await createHub({
      version: HUB_VERSION,
      identity,
      database: store.database,
      logger: logSettings(options.log),
      // The one proxy before the hub, not what it was told by others.
      trustProxy: options.behindProxy ? (_address, hop) => hop === 0 : false,
      https: tls,
      metricsFor:
        metricsToken === null ? (options.behindProxy ? 'nobody' : 'this-computer') : { token: metricsToken },
    });
    log = hub.log;
    logRequests(hub);
    const isSecure = tls !== null || options.behindProxy;
    await hub.register(
      hubPages(
        { database: store.database, isSecure, trySecret: counted(hub, LIMITS.secretsAMinute) },
        (error) => hub.log.error({ err: error }, 'fault'),
      ),
    );
    const address = await listen(hub, options);
    const link = await firstLink(store.database.db);
    return {
      address,
      setupPath: link === null ? null : `/setup/${link}`,
      reloadTls: () => {
        if (!options.tls || !(hub.server instanceof Server)) return;
        try {
          hub.server.setSecureContext(readTls(options.tls));
        } catch (error) {
          hub.log.error({ code: codeOf(error) }, 'tls-not-renewed');
        }
      },
      close: () => end(hub, store),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function end(hub: FastifyInstance, store: OpenedStore): Promise<void> {
  await Promise.race([hub.close(), wait(END_MS, undefined, { ref: false })]);
  await store.close();
}

async function listen(hub: FastifyInstance, { host, port }: ServeOptions): Promise<string> {
  try {
    await hub.listen({ host, port });
  } catch (error) {
    await hub.close();
    const code = codeOf(error);
    if (code === 'EADDRINUSE') throw new HubFailure('address-in-use', { port }, { cause: error });
    throw new HubFailure('address-refused', { host, port, reason: reasonOf(error) }, { cause: error });
  }
  const bound = hub.server.address();
  const scheme = hub.server instanceof Server ? 'https' : 'http';
  const name = host.includes(':') ? `[${host}]` : host;
  return `${scheme}://${name}:${typeof bound === 'object' && bound ? bound.port : port}`;
}

function readGiven(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new HubFailure('file-unreadable', { path, reason: reasonOf(error) }, { cause: error });
  }
}

function readTls(files: { cert: string; key: string }): { cert: Buffer; key: Buffer } {
  const read = { cert: readGiven(files.cert), key: readGiven(files.key) };
  try {
    createSecureContext(read);
  } catch (error) {
    throw new HubFailure('tls-files', { reason: reasonOf(error) }, { cause: error });
  }
  return read;
}

const readToken = (file: string | undefined): string | null =>
  file === undefined ? null : readGiven(file).toString('utf8').trim();

/** What is printed once the hub listens. */
export function greeting(service: Service, { behindProxy, host, store }: ServeOptions): string {
  const lines = [
    `Countercheck hub ${HUB_VERSION} at ${service.address} (Ctrl+C ends it)`,
    `Its data: ${'url' in store ? 'the database that DATABASE_URL names' : store.folder.path}`,
  ];
  if (service.setupPath !== null) {
    const reached = behindProxy || !isLoopback(host) ? 'https://ADDRESS-OF-THIS-HUB' : service.address;
    lines.push('', 'No administrator yet. This link makes the first one, once, within 24 hours:');
    lines.push(`  ${reached}${service.setupPath}`);
  }
  return `${lines.join('\n')}\n`;
}
