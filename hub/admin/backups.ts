// Backups of the hub, written and restored from the command line.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fromGroupedCode, toGroupedCode } from '../../shared/contract/grouped-code.ts';
import { checkBackup, RECOVERY_KEY_BYTES } from '../backup/sealed-file.ts';
import { refuseRunning, refuseUsed, renewEpoch, restoreBackup } from '../backup/restore.ts';
import { writeBackup } from '../backup/write.ts';
import { HubFailure, reasonOf } from '../failure.ts';
import { UsageError } from '../options.ts';
import { noteAudit } from '../people.ts';
import { asTable, type Command, COMMAND_LINE } from './command.ts';

function readKey(text: string): Uint8Array {
  const read = fromGroupedCode(text, RECOVERY_KEY_BYTES);
  if (read.ok) return read.bytes;
  const groups = read.groups.map((place) => place + 1).join(', ');
  throw new UsageError(
    groups === '' ? 'The recovery key is not complete.' : `Mistyped in the recovery key: group ${groups}.`,
  );
}

function keyOfFile(path: string): Uint8Array {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new HubFailure('file-unreadable', { path, reason: reasonOf(error) }, { cause: error });
  }
  return readKey(text);
}

async function askKey(): Promise<Uint8Array> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    process.stderr.write('Recovery key: ');
    // An end of the input, or Ctrl+C, is no answer, and nobody waits for one.
    const [line = ''] = (await Promise.race([once(reader, 'line'), once(reader, 'close')])) as string[];
    return readKey(line);
  } finally {
    reader.close();
  }
}

const rowsText = (rows: Record<string, number>): string =>
  asTable(
    ['TABLE', 'ROWS'],
    Object.entries(rows).filter(([, count]) => count > 0),
  );

const backup: Command = {
  name: 'backup',
  takes: [],
  flags: { out: { type: 'string' }, 'key-file': { type: 'string' } },
  help: `Writes all that the hub has into one encrypted file; a running hub goes on.
  --out FILE       a new file
  --key-file FILE  a recovery key of an earlier backup; without it a new one is made and shown once`,
  async run({ database, need, flag }) {
    const path = resolve(need('out'));
    const keyFile = flag('key-file');
    const key = keyFile === undefined ? randomBytes(RECOVERY_KEY_BYTES) : keyOfFile(keyFile);
    const made = await writeBackup(database.pool, path, key);
    await noteAudit(database.db, COMMAND_LINE, 'hub.backed-up', null);
    const shown = keyFile === undefined ? toGroupedCode(key) : null;
    const told =
      shown === null ? '' : `\nRecovery key, shown this once; keep it away from the file:\n  ${shown}\n`;
    return {
      value: { ...made, recoveryKey: shown },
      text: `Written: ${made.path}\nSHA-256: ${made.sha256}\n${told}\n${rowsText(made.rows)}`,
    };
  },
};

const restore: Command = {
  name: 'restore',
  takes: ['FILE'],
  flags: { 'key-file': { type: 'string' } },
  begins: true,
  check: ([file = '']) => checkBackup(resolve(file)),
  help: `Brings a backup back into an empty hub: a new --data folder or a new database. No hub may run on it.
  --key-file FILE  holds the recovery key; without it the key is asked for`,
  async run({ database, given: [file = ''], flag }) {
    // Nobody types a key for nothing.
    await refuseRunning(database.pool);
    await refuseUsed(database.pool);
    const keyFile = flag('key-file');
    const key = keyFile === undefined ? await askKey() : keyOfFile(keyFile);
    const restored = await restoreBackup(database.pool, resolve(file), key);
    return {
      value: restored,
      text: `Restored: the hub ${restored.hubId} as it was at ${restored.at}.\n\n${rowsText(restored.rows)}`,
    };
  },
};

const broughtBack: Command = {
  name: 'brought-back',
  takes: [],
  flags: {},
  help: `Says that the database was brought back by other means than restore, from a snapshot or by tools of PostgreSQL:
stations send again what it may have forgotten. No hub may run on it.`,
  async run({ database: { db, pool } }) {
    await refuseRunning(pool);
    await renewEpoch(pool);
    await noteAudit(db, COMMAND_LINE, 'hub.restored', null);
    return { value: {}, text: 'Stations are told as soon as the hub runs.' };
  },
};

export const BACKUP_COMMANDS: readonly Command[] = [backup, restore, broughtBack];
