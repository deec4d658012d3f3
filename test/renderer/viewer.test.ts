// The viewer of large pictures in a real Chromium: moved, enlarged, turned, lit, marked by hand and by key, two in step.
// With COUNTERCHECK_PICTURES=FOLDER what is seen is kept, to be looked at.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOf } from './canvas-look.ts';
import { createFakeStation } from './fake-station.ts';
import { closeBrowser, openWindow, type OpenWindow } from './harness.ts';
import type { Given, ViewerPage } from './viewer-page/main.tsx';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = process.env['COUNTERCHECK_PICTURES'];
const IDS = ['01930000-0000-7000-8300-00000000000a', '01930000-0000-7000-8300-00000000000b'] as const;
const WIDE = { width: 2400, height: 1800 };
const SMALL = { width: 1200, height: 900 };
const RED = [200, 16, 32] as const;
const BLUE = [16, 48, 200] as const;
const MARK = [255, 225, 74] as const;

let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'viewer-page-'));
  // Vitest says `test` here, which would build React's own test variant.
  const before = process.env['NODE_ENV'] ?? 'production';
  process.env['NODE_ENV'] = 'production';
  await build({
    configFile: join(ROOT, 'vite.config.ts'),
    root: join(import.meta.dirname, 'viewer-page'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  process.env['NODE_ENV'] = before;
}, 120_000);

afterAll(async () => {
  await closeBrowser();
  rmSync(folder, { recursive: true, force: true });
});

/** Grey, with a red square in the upper left quarter and a blue one in the lower right. */
async function picture({ width, height }: typeof WIDE): Promise<Uint8Array> {
  const square = (colour: readonly number[]) => ({
    create: {
      width: width / 12,
      height: width / 12,
      channels: 3 as const,
      background: { r: colour[0] ?? 0, g: colour[1] ?? 0, b: colour[2] ?? 0 },
    },
  });
  const grey = { create: { width, height, channels: 3 as const, background: '#b0b0b0' } };
  const png = sharp(grey).composite([
    { input: square(RED), left: width / 6, top: height / 6 },
    { input: square(BLUE), left: (width * 3) / 4, top: (height * 3) / 4 },
  ]);
  return new Uint8Array(await png.png().toBuffer());
}

async function open(isPair = false): Promise<OpenWindow> {
  const given: Given = {
    isPair,
    pictures: [
      { id: IDS[0], ...WIDE },
      { id: IDS[1], ...SMALL },
    ],
  };
  const pictures = new Map([
    [IDS[0], await picture(WIDE)],
    [IDS[1], await picture(SMALL)],
  ]);
  const window = await openWindow(createFakeStation(), { other: { folder, given, pictures } });
  await sharpIn(window.page.locator('canvas').first());
  return window;
}

const sharpIn = (canvas: Locator) => expect.poll(() => canvas.getAttribute('data-sharp'), WAIT).toBe('true');
const WAIT = { timeout: 20_000, interval: 50 };
const marksOf = (page: Page) => page.evaluate(() => (window as unknown as ViewerPage).marks);

/** A letter, as a hand types it: nothing else within a reader device's burst. */
async function letter(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.waitForTimeout(90);
}

/** Presses the key of marks until the wanted shape has its turn. */
async function begin(page: Page, shape: string): Promise<void> {
  for (let presses = 0; presses < 8; presses += 1) {
    await letter(page, 'm');
    if ((await page.locator('canvas').first().getAttribute('data-drawing')) === shape) return;
  }
  throw new Error('no such mark is begun');
}

async function keep(page: Page, name: string): Promise<void> {
  if (!FOLDER) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `viewer-${name}.png`) });
}

describe('one picture', () => {
  it('is whole at first, is enlarged where the hand is, moved by hand and by key, and turned', async () => {
    const window = await open();
    const { page } = window;
    const canvas = page.locator('canvas');
    const whole = await placeOf(canvas, RED);
    expect(whole?.x).toBeGreaterThan(0.1);
    await keep(page, 'whole');
    const box = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 1, height: 1 };
    const middle = {
      x: box.x + box.width * ((whole?.x ?? 0) + (whole?.width ?? 0) / 2),
      y: box.y + box.height * ((whole?.y ?? 0) + (whole?.height ?? 0) / 2),
    };
    await page.mouse.move(middle.x, middle.y);
    for (let i = 0; i < 4; i += 1) await page.mouse.wheel(0, -240);
    await expect.poll(() => canvas.getAttribute('data-whole')).toBe('false');
    await sharpIn(canvas);
    await expect
      .poll(async () => (await placeOf(canvas, RED))?.width)
      .toBeGreaterThan((whole?.width ?? 1) * 5);
    const large = await placeOf(canvas, RED);
    // What was under the hand is there still.
    expect((large?.x ?? 0) + (large?.width ?? 0) / 2).toBeCloseTo((middle.x - box.x) / box.width, 1);

    await page.mouse.down();
    await page.mouse.move(middle.x + 100, middle.y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await placeOf(canvas, RED))?.x).toBeGreaterThan((large?.x ?? 0) + 0.05);
    const dragged = await placeOf(canvas, RED);
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await placeOf(canvas, RED))?.x).toBeLessThan(dragged?.x ?? 0);

    for (let i = 0; i < 3 && (await canvas.getAttribute('data-whole')) !== 'true'; i += 1)
      await letter(page, 'z');
    await expect.poll(() => placeOf(canvas, RED)).toEqual(whole);
    await letter(page, 't');
    // A quarter clockwise: what stood at the upper left stands at the upper right.
    await expect.poll(async () => (await placeOf(canvas, RED))?.x ?? 0).toBeGreaterThan(0.5);
    expect((await placeOf(canvas, BLUE))?.x).toBeLessThan(0.5);
    const turned = await placeOf(canvas, RED);
    // Another picture, and back: each as it was looked at.
    await page.evaluate(() => (window as unknown as ViewerPage).choose(1));
    await expect.poll(async () => (await placeOf(canvas, RED))?.x ?? 1).toBeLessThan(0.5);
    await page.evaluate(() => (window as unknown as ViewerPage).choose(0));
    await expect.poll(() => placeOf(canvas, RED)).toEqual(turned);
    expect(window.problems()).toEqual([]);
    await window.close();
  }, 60_000);

  it('shows its pixels as squares, and more of them under the glass', async () => {
    const window = await open();
    const { page } = window;
    const canvas = page.locator('canvas');
    const before = await placeOf(canvas, RED);
    const box = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 1, height: 1 };
    await letter(page, 'g');
    await page.mouse.move(
      box.x + box.width * ((before?.x ?? 0) + (before?.width ?? 0)),
      box.y + box.height * ((before?.y ?? 0) + (before?.height ?? 0) / 2),
    );
    await sharpIn(canvas);
    await expect
      .poll(async () => (await placeOf(canvas, RED))?.height ?? 0)
      .toBeGreaterThan((before?.height ?? 1) * 1.3);
    await keep(page, 'glass');
    await letter(page, 'g');
    await expect.poll(() => placeOf(canvas, RED)).toEqual(before);
    for (let i = 0; i < 12; i += 1) await letter(page, '+');
    await page.getByText('× 32').waitFor();
    await sharpIn(canvas);
    await keep(page, 'pixels');
    expect(window.problems()).toEqual([]);
    await window.close();
  }, 60_000);

  it('is lit otherwise for the eye, and says so', async () => {
    const window = await open();
    const { page } = window;
    await letter(page, 'b');
    const slider = page.getByRole('slider', { name: 'Brightness' });
    await slider.focus();
    for (let i = 0; i < 6; i += 1) await page.keyboard.press('ArrowRight');
    expect(await slider.inputValue()).toBe('6');
    await page.getByText('Shown brighter, darker or harder than it came').waitFor();
    await keep(page, 'lit');
    const shot = await page.locator('canvas').screenshot();
    const tones = await sharp(shot).extract({ left: 300, top: 300, width: 9, height: 9 }).raw().toBuffer();
    // The picture is of grey 176.
    expect(tones[0]).toBeGreaterThan(215);
    await page.getByRole('button', { name: 'As it came' }).click();
    await page.getByText('Shown brighter, darker or harder than it came').waitFor({ state: 'detached' });
    expect(window.problems()).toEqual([]);
    await window.close();
  }, 60_000);

  it('says when parts of it cannot be had', async () => {
    const window = await open();
    const { page } = window;
    window.images.stored.delete(IDS[1]);
    await page.evaluate(() => (window as unknown as ViewerPage).choose(1));
    await page.getByRole('alert').getByText('Parts of this picture are not shown sharply').waitFor();
    await page.evaluate(() => (window as unknown as ViewerPage).choose(0));
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await window.close();
  }, 60_000);
});

describe('marks', () => {
  it('are set by hand: a box, an arrow, a point', async () => {
    const window = await open();
    const { page } = window;
    const canvas = page.locator('canvas');
    const red = await placeOf(canvas, RED);
    const box = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 1, height: 1 };
    const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
    const [left, top] = [red?.x ?? 0, red?.y ?? 0];
    const [right, bottom] = [left + (red?.width ?? 0), top + (red?.height ?? 0)];
    const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move(...to, { steps: 3 });
      await page.mouse.up();
    };
    await begin(page, 'box');
    await page.getByText('Box: drag over the place').waitFor();
    await drag(at(left, top), at(right, bottom));
    await begin(page, 'arrow');
    await drag(at(right + 0.1, bottom + 0.1), at(right, bottom));
    await begin(page, 'point');
    await page.mouse.click(...at(0.5, 0.5));
    const marks = await marksOf(page);
    expect(marks.map(({ shape }) => shape)).toEqual(['box', 'arrow', 'point']);
    const near = (point: { x: number; y: number } | undefined, x: number, y: number) =>
      expect(Math.hypot((point?.x ?? 0) - x, (point?.y ?? 0) - y)).toBeLessThan(8);
    const side = WIDE.width / 12;
    near(marks[0]?.points[0], WIDE.width / 6, WIDE.height / 6);
    near(marks[0]?.points[1], WIDE.width / 6 + side, WIDE.height / 6 + side);
    near(marks[1]?.points[1], WIDE.width / 6 + side, WIDE.height / 6 + side);
    near(marks[2]?.points[0], WIDE.width / 2, WIDE.height / 2);
    await expect.poll(() => placeOf(canvas, MARK)).not.toBeNull();
    // A click on one chooses it.
    await page.mouse.click(...at(left + (right - left) / 2, top));
    expect(await page.evaluate(() => (window as unknown as ViewerPage).chosen)).toBe(0);
    await keep(page, 'marks');
    expect(window.problems()).toEqual([]);
    await window.close();
  }, 60_000);

  it('are set by keys alone, and given up', async () => {
    const window = await open();
    const { page } = window;
    await begin(page, 'box');
    for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.getByText('Now the second place').waitFor();
    for (let i = 0; i < 10; i += 1) await page.keyboard.press('ArrowRight');
    for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowDown');
    await keep(page, 'cross');
    await page.keyboard.press('Enter');
    const [mark] = await marksOf(page);
    const [first, second] = mark?.points ?? [];
    expect(mark?.shape).toBe('box');
    expect((second?.x ?? 0) - (first?.x ?? 0)).toBeGreaterThan(2 * ((second?.y ?? 0) - (first?.y ?? 0)));
    expect(second?.y).toBeGreaterThan(first?.y ?? 0);
    await begin(page, 'box');
    await page.keyboard.press('Escape');
    await page.getByText('Escape stops').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    expect(await marksOf(page)).toHaveLength(1);
    expect(window.problems()).toEqual([]);
    await window.close();
  }, 60_000);
});

describe('two pictures', () => {
  it('go in step, each in its own pixels, or each alone', async () => {
    const window = await open(true);
    const { page } = window;
    const [left, right] = [page.locator('canvas').first(), page.locator('canvas').last()];
    await sharpIn(right);
    const [one, other] = [await placeOf(left, RED), await placeOf(right, RED)];
    expect(other).toEqual(one);
    const box = (await left.boundingBox()) ?? { x: 0, y: 0, width: 1, height: 1 };
    await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.4);
    for (let i = 0; i < 3; i += 1) await page.mouse.wheel(0, -240);
    const close = async () => {
      await sharpIn(left);
      await sharpIn(right);
      const [a, b] = [await placeOf(left, RED), await placeOf(right, RED)];
      return Math.hypot((a?.x ?? 0) - (b?.x ?? 9), (a?.width ?? 0) - (b?.width ?? 9)) < 0.01;
    };
    await expect.poll(close, WAIT).toBe(true);
    expect((await placeOf(left, RED))?.width).toBeGreaterThan((one?.width ?? 1) * 2);
    await keep(page, 'pair');
    // Each alone: only the one that has the focus moves, and by its keys.
    await page.getByRole('application', { name: 'Right' }).focus();
    await letter(page, 'y');
    const before = await placeOf(left, RED);
    await letter(page, 't');
    await expect.poll(async () => (await placeOf(right, RED))?.x).not.toBe(before?.x);
    expect(await placeOf(left, RED)).toEqual(before);
    expect(window.problems()).toEqual([]);
    await window.close();
  }, 60_000);
});
