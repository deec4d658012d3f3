// What becomes of a scan of the watched folder that was taken into the lane: it is never lost and never comes twice.
import { call } from '../../lib/bridge.ts';
import type { Ticket } from './ticket.ts';

/** It waits again, as if nobody had taken it. Quiet when it fails: the station lets it wait again by itself. */
export async function giveBack(id: string): Promise<void> {
  await call('scans.release', { id }).catch(() => undefined);
}

/**
 * Tells in which picture its last page lies, null where nobody will take it. Quiet when it fails: it waits again then.
 * @param whole whether every page of a PDF is kept: only then its file holds nothing more
 */
export async function settleScan(id: string, imageId: string | null, whole = false): Promise<void> {
  await call('scans.settle', { id, imageId, whole }).catch(() => undefined);
}

/**
 * Follows a scan to its end: one that never stood in a document waits again. One that did is its traveller's: when
 * they were dropped at once no draft has named it, and it must not come back as the next traveller's.
 */
export async function followScan(id: string, ticket: Ticket, stands: boolean): Promise<void> {
  if (!stands) return giveBack(id);
  await ticket.over();
  await settleScan(id, null);
}
