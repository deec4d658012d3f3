// Scans from the watched folder: opened by themselves while the lane is free, else on a key; never in place of a draft.
import { call, failureCodeOf } from '../../lib/bridge.ts';
import { originalOf } from '../../lib/images.ts';
import { useScreen } from '../../lib/store-screen.ts';
import { followScans, useScans } from '../../lib/store-scans.ts';
import { takeStored } from './intake.ts';
import { pictureOfPdf, usePages } from './pdf-pages.ts';
import { tellTrouble, useExamine, when } from './store.ts';
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
  try {
    const { scan } = await call('scans.take', {});
    if (scan !== null) void settleAtTheEnd(scan.id);
    if (scan?.kind === 'picture') takeStored(() => Promise.resolve(scan.image), 'file');
    else if (scan?.kind === 'pdf')
      takeStored(async () => pictureOfPdf(await originalOf(scan.id), scan.id), 'file');
  } catch (thrown) {
    tellTrouble(failureCodeOf(thrown));
  } finally {
    isTaking = false;
  }
}

/** A traveller who was dropped at once may have named the scan nowhere: it must not come back as the next one's. */
async function settleAtTheEnd(id: string): Promise<void> {
  const examination = useExamine.getState().work.id;
  await when(({ work }) => work.id !== examination);
  await call('scans.settle', { id, imageId: null }).catch(() => undefined);
}

/** Follows the folder from now on. What arrives while the lane is free opens by itself. */
export function listenToScans(): void {
  useScans.subscribe(({ state }, { state: before }) => {
    if (state === null || state === before) return;
    tell(before?.trouble ?? null, state.trouble);
    if (state.left !== null) tellTrouble(state.left);
    const arrived = state.waiting > (before?.waiting ?? 0);
    if (arrived && isFree() && useScreen.getState().screen === 'examine') void takeScan();
  });
  followScans();
}

/** A trouble of the folder is told when it begins, and goes by itself when it is over. */
function tell(before: string | null, now: string | null): void {
  if (now === before) return;
  if (now !== null) tellTrouble(now);
  else if (useExamine.getState().trouble === before) useExamine.setState({ trouble: null });
}
