// What can be done with a picture by one key each; no letter of FALSEDOC and no number is among them.
import type { Hotkey } from '../lib/hotkeys.ts';

export interface ViewerActs {
  /** Gives the picture the arrow keys. */
  focus: () => void;
  stop: () => void;
  zoom: (factor: number) => void;
  turn: () => void;
  glass: () => void;
  light: () => void;
  /** Absent where no mark can be set. */
  mark?: () => void;
}

const ARROWS = ['ArrowLeft', 'ArrowUp', 'ArrowDown', 'ArrowRight'];

/** Of one press of plus. */
export const ZOOM_STEP = 1.5;

/** Who enlarges by a key wants to move by keys next; a button keeps the focus. */
export function viewerHotkeys({ focus, stop, zoom, turn, glass, light, mark }: ViewerActs): Hotkey[] {
  const enlarging = (act: () => void) => () => {
    act();
    focus();
  };
  return [
    { keys: ['z'], textId: 'viewer.key.stop', run: enlarging(stop) },
    { keys: ['+'], textId: 'viewer.key.in', run: enlarging(() => zoom(ZOOM_STEP)), repeats: true },
    { keys: ['-'], textId: 'viewer.key.out', run: () => zoom(1 / ZOOM_STEP), repeats: true },
    { keys: ['t'], textId: 'viewer.key.turn', run: turn },
    { keys: ['g'], textId: 'viewer.key.glass', run: glass },
    { keys: ['b'], textId: 'viewer.key.light', run: light },
    // The picture takes these itself, where it has the focus; here they are told.
    { keys: ARROWS, textId: 'viewer.key.move', run: () => undefined, enabled: () => false },
    ...(mark === undefined ? [] : [{ keys: ['m'], textId: 'viewer.key.mark', run: mark }]),
  ];
}
