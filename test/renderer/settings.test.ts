// Settings: the station's for its administrator, one's own for everybody; what is wrong is said in words beside it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stationSettings } from '../../shared/contract/records.ts';
import {
  COUNTRIES,
  emptyForm,
  faultsOf,
  settingsOf,
  tidyStationCode,
} from '../../renderer/features/settings/form.ts';
import { ADMINISTRATOR, createFakeStation, OFFICER, sessionOf } from './fake-station.ts';
import { closeBrowser, openWindow, prepare } from './harness.ts';

beforeAll(prepare, 120_000);
afterAll(closeBrowser);

const complete = {
  ...emptyForm('en'),
  place: ' Port North ',
  country: 'UTO',
  stationCode: 'PN-1',
  timeZone: 'Asia/Bangkok',
};

describe('the form', () => {
  it('of a fresh machine lacks what only a person can say', () => {
    expect(Object.keys(faultsOf(emptyForm('en'))).sort()).toEqual(['country', 'place', 'stationCode']);
  });

  it('gives settings that the contract takes once nothing is missing', () => {
    expect(faultsOf(complete)).toEqual({});
    const settings = settingsOf(complete);
    expect(stationSettings.parse(settings)).toEqual(settings);
    expect(settings.place).toBe('Port North');
  });

  it.each([
    ['place', { place: '   ' }],
    ['place', { place: 'x'.repeat(81) }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['stationCode', { stationCode: 'A' }],
    ['stationCode', { stationCode: '-A' }],
    ['stationCode', { stationCode: 'É1' }],
    ['idleMinutes', { idleMinutes: 31 }],
    ['idleMinutes', { idleMinutes: Number.NaN }],
  ])('refuses %s %j', (field, change) => {
    expect(Object.keys(faultsOf({ ...complete, ...change }))).toEqual([field]);
  });

  it('takes a station code as it is meant', () => {
    expect(tidyStationCode(' pn a12 ')).toBe('PNA12');
    expect(tidyStationCode('x'.repeat(30))).toHaveLength(16);
  });

  it('offers states with three letters and no organisation or withdrawn code', () => {
    expect(COUNTRIES).toEqual(expect.arrayContaining(['UTO', 'THA', 'LKA', 'RKS']));
    for (const none of ['D', 'UNO', 'XOM', 'YUG', 'XXX']) expect(COUNTRIES).not.toContain(none);
    expect(COUNTRIES.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
  });
});

describe('settings', () => {
  const asAdministrator = () => createFakeStation({}, { session: sessionOf(ADMINISTRATOR) });

  it('of the station are saved with Enter, and say what is not saved yet; the look is taken at once', async () => {
    const window = await openWindow(asAdministrator());
    const { page, station } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F8');
    const place = page.getByLabel('Place', { exact: true });
    await place.fill('Port South 3');
    await page.getByText('Not saved yet').waitFor();
    await page.getByText('UV room').click();
    await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'uv');
    expect(await place.inputValue()).toBe('Port South 3');
    expect(station.inputsOf('settings.adjust')).toEqual([{ theme: 'uv', sound: false, cameraLabel: null }]);
    await page.getByLabel('Minutes until the window locks').fill('12');
    await page.keyboard.press('Enter');
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(station.state.settings).toMatchObject({ place: 'Port South 3', theme: 'uv', idleMinutes: 12 });
    await page.getByText('Port South 3, Arrivals').waitFor();
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('that are the administrator\u2019s are not there for others', async () => {
    const window = await openWindow(
      createFakeStation({}, { session: sessionOf({ ...OFFICER, role: 'officer' }) }),
    );
    const { page } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F8');
    await page.getByText('UV room').waitFor();
    expect(await page.getByLabel('Place', { exact: true }).count()).toBe(0);
    expect(await page.getByText('Scanner').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Change your secret' }).count()).toBe(1);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('change one\u2019s own secret, typed twice', async () => {
    const window = await openWindow(createFakeStation());
    const { page, station } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F8');
    await page.getByRole('button', { name: 'Change your secret' }).click();
    await page.getByLabel('Secret until now', { exact: true }).fill('402917');
    await page.getByLabel('New secret', { exact: true }).fill('815294');
    await page.getByLabel('The same once more', { exact: true }).fill('815295');
    await page.keyboard.press('Enter');
    await page.getByText('This is not the same as above.').waitFor();
    expect(station.inputsOf('vault.change-secret')).toEqual([]);
    await page.getByLabel('The same once more', { exact: true }).fill('815294');
    await page.keyboard.press('Enter');
    await page.getByText('Your secret is changed.').waitFor();
    expect(station.inputsOf('vault.change-secret')).toEqual([{ secret: '402917', newSecret: '815294' }]);
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});

describe('cameras', () => {
  it('are listed by name once one asks, and the chosen one is saved', async () => {
    const switches = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    const window = await openWindow(createFakeStation(), { switches });
    const { page, station } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F8');
    await page.getByRole('button', { name: 'Find cameras' }).click();
    await page.getByRole('button', { name: 'Find cameras' }).and(page.locator(':enabled')).waitFor();
    await page.getByRole('button', { name: /^The first camera/ }).click();
    await page.getByRole('option', { name: /fake_device_0/ }).click();
    await expect.poll(() => station.state.settings?.cameraLabel).toMatch(/fake_device_0/);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('that are not there are told in words, and everything else goes on', async () => {
    const window = await openWindow(createFakeStation());
    await window.page.waitForSelector('nav');
    await window.page.keyboard.press('F8');
    await window.page.getByRole('button', { name: 'Find cameras' }).click();
    await window.page.getByText(/No camera was found|may not be used/).waitFor();
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});
