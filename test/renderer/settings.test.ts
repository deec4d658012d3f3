// First run and settings: what is wrong is said in words beside it, Enter saves, a failed save keeps everything.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Officer, StationSettings } from '../../shared/contract/records.ts';
import { stationSettings } from '../../shared/contract/records.ts';
import {
  COUNTRIES,
  emptyForm,
  faultsOf,
  officerNameFault,
  settingsOf,
  tidyStationCode,
} from '../../renderer/features/settings/form.ts';
import { createFakeStation, OFFICER } from './fake-station.ts';
import { closeBrowser, openWindow, prepare } from './harness.ts';

beforeAll(prepare, 120_000);
afterAll(closeBrowser);

const complete = {
  ...emptyForm('en'),
  place: ' Port North ',
  country: 'UTO',
  stationCode: 'PN-1',
  timeZone: 'Asia/Bangkok',
  officerName: 'J. Tan',
};

describe('the form', () => {
  it('of a fresh machine lacks what only a person can say', () => {
    expect(Object.keys(faultsOf(emptyForm('en'), true)).sort()).toEqual([
      'country',
      'officerName',
      'place',
      'stationCode',
    ]);
  });

  it('gives settings that the contract takes once nothing is missing', () => {
    expect(faultsOf(complete, true)).toEqual({});
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
    ['officerName', { officerName: '' }],
  ])('refuses %s %j', (field, change) => {
    expect(Object.keys(faultsOf({ ...complete, ...change }, true))).toEqual([field]);
  });

  it('asks for no officer once the station is set up', () => {
    expect(faultsOf({ ...complete, officerName: '' }, false)).toEqual({});
    expect(officerNameFault('  ')).not.toBeNull();
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

describe('first run', () => {
  const fresh = () => createFakeStation({ settings: null, officers: [], currentOfficerId: null });

  it('is done by keyboard alone and leads to the lane', async () => {
    const window = await openWindow(fresh());
    const { page, station } = window;
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await page.keyboard.type('Port North A-12');
    await page.keyboard.press('Tab');
    await page.keyboard.type('pn-a12');
    await page.keyboard.press('Tab');
    await page.keyboard.type('uto');
    await page.getByRole('option', { name: /Utopia/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('bangkok');
    await page.getByRole('option', { name: 'Asia/Bangkok' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.type('J. Tan');
    await page.keyboard.press('Enter');
    await page.waitForSelector('nav');
    const [sent] = station.inputsOf('station.setup') as { settings: StationSettings; officer: Officer }[];
    expect(sent?.settings).toMatchObject({
      place: 'Port North A-12',
      stationCode: 'PN-A12',
      country: 'UTO',
      timeZone: 'Asia/Bangkok',
      clearedPolicy: 'counter',
    });
    expect(sent?.officer).toMatchObject({ name: 'J. Tan', role: 'officer' });
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('marks what is missing and sends nothing', async () => {
    const window = await openWindow(fresh());
    await window.page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await window.page.keyboard.press('Enter');
    await window.page.getByText('Say where this station stands.').waitFor();
    await window.page.getByText('4 answers are missing').waitFor();
    expect(window.station.inputsOf('station.setup')).toEqual([]);
    await window.close();
  });

  it('keeps every answer when the save fails, and repeats it with the same officer', async () => {
    const station = fresh();
    station.failures.set('station.setup', 'disk-full');
    const window = await openWindow(station);
    const { page } = window;
    await page.getByLabel('Place', { exact: true }).fill('Port North');
    await page.getByLabel('Station code').fill('PN1');
    await page.getByRole('combobox', { name: 'Country' }).fill('uto');
    await page.getByRole('option', { name: /Utopia/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByLabel('Name', { exact: true }).fill('J. Tan');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Place', { exact: true }).inputValue()).toBe('Port North');
    station.failures.clear();
    await page.getByRole('button', { name: 'Save and begin' }).click();
    await page.waitForSelector('nav');
    const ids = (station.inputsOf('station.setup') as { officer: Officer }[]).map((one) => one.officer.id);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
    await window.close();
  });
});

describe('settings', () => {
  it('saves with Enter, applies the look at once and says what is not saved yet', async () => {
    const window = await openWindow(createFakeStation());
    const { page, station } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F8');
    const place = page.getByLabel('Place', { exact: true });
    await place.fill('Port South 3');
    await page.getByText('Not saved yet').waitFor();
    await page.getByText('UV room').click();
    await place.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('uv');
    expect(station.state.settings).toMatchObject({ place: 'Port South 3', theme: 'uv' });
    await page.getByText('Port South 3, Arrivals').waitFor();
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('adds an officer, corrects a name and says who is at the counter', async () => {
    const window = await openWindow(createFakeStation());
    const { page, station } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F8');
    await page.getByRole('button', { name: 'Add officer' }).click();
    await page.getByLabel('Name', { exact: true }).fill('S. Nair');
    await page.keyboard.press('Enter');
    await page.getByText('S. Nair').waitFor();
    await page.getByRole('button', { name: `Change name or role: ${OFFICER.name}` }).click();
    await page.getByLabel('Name', { exact: true }).fill('Jun Tan');
    await page.keyboard.press('Enter');
    await page.getByText('Jun Tan').first().waitFor();
    expect(station.state.officers.find((one) => one.id === OFFICER.id)?.name).toBe('Jun Tan');
    await page.getByRole('button', { name: 'At the counter', exact: true }).first().click();
    await page.waitForFunction(() =>
      document.querySelector('header button')?.textContent?.includes('Perera'),
    );
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
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(station.state.settings?.cameraLabel).toMatch(/fake_device_0/);
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
