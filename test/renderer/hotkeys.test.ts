// The name of a key under layouts that print another script or another letter; when a letter acts.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BURST_GAP_MS, keyName, pushScope, startHotkeys } from '../../renderer/lib/hotkeys.ts';

describe('keyName', () => {
  it.each([
    ['c', 'KeyC', 'c'],
    ['C', 'KeyC', 'c'],
    [' ', 'Space', 'Space'],
    ['Escape', 'Escape', 'Escape'],
    ['F3', 'F3', 'F3'],
    ['?', 'Slash', '?'],
    // Thai Kedmanee: the key of C prints a vowel sign or แ; the officer means the key with C on it.
    ['แ', 'KeyC', 'c'],
    ['ู', 'Digit6', '6'],
    // A Latin layout decides for itself: on AZERTY the key in the place of Q is A.
    ['a', 'KeyQ', 'a'],
    ['é', 'Digit2', '2'],
    ['€', 'BracketLeft', '€'],
  ])('%s on %s is %s', (key, code, name) => {
    expect(keyName({ key, code })).toBe(name);
  });
});

describe('when a letter acts', () => {
  const done: string[] = [];
  const act = (what: string) => () => done.push(what);
  const target = new EventTarget();
  const ends: (() => void)[] = [];
  /** Later than whatever was pressed before. */
  let nowMs = 1_000;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('HTMLElement', class {});
    done.length = 0;
    const hotkeys = [
      { keys: ['d'], textId: 'd', run: act('question'), takeBack: act('no question') },
      { keys: ['c'], textId: 'c', run: act('cleared') },
    ];
    ends.push(
      pushScope({ current: { titleId: 'lane', hotkeys } }),
      startHotkeys(target as unknown as Window),
    );
  });

  afterEach(() => {
    for (const end of ends.splice(0)) end();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  function press(key: string, afterMs: number): void {
    nowMs += afterMs;
    vi.advanceTimersByTime(afterMs);
    const event = new Event('keydown', { cancelable: true });
    const values = { key, code: `Key${key.toUpperCase()}`, timeStamp: nowMs };
    for (const [name, value] of Object.entries(values)) Object.defineProperty(event, name, { value });
    target.dispatchEvent(event);
  }

  it('one that cannot be taken back: once it is sure that no burst begins with it', () => {
    press('c', 500);
    vi.advanceTimersByTime(BURST_GAP_MS - 1);
    expect(done).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(done).toEqual(['cleared']);
  });

  it('one that can: at once, and it stays so', () => {
    press('d', 500);
    expect(done).toEqual(['question']);
    vi.advanceTimersByTime(500);
    press('x', 0);
    expect(done).toEqual(['question']);
  });

  it('a burst leaves nothing of its letters behind', () => {
    press('d', 500);
    press('c', 8);
    press('d', 8);
    vi.advanceTimersByTime(500);
    expect(done).toEqual(['question', 'no question']);
  });
});
