// A keyboard-wedge reader for tests: trusted key events as fast as a device sends them, however busy the machine is.
import type { Page } from 'playwright-core';

interface Key {
  key: string;
  code: string;
  windowsVirtualKeyCode: number;
  text: string;
}

/** The key of a US keyboard for an MRZ character; `\r` is Enter. */
function keyFor(character: string): Key {
  if (character === '\r') return { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' };
  if (character === '<') return { key: '<', code: 'Comma', windowsVirtualKeyCode: 188, text: '<' };
  const code = /[0-9]/.test(character) ? `Digit${character}` : `Key${character}`;
  return { key: character, code, windowsVirtualKeyCode: character.charCodeAt(0), text: character };
}

/** Sends rows, each ended by Enter. All keys are on their way before the first has been answered. */
export async function sendBurst(page: Page, rows: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const sent: Promise<unknown>[] = [];
  for (const character of rows.map((row) => `${row}\r`).join('')) {
    const { text, ...key } = keyFor(character);
    sent.push(
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', text, unmodifiedText: text, ...key }),
    );
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }));
  }
  await Promise.all(sent);
  await session.detach();
}
