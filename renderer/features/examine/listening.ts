// What the lane listens to for as long as the window is open: reader devices, drops, pastes, and the window's end.
import { useScreen, showScreen } from '../../lib/store-screen.ts';
import { isTyping } from '../../lib/hotkeys.ts';
import { watchWedge } from '../../lib/wedge-listener.ts';
import { keepDraft, keepNow, loadDraft, wouldLose } from './draft-keeping.ts';
import { refuseBurst, takeBurst, takePasted, takePictures } from './intake.ts';
import { readRestored, warmReader } from './reading.ts';
import { listenToScans } from './scans.ts';
import { useExamine } from './store.ts';
import { pastedRows } from './typing.ts';

let isListening = false;

/** Begins once, with the first look at the lane; other screens leave it running. */
export function listenAlways(): void {
  if (isListening) return;
  isListening = true;
  keepDraft();
  void loadDraft().then(() => {
    readRestored();
    listenToScans();
  });
  warmReader();
  watchWedge(window, {
    onReading: (reading) => {
      showScreen('examine');
      takeBurst(reading);
    },
    onUnreadable: refuseBurst,
  });
  window.addEventListener('dragover', (event) => event.preventDefault());
  window.addEventListener('drop', onDrop);
  window.addEventListener('paste', onPaste);
  window.addEventListener('beforeunload', (event) => {
    if (!wouldLose()) return;
    keepNow();
    event.preventDefault();
  });
}

function onDrop(event: DragEvent): void {
  // Without this the browser would leave the window for the file.
  event.preventDefault();
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length === 0) return;
  showScreen('examine');
  takePictures(files);
}

function onPaste(event: ClipboardEvent): void {
  if (useScreen.getState().screen !== 'examine') return;
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
