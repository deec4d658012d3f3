// The live camera in the real window: from frames to the lines in the lane without a key.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { before, documentOf, emptyTable, filmOf } from './film.ts';
import { shareWindow } from './shared-window.ts';
import { decide, expectRows, rowsOf, see, seePicture, WAIT_MS } from './steps.ts';
import { openWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });
const passport = documentOf('passport', 29);
const card = documentOf('id-card', 31);

/** Scenes long enough for a machine that is busy with other things; the film goes round and round. */
const station = shareWindow(async (folder) => {
  const table = emptyTable();
  const film = await filmOf(folder, 'film', [
    { seconds: 4, image: table },
    { seconds: 4, image: before(passport, { glare: { strength: 1, x: 0.5, y: 0.9 } }) },
    { seconds: 4, image: before(passport, { blurPx: 5 }) },
    { seconds: 4, image: before(passport, { tiltDegrees: 30 }) },
    { seconds: 8, image: before(passport) },
    { seconds: 5, image: table },
    { seconds: 10, image: before(card, { fill: 0.7 }) },
  ]);
  return { camera: film, personal: [...passport.lines, ...card.lines] };
});
beforeAll(() => listen(station.window.page));

/** Notes every sentence of the guidance with the moment in which it came. */
function listen(page: Page): Promise<void> {
  return page.evaluate(() => {
    const said: { words: string; at: number }[] = [];
    Object.assign(globalThis, { said });
    new MutationObserver(() => {
      const words = document.querySelector('[data-looks] [role="status"]')?.textContent ?? '';
      if (words !== '' && words !== said.at(-1)?.words) said.push({ words, at: performance.now() });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

function said(page: Page): Promise<{ words: string; at: number }[]> {
  return page.evaluate(() => (globalThis as unknown as { said: { words: string; at: number }[] }).said);
}

const guide = (code: string) => text(`camera.guide.${code}`);
const take = (page: Page) => page.getByRole('button', { name: text('examine.camera.take') });
const evidence = (page: Page) =>
  page.getByRole('img', { name: text('examine.picture.of', { light: text('examine.light.white') }) });

test('guidance through bad frames, then the lines without a key', async () => {
  const { page } = station.window;
  await page.keyboard.press('v');
  await expectRows(page, passport.lines);
  await seePicture(evidence(page));
  await see(page, text('examine.findings.none'));
  const sentences = await said(page);
  const words = sentences.map((one) => one.words);
  expect(words).toContain(guide('show'));
  expect(words).toContain(guide('glare'));
  expect(words).toContain(guide('blur'));
  // One sentence a second at most, for who hears it and for who sees it.
  const gaps = sentences.slice(1).map(({ at }, index) => at - (sentences[index]?.at ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(900);
});

test('the camera stays on: the same document is not the next traveller, the one after it is', async () => {
  const { page } = station.window;
  await decide(page, 'c', text('examine.saved.counted'));
  await take(page).waitFor({ timeout: WAIT_MS });
  // Whatever of the first document is still in the frame, the lines that come are those of the second.
  await expect.poll(() => rowsOf(page), { timeout: 2 * WAIT_MS, interval: 100 }).not.toEqual([]);
  await expectRows(page, card.lines);
  await seePicture(evidence(page));
});

test('a camera that vanishes or falls silent while it looks is told, and comes back by its key', async () => {
  const { page } = station.window;
  await decide(page, 'c', text('examine.saved.counted'));
  for (const fault of ['camera-vanished', 'camera-frozen'] as const) {
    await take(page).waitFor({ timeout: WAIT_MS });
    await page.locator('video').evaluate((video, isTold) => {
      const [track] = ((video as HTMLVideoElement).srcObject as MediaStream).getVideoTracks();
      // Stopped by ourselves a track is silent, as a camera that hangs; one that is unplugged tells.
      track?.stop();
      if (isTold) track?.dispatchEvent(new Event('ended'));
    }, fault === 'camera-vanished');
    await see(page, text(`error.${fault}.happened`));
    await see(page, text(`error.${fault}.todo`));
    expect(await page.locator('video').count()).toBe(0);
    await page.keyboard.press('v');
  }
  await take(page).waitFor({ timeout: WAIT_MS });
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('video').count(), { timeout: WAIT_MS }).toBe(0);
});

test('what lies there is read once: by hand it can be taken again', async () => {
  const lying = await filmOf(station.folder, 'lying', [{ seconds: 1, image: before(passport) }]);
  const other = await openWindow(station.host, { camera: lying });
  const { page } = other;
  try {
    await page.getByText(text('app.live'), { exact: true }).waitFor();
    await page.keyboard.press('v');
    await expectRows(page, passport.lines);
    await decide(page, 'd', text('reason.mrz'));
    await page.keyboard.press('4');
    await see(page, guide('same'));
    expect(await rowsOf(page)).toEqual([]);

    // A question, the sheet of keys and typing stop it; it goes on afterwards.
    const looks = async () => Number(await page.locator('[data-looks]').getAttribute('data-looks'));
    const stops: [() => Promise<unknown>, string, string][] = [
      [() => decide(page, 'd', text('reason.mrz')), 'a question', '[role="listbox"] :focus'],
      [() => page.keyboard.press('?'), 'the sheet of keys', '[role="dialog"]:focus-within'],
      [() => page.keyboard.press('m'), 'typing', 'input:focus'],
    ];
    for (const [stop, what, focused] of stops) {
      await stop();
      await page.locator(focused).waitFor();
      await expect.poll(looks, { timeout: WAIT_MS, message: what }).toBe(0);
      await page.keyboard.press('Escape');
      await expect.poll(looks, { timeout: WAIT_MS, message: what }).toBeGreaterThan(0);
    }

    await page.keyboard.press('Space');
    await expectRows(page, passport.lines);
    // Also what was taken by hand is not the next traveller.
    await decide(page, 'd', text('reason.mrz'));
    await page.keyboard.press('4');
    await see(page, guide('same'));
    expect(await rowsOf(page)).toEqual([]);
  } finally {
    await other.close();
  }
});
