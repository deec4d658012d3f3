// The watch over the window is itself watched: what must fail a run does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startHost } from './host.ts';
import { WAIT_MS } from './steps.ts';
import { openWindow } from './window.ts';
import { text } from './words.ts';

/** What an assertion that must fail found instead of nothing. */
async function foundBy(assertion: () => void | Promise<void>): Promise<string> {
  try {
    await assertion();
  } catch (error) {
    return JSON.stringify((error as { actual?: unknown }).actual);
  }
  throw new Error('nothing was found');
}

test('strangers, broken policy, errors and traces in the profile are found', {
  timeout: 120_000,
}, async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
  const host = await startHost({ dataFolder });
  const window = await openWindow(host);
  await window.page.getByRole('heading', { name: text('sign-in.title') }).waitFor();
  window.expectClean();
  window.personal('UTOSECRET<<LINE');
  await window.page.evaluate(async () => {
    localStorage.setItem('left', 'UTOSECRET<<LINE');
    new WebSocket('ws://127.0.0.1:9/socket');
    const style = document.createElement('style');
    style.textContent = 'p { color: red }';
    document.head.append(style);
    setTimeout(() => {
      throw new Error('of our own');
    });
    await fetch('http://127.0.0.1:9/stranger').catch(() => {});
  });
  await expect
    .poll(() => foundBy(window.expectClean), { timeout: WAIT_MS })
    .toMatch(/(?=.*127\.0\.0\.1:9\/socket)(?=.*127\.0\.0\.1:9\/stranger)(?=.*style-src)(?=.*of our own)/);
  expect(await foundBy(window.close)).toContain('Local Storage');
  await host.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});
