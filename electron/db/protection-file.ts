// The files of protection: made, opened and moved to another key. Whoever calls decides when; nothing here tells of entries.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StationFailure } from '../failure.ts';
import { renameDurably, writeDurablySync } from '../files.ts';
import { newKey, readClearKey, saltOf, wipe } from '../keys.ts';
import { isSlotFile, readSlots, type Slot, slotBytes, writeSlots } from '../vault/slot-file.ts';
import { PROTECTION_MIGRATIONS } from './migrations/protection.ts';
import { copyUnderKey, createDatabase, openDatabase, isWhole, type Db, removeDatabase } from './open.ts';

const pathsIn = (folder: string) => ({
  db: join(folder, 'protection.db'),
  key: join(folder, 'protection.key'),
});

/** A log would come and go beside the file; this journal stays there, empty. */
const storeIn = (folder: string, now: () => Date) => ({
  folder,
  name: 'protection',
  migrations: PROTECTION_MIGRATIONS,
  journal: 'TRUNCATE' as const,
  now,
});

function create(folder: string, wrap: Uint8Array, now: () => Date): void {
  const { db, key } = pathsIn(folder);
  const own = newKey();
  const salt = createDatabase({ ...storeIn(folder, now), key: own }, () => undefined);
  const slot = { key: own, salt };
  writeDurablySync(`${key}.new`, slotBytes(wrap, [slot, slot]));
  renameDurably(`${db}.new`, db);
  renameDurably(`${key}.new`, key);
  wipe(own);
}

/** The key that fits the database as it is now, or else the one that should; throws `store-key` where none opens. */
function fitting(folder: string, wrap: Uint8Array): Slot {
  const { db, key } = pathsIn(folder);
  const slots = readSlots(key, wrap);
  if (slots === null) throw new StationFailure('store-key');
  const salt = saltOf(db);
  return slots.find((slot) => slot.salt.equals(salt)) ?? slots[0];
}

/**
 * Opens the protection file, making it with its key only where neither is there. Throws `store-key`, `store-damaged`,
 * `store-newer` or what the disk says. `wrap` is 32 bytes.
 */
export function openProtection(folder: string, wrap: Uint8Array, now: () => Date): Db {
  const { db, key } = pathsIn(folder);
  if (!existsSync(db)) {
    if (existsSync(key)) throw new StationFailure('store-damaged');
    create(folder, wrap, now);
  } else if (!existsSync(key)) {
    if (!existsSync(`${key}.new`)) throw new StationFailure('store-key');
    renameDurably(`${key}.new`, key);
  }
  if (!isSlotFile(key)) moveProtection(folder, null, wrap, now);
  const slot = fitting(folder, wrap);
  const own = openDatabase({ ...storeIn(folder, now), ...slot });
  if (isWhole(own)) return own;
  own.close();
  throw new StationFailure('store-damaged');
}

/** What the key file holds now, whichever key closes it: the new one after a cut, the old one, or none at all. */
function slotsNow(path: string, from: Uint8Array | null, to: Uint8Array): [Slot, Slot] {
  if (!isSlotFile(path)) {
    const clear = readClearKey(path);
    return [clear, clear];
  }
  const slots = readSlots(path, to) ?? (from === null ? null : readSlots(path, from));
  if (slots === null) throw new StationFailure('store-key');
  return slots;
}

/**
 * Gives the protection file a new key, closed under another wrapping key. Whatever a cut leaves, doing it again ends it:
 * at each moment one of the two slots opens the file that has the name. A file that cannot be read keeps its key, closed
 * anew.
 */
export function moveProtection(
  folder: string,
  from: Uint8Array | null,
  to: Uint8Array,
  now: () => Date,
): void {
  const { db, key } = pathsIn(folder);
  if (!existsSync(key)) return;
  const slots = slotsNow(key, from, to);
  const own = existsSync(db) ? slots.find(({ salt }) => salt.equals(saltOf(db))) : undefined;
  if (own === undefined) {
    writeSlots(key, to, slots);
    return;
  }
  const nextKey = newKey();
  let next: Slot;
  try {
    // Takes back what a cut left half written; a copy of the file alone would keep it.
    openDatabase({ ...storeIn(folder, now), ...own }).close();
    next = { key: nextKey, salt: copyUnderKey(db, own.key, nextKey) };
  } catch {
    // Damaged, or no room for a copy: what can be done is to close its key under the new one.
    removeDatabase(`${db}.next`);
    writeSlots(key, to, [own, own]);
    return;
  }
  writeSlots(key, to, [own, next]);
  renameDurably(`${db}.next`, db);
  writeSlots(key, to, [next, next]);
}
