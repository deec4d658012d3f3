// A keyboard-wedge reader for tests: trusted key events whose time stamps are a device's, however busy the machine is.
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

/** Sends rows, each ended by Enter. All keys are on their way before the first has been answered. */
export async function sendBurst(page: Page, rows: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const keys = [...rows.map((row) => `${row}\r`).join('')].map(keyFor);
  const begun = Date.now();
  const sent = keys.flatMap((key, at) => {
    const stamped = { ...key, timestamp: (begun + at * GAP_MS) / 1000 };
    return [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...stamped }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...stamped }),
    ];
  });
  await Promise.all(sent);
  await session.detach();
}
