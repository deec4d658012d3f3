// A picture of every screen of the counter at both sizes and in every theme, and what can be measured of them.
import { describe, expect, test, vi } from 'vitest';
import { specimenFile } from './pictures.ts';
import { picture, pictureSignedOut } from './screen-pictures.ts';
import { shareWindow } from './shared-window.ts';
import { decide, drop, expectRows, openHistory, ready, see, seePicture, setUp, startOver } from './steps.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });
const HAND_GAP_MS = 90;
const station = shareWindow(async () => ({ isClosed: true }));

describe('every screen fits', () => {
  test('sign-in', async () => {
    const { page } = station.window;
    await page.getByRole('heading', { name: text('sign-in.title') }).waitFor();
    await pictureSignedOut(page, 'sign-in');
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
