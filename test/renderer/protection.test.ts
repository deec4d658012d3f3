// The protection page as an officer uses it: by keyboard, in any order, stopped at any time; the directory; the card.
import { describe, expect, it, vi } from 'vitest';
import { shippedProcedure } from '../../electron/services/procedures.ts';
import { TD3 } from '../mrz/specimens.ts';
import { ADMINISTRATOR, createFakeStation, type FakeStation, sessionOf } from './fake-station.ts';
import { openWindow, type OpenWindow } from './harness.ts';
import { textOfPdf } from '../pdf-text.ts';
import { closeAfterEach, lane, press, type } from './lane-window.ts';
import { sendBurst } from './reader-device.ts';

vi.setConfig({ testTimeout: 90_000 });
closeAfterEach();

const HARBOUR = {
  id: '01930000-0000-7000-8000-0000000000c1',
  kind: 'ngo' as const,
  name: 'Harbour House',
  telephone: '+999 20 1234',
  address: 'Pier 4',
  hours: 'day and night',
  languages: 'English, Utopian',
};

function withHelp(station: FakeStation): void {
  station.contacts = [HARBOUR];
  station.handlers['procedure.get'] = () => ({
    procedure: shippedProcedure(),
    words: {},
    version: '1',
    sha256: '',
    problems: [],
  });
}

async function protectPage(change?: (station: FakeStation) => void): Promise<OpenWindow> {
  const window = await lane((station) => {
    withHelp(station);
    change?.(station);
  });
  await sendBurst(window.page, TD3);
  await window.page.getByText('ERIKSSON, ANNA MARIA').first().waitFor();
  await press(window, 'p');
  await window.page.getByRole('heading', { name: 'Someone may need help' }).waitFor();
  return window;
}

const entriesOf = ({ station }: OpenWindow) => station.inputsOf('protection.record');

describe('the protection page', () => {
  it('asks for needs first, and takes everything by keyboard alone', async () => {
    const window = await protectPage();
    const { page } = window;
    await page.getByRole('checkbox', { name: 'Water or food' }).and(page.locator(':focus')).waitFor();
    await press(window, 'Space');
    expect(await page.getByText('ERIKSSON').count()).toBe(0);

    await page.getByText('Questions, one at a time (optional)').focus();
    await press(window, 'Enter');
    await page.getByText('I would like to check a few points with you.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Next question' }).focus();
    await press(window, 'Enter');
    await page.getByText('Do you need water', { exact: false }).waitFor();
    await page.getByLabel('What was answered, in their own words').focus();
    await type(window, 'tea');

    await page.getByText('Signs to think of (optional)').focus();
    await press(window, 'Enter');
    await page.getByRole('checkbox', { name: /^Somebody else holds the passport/u }).focus();
    await press(window, 'Space');
    await page.getByRole('radio', { name: /^Harbour House/u }).focus();
    await press(window, 'Space');
    await page.getByRole('radio', { name: 'Yes', exact: true }).focus();
    await press(window, 'Space');
    // The page scrolls, the window does not.
    expect(await page.evaluate(() => document.documentElement.scrollTop + document.body.scrollTop)).toBe(0);
    expect(await page.getByRole('radio', { name: 'Yes', exact: true }).boundingBox()).not.toBeNull();
    // Without a colour that says what a person is, without a number of signs.
    expect(await page.locator('main').innerText()).not.toMatch(/\b\d+ signs?\b|risk|score/iu);
    await press(window, 'Control+Enter');
    await expect.poll(() => entriesOf(window).length).toBe(1);
    await page.getByRole('button', { name: /^D / }).waitFor();
    expect(entriesOf(window)).toMatchObject([
      {
        needs: ['water'],
        answers: [{ questionId: 'Q02', note: 'tea' }],
        signs: ['TI05'],
        referral: { contactId: HARBOUR.id, contactName: 'Harbour House', consent: 'yes', dispositions: [] },
      },
    ]);
    const elsewhere = window.station.calls.filter(({ channel }) => channel !== 'protection.record');
    expect(JSON.stringify(elsewhere)).not.toMatch(/protect|Harbour|TI05|tea/u);
  });

  it('keeps what was written when the officer stops, and offers it with every document that has a finding', async () => {
    const window = await protectPage();
    const { page } = window;
    await press(window, 'Space');
    await page.getByLabel('What did you notice?').focus();
    await type(window, 'cold');
    await press(window, 'Escape');
    await page.getByText('Whoever carries a document like this may need help', { exact: false }).waitFor();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await press(window, 'p');
    expect(await page.getByLabel('What did you notice?').inputValue()).toBe('cold');
    expect(await page.getByRole('checkbox', { name: 'Water or food' }).isChecked()).toBe(true);
    // In the protection file since the officer stopped: a cut of the current takes nothing.
    expect(entriesOf(window)).toMatchObject([{ needs: ['water'], note: 'cold' }]);
    await press(window, 'Escape');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await press(window, 'c');
    await expect.poll(() => window.station.inputsOf('examination.save').length).toBe(1);
    expect(entriesOf(window)).toHaveLength(1);
  });

  it('prints a card of one small sheet that names the contact and nobody else', async () => {
    let paper: Uint8Array | null = null;
    const window = await protectPage((station) => {
      station.vault.shell = { kind: 'electron', pickFile: false, print: true };
      station.handlers['shell.print'] = async () => {
        paper = await page.pdf({ preferCSSPageSize: true });
        return { printed: true };
      };
    });
    const { page } = window;
    await page.getByRole('radio', { name: /^Harbour House/u }).focus();
    await press(window, 'Space');
    await page.getByRole('button', { name: 'Print a card' }).click();
    await expect.poll(() => paper).not.toBeNull();
    const text = (await textOfPdf(paper ?? new Uint8Array())).replaceAll(/\s+/gu, ' ');
    expect(text).toContain('Harbour House +999 20 1234 Open: day and night Address: Pier 4');
    // Neither the window behind it, nor a word of why.
    expect(text).not.toMatch(/ERIKSSON|Port North|need|protect|J\. Tan/u);
    await expect.poll(() => page.locator('.print-sheet').count()).toBe(0);
    expect(window.station.calls.map(({ channel }) => channel)).not.toContain('protection.record');
  });
});

it('calls no directory empty that could not be had', async () => {
  const window = await protectPage((station) => station.failures.set('directory.list', 'internal'));
  const { page, station } = window;
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  expect(await page.getByText('The directory of this station is empty.', { exact: false }).count()).toBe(0);
  station.failures.clear();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('radio', { name: /^Harbour House/u }).waitFor();
});

describe('the directory', () => {
  it('is kept by the administrator: added, changed, removed', async () => {
    const station = createFakeStation({}, { session: sessionOf(ADMINISTRATOR) });
    const window = await openWindow(station);
    const { page } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F7');
    await page.locator('main nav').getByRole('button', { name: 'Directory' }).click();
    await page.getByText('Nobody is listed yet.').waitFor();
    await page.getByRole('button', { name: 'Add a contact' }).click();
    await page.keyboard.press('Enter');
    await page.getByText('A contact needs a name.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Harbour House');
    await page.getByText('Organisation', { exact: true }).click();
    await page.getByLabel('Telephone').fill('+999 20 1234');
    await page.getByRole('button', { name: /Save/u }).click();
    await page.getByText('Harbour House is saved.').waitFor();
    expect(station.contacts).toMatchObject([
      { name: 'Harbour House', kind: 'ngo', telephone: '+999 20 1234' },
    ]);
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByLabel('Hours').fill('always');
    await page.getByRole('button', { name: /Save/u }).click();
    await page.getByRole('cell', { name: 'always' }).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Harbour House is no longer listed.').waitFor();
    expect(station.contacts).toEqual([]);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('brings back what was removed by mistake, and calls no list empty that could not be had', async () => {
    const station = createFakeStation({}, { session: sessionOf(ADMINISTRATOR) });
    station.contacts = [HARBOUR];
    station.failures.set('directory.list', 'internal');
    const window = await openWindow(station);
    const { page } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F7');
    await page.locator('main nav').getByRole('button', { name: 'Directory' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByText('Nobody is listed yet.').count()).toBe(0);
    station.failures.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('cell', { name: 'Harbour House' }).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Bring it back' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'Harbour House' }).waitFor();
    expect(station.contacts).toEqual([HARBOUR]);
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});
