// What the lane listens to for as long as the window is open: reader devices, drops, pastes, and the window's end.
import { useScreen, showScreen } from '../../lib/store-screen.ts';
import { can } from '../../../shared/contract/rights.ts';
import { isTyping } from '../../lib/hotkeys.ts';
import { takePart } from '../../lib/sitting.ts';
import { roleNow, useVault } from '../../lib/store-vault.ts';
import { watchWedge } from '../../lib/wedge-listener.ts';
import { closingLoses, forgetWork, keepDraft, keepForNext, keepNow, loadDraft } from './draft-keeping.ts';
import { refuseBurst, takeBurst, takePasted, takePictures } from './intake.ts';
import { readRestored, warmReader } from './reading.ts';
import { listenToScans } from './scans.ts';
import { useExamine } from './store.ts';
import { pastedRows } from './typing.ts';

let isListening = false;

/** Begins once, with the first look at the lane; other screens leave it running. Each sitting asks for its own draft. */
export function listenAlways(): void {
  void loadDraft().then(readRestored);
  if (isListening) return;
  isListening = true;
  keepDraft();
  listenToScans();
  takePart({ keep: keepForNext, forget: forgetWork });
  warmReader();
  watchWedge(window, {
    onReading: (reading) => {
      showScreen('examine');
      takeBurst(reading);
    },
    onUnreadable: refuseBurst,
    isOn: isSomebodyThere,
  });
  window.addEventListener('dragover', (event) => event.preventDefault());
  window.addEventListener('drop', onDrop);
  window.addEventListener('paste', onPaste);
  window.addEventListener('beforeunload', (event) => {
    if (!closingLoses()) return;
    keepNow();
    event.preventDefault();
  });
}

/** Whoever is signed in examines; a document laid on a reader before a locked window is nobody's. */
function isSomebodyThere(): boolean {
  return can(roleNow(), 'draft.save') && !useVault.getState().isLocking;
}

function onDrop(event: DragEvent): void {
  // Without this the browser would leave the window for the file.
  event.preventDefault();
  if (!isSomebodyThere()) return;
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length === 0) return;
  showScreen('examine');
  takePictures(files);
}

function onPaste(event: ClipboardEvent): void {
  if (useScreen.getState().screen !== 'examine' || !isSomebodyThere()) return;
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length > 0) {
    event.preventDefault();
    takePictures(files);
    return;
  }
  if (isTyping(event.target)) return;
  const rows = pastedRows(event.clipboardData?.getData('text/plain') ?? '');
  if (rows === null) useExamine.setState({ trouble: 'clipboard-empty' });
  else takePasted(rows);
}
