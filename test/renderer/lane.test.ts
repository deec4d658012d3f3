// The first-line lane in a real browser: the face that holds still, the quick card, one question, and one key.
import sharp from 'sharp';
import { expect, it, vi } from 'vitest';
import type { HealthState } from '../../shared/contract/health.ts';
import { drawSpecimenById } from '../../shared/specimen/set.ts';
import { TD1, TD3, TODAY } from '../mrz/specimens.ts';
import { createFakeStation } from './fake-station.ts';
import { type OpenWindow, openWindow } from './harness.ts';
import { closeAfterEach, lane, laneWith, press } from './lane-window.ts';
import { sendBurst } from './reader-device.ts';

vi.setConfig({ testTimeout: 60_000 });

closeAfterEach();

const portrait = ({ page }: OpenWindow) => page.getByRole('img', { name: 'Portrait of the document, large' });
const face = ({ page }: OpenWindow) => page.getByRole('region', { name: 'Face on the document' });
const card = ({ page }: OpenWindow) => page.getByRole('region', { name: 'What to look at' });
const title = (window: OpenWindow) => card(window).getByRole('heading').innerText();

/** Drops the photo of a specimen on the window and waits until its rows stand there. */
async function show({ page }: OpenWindow, id: string): Promise<void> {
  const { specimen, photo } = drawSpecimenById(id, TODAY);
  const raw = { width: photo.width, height: photo.height, channels: 3 } as const;
  const jpeg = await sharp(photo.data, { raw }).jpeg({ quality: 90 }).toBuffer();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], 'a.jpg'));
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  }, jpeg.toString('base64'));
  const last = specimen.lines.at(-1) ?? '';
  await expect.poll(() => page.locator('input[aria-label^="Row "]').last().inputValue()).toBe(last);
}

/** Opens the lane with a clock of the test's own. */
async function laneWithClock(): Promise<OpenWindow> {
  const window = await openWindow(createFakeStation(), { clock: true });
  await window.page.getByRole('button', { name: /^D / }).waitFor();
  return window;
}

/** Stops the window's clock: what waits for time waits. */
async function stopClock({ page }: OpenWindow): Promise<void> {
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 20));
}

it('shows the portrait, three points and a question, each under Space, and takes the doubt: six actions', async () => {
  const window = await lane();
  const { page, station } = window;
  await show(window, 'utopia-passport-birth');
  // The drawn holder, not paper: brown hair above, skin in the middle, dark cloth below.
  const colourAt = (y: number) =>
    portrait(window).evaluate((canvas: HTMLCanvasElement, share) => {
      const data = canvas
        .getContext('2d')
        ?.getImageData(canvas.width * 0.47, canvas.height * share, 1, 1).data;
      return [...(data ?? [])].slice(0, 3);
    }, y);
  await expect
    .poll(async () => (await colourAt(0.25)).reduce((sum, value) => sum + value, 0))
    .toBeLessThan(360);
  const [red = 0, , blue = 0] = await colourAt(0.5);
  expect(red).toBeGreaterThan(blue + 40);
  const [dark = 255] = await colourAt(0.93);
  expect(dark).toBeLessThan(120);

  const seen = [await title(window)];
  for (let point = 1; point <= 3; point += 1) {
    await press(window, 'Space');
    seen.push(await title(window));
  }
  expect(new Set(seen).size).toBe(4);
  expect(seen[3]).toBe('One question');
  await card(window).getByText('What is your date of birth?').waitFor();
  await press(window, 'Space');
  await card(window).getByText('All 4 points were looked at. Decide.').waitFor();
  await press(window, 'd');
  await press(window, '1');
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(station.inputsOf('examination.save')).toHaveLength(1);
  // The next traveller begins with a card of their own.
  await sendBurst(page, TD3);
  await card(window).getByText('1 of').waitFor();
  expect(await page.getByText('Saved', { exact: true }).count()).toBe(0);
});

it('tells where to compare the face where no picture shows it', async () => {
  const window = await laneWith(TD1);
  await face(window).getByText('The portrait is on the other side of this card.').waitFor();
  await press(window, 'y');
  await card(window).getByText('2 of').waitFor();
});

it('a barcode opens no question, be it that it begins with the letter of one', async () => {
  const window = await laneWith(TD3);
  const { page } = window;
  const told = page.locator('main').getByText('A reader device sent something', { exact: false });
  for (const begins of ['D', 'K']) {
    await sendBurst(page, [`${begins}4006381333931`]);
    await told.first().waitFor();
    expect(await page.getByRole('listbox').count()).toBe(0);
    expect(await card(window).getByText('1 of').count()).toBe(1);
    await press(window, 'Escape');
  }
});

it('holds the face still for four seconds whatever comes, and shows any face the officer asks for', async () => {
  const window = await laneWithClock();
  const { page, station } = window;
  const before: HealthState = { warnings: [], freeMegabytes: 51_000 };
  station.handlers['health.state'] = () => before;
  station.handlers['lane.seen'] = () => ({ seen: { at: '2026-11-22T06:00:00.000Z', outcome: 'clear' } });
  await show(window, 'utopia-passport-good');
  await portrait(window).waitFor();
  await stopClock(window);
  const place = await face(window).boundingBox();
  station.handlers['health.state'] = () => ({ ...before, warnings: ['disk-low'] });
  await window.push('health.changed', {});
  await sendBurst(page, TD1);
  await page.clock.runFor(500);
  await expect.poll(() => page.locator('input[aria-label^="Row "]').first().inputValue()).toBe(TD1[0]);
  const strip = page.getByRole('region', { name: 'What this station needs' });
  const came = page.getByText('The same document was cleared here', { exact: false });
  expect(await portrait(window).count()).toBe(1);
  expect(await face(window).boundingBox()).toEqual(place);
  expect([await strip.count(), await came.count()]).toEqual([0, 0]);
  await page.clock.runFor(4_000);
  await face(window).getByText('The portrait is on the other side of this card.').waitFor();
  await came.waitFor();
  await strip.waitFor();

  // By hand there is no waiting, be it that the window holds still again.
  await page.getByRole('button', { name: '1 Passport' }).click();
  await portrait(window).waitFor();
  await page.getByRole('button', { name: '2 Identity card' }).click();
  await face(window).getByText('The portrait is on the other side of this card.').waitFor();
  expect(window.problems()).toEqual([]);
  await window.close();
});

it.each([
  { width: 683, height: 384 },
  { width: 960, height: 540 },
])('at 200 %, by keyboard alone: $width', async (size) => {
  const window = await openWindow(createFakeStation(), { size });
  const { page, station } = window;
  await page.getByRole('button', { name: /^D / }).waitFor();
  await sendBurst(page, TD3);
  await card(window).getByText('1 of').waitFor();
  const isSeen = (target: ReturnType<typeof face>) =>
    target.evaluate((element) => {
      const { top, bottom, left, right } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight + 1 && left >= 0 && right <= innerWidth + 1;
    });
  // The decision stays in sight, everything else is brought there by keys.
  const decide = page.getByRole('button', { name: /^C / });
  expect(await isSeen(decide)).toBe(true);
  const point = card(window).getByRole('heading');
  for (let presses = 0; presses < 8 && !(await isSeen(point)); presses += 1) await press(window, 'PageDown');
  expect(await isSeen(point)).toBe(true);
  expect(await isSeen(decide)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  for (let presses = 0; presses < 6 && (await point.count()) > 0; presses += 1) await press(window, 'Space');
  await press(window, 'k');
  await page.getByRole('listbox').locator(':focus').waitFor();
  await press(window, 'Enter');
  await expect.poll(() => station.inputsOf('examination.save').length).toBe(1);
  expect(window.problems()).toEqual([]);
  await window.close();
});
