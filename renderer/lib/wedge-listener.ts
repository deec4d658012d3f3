// Watches the whole window for a reader's burst of keys and keeps it from doing anything but being read.
import { BURST_GAP_MS } from './hotkeys.ts';
import { type BurstReading, completeReading, interpretBurst, isRowEnd } from './wedge.ts';
import { type BurstKey, isSign } from './wedge-layouts.ts';

/** A sign so soon after a reading is still its device's, which puts it at the end; a row end may take as long as IDLE_MS. */
const TAIL_MS = 25;
/** Silence after which a whole reading is taken; readers may pause between rows. */
const IDLE_MS = 150;
/** Silence after which a sure burst is over even though something seems to be missing. */
const PATIENCE_MS = 500;
/** From this many fast keys on nobody is typing: nothing more of it reaches a field or a shortcut. */
const SURE_LENGTH = 6;

export interface WedgeOptions {
  onReading: (reading: BurstReading) => void;
  /** A burst outside of any field that is no MRZ: something was sent, and it must not pass unnoticed. */
  onUnreadable: () => void;
  /** Asked at each key; while it says no, keys are whoever's they are. Default: always. */
  isOn?: () => boolean;
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** A field with this data attribute takes no burst at all, not even one that is no MRZ. */
const REFUSING = 'refusesBursts';

/** A field as it stood before the burst. */
interface KeptField {
  element: TextField;
  value: string;
  start: number;
  end: number;
}

/**
 * Starts watching; the returned function stops it. The first keys of a burst may reach a field, which then gets
 * back what stood in it, or the whole text where the burst is no MRZ; shortcuts are held back by the dispatcher
 * of hotkeys itself.
 */
export function watchWedge(target: Window, options: WedgeOptions): () => void {
  let keys: BurstKey[] = [];
  let field: KeptField | null = null;
  let timer = 0;
  /** When the last key of the last reading came. */
  let takenAtMs = Number.NEGATIVE_INFINITY;
  /** The keys came right behind a reading: none of them is a person's. */
  let isHeld = false;

  const finish = (known?: BurstReading) => {
    target.clearTimeout(timer);
    const [burst, kept] = [keys, field];
    keys = [];
    field = null;
    if (burst.length < SURE_LENGTH) return;
    const reading = known ?? interpretBurst(burst);
    if (reading !== null) takenAtMs = burst.at(-1)?.atMs ?? takenAtMs;
    settle(kept, reading, burst);
  };

  const settle = (kept: KeptField | null, reading: BurstReading | null, burst: readonly BurstKey[]) => {
    if (reading !== null) {
      if (kept !== null) put(kept.element, kept.value);
      options.onReading(reading);
    } else if (kept !== null && kept.element.dataset[REFUSING] === undefined) {
      // A number read from a barcode belongs into the field in which it was asked for.
      put(kept.element, kept.value.slice(0, kept.start) + textOf(burst) + kept.value.slice(kept.end));
    } else {
      if (kept !== null) put(kept.element, kept.value);
      options.onUnreadable();
    }
  };

  const finishIfWhole = () => {
    if (interpretBurst(keys)?.isWhole === true) finish();
    // Of the first keys, too, the next may only be late: its own time tells whether it belongs to them.
    else timer = target.setTimeout(() => finish(), PATIENCE_MS - IDLE_MS);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.repeat || isSecret(event.target) || options.isOn?.() === false) return;
    const key = burstKey(event);
    if (key === null) {
      if (!isModifier(event.key)) finish();
      return;
    }
    const sure = keys.length >= SURE_LENGTH;
    const gapMs = key.atMs - (keys.at(-1)?.atMs ?? key.atMs);
    if (gapMs > (sure ? PATIENCE_MS : BURST_GAP_MS)) finish();
    if (keys.length === 0) {
      isHeld = isTail(key);
      // Row ends and spaces alone are an officer's, or a device's last; they can only continue a burst.
      if (cannotBegin(event)) {
        if (isHeld) hold(event);
        return;
      }
      field = keptField(event.target);
    }
    keys.push(key);
    if (isHeld || keys.length >= SURE_LENGTH) hold(event);
    target.clearTimeout(timer);
    const reading = completeReading(keys);
    // Nothing can follow a row's end there; without one the device may go on in its own time.
    if (reading !== null && isRowEnd(key)) finish(reading);
    else timer = target.setTimeout(finishIfWhole, reading === null ? IDLE_MS : BURST_GAP_MS);
  };

  const isTail = (key: BurstKey) => {
    const sinceMs = key.atMs - takenAtMs;
    return sinceMs >= 0 && sinceMs <= (isRowEnd(key) ? IDLE_MS : TAIL_MS);
  };

  target.addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    target.removeEventListener('keydown', onKeyDown, { capture: true });
    target.clearTimeout(timer);
  };
}

/** Keeps a key from field and shortcuts. */
function hold(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** A secret is looked at by nobody, however fast it is typed. */
function isSecret(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'password';
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

function keptField(target: EventTarget | null): KeptField | null {
  const isField = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  if (!isField || target.selectionStart === null || target.selectionEnd === null) return null;
  return { element: target, value: target.value, start: target.selectionStart, end: target.selectionEnd };
}

function textOf(keys: readonly BurstKey[]): string {
  return keys.map(({ key }) => ([...key].length === 1 ? key : '')).join('');
}

/** Sets what stands in a field, so that its owner sees the change as if typed. */
function put(element: TextField, value: string): void {
  if (element.value === value) return;
  const owner = element instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  Object.getOwnPropertyDescriptor(owner.prototype, 'value')?.set?.call(element, value);
  element.dispatchEvent(new Event('input', { bubbles: true }));
}
