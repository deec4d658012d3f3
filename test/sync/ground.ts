// What histories of sending run on: a real PostgreSQL with the hub's tables, and hubs over it that can be ended at any time.
import { rmSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { type HubDatabase, migrate, openDatabase } from '../../hub/db/open.ts';
import { type HubIdentity, loadIdentity } from '../../hub/identity.ts';
import { hubFolder } from '../../hub/postgres/folder.ts';
import { type Connection, keepPostgres } from '../../hub/postgres/keeper.ts';
import { createHub } from '../../hub/server.ts';
import { openFolder } from '../hub/cluster.ts';

export interface Ground {
  connection: Connection;
  database: HubDatabase;
  identity: HubIdentity;
  stop(): Promise<void>;
}

/** Histories are no measurement: no limit of rates stands in their way. */
const LIMITS = { perAddressAMinute: Number.MAX_SAFE_INTEGER, perStationAMinute: Number.MAX_SAFE_INTEGER };

/** Starts a PostgreSQL of its own; with `fsync` off nothing is waited for, where nobody pulls the plug. */
export async function startGround({ fsync }: { fsync: boolean }): Promise<Ground> {
  const path = openFolder('histories');
  const kept = await keepPostgres({ folder: hubFolder(path) });
  const database = openDatabase(kept.connection);
  if (!fsync) {
    await database.pool.query('alter system set fsync = off');
    await database.pool.query('select pg_reload_conf()');
  }
  await migrate(database.pool);
  const identity = await loadIdentity(database.db);
  return {
    connection: kept.connection,
    database,
    identity,
    async stop() {
      await database.close();
      await kept.stop();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** The real hub without a port. `ask` rejects while it is down, and whatever it was doing when it was ended has no answer. */
export interface InjectedHub {
  ask(
    method: string,
    target: string,
    headers: Record<string, string>,
    body: Buffer | null,
  ): Promise<Response>;
  /** Ends it in the middle of whatever it does, and starts another one over the same database. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startHub({ connection, identity }: Ground): Promise<InjectedHub> {
  let life = 0;
  let database: HubDatabase;
  let hub: FastifyInstance | null = null;

  async function start(): Promise<void> {
    database = openDatabase(connection, 4);
    hub = await createHub({ version: '0', database, identity, limits: LIMITS });
    await hub.ready();
  }

  async function end(): Promise<void> {
    const [ending, pool] = [hub, database];
    hub = null;
    life += 1;
    await ending?.close();
    await pool.close();
  }

  await start();
  return {
    async ask(method, target, headers, body) {
      const own = life;
      if (hub === null) throw new TypeError('nobody listens');
      const answer = await hub.inject({
        method: method as 'GET' | 'PUT' | 'POST',
        url: target,
        headers,
        ...(body === null ? {} : { payload: body }),
      });
      if (own !== life) throw new TypeError('ended before it answered');
      const isBare = answer.statusCode === 204;
      return new Response(isBare ? null : new Uint8Array(answer.rawPayload), {
        status: answer.statusCode,
        headers: Object.entries(answer.headers).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]),
      });
    },
    async restart() {
      await end();
      await start();
    },
    close: end,
  };
}
