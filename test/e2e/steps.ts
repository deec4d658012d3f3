// What an officer does at the window, step by step, and what the window shows of it.
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { OFFICER } from '../electron/set-up.ts';
import { text } from './words.ts';

/** Until something must have happened; a document is read in two seconds, on a busy machine in more. */
export const WAIT_MS = 45_000;

/** Presses Tab until the control has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    // Asked without waiting: an open list hides everything beside it.
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('this control cannot be reached by Tab');
}

/** Longer than any gap in a reader device's burst, so that the window takes it for a hand. */
const HAND_GAP_MS = 80;

/** Types as a hand does. */
export function typeByHand(page: Page, typed: string): Promise<void> {
  return page.keyboard.type(typed, { delay: HAND_GAP_MS });
}

/** At a closed store: name and secret, by keyboard only. */
export async function signInAs(
  page: Page,
  { signInName, secret }: { signInName: string; secret: string },
): Promise<void> {
  await page.getByRole('heading', { name: text('sign-in.title') }).waitFor({ timeout: WAIT_MS });
  await tabTo(page, page.getByRole('textbox', { name: text('person.sign-in-name') }));
  await page.keyboard.type(signInName);
  await page.keyboard.press('Tab');
  await page.keyboard.type(secret);
  await page.keyboard.press('Enter');
}

/** The station that `setUpFolder` made is sealed, and its officer signs in. */
export async function signIn(page: Page): Promise<void> {
  await signInAs(page, OFFICER);
  await page.getByText(text('app.live'), { exact: true }).waitFor({ timeout: WAIT_MS });
}

/** An ordinary morning: signed in, with an empty lane. */
export async function setUp(page: Page): Promise<void> {
  await signIn(page);
  await ready(page);
}

/** Waits until the lane takes a document. */
export async function ready(page: Page): Promise<void> {
  await page.getByText(text('examine.welcome.title')).waitFor({ timeout: WAIT_MS });
  await page
    .getByRole('button', { name: text('examine.decide.doubt') })
    .and(page.locator(':enabled'))
    .waitFor();
}

/** The rows of the machine-readable zone as they stand in the cells. */
export async function rowsOf(page: Page): Promise<string[]> {
  const fields = page.getByRole('group', { name: text('examine.rows') }).getByRole('textbox');
  return fields.evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value));
}

/** Waits until the cells hold exactly these lines. */
export async function expectRows(page: Page, lines: readonly string[]): Promise<void> {
  await expect.poll(() => rowsOf(page), { timeout: WAIT_MS, interval: 100 }).toEqual(lines);
}

/** Drops what is in the lane, by its key pressed twice. */
export async function startOver(page: Page): Promise<void> {
  await page.keyboard.press('x');
  await see(page, text('examine.drop.ask'));
  await page.keyboard.press('x');
  await ready(page);
}

/** Words on the screen; what is only spoken does not count. */
function shown(page: Page, words: string): Locator {
  return page
    .getByText(words)
    .and(page.locator(':not([aria-live], [aria-live] *)'))
    .filter({ visible: true });
}

/** Waits until these words can be seen. */
export async function see(page: Page, words: string): Promise<void> {
  await shown(page, words).first().waitFor({ timeout: WAIT_MS });
}

/** Presses a decision key until its words are there: right after another decision the lane takes it for a slip. */
export async function decide(page: Page, key: 'c' | 'd' | 'k' | 'p', words: string): Promise<void> {
  await pressUntil(page, key, shown(page, words).first());
  // No hand answers a question sooner; a reader device does, and its letters take the question back.
  await page.waitForTimeout(HAND_GAP_MS);
}

/**
 * Presses a key until what it brings can be seen: right behind the last character of a reader device, or of a test that
 * types as fast, the window takes it for one more of them.
 */
export async function pressUntil(page: Page, key: string, brought: Locator): Promise<void> {
  const pressAndLook = async () => {
    await page.keyboard.press(key);
    return brought.waitFor({ timeout: 1_000 }).then(
      () => true,
      () => false,
    );
  };
  await expect.poll(pressAndLook, { timeout: WAIT_MS, interval: 1 }).toBe(true);
}

/** Waits until these words can no longer be seen. */
export async function seeNoMore(page: Page, words: string): Promise<void> {
  await expect.poll(() => shown(page, words).count(), { timeout: WAIT_MS }).toBe(0);
}

/** Waits until a picture stands in this place: an empty or grey one has no contrast. */
export async function seePicture(place: Locator): Promise<void> {
  const contrast = async () => {
    const { channels } = await sharp(await place.screenshot()).stats();
    return Math.min(...channels.slice(0, 3).map((channel) => channel.stdev));
  };
  await expect.poll(contrast, { timeout: WAIT_MS, interval: 200 }).toBeGreaterThan(25);
}

/** Drops files on the window, as from the system's file manager. */
export async function drop(page: Page, ...files: { name: string; bytes: Buffer }[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    (all) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of all) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      return transfer;
    },
    files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })),
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer });
  await dataTransfer.dispose();
}

/** Opens History by its key and waits for the search field. */
export async function openHistory(page: Page): Promise<Locator> {
  await page.keyboard.press('F3');
  const search = page.getByRole('textbox', { name: text('history.filter.text') });
  await search.waitFor();
  return search;
}
