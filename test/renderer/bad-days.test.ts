// The window while a draft cannot be kept, and while the station warns of something that is about to go wrong.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HealthState } from '../../shared/contract/health.ts';
import { createFakeStation, SECOND_OFFICER } from './fake-station.ts';
import { closeBrowser, type OpenWindow, openWindow, prepare } from './harness.ts';
import { press } from './lane-window.ts';

// A busy machine is no bad day.
vi.setConfig({ testTimeout: 120_000 });

beforeAll(prepare, 120_000);
afterAll(closeBrowser);

const ROW = 'P<UTOERIKSSON<<ANNA<MARIA';

async function type({ page }: OpenWindow): Promise<void> {
  await page.keyboard.press('m');
  await page.locator('input:focus').waitFor();
  // Slower than any reader device.
  await page.keyboard.type(ROW, { delay: 80 });
}

/** Whether the browser would ask before it closes this window. */
const asksBeforeClosing = ({ page }: OpenWindow): Promise<boolean> =>
  page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));

async function signInAs(window: OpenWindow, key: string): Promise<void> {
  const { page } = window;
  await press(window, key);
  await page.locator('input[type="password"]').waitFor();
  await page.keyboard.type('815294');
  await page.keyboard.press('Enter');
  await page.waitForSelector('nav');
}

describe('a draft that cannot be kept', () => {
  it('is said to be so for as long as it is, and outlives the sittings of others', async () => {
    const station = createFakeStation();
    station.failures.set('draft.save', 'disk-full');
    const window = await openWindow(station);
    const { page } = window;
    await page.waitForSelector('nav');
    await type(window);
    const told = page.getByText('The draft is not kept on this machine at the moment.');
    await told.waitFor();
    const tries = station.inputsOf('draft.save').length;
    await expect
      .poll(() => station.inputsOf('draft.save').length, { timeout: 20_000 })
      .toBeGreaterThan(tries + 1);
    expect(await told.isVisible()).toBe(true);
    expect(await asksBeforeClosing(window)).toBe(true);

    await page.keyboard.press('Control+l');
    await page.getByText(SECOND_OFFICER.name).first().waitFor();
    expect(await page.content()).not.toContain('ERIKSSON');
    expect(await asksBeforeClosing(window)).toBe(true);
    station.failures.clear();
    await signInAs(window, '2');
    expect(await page.content()).not.toContain('ERIKSSON');
    await page.keyboard.press('Control+l');
    await page.getByText(SECOND_OFFICER.name).first().waitFor();
    await signInAs(window, '1');
    await expect.poll(() => page.locator('input[aria-label^="Row "]').first().inputValue()).toBe(ROW);
    await expect.poll(() => station.draft?.documents[0]?.reading?.lines[0]).toBe(ROW);
    await page
      .getByText(/^Draft of .* restored/)
      .first()
      .waitFor();
    await expect.poll(() => asksBeforeClosing(window)).toBe(false);
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});

describe('warnings of the station', () => {
  it('ask about the clock, and a supervisor says that it is right', async () => {
    const station = createFakeStation();
    const health: HealthState = { warnings: ['clock-ahead'], freeMegabytes: 51_000 };
    station.handlers['health.state'] = () => health;
    station.handlers['clock.confirm'] = () => {
      health.warnings = [];
      return health;
    };
    const window = await openWindow(station);
    const { page } = window;
    const strip = page.getByRole('region', { name: 'What this station needs' });
    await strip.getByText('Is its date right?').waitFor();
    await strip.getByRole('button', { name: 'Date and time are right' }).click();
    await strip.waitFor({ state: 'detached' });
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('stand above the screen until they are closed or over, and come back when they come again', async () => {
    let health: HealthState = { warnings: [], freeMegabytes: 51_000 };
    const station = createFakeStation();
    station.handlers['health.state'] = () => health;
    const window = await openWindow(station);
    const { page } = window;
    await page.waitForSelector('nav');
    const strip = page.getByRole('region', { name: 'What this station needs' });
    const tell = async (warnings: HealthState['warnings']): Promise<void> => {
      health = { warnings, freeMegabytes: 920 };
      await window.push('health.changed', {});
    };
    expect(await strip.count()).toBe(0);
    await tell(['disk-low', 'clock-set-back']);
    await strip.getByText('The disk is filling up: 920 MB are left.').waitFor();
    expect(await strip.getByRole('status').count()).toBe(2);
    await strip.getByRole('button').first().click();
    await expect.poll(() => strip.getByRole('status').count()).toBe(1);
    // Graver than what was closed: told again, as a trouble of our own.
    await tell(['disk-full', 'clock-set-back']);
    await strip.getByRole('alert').waitFor();
    await tell([]);
    await strip.waitFor({ state: 'detached' });
    await tell(['disk-low']);
    await strip.getByRole('status').waitFor();
    // Everything below it still fits.
    const fits = await page.evaluate(
      () => document.documentElement.scrollHeight <= document.documentElement.clientHeight,
    );
    expect(fits).toBe(true);
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});
