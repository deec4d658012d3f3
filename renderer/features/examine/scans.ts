// Scans from the watched folder: opened by themselves while the lane is free, else on a key; never in place of a draft.
import type { Scan, ScanState } from '../../../shared/contract/scans.ts';
import { call, failureCodeOf } from '../../lib/bridge.ts';
import { originalOf } from '../../lib/images.ts';
import { useScreen } from '../../lib/store-screen.ts';
import { followScans, useScans } from '../../lib/store-scans.ts';
import { takeStored } from './intake.ts';
import { isOffered, pictureOfPdf, usePages } from './pdf-pages.ts';
import { tellTrouble, useExamine } from './store.ts';
import { followScan, giveBack } from './taken-scans.ts';
import { takeTicket, type Ticket } from './ticket.ts';
import { isEmpty } from './work.ts';

/** Nothing of a traveller is in the lane or on its way, and no question is open. */
function isFree(): boolean {
  const { loaded, saving, work, busy, queued, picker, cell, addingLight } = useExamine.getState();
  if (!loaded || saving || busy !== null || queued > 0) return false;
  return (
    isEmpty(work) &&
    picker === null &&
    cell === null &&
    addingLight === null &&
    usePages.getState().open === null
  );
}

/** How many scans no examination has taken yet. */
export function waitingScans(): number {
  return useScans.getState().state?.waiting ?? 0;
}

/** Whether a scan can be taken now, into the examination in hand or as a new one. */
export function canTakeScan(): boolean {
  const { loaded, saving, picker } = useExamine.getState();
  return loaded && !saving && picker === null && usePages.getState().open === null && waitingScans() > 0;
}

let isTaking = false;

/** Key S: the scan that waits longest, as if its file had been dropped on the window. */
export async function takeScan(): Promise<void> {
  if (isTaking || !canTakeScan()) return;
  isTaking = true;
  const ticket = takeTicket();
  try {
    const { scan } = await call('scans.take', {});
    if (scan !== null) void putIn(scan, ticket);
  } catch (thrown) {
    tellTrouble(failureCodeOf(thrown));
  } finally {
    isTaking = false;
  }
}

/** Gives a scan to the traveller for whom it was asked, or back where that cannot be any more. */
async function putIn(scan: Scan, ticket: Ticket): Promise<void> {
  // A question was opened, or the traveller decided on, while the station answered: nothing is lost, it waits.
  if (ticket.standing() !== 'here' || useExamine.getState().picker !== null) return giveBack(scan.id);
  const stored =
    scan.kind === 'picture'
      ? () => Promise.resolve(scan.image)
      : async () => pictureOfPdf(await originalOf(scan.id), scan.id, ticket);
  const stands = await takeStored(stored, 'file', ticket);
  if (!isOffered(scan.id)) await followScan(scan.id, ticket, stands);
}

/** Follows the folder from now on. What arrives while the lane is free opens by itself. */
export function listenToScans(): void {
  useScans.subscribe(({ state }, { state: before }) => {
    if (state === null || state === before) return;
    tell(before?.trouble ?? null, state.trouble);
    if (state.left !== null) tellTrouble(state.left);
    if (isNews(state, before) && isFree() && useScreen.getState().screen === 'examine') void takeScan();
  });
  followScans();
}

/**
 * Whether what waits has come just now. What waits from before, or waits again because a window gave it back, may be
 * another traveller's: that is opened by a key only.
 */
function isNews(state: ScanState, before: ScanState | null): boolean {
  if (before === null || state.waiting === 0) return false;
  return state.waiting <= state.came - before.came;
}

/** A trouble of the folder is told when it begins, and goes by itself when it is over. */
function tell(before: string | null, now: string | null): void {
  if (now === before) return;
  if (now !== null) tellTrouble(now);
  else if (useExamine.getState().trouble === before) useExamine.setState({ trouble: null });
}
