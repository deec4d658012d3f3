// What an examiner and a supervisor do at one of several windows, from a doubt at the counter to an alert and a study.
import { BURST_GAP_MS } from '../../renderer/lib/hotkeys.ts';
import { expect } from 'vitest';
import { type EXAMINER, OFFICER } from '../electron/set-up.ts';
import type { SpecimenFile } from './pictures.ts';
import { decide, drop, expectRows, pressUntil, ready, see, WAIT_MS } from './steps.ts';
import type { TestWindow } from './window.ts';
import { text } from './words.ts';

/** One station's window. */
export interface Counter {
  window: TestWindow;
}

/** What one detection is told by. */
export interface Told {
  /** Which of the station's cases it is, from 1. */
  number: number;
  tip: string;
  title: string;
}

/** One key as a person presses it. */
export async function press({ window: { page } }: Counter, key: string): Promise<void> {
  await page.waitForTimeout(BURST_GAP_MS + 30);
  await page.keyboard.press(key);
  await page.waitForTimeout(BURST_GAP_MS + 30);
}

/** Somebody else sits down at the same window. */
export async function changeOver(
  { window: { page } }: Counter,
  person: typeof EXAMINER | typeof OFFICER,
): Promise<void> {
  await page.keyboard.press('Control+l');
  await page.getByRole('option', { name: person.name }).click({ timeout: WAIT_MS });
  await page.getByRole('heading', { name: person.name }).waitFor();
  await page.keyboard.type(person.secret);
  await page.keyboard.press('Enter');
  await page.getByText(text('app.live'), { exact: true }).waitFor({ timeout: WAIT_MS });
}

export async function readSpecimen({ window: { page } }: Counter, specimen: SpecimenFile): Promise<void> {
  await drop(page, { name: 'passport.jpg', bytes: specimen.jpeg });
  await expectRows(page, specimen.lines);
}

const box = ({ window: { page } }: Counter, id: string) =>
  page.getByRole('textbox', { name: text(id), exact: true });

/** From the lane to a submitted report: doubt, case, report to the network. */
export async function report(counter: Counter, specimen: SpecimenFile, { number, tip }: Told): Promise<void> {
  const { page } = counter.window;
  await pressUntil(page, 'F1', page.getByText(text('examine.welcome.title')));
  await ready(page);
  await readSpecimen(counter, specimen);
  await decide(page, 'd', text('reason.at-second-line'));
  await press(counter, 'Enter');
  await see(page, text('examine.saved.referred'));
  const cases = page.locator('tbody tr');
  await pressUntil(page, 'F2', cases.first());
  await expect.poll(() => cases.count(), { timeout: WAIT_MS }).toBe(number);
  // The newest stands first.
  await cases.first().click();
  await page.getByRole('region', { name: text('cases.examination') }).waitFor({ timeout: WAIT_MS });
  await press(counter, 'Control+e');
  const leaves = page.getByRole('region', { name: text('report-draft.leaves') });
  await leaves.getByText(text('report-draft.cannot-leave')).waitFor({ timeout: WAIT_MS });
  await page
    .getByRole('group', { name: text('report-draft.suggested') })
    .getByRole('button')
    .first()
    .click();
  await page.getByRole('textbox', { name: text('report.field.fraud.tip') }).fill(tip);
  await expect.poll(() => leaves.getByText(text('report-draft.cannot-leave')).count()).toBe(0);
  await see(page, text('report-draft.keeping.kept'));
  await page.locator('h1').click();
  await press(counter, 'x');
  await press(counter, 'Control+Enter');
  await page.getByRole('dialog').getByText(text('report-draft.submit.approval')).waitFor();
  await press(counter, 'Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** The list of reports; one may be open from before. */
export async function openReports(counter: Counter): Promise<void> {
  const { page } = counter.window;
  const list = page.getByRole('button', { name: text('reports.show.all') });
  const back = page.getByRole('button', { name: text('reports.back') });
  await pressUntil(page, 'F4', list.or(back).first());
  if (!(await list.isVisible())) await press(counter, 'Escape');
  await list.waitFor();
}

/** A supervisor lets the one message go that waits. Answers when, in milliseconds. */
export async function approve(counter: Counter): Promise<number> {
  await changeOver(counter, OFFICER);
  const { page } = counter.window;
  await openReports(counter);
  await press(counter, 't');
  const waiting = page.locator('tbody tr');
  await expect.poll(() => waiting.count(), { timeout: WAIT_MS }).toBe(1);
  await waiting.first().click();
  const button = page.getByRole('button', { name: text('reports.approve') });
  await button.waitFor({ timeout: WAIT_MS });
  const at = performance.now();
  await press(counter, 'a');
  await button.waitFor({ state: 'detached' });
  return at;
}

/** The newest report of the station, opened. */
async function openReport(counter: Counter): Promise<void> {
  const { page } = counter.window;
  await openReports(counter);
  await press(counter, 'a');
  await page.locator('tbody tr').first().click({ timeout: WAIT_MS });
  await page.getByRole('button', { name: text('alert-draft.make') }).waitFor({ timeout: WAIT_MS });
}

export async function makeAlert(counter: Counter): Promise<void> {
  const { page } = counter.window;
  await openReport(counter);
  await press(counter, 'm');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(text('alert-draft.approval')).waitFor({ timeout: WAIT_MS });
  await press(counter, 'Control+Enter');
  await dialog.waitFor({ state: 'detached' });
}

export async function writeStudy(counter: Counter, { title }: Told): Promise<void> {
  const { page } = counter.window;
  await openReport(counter);
  await press(counter, 's');
  await page.getByRole('heading', { name: text('study-draft.title') }).waitFor({ timeout: WAIT_MS });
  await box(counter, 'study-draft.title-of').fill(title);
  await box(counter, 'studies.happened').fill('A passport was shown on arrival.');
  await box(counter, 'studies.gave-away').fill('The digits of the second row do not agree.');
  await press(counter, 'Escape');
  await press(counter, 'q');
  await box(counter, 'studies.question').fill('What showed it first?');
  await page.getByRole('textbox', { name: text('study-draft.answer', { number: 1 }) }).fill('The digits');
  await page.getByRole('textbox', { name: text('study-draft.answer', { number: 2 }) }).fill('The cover');
  await box(counter, 'study-draft.because').fill('A check digit is made of what it protects.');
  await press(counter, 'Escape');
  await press(counter, 'l');
  await page.getByText(text('study-draft.confirm.words')).click({ timeout: WAIT_MS });
  await see(page, text('study-draft.all-confirmed'));
  await press(counter, 'Control+Enter');
  await page.getByRole('dialog').waitFor();
  await press(counter, 'Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
