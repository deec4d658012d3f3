// History: found by typing, walked by arrows, opened and shown as it was, its decision changed without losing the old.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExaminationRecord, HistoryFilter } from '../../shared/contract/records.ts';
import { filterOf, isNarrowed, NOTHING_WANTED } from '../../renderer/features/history/store.ts';
import { dayIn, printedDate, typedDay } from '../../renderer/lib/time.ts';
import { TD3 } from '../mrz/specimens.ts';
import { until } from '../until.ts';
import { OUTLINE, placeOf } from './canvas-look.ts';
import { createFakeStation, type FakeStation } from './fake-station.ts';
import { historyRows, PICTURE, pictureFile, recordOf } from './fake-history.ts';
import { closeBrowser, openDialog, openWindow, type OpenWindow, prepare } from './harness.ts';
import { sendBurst } from './reader-device.ts';

// Specimen of ICAO Doc 9303 part 4.

const FOLDER = process.env['COUNTERCHECK_PICTURES'];

beforeAll(prepare, 120_000);
afterAll(closeBrowser);

describe('the filter', () => {
  it('leaves out what was not asked for', () => {
    expect(filterOf(NOTHING_WANTED, 0, 100)).toEqual({
      text: '',
      state: '',
      from: null,
      to: null,
      outcome: null,
      limit: 100,
      offset: 0,
    });
    expect(isNarrowed({ ...NOTHING_WANTED, text: '  ' })).toBe(false);
    expect(isNarrowed({ ...NOTHING_WANTED, to: '2026-11-22' })).toBe(true);
  });

  it('reads a range that was written backwards as it was meant', () => {
    const wanted = { ...NOTHING_WANTED, from: '2026-11-22', to: '2026-11-01' };
    expect(filterOf(wanted, 0, 1)).toMatchObject({ from: '2026-11-01', to: '2026-11-22' });
  });
});

describe('days', () => {
  it.each([
    ['2026-11-22', '2026-11-22'],
    ['22 11 2026', '2026-11-22'],
    ['22.11.2026', '2026-11-22'],
    ['5/1/2026', '2026-01-05'],
    ['22 nov 2026', '2026-11-22'],
    ['22NOV2026', '2026-11-22'],
    ['29 FEB 2028', '2028-02-29'],
    ['29 FEB 2027', null],
    ['31 11 2026', null],
    ['22 11 26', null],
    ['0 1 2026', null],
    ['22 XYZ 2026', null],
    ['', null],
  ])('%s is %s', (typed, day) => {
    expect(typedDay(typed)).toBe(day);
  });

  it('are printed as documents print them, and are those of the station', () => {
    expect(printedDate('1974-08-12')).toBe('12 AUG 1974');
    expect(printedDate('1974-08')).toBe('1974-08');
    expect(dayIn('Asia/Bangkok', new Date('2026-11-22T17:30:00Z'))).toBe('2026-11-23');
    expect(dayIn('America/Lima', new Date('2026-11-22T04:59:00Z'))).toBe('2026-11-21');
  });
});

const PICTURES = ['01930000-0000-7000-8300-000000000001', '01930000-0000-7000-8300-000000000002'];

function stationWith(count: number): FakeStation {
  const station = createFakeStation();
  station.rows = historyRows(count);
  for (const [at, row] of station.rows.entries()) station.records.set(row.id, recordOf(row, at, PICTURES));
  return station;
}

const outlined = (page: OpenWindow['page']) => placeOf(page.locator('canvas'), OUTLINE);

async function openHistory(station: FakeStation): Promise<OpenWindow> {
  const window = await openWindow(station);
  for (const [at, id] of PICTURES.entries()) window.images.stored.set(id, await pictureFile(at));
  await window.page.waitForSelector('nav');
  await window.page.keyboard.press('F3');
  return window;
}

describe('the list', () => {
  it('finds while one types, goes on by arrows, opens by Enter and comes back to the same row', async () => {
    const window = await openHistory(stationWith(40));
    const { page, station } = window;
    await page.waitForSelector('tbody tr');
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    // As fast as a person types; what comes quicker is a reader device and goes to the lane.
    await page.keyboard.type('l8989020', { delay: 90 });
    await page.getByText('10 examinations').waitFor();
    const asked = station.inputsOf('history.search').at(-1) as HistoryFilter;
    expect(asked).toMatchObject({ text: 'l8989020', limit: 100, offset: 0 });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const row = await page.evaluate(() => (document.activeElement as HTMLElement).dataset['id']);
    expect(row).toBe(station.rows[1]?.id);
    await page.keyboard.press('Enter');
    await page.waitForSelector('h1');
    await page.keyboard.press('Escape');
    await page.waitForSelector('tbody tr');
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['id'])).toBe(row);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('asks for more as its end comes near, each row once', async () => {
    const window = await openHistory(stationWith(230));
    const { page, station } = window;
    await page.waitForSelector('tbody tr');
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 200);
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 230);
    const ids = await page.$$eval('tbody tr', (rows) =>
      rows.map((row) => (row as HTMLElement).dataset['id']),
    );
    expect(new Set(ids).size).toBe(230);
    const offsets = (station.inputsOf('history.search') as HistoryFilter[]).map((one) => one.offset);
    expect(offsets).toContain(100);
    await window.close();
  });

  it('teaches while it is empty and when nothing fits, and says what failed', async () => {
    const station = createFakeStation();
    const window = await openHistory(station);
    const { page } = window;
    await page.getByText('No examination is recorded yet').waitFor();
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await page.keyboard.type('zzz');
    await page.getByText('Nothing fits this filter').waitFor();
    station.failures.set('history.search', 'internal');
    await window.push('history.changed', {});
    await page.getByRole('alert').waitFor();
    station.failures.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await window.close();
  });

  it('keeps a day that is no day from the station and says how to write one', async () => {
    const window = await openHistory(stationWith(3));
    const { page, station } = window;
    await page.getByLabel('From').fill('31 11 2026');
    await page.keyboard.press('Tab');
    await page.getByText('Write the day like').waitFor();
    await page.getByLabel('From').fill('30.11.2026');
    // The frame asks for today's count as well, one row at a time.
    const asked = () =>
      (station.inputsOf('history.search') as HistoryFilter[]).filter((one) => one.limit > 1);
    await expect.poll(() => new Set(asked().map((one) => one.from))).toEqual(new Set([null, '2026-11-30']));
    await window.close();
  });
});

describe('a record', () => {
  it('shows lines, changes, both readings and only "Referred"', async () => {
    const window = await openHistory(stationWith(1));
    const { page } = window;
    await page.waitForSelector('tbody tr');
    expect(await page.locator('tbody tr').innerText()).not.toContain('second line');
    await page.locator('tbody tr').click();
    await page.waitForSelector('h1');
    expect(await page.locator('h1').innerText()).toBe('Referred');
    const shown = await page.locator('main').innerText();
    for (const words of [
      'ERIKSSON, ANNA MARIA',
      '12 AUG 1974',
      'Row 2, place 4: O was read, 0 was taken.',
      'The date of birth and its check digit do not agree',
      'The date of birth may have been altered',
      'Reason given at second line',
    ]) {
      expect(shown).toContain(words);
    }
    const sharp = page.locator('canvas[data-sharp=true]');
    await sharp.waitFor();
    const zone = await outlined(page);
    expect(zone?.y).toBeGreaterThan(0.5);
    expect(zone?.width).toBeGreaterThan(zone?.height ?? 1);
    // Turned a quarter for the eye: the zone, below before, stands at the left.
    await page.keyboard.press('t');
    await expect.poll(async () => (await outlined(page))?.height).toBeGreaterThan(0.7);
    const turned = await outlined(page);
    expect((turned?.x ?? 1) + (turned?.width ?? 0)).toBeLessThan(0.5);
    await page.waitForTimeout(90);
    // The second picture was not read, so nothing is outlined in it.
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => outlined(page)).toBeNull();
    // The first comes back as it was looked at.
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => outlined(page)).toEqual(turned);
    // Enlarged, all of its pixels come, and the arrows move it instead of going to another picture.
    const asked = page.waitForRequest(/\/tile\/0\//u);
    await page.keyboard.press('z');
    await asked;
    await page.locator('canvas[data-whole=false][data-sharp=true]').waitFor();
    await page.waitForTimeout(90);
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('img', { name: 'Picture 1 of 2' }).count()).toBe(1);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('shows what was said of the page, and what the rules of today would tell otherwise', async () => {
    const station = stationWith(1);
    const [id = '', record] = [...station.records.entries()][0] ?? [];
    const [document] = record?.documents ?? [];
    if (record === undefined || document === undefined || document.reading === null)
      throw new Error('no record');
    const [finding] = document.findings;
    if (finding === undefined) throw new Error('no finding');
    // Recorded under rules that knew another finding and did not yet look at the page.
    const expired = { ...finding, id: 'mrz.exp.past', text: { title: 'finding.mrz.exp.past.title' } };
    const reading = { ...document.reading, print: { number: 'L898902C8', birthDate: '12 AUG 1974' } };
    const documents = [{ ...document, reading, findings: [...document.findings, expired] }];
    station.records.set(id, { ...record, documents });
    const window = await openHistory(station);
    const { page } = window;
    await page.locator('tbody tr').click();
    await page.getByRole('heading', { name: 'What the officer said of the page' }).waitFor();
    const shown = await page.locator('main').innerText();
    for (const words of [
      'L898902C8',
      'by rules 1.0.0',
      'By the rules of today, version',
      'Would be told as well: The number on the page and the number in the zone differ',
      'Would no longer be told: The document has expired',
    ]) {
      expect(shown).toContain(words);
    }
    // What was shown on the day stands as it was.
    expect(await page.getByText('The document has expired', { exact: true }).count()).toBe(1);
    if (FOLDER) await page.screenshot({ path: `${FOLDER}/record-again.png` });
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('shows the words of that day, of old records those there are, and never an id', async () => {
    const station = stationWith(1);
    const [id = '', record] = [...station.records.entries()][0] ?? [];
    const [document] = record?.documents ?? [];
    const finding = document?.findings.find((each) => each.id === 'mrz.cd.dob');
    if (record === undefined || document === undefined || finding === undefined) throw new Error('no record');
    const words = { language: 'en', title: 'The day of birth fails', fraud: 'Somebody changed it.' };
    const gone = { title: 'finding.gone.title', fraud: 'finding.gone.fraud' };
    const findings = [
      { ...finding, words },
      // Two of one title, as a rule of two places gives them.
      { ...finding, id: 'mrz.gone', text: gone },
      { ...finding, id: 'mrz.gone', text: gone },
    ];
    station.records.set(id, { ...record, documents: [{ ...document, findings }] });
    const window = await openHistory(station);
    const { page } = window;
    await page.locator('tbody tr').click();
    await page.getByRole('heading', { name: 'By the rules of today' }).waitFor();
    const shown = await page.locator('main').innerText();
    for (const told of [
      'Somebody changed it.',
      'In place of “The day of birth fails” would be told: The date of birth and its check digit do not agree',
      'The words shown on that day were not kept.',
    ]) {
      expect(shown).toContain(told);
    }
    expect(await page.getByText('A finding whose words were not kept', { exact: true }).count()).toBe(2);
    const told = await page.getByText('Would no longer be told: A finding whose words were not kept').count();
    expect(told).toBe(2);
    expect(shown).not.toMatch(/finding\.|The date of birth may have been altered/);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('says in the trail what the second line concluded, and who signed it', async () => {
    const station = stationWith(2);
    const [first, second] = station.rows.map(({ id }) => id);
    const concluded: NonNullable<ExaminationRecord['secondLine']> = {
      outcome: 'L2.forged',
      at: '2026-11-22T07:20:00.000Z',
      officerName: 'M. Perera',
      signedBy: null,
      signedAt: null,
    };
    const change = (id = '', secondLine: typeof concluded) => {
      const record = station.records.get(id);
      if (record) station.records.set(id, { ...record, secondLine });
    };
    change(first, concluded);
    change(second, { ...concluded, signedBy: 'J. Tan', signedAt: '2026-11-22T07:40:00.000Z' });
    const window = await openHistory(station);
    const { page } = window;
    const opened = async (at: number): Promise<string> => {
      await page.locator('tbody tr').nth(at).click();
      await page.getByText('Signs of alteration').waitFor();
      const words = await page.locator('main').innerText();
      await page.keyboard.press('Escape');
      await page.locator('tbody tr').first().waitFor();
      return words;
    };
    const waiting = await opened(0);
    expect(waiting).toContain('14:20, M. Perera');
    expect(waiting).not.toContain('Signed');
    expect(await opened(1)).toContain('14:40, J. Tan');
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('says which procedure was followed, where the record kept that', async () => {
    const station = stationWith(2);
    const [first = ''] = station.rows.map(({ id }) => id);
    const record = station.records.get(first);
    const procedure = {
      version: 'countercheck-2026.1 + ruritania-3',
      sha256: `${'0123456789ab'}${'c'.repeat(52)}`,
    };
    if (record) station.records.set(first, { ...record, procedure });
    const window = await openHistory(station);
    const { page } = window;
    const opened = async (at: number): Promise<string> => {
      await page.locator('tbody tr').nth(at).click();
      await page.waitForSelector('h1');
      const words = await page.locator('main').innerText();
      await page.keyboard.press('Escape');
      await page.locator('tbody tr').first().waitFor();
      return words;
    };
    expect(await opened(0)).toContain(
      'Procedure followed: countercheck-2026.1 + ruritania-3, digest 0123456789ab…',
    );
    expect(await opened(1)).not.toContain('Procedure followed');
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('takes a new decision beside the old one', async () => {
    const window = await openHistory(stationWith(1));
    const { page, station } = window;
    await page.locator('tbody tr').click();
    await page.waitForSelector('h1');
    await page.keyboard.press('d');
    await openDialog(page);
    await page.keyboard.press('ArrowLeft');
    await page.getByLabel('Note').fill('Second line found no reason.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const [sent] = station.inputsOf('decision.change') as Record<string, unknown>[];
    const first = station.records.get(station.rows[0]?.id ?? '')?.decisions[0];
    expect(sent).toMatchObject({ outcome: 'clear', reasons: [], replaces: first?.id });
    expect(await page.locator('h1').innerText()).toBe('Cleared');
    await page.getByText('Replaced by a later decision').waitFor();
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('keeps the words of a decision that could not be saved', async () => {
    const station = stationWith(1);
    station.failures.set('decision.change', 'superseded');
    const window = await openHistory(station);
    const { page } = window;
    await page.locator('tbody tr').click();
    await page.waitForSelector('h1');
    await page.keyboard.press('d');
    await page.getByLabel('Note').fill('Kept.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Note').inputValue()).toBe('Kept.');
    // A document at the reader device shows the lane; the question waits as it was.
    await sendBurst(page, TD3);
    await page.getByText('ERIKSSON, ANNA MARIA').first().waitFor();
    await page.keyboard.press('F3');
    await openDialog(page);
    expect(await page.getByLabel('Note').inputValue()).toBe('Kept.');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('d');
    expect(await page.getByLabel('Note').inputValue()).toBe('');
    await window.close();
  });

  it('prints all its pictures whole, whatever the screen shows of them', async () => {
    const window = await openHistory(stationWith(1));
    const { page } = window;
    await page.locator('tbody tr').click();
    await page.waitForSelector('h1');
    // Enlarged on the screen: paper shows it whole all the same.
    await page.keyboard.press('z');
    await page.evaluate(() => {
      globalThis.print = () => document.documentElement.setAttribute('data-printed', '');
    });
    // Two keys closer together are those of a reader device.
    await page.waitForTimeout(90);
    await page.keyboard.press('p');
    await page.waitForSelector('[data-printed]');
    // An A4 sheet between its margins, in pixels of the style sheet.
    await page.setViewportSize({ width: 703, height: 1032 });
    await page.emulateMedia({ media: 'print' });
    if (FOLDER) await page.screenshot({ path: `${FOLDER}/record-printed.png`, fullPage: true });
    expect(await page.locator('canvas').isVisible()).toBe(false);
    const printed = page.locator('figure img:visible');
    expect(await printed.count()).toBe(PICTURES.length);
    for (const picture of await printed.all()) {
      const box = await picture.boundingBox();
      expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(PICTURE.width / PICTURE.height, 1);
      expect(box?.width).toBeGreaterThan(300);
    }
    const words = await page.locator('main').innerText();
    for (const part of ['Referred', 'ERIKSSON, ANNA MARIA', 'Picture 2 of 2, White light', 'Decisions']) {
      expect(words).toContain(part);
    }
    expect(words).not.toContain('Whole picture');
    // An equal picture is kept once in a PDF, so the two differ.
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Subtype \/Image/gu)).toHaveLength(PICTURES.length);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('prints by the shell where it can', async () => {
    const station = stationWith(1);
    station.vault.shell = { kind: 'electron', pickFile: true, print: true };
    const window = await openHistory(station);
    await window.page.locator('tbody tr').click();
    await window.page.waitForSelector('h1');
    await window.page.keyboard.press('p');
    await until(() => expect(station.inputsOf('shell.print')).toHaveLength(1));
    await window.close();
  });
});
