// Lists in the window: a listed number is a reason to look in the lane; importing, following, stopping, removing in the vault.
import { expect, it, vi } from 'vitest';
import type { AskedList } from '../../shared/examination/listed.ts';
import { TD3 } from '../mrz/specimens.ts';
import { LIST_ID, listRow } from './fake-lists.ts';
import { ADMINISTRATOR, createFakeStation, type FakeStation, sessionOf, SETTINGS } from './fake-station.ts';
import { openWindow, type OpenWindow } from './harness.ts';
import { closeAfterEach, laneWith, press, strays } from './lane-window.ts';
import { sendBurst } from './reader-device.ts';

vi.setConfig({ testTimeout: 120_000 });
closeAfterEach();

const ASKED: AskedList = {
  id: LIST_ID,
  version: 3,
  kind: 'lost',
  source: 'Utopia, police',
  until: '2026-12-31',
  importedAt: '2026-11-20T06:00:00.000Z',
  matched: ['number'],
};

const ROW = listRow('in-force');

const listNumber = (station: FakeStation, number: string): void => {
  station.lists.listed = (lines) => (lines.join('').includes(number) ? [ASKED] : [{ ...ASKED, matched: [] }]);
};

it('a listed number is a reason to look, with whose list it is and until when, and no other is', async () => {
  const window = await laneWith(TD3, (station) => listNumber(station, 'L898902C3'));
  const { page, station } = window;
  const strip = page.locator('[data-finding]');
  const row = strip.filter({ hasText: 'The number is on a list of lost or stolen documents' });
  await row.waitFor();
  const said = await row.innerText();
  expect(said).toContain('Utopia, police: imported 20 NOV 2026');
  expect(said).toContain('counts until 31 DEC 2026');
  expect(said).toContain('The holder may have found it again');
  expect(await row.getAttribute('data-severity')).toBe('look');
  expect(station.inputsOf('lane.listed').at(-1)).toEqual({ documents: [{ lines: TD3 }] });
  // What is spoken counts it with the rest.
  const look = await page.locator('[data-finding][data-severity="look"]').count();
  await expect
    .poll(() => page.locator('[role="status"]').allInnerTexts())
    .toContainEqual(expect.stringContaining(String(look)));

  // Another traveller: nothing of the one before is said of them.
  await press(window, 'F8');
  listNumber(station, 'nobody');
  await sendBurst(page, [
    'P<UTODOE<<JANE'.padEnd(44, '<'),
    'X123456784UTO7408122F3204159'.padEnd(43, '<') + '0',
  ]);
  await expect
    .poll(() => page.locator('input[data-refuses-bursts]').nth(1).inputValue())
    .toContain('X12345678');
  await expect.poll(() => row.count()).toBe(0);
});

it('where no list answers the lane goes on', async () => {
  const window = await laneWith(TD3, (station) => {
    station.failures.set('lane.listed', 'internal');
  });
  const { page } = window;
  await expect
    .poll(() => page.locator('[role="status"]').allInnerTexts())
    .toContainEqual(expect.stringMatching(/\w/u));
  expect(await page.getByText('on a list').count()).toBe(0);
});

async function openLists(change: (station: FakeStation) => void = () => undefined): Promise<OpenWindow> {
  const station = createFakeStation({}, { session: sessionOf(ADMINISTRATOR) });
  change(station);
  const window = await openWindow(station);
  await window.page.waitForSelector('nav');
  await window.page.keyboard.press('F7');
  await window.page.locator('main nav').getByRole('button', { name: 'Lists' }).click();
  return window;
}

it('imports a table: how it is read, what a column holds, whose it is, and what was refused', async () => {
  const window = await openLists();
  const { page, station } = window;
  await page.getByText('No list yet').waitFor();
  await page.getByRole('button', { name: 'Import a list' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Folder with the table').fill('/media/stick');
  await dialog.getByRole('button', { name: 'Show the tables in this folder' }).click();
  await dialog.getByText('152 MB').waitFor();
  const choose = dialog.getByRole('button', { name: 'Choose', exact: true }).first();
  station.failures.set('list.inspect', { code: 'list-quote', fields: ['7'] });
  await choose.click();
  await dialog.getByText('It was noticed at line 7.').waitFor();
  station.failures.delete('list.inspect');
  await choose.click();
  await dialog.getByText('How lost.csv is read').waitFor();
  // Headings and shapes; of an entry not a letter.
  expect(await dialog.innerText()).toContain('A9999999');
  await dialog.getByRole('button', { name: /What Bemerkung holds/u }).click();
  await page.getByRole('option', { name: 'Kind of document' }).click();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await dialog.getByText('Say whose list it is.').waitFor();
  await dialog.getByText('Give the last day on which the list counts').waitFor();
  expect(station.inputsOf('list.import')).toEqual([]);
  await dialog.getByLabel('Whose list it is').fill('Utopia, police');
  await dialog.getByLabel('Last day').fill('31 12 2099');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await dialog.getByText('3 rows of 5 can be looked up.').waitFor();
  expect(station.inputsOf('list.import')).toEqual([
    {
      path: '/media/stick/lost.csv',
      kind: 'lost',
      source: 'Utopia, police',
      until: '2099-12-31',
      encoding: 'windows-1252',
      delimiter: ';',
      columns: ['number', 'state', 'type'],
    },
  ]);
  const told = await dialog.innerText();
  expect(told).toContain('2 rows were refused.');
  expect(told).toContain('1: a state that is no code of three letters as in the zone');
  expect(told).toContain('Its first lines: 3');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  expect(window.problems()).toEqual([]);
  await window.close();
});

it('shows how far an import is, and stops it', async () => {
  const window = await openLists((station) => {
    station.lists.running = { step: 'reading', share: 0.4 };
  });
  const { page, station } = window;
  const bar = page.getByRole('progressbar', { name: 'Reading the table' });
  await bar.waitFor();
  expect(await bar.getAttribute('aria-valuenow')).toBe('40');
  station.lists.running = { step: 'sorting', share: 0.8 };
  await window.push('list.changed', {});
  await page.getByRole('progressbar', { name: 'Sorting' }).waitFor();
  await page.getByRole('button', { name: 'Stop the import' }).click();
  await window.push('list.changed', {});
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  expect(window.problems()).toEqual([]);
  await window.close();
});

it('tells how each list stands, and removes one after asking', async () => {
  const window = await openLists((station) => {
    station.lists.lists = [
      ROW,
      { ...listRow('expired'), source: 'Old' },
      { ...listRow('missing'), source: 'Gone' },
    ];
  });
  const { page, station } = window;
  const row = (source: string) => page.getByRole('row').filter({ hasText: source });
  expect(await row('Utopia, police').innerText()).toMatch(
    /Lost or stolen\s+10,000,000[\s\S]*31 DEC 2026\s+Asked/u,
  );
  expect(await row('Old').innerText()).toContain('Expired');
  expect(await row('Gone').innerText()).toContain('Not here');
  await page.getByText('The file of one list is not here').waitFor();
  await row('Old').getByRole('button', { name: 'Remove' }).click();
  await page.keyboard.press('Escape');
  expect(station.inputsOf('list.remove')).toEqual([]);
  await row('Old').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('Stop: Old is removed.').waitFor();
  expect(await row('Old').count()).toBe(0);
  expect(window.problems()).toEqual([]);
  await window.close();
});

it('says every word from the catalogue', async () => {
  const station = createFakeStation({}, { session: sessionOf(ADMINISTRATOR) });
  station.state = { ...station.state, settings: { ...SETTINGS, language: 'en-XA' } };
  station.lists.lists = [{ ...ROW, source: 'UTOPIA' }];
  const window = await openWindow(station);
  await window.page.waitForSelector('nav');
  await window.page.keyboard.press('F7');
  await window.page.locator('main nav button').last().click();
  await window.page.getByText('UTOPIA').waitFor();
  expect(await strays(window)).toEqual([]);
  await window.close();
});
