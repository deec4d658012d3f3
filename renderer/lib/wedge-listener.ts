// Watches the whole window for a reader's burst of keys and keeps it from doing anything but being read.
import { BURST_GAP_MS } from './hotkeys.ts';
import { type BurstReading, interpretBurst } from './wedge.ts';
import { type BurstKey, isSign } from './wedge-layouts.ts';

/** Silence after which a sure burst is over; readers may pause between rows. */
const IDLE_MS = 150;
/** From this many fast keys on nobody is typing: nothing more of it reaches a field or a shortcut. */
const SURE_LENGTH = 6;

export interface WedgeOptions {
  onReading: (reading: BurstReading) => void;
  /** A burst ended that is no MRZ: something was sent, and it must not pass unnoticed. */
  onUnreadable: () => void;
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

/**
 * Starts watching; the returned function stops it. The first keys of a burst may reach a field, which then gets
 * back what stood in it; shortcuts are held back by the dispatcher of hotkeys itself.
 */
export function watchWedge(target: Window, options: WedgeOptions): () => void {
  let keys: BurstKey[] = [];
  let field: { element: TextField; value: string } | null = null;
  let timer = 0;

  const finish = () => {
    target.clearTimeout(timer);
    const [burst, kept] = [keys, field];
    keys = [];
    field = null;
    if (burst.length < SURE_LENGTH) return;
    if (kept !== null) restore(kept.element, kept.value);
    const reading = interpretBurst(burst);
    if (reading === null) options.onUnreadable();
    else options.onReading(reading);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.repeat) return;
    const key = burstKey(event);
    if (key === null) {
      if (!isModifier(event.key)) finish();
      return;
    }
    const sure = keys.length >= SURE_LENGTH;
    const gapMs = key.atMs - (keys.at(-1)?.atMs ?? key.atMs);
    if (gapMs > (sure ? IDLE_MS : BURST_GAP_MS)) finish();
    if (keys.length === 0) {
      // Row ends and spaces alone are an officer's; they can only continue a burst.
      if (cannotBegin(event)) return;
      const element = textField(event.target);
      field = element === null ? null : { element, value: element.value };
    }
    keys.push(key);
    if (keys.length >= SURE_LENGTH) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    target.clearTimeout(timer);
    timer = target.setTimeout(finish, IDLE_MS);
  };

  target.addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    target.removeEventListener('keydown', onKeyDown, { capture: true });
    target.clearTimeout(timer);
  };
}

/** What a key press adds to a burst; null for shortcuts with modifiers and for keys that carry no sign. */
function burstKey(event: KeyboardEvent): BurstKey | null {
  const { code, timeStamp: atMs } = event;
  if (event.ctrlKey && !event.altKey) {
    // Readers send LF, CR and HT as the control keys J, M and I.
    const named = new Map([
      ['j', 'LF'],
      ['m', 'Enter'],
      ['i', 'Tab'],
    ]).get(event.key.toLowerCase());
    return named === undefined ? null : { key: named, code, atMs };
  }
  if (event.metaKey || (event.altKey && !event.ctrlKey)) return null;
  const carries = ['Enter', 'Tab', 'Dead', 'Unidentified'].includes(event.key) || isSign(event.key);
  return carries ? { key: event.key, code, atMs } : null;
}

function isModifier(key: string): boolean {
  return ['Shift', 'CapsLock', 'AltGraph', 'Control', 'Alt', 'NumLock'].includes(key);
}

function cannotBegin(event: KeyboardEvent): boolean {
  return event.ctrlKey || ['Enter', 'Tab', ' ', 'Unidentified'].includes(event.key);
}

function textField(target: EventTarget | null): TextField | null {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && target.selectionStart !== null ? target : null;
}

/** Puts back what stood in a field before the burst, so that its owner sees the change as if typed. */
function restore(element: TextField, value: string): void {
  if (element.value === value) return;
  const owner = element instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  Object.getOwnPropertyDescriptor(owner.prototype, 'value')?.set?.call(element, value);
  element.dispatchEvent(new Event('input', { bubbles: true }));
}
