// Ids that the window mints (UUIDv7), so that a save can be repeated without making a second record.
import { v7 } from 'uuid';

/** A fresh id in the form the contract asks for. */
export function newId(): string {
  return v7();
}
