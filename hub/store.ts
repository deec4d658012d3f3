// The database of a hub, opened: its own PostgreSQL, kept running or borrowed for one command, or any by its address.
import { type HubDatabase, openDatabase } from './db/open.ts';
import type { Store } from './options.ts';
import { borrowPostgres, type KeepOptions, keepPostgres } from './postgres/keeper.ts';

export interface OpenedStore {
  database: HubDatabase;
  /** Closes the connections, and ends a server that was started for them. */
  close(): Promise<void>;
}

const SERVICE = [20] as const;
const COMMAND = [2, 'countercheck-command'] as const;

/** For the service: an own server is kept running until `close`. Throws a HubFailure. */
export async function openStore(store: Store, tell: NonNullable<KeepOptions['tell']>): Promise<OpenedStore> {
  if ('url' in store) return closing(openDatabase(store.url, ...SERVICE));
  const kept = await keepPostgres({ ...store, tell });
  return closing(openDatabase(kept.connection, ...SERVICE), kept.stop);
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
