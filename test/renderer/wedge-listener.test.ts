// When a reader device's burst of keys is taken, and what of it reaches anybody else.
import { describe, expect, it, vi } from 'vitest';
import { watchWedge } from '../../renderer/lib/wedge-listener.ts';
import type { BurstKey } from '../../renderer/lib/wedge-layouts.ts';
import { TD1, TD3 } from '../mrz/specimens.ts';

// Specimens of ICAO Doc 9303 parts 6 and 7.
const TD2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];
const MRVA = ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L8988901C4XXX4009078F96121096ZE184226B<<<<<<'];

const ENDS: Record<string, string> = { '\r': 'Enter', '\n': 'LF', '\t': 'Tab' };

/** The keys of a device that needs 4 ms for each. */
function burst(text: string): BurstKey[] {
  return [...text].map((sign, at) => ({ key: ENDS[sign] ?? sign, code: '', atMs: at * 4 }));
}

describe('when a reading is over', () => {
  interface Heard {
    /** Rows of every reading, in their order. */
    readings: string[][];
    /** Silence after the last key until the first reading came; null where none did. */
    silenceMs: number | null;
    unreadable: number;
    /** Keys that would still reach a field or a shortcut. */
    let: string[];
  }

  /**
   * Sends keys to a listener of its own and answers what it heard. Each comes at its time, or from one on later by what
   * a busy machine needs.
   */
  function hear(keys: readonly BurstKey[], late = { from: 0, ms: 0 }): Heard {
    vi.useFakeTimers();
    vi.stubGlobal('HTMLInputElement', class {});
    vi.stubGlobal('HTMLTextAreaElement', class {});
    const target = Object.assign(new EventTarget(), { setTimeout, clearTimeout }) as unknown as Window;
    const heard: Heard = { readings: [], silenceMs: null, unreadable: 0, let: [] };
    const begun = Date.now();
    let lastAt = begun;
    const stop = watchWedge(target, {
      onReading: ({ lines }) => {
        heard.readings.push(lines);
        heard.silenceMs ??= Date.now() - lastAt;
      },
      onUnreadable: () => {
        heard.unreadable += 1;
      },
    });
    target.addEventListener('keydown', ({ key }) => heard.let.push(key));
    for (const [at, { key, code, atMs }] of keys.entries()) {
      vi.advanceTimersByTime(begun + atMs + (at < late.from ? 0 : late.ms) - Date.now());
      lastAt = Date.now();
      const event = new Event('keydown', { cancelable: true });
      const ctrlKey = key === 'LF';
      for (const [name, value] of Object.entries({
        key: ctrlKey ? 'j' : key,
        code,
        ctrlKey,
        timeStamp: atMs,
      })) {
        Object.defineProperty(event, name, { value });
      }
      target.dispatchEvent(event);
    }
    vi.advanceTimersByTime(1_000);
    stop();
    vi.unstubAllGlobals();
    vi.useRealTimers();
    return heard;
  }

  const silenceAfter = (text: string): number | null => hear(burst(text)).silenceMs;

  /** A device that hesitates before one of its keys. */
  const hesitant = (text: string, before: number, pauseMs: number): BurstKey[] =>
    burst(text).map((key, at) => (at < before ? key : { ...key, atMs: key.atMs + pauseMs }));

  it.each([
    ['CR', '\r'],
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['Tab', '\t'],
  ])(
    'rows that each end with %s are taken with the last end, and nothing of it reaches anybody',
    (_, end) => {
      for (const lines of [TD3, TD2, TD1, MRVA]) {
        const { readings, silenceMs, unreadable, let: through } = hear(burst(lines.join(end) + end));
        expect(readings).toEqual([lines]);
        expect(silenceMs).toBe(0);
        expect(unreadable).toBe(0);
        // Those before it is sure that nobody is typing.
        expect(through).toHaveLength(5);
      }
    },
  );

  it('a run as long as a passport or a card, with its end', () => {
    expect(silenceAfter(`${TD3.join('')}\r`)).toBe(0);
    expect(silenceAfter(`${TD1.join('')}\r`)).toBe(0);
  });

  it('without a last end rows are over as soon as a device would have gone on; shorter runs may pause', () => {
    expect(silenceAfter(TD3.join('\r'))).toBe(60);
    expect(silenceAfter(TD1.join('\r'))).toBe(60);
    expect(silenceAfter(TD3.join(''))).toBe(60);
    expect(silenceAfter(TD2.join(''))).toBe(150);
    expect(silenceAfter(`${TD2.join('')}\r`)).toBe(150);
  });

  it('a card of three rows is not cut after two', () => {
    expect(silenceAfter(`${TD1.slice(0, 2).join('\r')}\r`)).toBe(500);
  });

  it('a row is never cut, wherever the device or the machine hesitates', () => {
    for (const lines of [TD3, TD2, TD1, MRVA]) {
      const text = `${lines.join('\r')}\r`;
      // The first keys of a burst come together, or nobody could tell it from typing; the last end may come late.
      for (let before = 6; before < text.length - 1; before += 1) {
        const { readings, unreadable } = hear(hesitant(text, before, 300));
        expect([before, readings, unreadable]).toEqual([before, [lines], 0]);
      }
      expect(hear(hesitant(text, text.length - 1, 120))).toMatchObject({
        readings: [lines],
        let: text.slice(0, 5).split(''),
      });
    }
    for (let from = 1; from < TD1.join('\r').length; from += 1) {
      const { readings } = hear(burst(`${TD1.join('\r')}\r`), { from, ms: 300 });
      expect([from, readings]).toEqual([from, [TD1]]);
    }
    // A run of 72 characters is two rows for itself; as the beginning of 90 it is none before it has waited.
    expect(hear(hesitant(`${TD1.join('')}\r`, 72, 120)).readings).toEqual([TD1]);
  });

  it('a surplus sign stays in sight', () => {
    const lines = [TD3[0] ?? '', `${TD3[1]}7`];
    expect(hear(burst(`${lines.join('\r')}\r`)).readings).toEqual([lines]);
  });

  it('a sign that a device puts at the end reaches nobody; a person is heard a moment later', () => {
    const text = `${TD3.join('\r')}\r`;
    const last = burst(text).at(-1)?.atMs ?? 0;
    const clear = (atMs: number): BurstKey => ({ key: 'c', code: 'KeyC', atMs });
    expect(hear([...burst(text), clear(last + 8)])).toMatchObject({
      readings: [TD3],
      let: text.slice(0, 5).split(''),
    });
    expect(hear([...burst(text), clear(last + 40)]).let).toEqual([...text.slice(0, 5), 'c']);
  });

  it('a second document right behind the first is a reading of its own', () => {
    expect(hear(burst(`${TD3.join('\r')}\r${TD1.join('\r')}\r`)).readings).toEqual([TD3, TD1]);
  });
});
