// Case studies as officers meet them: found and read, answered by a key; written from a report, redacted, looked at, published.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../../renderer/lib/id.ts';
import { axeFindings } from '../e2e/axe.ts';
import { ROOT } from '../e2e/host.ts';
import { misfits } from '../e2e/screen-pictures.ts';
import { closeCasesAfterEach, openCases, type TestCases, testCases } from './case-window.ts';
import { caseViewOf } from './fake-cases.ts';
import { fakeReports } from './fake-reports.ts';
import { openDialog, type OpenWindow } from './harness.ts';
import { press } from './lane-window.ts';

vi.setConfig({ testTimeout: 120_000 });
closeCasesAfterEach();
afterEach(() => vi.restoreAllMocks());

/** A report of the first case that the network has. */
async function withReport(cases: TestCases): Promise<string> {
  const { station, ids } = cases;
  const [examinationId = ''] = ids;
  station.reports.needsApproval = false;
  const reports = fakeReports(station, (id) => caseViewOf(station, id));
  const { content } = await reports['report.prepare']({ examinationId });
  const { fraud, narrative } = content;
  const { reports: rows } = await reports['report.submit']({
    id: newId(),
    examinationId,
    content: {
      ...content,
      fraud: {
        ...fraud,
        types: ['FG.data_erase'],
        findings: [
          { item: 'mrz.cd.dob', result: 'differs', tool: 'MRZR', note: 'The digit does not fit the date.' },
        ],
        tip: 'Read the second row of the zone twice.',
      },
      narrative: { ...narrative, happened: 'Shown on arrival. The year had been printed anew.' },
    },
    audiences: [{ audience: { tier: 'T2' }, replaces: null }],
  });
  return rows[0]?.id ?? '';
}

async function openLibrary(cases: TestCases): Promise<OpenWindow> {
  const window = await openCases(cases);
  await press(window, 'F5');
  await press(window, '3');
  await window.page.getByText('3 case studies').waitFor();
  return window;
}

/** Opens the draft of a study by keyboard, from its report. */
async function write(cases: TestCases): Promise<OpenWindow> {
  await withReport(cases);
  const window = await openCases(cases);
  await press(window, 'F4');
  await press(window, 'a');
  await window.page.locator('tbody tr:focus').or(window.page.locator('tbody tr')).first().waitFor();
  await press(window, 'ArrowDown');
  await press(window, 'Enter');
  await window.page.getByRole('button', { name: 'Case study', exact: false }).first().waitFor();
  await press(window, 's');
  await window.page.getByRole('heading', { name: 'Writing a case study' }).waitFor();
  return window;
}

const contentOf = ({ station }: OpenWindow, { ids }: TestCases) =>
  station.studies.drafts.get(ids[0] ?? '')?.content;
const box = ({ page }: OpenWindow, name: string) => page.getByRole('textbox', { name, exact: true });

describe('the library', () => {
  it('is searched, read and answered by keys alone', async () => {
    const window = await openLibrary(await testCases());
    const { page } = window;
    expect(await axeFindings(page)).toEqual([]);
    await picture(window, 'studies-library');
    await press(window, 's');
    await box(window, 'Words in a study').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('birth date', { delay: 110 });
    await page.getByText('1 case study', { exact: true }).waitFor();
    await press(window, 'Escape');
    await press(window, 'ArrowDown');
    await press(window, 'Enter');
    await page.getByRole('heading', { name: 'A birth date made earlier by one digit' }).waitFor();
    await expect.poll(() => page.getByRole('img').count()).toBe(3);
    await expect
      .poll(() =>
        page
          .locator('figure img')
          .evaluateAll((all) => all.every((one) => (one as HTMLImageElement).naturalWidth > 300)),
      )
      .toBe(true);
    expect(await page.getByText('Still of the old date').count()).toBe(1);
    expect(await axeFindings(page)).toEqual([]);
    await picture(window, 'studies-reading');
    await press(window, 'a');
    await page.getByText('The right answer: The check digit behind the date in the zone').waitFor();
    // The first answer stands until the question is asked again.
    await press(window, 'b');
    expect(await page.getByText('Yes.').count()).toBe(0);
    await page.getByRole('button', { name: /Ask again/ }).scrollIntoViewIfNeeded();
    await picture(window, 'studies-answered', ['light', 'dark']);
    await press(window, 'r');
    await press(window, 'b');
    await page.getByText('Yes.').waitFor();
    await page.getByText(/made of that date alone/).waitFor();
    await press(window, 'Escape');
    await page.getByText('1 case study', { exact: true }).waitFor();
    await press(window, 'x');
    await page.getByText('3 case studies').waitFor();
  });

  it('says so where nothing fits, and finds by state', async () => {
    const window = await openLibrary(await testCases());
    const { page } = window;
    await box(window, 'Words in a study').fill('zeppelin');
    await page.getByText('No case study fits').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await box(window, 'Words in a study').fill('');
    await page.getByRole('button', { name: /Issuing state/ }).click();
    await page.getByRole('option', { name: /ZZA/ }).click();
    await page.getByText('1 case study', { exact: true }).waitFor();
  });

  it('prints one study as a page of its own', async () => {
    const window = await openLibrary(await testCases());
    const { page } = window;
    await press(window, 'ArrowDown');
    await press(window, 'Enter');
    await expect.poll(() => page.locator('figure img').count()).toBeGreaterThan(1);
    await page.evaluate(() => {
      globalThis.print = () => {
        const host = document.querySelector('.print-sheet');
        (globalThis as Record<string, unknown>)['printed'] = host !== null;
      };
    });
    await press(window, 'p');
    await expect
      .poll(() => page.evaluate(() => (globalThis as Record<string, unknown>)['printed']))
      .toBe(true);
    expect(await page.locator('.print-sheet').count()).toBe(0);
  });
});

describe('writing a study', () => {
  it('begins from the report, is kept at a pause and found again', async () => {
    const cases = await testCases();
    const window = await write(cases);
    const { page } = window;
    expect(await box(window, 'What happened').inputValue()).toBe(
      'Shown on arrival. The year had been printed anew.',
    );
    expect(await box(window, 'What to do in 12 seconds').inputValue()).toBe(
      'Read the second row of the zone twice.',
    );
    await box(window, 'Title').fill('A year printed anew');
    await page.getByText('Draft kept').waitFor();
    expect(contentOf(window, cases)?.title).toBe('A year printed anew');
    expect(await axeFindings(page)).toEqual([]);
    await picture(window, 'study-words');
    // A name is told where it stands.
    await box(window, 'What gave it away').fill('Ms Belmaro hesitated.');
    await page.getByText('This names somebody').or(page.getByText(/name/i).nth(1)).first().waitFor();
    await box(window, 'What gave it away').fill('The digit does not fit.');
    await press(window, 'Escape');
    await press(window, 'Escape');
    await page.getByRole('button', { name: /Correct/ }).waitFor();
    await press(window, 'F5');
    await press(window, '3');
    await page.getByRole('button', { name: 'A year printed anew' }).click();
    await expect.poll(() => box(window, 'Title').inputValue()).toBe('A year printed anew');
  });

  it('hides what tells of the holder, and leaves only when every part was looked at', async () => {
    const cases = await testCases();
    const window = await write(cases);
    const { page, station } = window;
    await box(window, 'Title').fill('A year printed anew');
    await press(window, 'Escape');
    await press(window, 'p');
    await press(window, 'n');
    const dialog = await openDialog(page);
    // Nobody has said yet where portrait and zone are.
    await dialog
      .getByText(/Say where portrait and zone are|Mark/)
      .first()
      .waitFor();
    const keep = dialog.getByRole('button', { name: /Keep this picture/ });
    expect(await keep.isDisabled()).toBe(true);
    await picture(window, 'study-picture-new', ['light', 'dark']);
    await dialog.getByText('Portrait', { exact: true }).click();
    await draw(window, [0.13, 0.22], [0.4, 0.64]);
    await dialog.getByText('Machine-readable zone', { exact: true }).click();
    await draw(window, [0.08, 0.72], [0.92, 0.92]);
    await dialog.getByText('The portrait is to be seen', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Cover portrait and zone' }).click();
    expect(await dialog.getByText('is to be seen', { exact: false }).count()).toBe(0);
    await dialog.getByText('Black box', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Box 2', exact: true }).waitFor();
    await draw(window, [0.42, 0.25], [0.7, 0.35]);
    await dialog.getByRole('button', { name: 'Box 3', exact: true }).waitFor();
    await dialog.getByText('Mark', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Add a mark' }).click();
    await dialog.getByRole('textbox', { name: 'Mark 1: what is to be seen' }).fill('A second edge');
    // The keys move what is chosen.
    const stage = dialog.getByRole('application');
    await stage.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    // The reader still finds a zone: it cannot be kept before that is covered.
    station.studies.zones = [{ x: 100, y: 100, width: 900, height: 80 }];
    await press(window, 'Control+Enter');
    await dialog.getByText('still reads a machine-readable zone', { exact: false }).waitFor();
    expect(await keep.isDisabled()).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
    await picture(window, 'study-picture', ['light', 'dark']);
    station.studies.zones = [];
    await dialog.getByRole('button', { name: 'Cover what was found' }).click();
    await press(window, 'Control+Enter');
    await dialog.getByRole('textbox', { name: 'Caption' }).fill('The page without its holder');
    await press(window, 'Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Draft kept').waitFor();
    const [image] = contentOf(window, cases)?.images ?? [];
    expect(image?.hidden).toHaveLength(4);
    expect(image?.marks).toMatchObject([{ label: 'A second edge' }]);
    await picture(window, 'study-pictures', ['light', 'dark']);

    await press(window, 'q');
    await box(window, 'Question').fill('What showed it first?');
    await box(window, 'Answer 1').fill('The check digit');
    await box(window, 'Answer 2').fill('The portrait');
    await page.getByRole('button', { name: 'One more answer' }).click();
    await box(window, 'Answer 3').fill('The cover');
    await page.getByRole('button', { name: 'Take away: Answer 3' }).click();
    await box(window, 'Why it is right').fill('It is made of the date alone.');
    await picture(window, 'study-question', ['light', 'dark']);
    await press(window, 'Escape');
    await press(window, 'l');
    await page.getByText('Exactly this leaves.', { exact: false }).waitFor();
    const publish = page.getByRole('button', { name: /Publish/ });
    expect(await publish.isDisabled()).toBe(true);
    await page.getByText('I have read this. It tells of nobody').click();
    expect(await publish.isDisabled()).toBe(true);
    await page.getByText('I have looked at this picture.', { exact: false }).click();
    await page.getByText('Every part is confirmed.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await picture(window, 'study-leaves');
    // What is changed afterwards must be looked at again.
    await press(window, 'w');
    await box(window, 'Title').fill('A year printed over');
    await page.getByText('Draft kept').waitFor();
    await press(window, 'Escape');
    await press(window, 'l');
    await page.getByText('I have read this. It tells of nobody').waitFor();
    expect(await publish.isDisabled()).toBe(true);
    await page.getByText('I have read this. It tells of nobody').click();
    await press(window, 'Control+Enter');
    await picture(window, 'study-submit', ['light', 'dark']);
    await press(window, 'Control+Enter');
    await page.getByText('4 case studies').waitFor();
    const row = station.reports.rows.find(({ kind }) => kind === 'case-study');
    expect(JSON.parse(station.reports.bodies.get(row?.id ?? '') ?? '{}')).toMatchObject({
      kind: 'case-study',
      title: 'A year printed over',
      question: { right: 0 },
    });
  });

  it('tells what stands in the way, part by part', async () => {
    const cases = await testCases();
    const window = await write(cases);
    const { page } = window;
    await press(window, 'l');
    await page.getByText('This still stands in the way:').waitFor();
    for (const place of ['Title', 'Question', 'Answer 1', 'Answer 2', 'Why it is right'])
      await page.getByRole('listitem').filter({ hasText: place }).first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await picture(window, 'study-missing', ['light', 'dark']);
  });

  it('stays open and says so while the station cannot keep it', async () => {
    const cases = await testCases();
    const window = await write(cases);
    const { page, station } = window;
    station.failures.set('study.save-draft', 'disk-full');
    await box(window, 'Title').fill('Kept nowhere yet');
    await page.getByText('The draft could not be kept.').waitFor();
    await press(window, 'Escape');
    await press(window, 'Escape');
    await page.getByRole('heading', { name: 'Writing a case study' }).waitFor();
    station.failures.delete('study.save-draft');
    await page.getByText('Draft kept').waitFor();
    expect(contentOf(window, cases)?.title).toBe('Kept nowhere yet');
  });
});

/** Draws a rectangle on the picture, in parts of it. */
async function draw({ page }: OpenWindow, [left, top]: [number, number], [right, bottom]: [number, number]) {
  const place = await page.getByRole('dialog').getByRole('application').boundingBox();
  if (place === null) throw new Error('there is no picture');
  await page.mouse.move(place.x + left * place.width, place.y + top * place.height);
  await page.mouse.down();
  await page.mouse.move(place.x + right * place.width, place.y + bottom * place.height, { steps: 4 });
  await page.mouse.up();
}

type Theme = 'light' | 'dark' | 'uv';

/** Pictures of what is on the screen at both sizes, in the themes given; nothing is wider than its place. */
async function picture(
  { page, station, push }: OpenWindow,
  name: string,
  themes: readonly Theme[] = ['light', 'dark', 'uv'],
): Promise<void> {
  const folder = join(ROOT, 'build/e2e/screens');
  mkdirSync(folder, { recursive: true });
  for (const theme of [...themes, 'light' as const]) {
    const { settings } = station.state;
    if (settings !== null) station.state = { ...station.state, settings: { ...settings, theme } };
    await push('station.changed', {});
    await page.locator(`[data-theme="${theme}"]`).first().waitFor({ state: 'attached' });
    for (const size of [
      { width: 1366, height: 768 },
      { width: 1920, height: 1080 },
    ]) {
      await page.setViewportSize(size);
      const path = join(folder, `${name}-${theme}-${size.width}.png`);
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
      expect.soft({ name, theme, misfits: await misfits(page) }).toEqual({ name, theme, misfits: [] });
    }
  }
  await page.setViewportSize({ width: 1366, height: 768 });
}
