// The frame: first paint before the store, the store's trouble, keys everywhere, nothing left behind, no way to leave.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { can } from '../../shared/contract/rights.ts';
import { createFakeStation, OFFICER, sessionOf, SETTINGS } from './fake-station.ts';
import { historyRows } from './fake-history.ts';
import { closeBrowser, openDialog, openWindow, prepare } from './harness.ts';
import { sendBurst } from './reader-device.ts';

beforeAll(prepare, 120_000);
afterAll(closeBrowser);

describe('opening', () => {
  it('paints before the store is open, waits while it is not ready, and then shows the lane', async () => {
    const station = createFakeStation();
    station.failures.set('vault.state', 'not-ready');
    const window = await openWindow(station);
    await window.page.getByText('Opening the store').waitFor();
    // The words stand in the page before the frame that shows them; the store stays closed until then.
    await window.page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint').length === 1,
    );
    expect(await window.page.getByText('Opening the store').isVisible()).toBe(true);
    station.failures.clear();
    await window.page.waitForSelector('nav');
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('tells in three parts why the store cannot be opened, and opens when it can', async () => {
    const station = createFakeStation();
    station.failures.set('vault.state', 'store-newer');
    const window = await openWindow(station);
    const alert = window.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.locator('p').count()).toBe(3);
    expect(await window.page.getByText('store-newer').count()).toBe(1);
    station.failures.clear();
    await window.push('vault.changed', {});
    await window.page.waitForSelector('nav');
    await window.push('station.failed', { code: 'store-damaged' });
    await window.page.getByRole('alert').waitFor();
    await window.close();
  });
});

describe('keys', () => {
  it('change screens, and neither reload nor go back', async () => {
    const window = await openWindow(createFakeStation());
    const { page } = window;
    await page.waitForSelector('nav');
    await page.evaluate(() => {
      (window as unknown as { stays: boolean }).stays = true;
    });
    for (const [key, name] of [
      ['F3', 'History'],
      ['F5', 'Detections'],
      ['F8', 'Settings'],
      ['F1', 'Examine'],
    ] as const) {
      await page.keyboard.press(key);
      await page.locator('nav [aria-current=page]', { hasText: name }).waitFor();
    }
    for (const key of ['F5', 'Control+r', 'Alt+ArrowLeft', 'Alt+ArrowRight']) await page.keyboard.press(key);
    await page.mouse.move(600, 400);
    expect(await page.evaluate(() => (window as unknown as { stays?: boolean }).stays)).toBe(true);
    expect(await page.evaluate(() => [history.length <= 2, document.title, location.pathname])).toEqual([
      true,
      'Countercheck',
      '/',
    ]);
    await window.close();
  });

  it('show themselves in the sheet, which puts the keys below it to sleep', async () => {
    const window = await openWindow(createFakeStation());
    const { page } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F3');
    await page.locator('nav [aria-current=page]', { hasText: 'History' }).focus();
    await page.keyboard.press('?');
    const sheet = await openDialog(page);
    const shown = await sheet.innerText();
    for (const words of ['Everywhere', 'Lock, or change who is at the counter', 'Into the list', 'F3'])
      expect(shown).toContain(words);
    await page.keyboard.press('F8');
    await page.waitForTimeout(120);
    expect(await page.locator('nav [aria-current=page]').innerText()).toContain('History');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await window.close();
  });

  it('lock the window from anywhere, also from a field and below a question', async () => {
    const window = await openWindow(createFakeStation());
    const { page, station } = window;
    for (const [open, lock] of [
      ['F1', 'F9'],
      ['?', 'Control+l'],
      ['F8', 'Control+l'],
    ] as const) {
      await page.waitForSelector('nav');
      await page.keyboard.press(open);
      if (open === '?') await page.getByRole('dialog').waitFor();
      if (open === 'F8') await page.getByRole('textbox').first().focus();
      await page.keyboard.press(lock);
      await page.getByRole('heading', { name: 'Locked' }).waitFor();
      expect(station.vault.phase).toBe('locked');
      await page.keyboard.press('1');
      await page.getByLabel('Secret', { exact: true }).fill('402917');
      await page.keyboard.press('Enter');
    }
    await page.waitForSelector('nav');
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it.each([
    ['officer', ['Examine', 'History', 'Detections', 'Settings']],
    ['examiner', ['Examine', 'Cases', 'History', 'Reports', 'Detections', 'Settings']],
    ['supervisor', ['Examine', 'Cases', 'History', 'Reports', 'Detections', 'Desk', 'Vault', 'Settings']],
    ['trainer', ['Settings']],
    ['administrator', ['Vault', 'Settings']],
  ] as const)('and screens of a role that has none are not there: %s', async (role, names) => {
    const window = await openWindow(createFakeStation({}, { session: sessionOf({ ...OFFICER, role }) }));
    const { page, station } = window;
    await page.waitForSelector('nav');
    const rail = page.locator('nav').first().getByRole('button');
    const shown = (await rail.allInnerTexts()).map((words) => words.split('\n')[0]).slice(0, -1);
    expect(shown).toEqual(names);
    for (const key of ['F1', 'F3', 'F5', 'F7']) await page.keyboard.press(key);
    await page.locator('main').getByRole('button').first().waitFor();
    const asked = new Set(station.calls.map(({ channel }) => channel));
    expect([...asked].filter((channel) => !can(role, channel))).toEqual([]);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('are not triggered by the burst of a reader device', async () => {
    const window = await openWindow(createFakeStation());
    const { page } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F8');
    await page.locator('nav [aria-current=page]').focus();
    await sendBurst(page, ['P<UTOERIKSSON<<ANNA<MARIA<O?O']);
    await page.waitForTimeout(200);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await window.close();
  });
});

describe('trouble', () => {
  it('of one screen leaves the frame standing and is told in three parts', async () => {
    const station = createFakeStation();
    station.rows = historyRows(1).map((row) => ({ ...row, at: 'no time at all' }));
    const window = await openWindow(station);
    const { page } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F3');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.locator('p').count()).toBe(3);
    await page.keyboard.press('F8');
    await page.getByText('UV room').waitFor();
    await window.close();
  });
});

describe('what the window leaves behind', () => {
  it('is nothing: no storage, no cache, no inline style element, a picture dropped anywhere stays outside', async () => {
    const window = await openWindow(createFakeStation({ settings: { ...SETTINGS, theme: 'dark' } }));
    const { page } = window;
    await page.waitForSelector('nav');
    const left = await page.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      cookies: document.cookie,
      styles: document.querySelectorAll('style').length,
      theme: document.documentElement.dataset['theme'],
    }));
    expect(left).toEqual({
      local: 0,
      session: 0,
      databases: 0,
      caches: 0,
      cookies: '',
      styles: 0,
      theme: 'dark',
    });
    const dropIsKept = await page.evaluate(() => {
      const drop = new DragEvent('drop', { cancelable: true, bubbles: true });
      document.querySelector('nav')?.dispatchEvent(drop);
      return drop.defaultPrevented;
    });
    expect(dropIsKept).toBe(true);
    await window.close();
  });

  it('keeps every target at 44 pixels or more and every text at 15', async () => {
    const window = await openWindow(createFakeStation());
    const { page } = window;
    await page.waitForSelector('nav');
    for (const key of ['F1', 'F2', 'F3', 'F7', 'F8']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(150);
      const small = await page.evaluate(() => {
        const found: string[] = [];
        for (const one of document.querySelectorAll<HTMLElement>('button, input, [role=option]')) {
          const box = one.getBoundingClientRect();
          const isHidden = box.width < 3 || getComputedStyle(one).clipPath !== 'none' || one.closest('label');
          if (!isHidden && (box.height < 43.5 || box.width < 43.5)) found.push(one.outerHTML.slice(0, 80));
        }
        for (const one of document.querySelectorAll<HTMLElement>('body *')) {
          const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
          if (own && Number.parseFloat(getComputedStyle(one).fontSize) < 15)
            found.push(one.outerHTML.slice(0, 80));
        }
        return found;
      });
      expect({ key, small }).toEqual({ key, small: [] });
    }
    await window.close();
  });
});
