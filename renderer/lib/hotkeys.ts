// One table-driven dispatcher for every key of the window; the `?` sheet is drawn from the same table.
import { useLayoutEffect, useRef } from 'react';

/**
 * A keyboard-wedge reader types an MRZ as a burst. A letter acts only when no other printable key came within
 * this time before or after it, so the `P` of `P<UTO…` never opens the protection page. Milliseconds.
 */
export const BURST_GAP_MS = 60;

export interface Hotkey {
  /** `KeyboardEvent.key` values; letters in lower case, `Escape`, `F1`, `Space`, `?`, `Control+l` … */
  keys: readonly string[];
  /** Catalogue id of what it does, for the `?` sheet. */
  textId: string;
  run: (event: KeyboardEvent) => void;
  /** Only for a letter that does no harm: it acts at once, and this undoes it where it turns out to begin a burst. */
  takeBack?: () => void;
  /** Also acts while a text field has the focus. Function keys and those with Ctrl always do. */
  whileTyping?: boolean;
  /** Asked at the moment of the press; a key that cannot act now is left to others. */
  enabled?: () => boolean;
  /** Acts again while held down (arrows). Default: no. */
  repeats?: boolean;
  /** Acts below an open dialog as well: the window can be locked at any moment. */
  always?: boolean;
}

export interface HotkeyScope {
  /** Catalogue id of the group's name in the `?` sheet. */
  titleId: string;
  hotkeys: readonly Hotkey[];
  /** Who is asked first: a dialog (2) before the screen (1, the default) before the frame (0). */
  level?: 0 | 1 | 2;
  /** A modal scope hides every scope below it (an open dialog). */
  modal?: boolean;
}

const scopes: { current: HotkeyScope }[] = [];
let pending: { timer: ReturnType<typeof setTimeout>; takeBack: (() => void) | undefined } | null = null;
let lastPrintableAt = Number.NEGATIVE_INFINITY;

/** Name of the key that was pressed, independent of a non-Latin layout: `c` also where C prints another script. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (event.key === ' ') return 'Space';
  if (event.key.length > 1) return event.key;
  if (event.key.charCodeAt(0) < 128) return event.key.toLowerCase();
  const physical = /^Key([A-Z])$|^Digit([0-9])$/.exec(event.code);
  return (physical?.[1] ?? physical?.[2] ?? event.key).toLowerCase();
}

/** True where letters belong to a field and not to the screen. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  if (!(target instanceof HTMLInputElement)) return false;
  return !['button', 'checkbox', 'radio', 'file', 'range', 'submit'].includes(target.type);
}

/** The scopes that can act now, topmost first; nothing below a modal one. */
export function activeScopes(): HotkeyScope[] {
  // Effects of children run before those of parents, so the order of pushing alone would put the frame on top.
  const ordered = scopes
    .map((scope) => scope.current)
    .reverse()
    .sort((a, b) => (b.level ?? 1) - (a.level ?? 1));
  const modal = ordered.findIndex((scope) => scope.modal);
  return modal < 0 ? ordered : ordered.slice(0, modal + 1);
}

function findHotkey(event: KeyboardEvent): Hotkey | null {
  const name = event.ctrlKey ? `Control+${keyName(event)}` : keyName(event);
  const typing = isTyping(event.target) && !/^(F\d+|Control\+.)$/.test(name);
  const acts = (hotkey: Hotkey): boolean =>
    hotkey.keys.includes(name) &&
    (!typing || hotkey.whileTyping === true) &&
    (!event.repeat || hotkey.repeats === true) &&
    (hotkey.enabled === undefined || hotkey.enabled());
  const active = activeScopes().flatMap((scope) => scope.hotkeys);
  const below = scopes.flatMap((scope) => scope.current.hotkeys).filter((hotkey) => hotkey.always);
  return [...active, ...below].find(acts) ?? null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  if (leavesTheWindow(event)) {
    event.preventDefault();
    // F5 reloads nothing and is a key like the others.
    if (event.key !== 'F5') return;
  }
  if (event.metaKey || event.altKey || event.isComposing) return;
  const printable = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey;
  const sinceLast = event.timeStamp - lastPrintableAt;
  if (printable) lastPrintableAt = event.timeStamp;
  const inBurst = sinceLast < BURST_GAP_MS;
  if (printable && pending) {
    clearTimeout(pending.timer);
    pending.takeBack?.();
    pending = null;
  }
  if (inBurst && !event.repeat && (printable || event.key === 'Enter' || event.key === 'Tab')) return;
  const hotkey = findHotkey(event);
  if (!hotkey) return;
  event.preventDefault();
  if (!printable) {
    hotkey.run(event);
    return;
  }
  const { takeBack } = hotkey;
  if (takeBack !== undefined) hotkey.run(event);
  const timer = setTimeout(() => {
    pending = null;
    if (takeBack === undefined) hotkey.run(event);
  }, BURST_GAP_MS);
  pending = { timer, takeBack };
}

/** Reload and Back would lose what is on the screen; the window has no other page to go to. */
function leavesTheWindow(event: KeyboardEvent): boolean {
  const letter = event.key.toLowerCase();
  if (event.key === 'F5' || event.key === 'BrowserBack' || event.key === 'BrowserForward') return true;
  if ((event.ctrlKey || event.metaKey) && letter === 'r') return true;
  return event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight');
}

/** Starts listening; once, from the frame. Returns how to stop. */
export function startHotkeys(target: Window): () => void {
  target.addEventListener('keydown', onKeyDown);
  return () => target.removeEventListener('keydown', onKeyDown);
}

/** Puts a scope on top until the returned function is called. */
export function pushScope(holder: { current: HotkeyScope }): () => void {
  scopes.push(holder);
  return () => {
    const at = scopes.indexOf(holder);
    if (at >= 0) scopes.splice(at, 1);
  };
}

/** Makes a screen's or a dialog's keys act while the component is shown. */
export function useHotkeys(scope: HotkeyScope, active = true): void {
  const holder = useRef(scope);
  // Written in an effect of every render, so that a key always runs the newest closure; before the screen is painted, so
  // that a key acts as soon as it is seen.
  useLayoutEffect(() => {
    holder.current = scope;
  });
  useLayoutEffect(() => (active ? pushScope(holder) : undefined), [active]);
}
