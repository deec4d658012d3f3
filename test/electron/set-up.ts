// Who is at a station of the tests, and its database by hand; also for programs that are no tests.
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../electron/app.ts';
import { STATION_MIGRATIONS } from '../../electron/db/migrations/station.ts';
import { createDatabase, type Db, openDatabase } from '../../electron/db/open.ts';
import { saltOf } from '../../electron/keys.ts';
import type { Kdf } from '../../electron/vault/kdf.ts';
import { openKeyring } from '../../electron/vault/keyring.ts';
import type { Input } from '../../shared/contract/channels.ts';
import { NO_SHELL } from './no-shell.ts';

/** Guessing costs nothing here: most tests are not about it. */
export const CHEAP: Kdf = { N: 16, r: 8, p: 1 };

export const SETTINGS: Input<'settings.save'> = {
  place: 'Port of Zenda',
  placeKind: 'seaport',
  country: 'UTO',
  timeZone: 'Asia/Bangkok',
  stationCode: 'ZEN-01',
  direction: 'arrivals',
  cameraLabel: null,
  language: 'en',
  theme: 'system',
  sound: true,
  clearedPolicy: 'counter',
};

// The same in every process: one sets a folder up, another one opens it.
export const ADMINISTRATOR = {
  id: '0192b000-0000-7000-8000-0000000000a1',
  name: 'Z. Keys',
  signInName: 'locksmith',
  secret: '815294',
};

/** May do everything at the counter and in the records. */
export const OFFICER = {
  id: '0192b000-0000-7000-8000-0000000000a2',
  name: 'A. Officer',
  role: 'supervisor' as const,
  signInName: 'officer',
  secret: '402917',
};

/** Works beside the officer at second line, where a test lets them in. */
export const EXAMINER = {
  id: '0192b000-0000-7000-8000-0000000000b1',
  name: 'E. Examiner',
  role: 'examiner' as const,
  signInName: 'examiner',
  secret: 'looks very closely',
};

/** As lists of people show the officer. */
export const LISTED = { id: OFFICER.id, name: OFFICER.name, role: OFFICER.role };

type Setup = Input<'station.setup'>;

export const setupOf = (settings: Partial<Setup['settings']> = {}): Setup => ({
  settings: { ...SETTINGS, ...settings },
  administrator: ADMINISTRATOR,
  officer: OFFICER,
});

/**
 * Sets a folder up for a station in another thread or process, where a secret would cost what it costs for real. Answers
 * the words of the recovery key.
 */
export async function setUpFolder(
  folder: string,
  settings: Partial<Setup['settings']> = {},
): Promise<string> {
  const app = await createApp({
    dataFolder: folder,
    version: '0.0.0-test',
    shell: NO_SHELL,
    kdf: CHEAP,
    report: (fault) => process.stderr.write(`${fault}\n`),
  });
  const reply = JSON.parse(await app.dispatch('station.setup', JSON.stringify(setupOf(settings))));
  await app.close();
  if (reply.ok !== true) throw new Error(`the station could not be set up: ${reply.error.code}`);
  return reply.value.recoveryKey;
}

/** The database of a folder that is set up, open by hand. */
export async function databaseOf(folder: string, person = OFFICER): Promise<Db> {
  const key = await dataKeyOf(folder, person);
  const salt = saltOf(join(folder, 'station.db'));
  const now = (): Date => new Date();
  return openDatabase({ folder, name: 'station', migrations: STATION_MIGRATIONS, now, key, salt });
}

/** A database with the tables of a station, and nothing of a station beside it. */
export function newDatabase(folder: string, migrations = STATION_MIGRATIONS): Db {
  const now = (): Date => new Date();
  const store = { folder, name: 'station', migrations, now, key: Buffer.alloc(32, 7) };
  const salt = createDatabase(store, () => undefined);
  renameSync(join(folder, 'station.db.new'), join(folder, 'station.db'));
  return openDatabase({ ...store, salt });
}

/** The data key of a folder that is set up, as the officer's secret opens it. */
export async function dataKeyOf(
  folder: string,
  person: { id: string; secret: string } = OFFICER,
): Promise<Buffer> {
  const keyring = openKeyring(join(folder, 'station.keys'), null);
  const { keys } = await keyring.signIn({ officerId: person.id }, person.secret, new Date());
  return keys.current;
}
