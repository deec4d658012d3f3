// The picture of the lane on its canvas: as large as its place and no larger, whole, in its colours, and told when broken.
import sharp from 'sharp';
import { expect, it, vi } from 'vitest';
import { until } from '../until.ts';
import type { OpenWindow } from './harness.ts';
import { closeAfterEach, lane, press } from './lane-window.ts';

vi.setConfig({ testTimeout: 120_000 });

const SIZE = { width: 2400, height: 1600 };
const WORDS = { name: 'Picture of the document' };
/** A large picture without a zone is searched through to the end, beside whatever else runs. */
const READING_MS = 60_000;
const NO_ZONE = 'No machine readable zone was found in this picture.';

closeAfterEach();

/** A picture without a zone: red on the left, blue on the right. */
async function twoColours(): Promise<Buffer> {
  const red = await sharp({ create: { width: 1200, height: 1600, channels: 3, background: '#c00000' } })
    .png()
    .toBuffer();
  return sharp({ create: { ...SIZE, channels: 3, background: '#0000c0' } })
    .composite([{ input: red, left: 0, top: 0 }])
    .jpeg()
    .toBuffer();
}

async function shown(): Promise<OpenWindow> {
  const window = await lane();
  const encoded = (await twoColours()).toString('base64');
  await window.page.evaluate((text) => {
    const data = new DataTransfer();
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], 'picture.jpg'));
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  }, encoded);
  await window.page.getByRole('img', WORDS).waitFor();
  return window;
}

/** Pixels of the canvas, and those of its place. */
const sizes = ({ page }: OpenWindow) =>
  page.getByRole('img', WORDS).evaluate((canvas: HTMLCanvasElement) => ({
    drawn: [canvas.width, canvas.height],
    place: [canvas.offsetWidth, canvas.offsetHeight],
  }));

/** Waits until it is drawn as large as its place lets it be; answers its width. */
const fits = (window: OpenWindow): Promise<number> =>
  until(async () => {
    const { drawn, place } = await sizes(window);
    const [across = 0, down = 0] = place;
    const scale = Math.min(across / SIZE.width, down / SIZE.height);
    const whole = [Math.round(SIZE.width * scale), Math.round(SIZE.height * scale)];
    expect(drawn).toEqual(whole);
    return whole[0] ?? 0;
  });

it('is drawn at the size of its place, again when that grows, and pixel for pixel when large', async () => {
  const window = await shown();
  const { page } = window;
  const before = await fits(window);
  await page.setViewportSize({ width: 1800, height: 1000 });
  await until(async () => expect(await fits(window)).toBeGreaterThan(before));

  const { data, info } = await sharp(await page.getByRole('img', WORDS).screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const colourAt = (share: number) => {
    const at = 3 * (Math.floor(info.height / 2) * info.width + Math.floor(info.width * share));
    return [...data.subarray(at, at + 3)].map((value) => value > 100);
  };
  expect(colourAt(0.3)).toEqual([true, false, false]);
  expect(colourAt(0.7)).toEqual([false, false, true]);

  await press(window, 'z');
  await until(async () => expect((await sizes(window)).drawn).toEqual([SIZE.width, SIZE.height]));
  await press(window, 'z');
  await fits(window);
});

it('is told when it cannot be decoded, and what was seen of it stays', async () => {
  const window = await shown();
  const { page } = window;
  // The reading of it ends with a word of its own, which moves the picture and would take the place of the one waited for.
  await page.getByText(NO_ZONE).first().waitFor({ timeout: READING_MS });
  const width = await fits(window);
  await page.route('**/view', (route) => route.fulfill({ status: 200, body: 'no picture' }));
  await press(window, 'z');
  await page.getByText('The file could not be opened.').first().waitFor();
  expect((await sizes(window)).drawn[0]).toBe(width);
});
