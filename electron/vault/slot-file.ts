// The file `protection.key`: always of one length, two slots for a key and the salt of its database, closed under a wrapping key.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { StationFailure } from '../failure.ts';
import { writeDurablySync } from '../files.ts';
import { KEY_BYTES, SALT_BYTES, seal, unseal } from '../keys.ts';

export interface Slot {
  key: Buffer;
  /** First bytes of the database that the key opens. */
  salt: Buffer;
}

const MAGIC = Buffer.from('CCKEY2', 'latin1');
const SLOT_BYTES = KEY_BYTES + SALT_BYTES + 28;
const CHECK_BYTES = 8;
const CONTEXT = 'protection';

const checkOf = (body: Uint8Array): Buffer =>
  createHash('sha256').update(body).digest().subarray(0, CHECK_BYTES);

/** Whether the file is one of these; a version before the vault left its key in clear. */
export function isSlotFile(path: string): boolean {
  return readFileSync(path).subarray(0, MAGIC.length).equals(MAGIC);
}

/** While a key changes the two slots differ; else they say the same. */
export function slotBytes(wrap: Uint8Array, [first, second]: readonly [Slot, Slot]): Buffer {
  const slots = [first, second].map(({ key, salt }) => seal(wrap, Buffer.concat([key, salt]), CONTEXT));
  const body = Buffer.concat([MAGIC, ...slots]);
  return Buffer.concat([body, checkOf(body)]);
}

export function writeSlots(path: string, wrap: Uint8Array, slots: readonly [Slot, Slot]): void {
  writeDurablySync(path, slotBytes(wrap, slots));
}

/** The slots; null where another wrapping key closed them. Throws `store-key` where the file is none or damaged. */
export function readSlots(path: string, wrap: Uint8Array): [Slot, Slot] | null {
  const bytes = readFileSync(path);
  const body = bytes.subarray(0, MAGIC.length + 2 * SLOT_BYTES);
  const whole = bytes.length === body.length + CHECK_BYTES && body.subarray(0, MAGIC.length).equals(MAGIC);
  if (!whole || !checkOf(body).equals(bytes.subarray(body.length))) throw new StationFailure('store-key');
  const slotAt = (at: number): Slot | null => {
    const clear = unseal(wrap, body.subarray(at, at + SLOT_BYTES), CONTEXT);
    return clear === null ? null : { key: clear.subarray(0, KEY_BYTES), salt: clear.subarray(KEY_BYTES) };
  };
  const [first, second] = [slotAt(MAGIC.length), slotAt(MAGIC.length + SLOT_BYTES)];
  return first === null || second === null ? null : [first, second];
}
