// A keyboard-wedge reader for tests: trusted key events whose time stamps are a device's, however busy the machine is.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** What a device needs from one key to the next. */
const GAP_MS = 8;
const SHIFT = 8;

interface Key {
  key: string;
  code: string;
  windowsVirtualKeyCode: number;
  text: string;
  modifiers?: number;
}

/** The key of a US keyboard for an MRZ character; `\r` is Enter. */
function keyFor(character: string): Key {
  if (character === '\r') return { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' };
  const same = { key: character, text: character };
  if (character === '<') return { ...same, code: 'Comma', windowsVirtualKeyCode: 188, modifiers: SHIFT };
  const windowsVirtualKeyCode = character.charCodeAt(0);
  if (/[0-9]/.test(character)) return { ...same, code: `Digit${character}`, windowsVirtualKeyCode };
  return { ...same, code: `Key${character}`, windowsVirtualKeyCode, modifiers: SHIFT };
}

/** After a device's last key nobody else presses one so soon. */
const SETTLED_MS = 100;

/**
 * Sends rows, each ended by Enter, without waiting for an answer: all keys at once, or each at its time (`isPaced`).
 * Answers when the last key was pressed by the device's clock, in milliseconds since 1970.
 */
export async function sendBurst(
  page: Page,
  rows: readonly string[],
  { isPaced = false }: { isPaced?: boolean } = {},
): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const keys = [...rows.map((row) => `${row}\r`).join('')].map(keyFor);
  const begun = Date.now();
  const timeOf = (at: number) => begun + at * GAP_MS;
  const sent: Promise<unknown>[] = [];
  for (const [at, key] of keys.entries()) {
    if (isPaced) await pause(Math.max(0, timeOf(at) - Date.now()));
    const stamped = { ...key, timestamp: timeOf(at) / 1000 };
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...stamped }));
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...stamped }));
  }
  await Promise.all(sent);
  await session.detach();
  const lastAt = timeOf(keys.length - 1);
  // Whatever is pressed next comes after it, as it would at a desk.
  await pause(Math.max(0, lastAt + SETTLED_MS - Date.now()));
  return lastAt;
}
