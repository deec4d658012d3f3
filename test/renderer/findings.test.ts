// The findings strip in a real browser, against a fake station: doubt is never told as nothing to look at.
import { expect, it, vi } from 'vitest';
import type { ReadingSubmission } from '../../shared/contract/records.ts';
import { newId } from '../../renderer/lib/id.ts';
import { TD3_LASTING } from '../mrz/specimens.ts';
import { closeAfterEach, lane, laneWith, press } from './lane-window.ts';

vi.setConfig({ testTimeout: 60_000 });

closeAfterEach();

const reading: ReadingSubmission = {
  source: 'image',
  lines: [...TD3_LASTING],
  rawLines: [...TD3_LASTING],
  corrections: [],
  lowConfidence: [],
  confidence: 0.9,
  outline: null,
  imageId: null,
};

it.each([
  [[], 'Automatic checks done: nothing to look at'],
  [
    [{ line: 1, column: 10 }],
    'Automatic checks done: nothing but 1 doubtful character. Compare it with the document.',
  ],
  [
    [
      { line: 0, column: 3 },
      { line: 1, column: 10 },
    ],
    'Automatic checks done: nothing but 2 doubtful characters. Compare them with the document.',
  ],
])('with the doubtful places %j says: %s', async (lowConfidence, said) => {
  const { page } = await lane((station) => {
    station.draft = {
      id: newId(),
      startedAt: '2026-11-22T07:02:00.000Z',
      documents: [{ id: newId(), images: [], reading: { ...reading, lowConfidence } }],
    };
  });
  await page.getByRole('region', { name: 'Findings' }).getByText(said, { exact: true }).waitFor();
});

it('says how many findings there are and goes through them by L', async () => {
  const window = await laneWith(TD3_LASTING.map((row) => row.replace('7408122', '7408123')));
  const { page } = window;
  await page.getByRole('button', { name: /Next of 2$/ }).click();
  const pressed = () =>
    page
      .locator('[data-finding]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-pressed') === 'true'));
  expect(await pressed()).toEqual([true, false]);
  await press(window, 'l');
  expect(await pressed()).toEqual([false, true]);
});
