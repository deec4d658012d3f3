// The keys of the lane as a table; the `?` sheet is drawn from it.
import type { Hotkey } from '../../lib/hotkeys.ts';
import { useVault } from '../../lib/store-vault.ts';
import {
  canDecide,
  closePicker,
  nextTraveller,
  pressClear,
  pressOpen,
  saveAgain,
  saveWithoutLost,
  undo,
} from './decisions.ts';
import { addDocument, beginTyping, pickWithShell } from './intake.ts';
import type { Judged } from './judged.ts';
import { pressDrop, turnImage } from './lane-actions.ts';
import { holdsVisa, openPage, shownPage } from './pages.ts';
import { cancelReading, canReadAgain, readAgain } from './reading.ts';
import { canSee, pressSeen } from './quick-card.ts';
import { toNextDoubtful } from './rows.ts';
import { canTakeScan, takeScan } from './scans.ts';
import { shownDocument, useExamine } from './store.ts';
import { hasReading, isEmpty } from './work.ts';
import { addZone, offeredCount } from './zones.ts';

/** Set by the hidden file input of the picture pane; the shell's own dialog goes first where there is one. */
let openFileInput: (() => void) | null = null;
export function offerFileInput(open: (() => void) | null): void {
  openFileInput = open;
}

/** Key F. */
export function pickFile(): void {
  if (useVault.getState().state?.shell.pickFile === true) pickWithShell();
  else openFileInput?.();
}

/** Enter and Space belong to a control that has the focus. */
export function nothingFocused(): boolean {
  return document.activeElement?.matches('button, a, input, textarea, select, [role="option"]') !== true;
}

function leave(): void {
  const { busy, addingLight, cell, cameraOn, askingToDrop, trouble } = useExamine.getState();
  if (busy !== null) cancelReading();
  else if (askingToDrop) useExamine.setState({ askingToDrop: false });
  else if (addingLight !== null) useExamine.setState({ addingLight: null });
  else if (cell !== null) {
    useExamine.setState({ cell: null });
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  } else if (trouble !== null) useExamine.setState({ trouble: null });
  else if (cameraOn) useExamine.setState({ cameraOn: false });
}

/** An open list takes letters itself: `c` there means its own choice and no decision. */
function isInList(): boolean {
  return document.activeElement?.closest('[role="listbox"], [role="dialog"]') instanceof Element;
}

/** A page lies over the document: what cannot be seen is not worked on. */
function isHidden({ keys: [name = ''] }: Hotkey): boolean {
  const page = shownPage(useExamine.getState());
  if (page === null) return false;
  return !OVER_PAGES.has(name) && !(page === 'print' && BESIDE_PRINT.has(name));
}
/** Decisions, and what follows them, are on show all the time. */
const OVER_PAGES: ReadonlySet<string> = new Set('cdpknurwqgb');
/** Beside the print stand the picture and the findings. */
const BESIDE_PRINT: ReadonlySet<string> = new Set('lztvfaixs');

const isRead = () => hasReading(shownDocument(useExamine.getState()));
const hasContent = () => !isEmpty(useExamine.getState().work);
const hasImage = () => shownDocument(useExamine.getState()).images.length > 0;

export function laneHotkeys(judged: Judged | null): Hotkey[] {
  const key = (name: string, id: string, run: () => void, enabled?: () => boolean): Hotkey => ({
    keys: [name],
    textId: `examine.key.${id}`,
    run,
    ...(enabled ? { enabled } : {}),
  });
  const table: Hotkey[] = [
    key('c', 'clear', pressClear, () => canDecide('clear')),
    {
      ...key(
        'd',
        'doubt',
        () => pressOpen('doubt'),
        () => canDecide('referred'),
      ),
      takeBack: closePicker,
    },
    key(
      'p',
      'protect',
      () => pressOpen('protect'),
      () => canDecide('referred'),
    ),
    {
      ...key(
        'k',
        'skip',
        () => pressOpen('skip'),
        () => canDecide('skip'),
      ),
      takeBack: closePicker,
    },
    {
      keys: ['Space'],
      textId: 'lane.key.seen',
      run: () => pressSeen(judged),
      enabled: () => nothingFocused() && canSee(judged),
    },
    {
      keys: ['y'],
      textId: 'lane.key.seen',
      run: () => pressSeen(judged),
      enabled: () => canSee(judged),
    },
    key('n', 'next', nextTraveller),
    key(
      'u',
      'undo',
      () => void undo(),
      () => useExamine.getState().saved !== null,
    ),
    key('r', 'save-again', saveAgain, () => useExamine.getState().saveFailure !== null),
    key(
      'w',
      'save-without',
      saveWithoutLost,
      () => (useExamine.getState().saveFailure?.lost.length ?? 0) > 0,
    ),
    key('f', 'file', pickFile),
    key('v', 'camera', () => useExamine.setState(({ cameraOn }) => ({ cameraOn: !cameraOn, trouble: null }))),
    key('m', 'type', () => beginTyping(judged?.format ?? 'TD3')),
    key('e', 'read', readAgain, () => canReadAgain(useExamine.getState())),
    key('s', 'scan', () => void takeScan(), canTakeScan),
    key('o', 'add-zone', addZone, () => offeredCount(useExamine.getState()) > 0),
    key('a', 'add-document', () => void addDocument(), hasContent),
    key('i', 'add-image', () => useExamine.setState({ addingLight: 'white' }), hasContent),
    key('z', 'zoom', () => useExamine.setState(({ zoomed }) => ({ zoomed: !zoomed })), hasImage),
    key('t', 'turn', turnImage, hasImage),
    key(
      'l',
      'look',
      () => nextFinding(judged),
      () => (judged?.findings.length ?? 0) > 0,
    ),
    { keys: ['q'], textId: 'detective-screen.key.open', run: () => openPage('detective'), enabled: isRead },
    { keys: ['g'], textId: 'print.key.open', run: () => openPage('print'), enabled: isRead },
    {
      keys: ['b'],
      textId: 'visa.key.open',
      run: () => openPage('visa'),
      enabled: () => isRead() && holdsVisa(useExamine.getState()),
    },
    key('x', 'drop', pressDrop, hasContent),
    {
      ...key('Enter', 'doubtful', () => judged && toNextDoubtful(judged)),
      enabled: () => nothingFocused() && judged !== null && hasReading(shownDocument(useExamine.getState())),
    },
    { ...key('Escape', 'leave', leave), whileTyping: true },
  ];
  return table.map((hotkey) => ({
    ...hotkey,
    enabled: () => !isInList() && !isHidden(hotkey) && (hotkey.enabled?.() ?? true),
  }));
}

/** Key L: the next finding, its place lit in the rows and in the picture; it has the focus, so Enter looks closer. */
export function nextFinding(judged: Judged | null): void {
  const count = judged?.findings.length ?? 0;
  if (count === 0) return;
  const { finding } = useExamine.getState();
  const next = finding === null ? 0 : (finding + 1) % count;
  useExamine.setState({ finding: next });
  document.querySelector<HTMLElement>(`[data-finding="${next}"]`)?.focus();
}
