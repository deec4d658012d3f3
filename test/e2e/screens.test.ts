// A picture of every screen at both sizes and in every theme (build/e2e/screens), and what can be measured of them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import type { StationSettings, StationState } from '../../shared/contract/records.ts';
import { ROOT } from './host.ts';
import { specimenFile } from './pictures.ts';
import { shareWindow } from './shared-window.ts';
import { decide, drop, expectRows, openHistory, ready, see, seePicture, setUp, startOver } from './steps.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });
const SHOTS = join(ROOT, 'build/e2e/screens');
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;
const THEMES = ['light', 'dark', 'uv'] as const;
const HAND_GAP_MS = 90;
type Theme = (typeof THEMES)[number];

const station = shareWindow(async () => {
  mkdirSync(SHOTS, { recursive: true });
  return { isNew: true };
});

/** Asks the station from within the page, as the window does. */
async function ask<T>(page: Page, channel: string, input: unknown): Promise<T> {
  const reply = await page.evaluate(
    async ([name, body]) =>
      (await fetch(`/rpc/${name}`, { method: 'POST', body: body ?? '' })).json() as unknown,
    [channel, JSON.stringify(input)],
  );
  const { ok, value } = reply as { ok: boolean; value: T };
  expect(ok).toBe(true);
  return value;
}

async function changeTheme(page: Page, theme: StationSettings['theme']): Promise<void> {
  const { settings } = await ask<StationState>(page, 'station.state', {});
  const { sound = true, cameraLabel = null } = settings ?? {};
  await ask(page, 'settings.adjust', { theme, sound, cameraLabel });
}

/** Whatever is wider than its place: cut off, scrolled sideways or out of the window. */
function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element) =>
      `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40) ?? ''}`;
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push('page');
    if (document.documentElement.scrollHeight > document.documentElement.clientHeight)
      found.push('page, down');
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const { position, overflowX, clipPath, textOverflow } = getComputedStyle(element);
      // What is only spoken is hidden by being cut to nothing; a text field scrolls by itself.
      if (clipPath !== 'none' || element.closest('[aria-live]') || element instanceof HTMLInputElement)
        continue;
      const isBlock = element.clientWidth > 0 && element.checkVisibility();
      const isCut = overflowX !== 'visible' && textOverflow !== 'ellipsis';
      if (isBlock && isCut && element.scrollWidth > element.clientWidth + 1) {
        found.push(`cut: ${name(element)}`);
      }
      const { overflowY } = getComputedStyle(element);
      const cutsBelow = overflowY === 'hidden' || overflowY === 'clip';
      // What spills out of a panel lies under the next one.
      const spills = element.tagName === 'SECTION' && overflowY === 'visible';
      if (isBlock && (cutsBelow || spills) && element.scrollHeight > element.clientHeight + 1) {
        found.push(`cut below: ${name(element)}`);
      }
      if (
        element.getAttribute('role') === 'dialog' &&
        element.getBoundingClientRect().bottom > globalThis.innerHeight
      ) {
        found.push(`outside below: ${name(element)}`);
      }
      const { left, right, width } = element.getBoundingClientRect();
      const isOut = left < -1 || right > document.documentElement.clientWidth + 1;
      if (isBlock && position !== 'fixed' && width > 1 && isOut) found.push(`outside: ${name(element)}`);
    }
    return found;
  });
}

/** In the UV room nothing is bright beyond a word and nothing is blue. */
async function expectDim(png: Buffer): Promise<void> {
  const { data } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let bright = 0;
  let blue = 0;
  for (let at = 0; at < data.length; at += 3) {
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3);
    if (0.2126 * r + 0.7152 * g + 0.0722 * b > 170) bright += 1;
    if (b > r + 24 && b > 60) blue += 1;
  }
  const pixels = data.length / 3;
  expect({ bright: bright / pixels < 0.01, blue: blue / pixels < 0.001 }).toEqual({
    bright: true,
    blue: true,
  });
}

/** Pictures of what is on the screen at every size, in the themes given. */
async function picture(page: Page, screen: string, themes: readonly Theme[] = THEMES): Promise<void> {
  for (const theme of themes) {
    if (screen === 'sign-in') await page.emulateMedia({ colorScheme: theme === 'dark' ? 'dark' : 'light' });
    else await changeTheme(page, theme);
    await page.locator(`[data-theme="${theme}"]`).first().waitFor({ state: 'attached' });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const path = join(SHOTS, `${screen}-${theme}-${size.width}.png`);
      const png = await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
      expect.soft({ screen, theme, ...size, misfits: await misfits(page) }).toEqual({
        screen,
        theme,
        ...size,
        misfits: [],
      });
      if (theme === 'uv') await expectDim(png);
    }
  }
  await page.setViewportSize(SIZES[0]);
}

describe('every screen fits', () => {
  test('sign-in', async () => {
    const { page } = station.window;
    await page.getByRole('heading', { name: text('sign-in.title') }).waitFor();
    await picture(page, 'sign-in', ['light', 'dark']);
    await setUp(page);
  });

  test('Examine, empty', async () => {
    await picture(station.window.page, 'examine-empty');
  });

  test('Examine, read', async () => {
    const { page } = station.window;
    const { jpeg, lines } = await specimenFile('utopia-passport-good');
    await drop(page, { name: 'passport.jpg', bytes: jpeg });
    await expectRows(page, lines);
    await see(page, text('examine.draft.kept'));
    await picture(page, 'examine-read');
    await startOver(page);
  });

  test('Examine, finding, question, protection, saved', async () => {
    const { page } = station.window;
    const { jpeg, lines } = await specimenFile('utopia-passport-birth');
    await drop(page, { name: 'passport.jpg', bytes: jpeg });
    await expectRows(page, lines);
    await see(page, text('examine.draft.kept'));
    await picture(page, 'examine-finding');
    await page.locator('[data-finding="0"]').press('Enter');
    await page.getByRole('grid').waitFor();
    await picture(page, 'examine-detective');
    await page.keyboard.press('Escape');
    await page.getByRole('grid').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.getByRole('heading', { name: text('print.title') }).waitFor();
    await picture(page, 'examine-print');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: text('print.title') }).waitFor({ state: 'detached' });
    await decide(page, 'p', text('examine.protect.title'));
    await picture(page, 'examine-protect');
    await page.keyboard.press('Escape');
    await decide(page, 'd', text('reason.mrz'));
    await picture(page, 'examine-doubt', ['light', 'uv']);
    await page.keyboard.press('Escape');
    await decide(page, 'k', text('skip.no-time'));
    await picture(page, 'examine-skip', ['light']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('a');
    await see(page, text('examine.next-document'));
    const visa = await specimenFile('utopia-visa-a-good');
    await drop(page, { name: 'visa.jpg', bytes: visa.jpeg });
    await expectRows(page, visa.lines);
    await picture(page, 'examine-second', ['light']);
    await page.keyboard.press('b');
    await page.getByRole('heading', { name: text('visa.title') }).waitFor();
    await picture(page, 'examine-visa');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: text('visa.title') }).waitFor({ state: 'detached' });
    await decide(page, 'd', text('reason.mrz'));
    await page.keyboard.press('4');
    await see(page, text('examine.saved.referred'));
    await picture(page, 'examine-saved', ['light']);
    await page.keyboard.press('n');
    await ready(page);
  });

  test('History and a record', async () => {
    const { page } = station.window;
    await openHistory(page);
    await see(page, text('history.count', { count: 1 }));
    await picture(page, 'history');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await seePicture(page.getByRole('img', { name: text('history.picture', { number: 1, count: 2 }) }));
    await picture(page, 'record');
    await page.keyboard.press('Escape');
  });

  test('Cases, and a case', async () => {
    const { page } = station.window;
    /** Two keys of a person are never as close as those of a reader device. */
    const press = async (key: string) => {
      await page.waitForTimeout(HAND_GAP_MS);
      await page.keyboard.press(key);
      await page.waitForTimeout(HAND_GAP_MS);
    };
    await press('F2');
    await page.locator('tbody tr:focus').waitFor();
    await picture(page, 'cases');
    await press('Enter');
    await seePicture(page.locator('canvas'));
    await press('w');
    await page.getByRole('dialog').locator(':focus').waitFor();
    await picture(page, 'case-take', ['light']);
    await press('Enter');
    await see(page, text('cases.state.held.you'));
    await press('PageDown');
    await press('l');
    await press('2');
    await see(page, text('cases.differing', { count: 1 }));
    await picture(page, 'case');
    await press('x');
    await expect.poll(() => page.locator('canvas[data-sharp=true]').count()).toBe(2);
    await picture(page, 'case-two', ['light', 'uv']);
    await press('x');
    for (const [key, name] of [
      ['k', 'face'],
      ['q', 'questions'],
    ] as const) {
      await press(key);
      await picture(page, `case-${name}`);
    }
    for (const [key, name] of [
      ['u', 'outcome'],
      ['i', 'picture'],
      ['Control+p', 'report'],
    ] as const) {
      await press(key);
      await page.getByRole('dialog').waitFor();
      await picture(page, `case-${name}`, ['light', 'uv']);
      await press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await press('Escape');
    await page.locator('tbody').waitFor();
  });

  test('Settings and the keys', async () => {
    const { page } = station.window;
    await page.keyboard.press('F8');
    await page.getByRole('heading', { name: text('settings.about') }).waitFor();
    await picture(page, 'settings');
    await page.keyboard.press('F1');
    await ready(page);
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: text('keys.title') }).waitFor();
    await picture(page, 'keys', ['light']);
    await page.keyboard.press('Escape');
  });
});
