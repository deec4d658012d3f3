// The lane in a real browser against a fake station, as the tests of its screens open, press and leave it.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { BURST_GAP_MS } from '../../renderer/lib/hotkeys.ts';
import { createFakeStation, type FakeStation } from './fake-station.ts';
import { closeBrowser, type OpenWindow, openWindow, prepare } from './harness.ts';
import { sendBurst } from './reader-device.ts';

let open: OpenWindow | null = null;

/** Opens the lane; `change` is done to the station before. */
export async function lane(
  change?: (station: FakeStation) => void,
  switches?: string[],
): Promise<OpenWindow> {
  const station = createFakeStation();
  change?.(station);
  open = await openWindow(station, switches ? { switches } : {});
  await open.page.getByRole('button', { name: /^D / }).waitFor();
  return open;
}

/** Opens the lane with a document that a reader device has sent. */
export async function laneWith(
  lines: readonly string[],
  change?: (station: FakeStation) => void,
): Promise<OpenWindow> {
  const window = await lane(change);
  await sendBurst(window.page, lines);
  await window.page.locator('input[data-refuses-bursts]').nth(1).waitFor();
  return window;
}

/** Lets the page's own clock go on until a key is neither one of a burst nor still to act. */
const rest = (page: Page): Promise<void> =>
  page.evaluate((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)), BURST_GAP_MS + 30);

/** One key as a person presses it: two keys of a person are never as close as those of a reader device. */
export async function press({ page }: OpenWindow, key: string): Promise<void> {
  await rest(page);
  await page.keyboard.press(key);
  await rest(page);
}

/** Types into the field that gets the focus, as a person does: slower than a reader device sends. */
export async function type({ page }: OpenWindow, text: string): Promise<void> {
  await page.locator(':is(input, textarea):focus').waitFor();
  await page.keyboard.type(text, { delay: 110 });
}

/** Words on the screen that stand in no catalogue, in the language whose every message begins with a bracket. */
export const strays = ({ page }: OpenWindow): Promise<string[]> =>
  page.evaluate(() => {
    const words: string[] = [];
    const walker = document.createTreeWalker(
      document.querySelector('main') ?? document.body,
      NodeFilter.SHOW_TEXT,
    );
    for (let node = walker.nextNode(); node; node = walker.nextNode()) words.push(node.textContent ?? '');
    // What stands on documents is upper case.
    return words.filter((word) => /[a-z]{3}/.test(word) && !word.includes('⟦'));
  });

/** Closes the window after each test of the file that calls this, and fails the test that left a problem in it. */
export function closeAfterEach(): void {
  beforeAll(prepare, 120_000);
  afterEach(async () => {
    const problems = open?.problems() ?? [];
    await open?.close();
    open = null;
    expect(problems).toEqual([]);
  });
  afterAll(closeBrowser);
}
