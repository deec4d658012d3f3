// A picture of what is on the screen at both sizes and in every theme (build/e2e/screens), and what can be measured of it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import type { StationSettings, StationState } from '../../shared/contract/records.ts';
import { axeFindings } from './axe.ts';
import { ROOT } from './host.ts';

const SHOTS = join(ROOT, 'build/e2e/screens');
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;
const THEMES = ['light', 'dark', 'uv'] as const;
type Theme = (typeof THEMES)[number];

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

/** As Settings does; `system` before the window is locked. */
export async function changeTheme(page: Page, theme: StationSettings['theme']): Promise<void> {
  const { settings } = await ask<StationState>(page, 'station.state', {});
  const { sound = true, cameraLabel = null } = settings ?? {};
  await ask(page, 'settings.adjust', { theme, sound, cameraLabel });
}

/** Whatever is wider than its place: cut off, scrolled sideways or out of the window. */
export function misfits(page: Page): Promise<string[]> {
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
export function picture(page: Page, screen: string, themes: readonly Theme[] = THEMES): Promise<void> {
  return pictures(page, screen, themes, (theme) => changeTheme(page, theme));
}

/** The same where nobody is signed in: the theme is the system's, so there is no UV room. */
export function pictureSignedOut(page: Page, screen: string): Promise<void> {
  return pictures(page, screen, ['light', 'dark'], (theme) =>
    page.emulateMedia({ colorScheme: theme === 'dark' ? 'dark' : 'light' }),
  );
}

/** A page of the hub: it follows the system, and scrolls down as pages do. */
export async function pictureOfHub(page: Page, screen: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.screenshot({ path: join(SHOTS, `${screen}-${theme}-${size.width}.png`) });
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft({ screen, theme, ...size, wide }).toEqual({ screen, theme, ...size, wide: 0 });
    }
    const axe = await axeFindings(page, theme === 'light' ? 'all' : 'colours');
    expect.soft({ screen, theme, axe }).toEqual({ screen, theme, axe: [] });
  }
  await page.setViewportSize(SIZES[0]);
}

async function pictures(
  page: Page,
  screen: string,
  themes: readonly Theme[],
  change: (theme: Theme) => Promise<void>,
): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  for (const theme of themes) {
    await change(theme);
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
    const axe = await axeFindings(page, theme === themes[0] ? 'all' : 'colours');
    expect.soft({ screen, theme, axe }).toEqual({ screen, theme, axe: [] });
  }
  await page.setViewportSize(SIZES[0]);
}
