// On which PostgreSQL the tests of the hub run: the one that npm brings, and an installed one where there is one.
import { join } from 'node:path';
import { embeddedFolder, installedFolders } from '../../hub/postgres/binaries.ts';

const embedded = embeddedFolder();
const installed = installedFolders()[0];
if (installed === undefined) console.info('not run: no installed PostgreSQL on this computer');
if (embedded === null) console.info('not run: npm brought no PostgreSQL for this computer');

/** Name and folder of each. */
export const SERVERS: readonly (readonly [name: string, folder: string])[] = [
  ...(embedded === null ? [] : [['embedded', join(embedded, 'bin')] as const]),
  ...(installed === undefined ? [] : [['installed', installed] as const]),
];
