// The database of a hub, opened: its own PostgreSQL, kept running or borrowed for one command, or any by its address.
import type { PoolConfig } from 'pg';
import { type HubDatabase, openDatabase } from './db/open.ts';
import type { Store } from './options.ts';
import { borrowPostgres, type KeepOptions, keepPostgres } from './postgres/keeper.ts';

export interface OpenedStore {
  database: HubDatabase;
  /** Closes the connections, and ends a server that was started for them. */
  close(): Promise<void>;
}

/** No question of the service takes so long; a network that fell silent is noticed. */
const PATIENCE = { statement_timeout: 30_000, keepAlive: true };
const SERVICE_CONNECTIONS = 20;
const COMMAND = [2, 'countercheck-command'] as const;

/** For the service: an own server is kept running until `close`. Throws a HubFailure. */
export async function openStore(store: Store, tell: NonNullable<KeepOptions['tell']>): Promise<OpenedStore> {
  const open = (connection: PoolConfig): HubDatabase =>
    openDatabase({ ...connection, ...PATIENCE }, SERVICE_CONNECTIONS);
  if ('url' in store) return closing(open({ connectionString: store.url }));
  const kept = await keepPostgres({ ...store, tell });
  return closing(open(kept.connection), kept.stop);
}

/** For one command: a hub that runs on the folder goes on. Throws a HubFailure. */
export async function borrowStore(store: Store): Promise<OpenedStore> {
  if ('url' in store) return closing(openDatabase(store.url, ...COMMAND));
  const kept = await borrowPostgres(store);
  return closing(openDatabase(kept.connection, ...COMMAND), kept.stop);
}

const closing = (database: HubDatabase, stop?: () => Promise<void>): OpenedStore => ({
  database,
  close: async () => {
    await database.close();
    await stop?.();
  },
});
