// The detective, the print and the visa over the real station: what was said is judged there, kept and shown again.
import { expect, test, vi } from 'vitest';
import { sendBurst } from '../renderer/reader-device.ts';
import { shareWindow } from './shared-window.ts';
import { decide, openHistory, pressUntil, see, seeNoMore, typeByHand } from './steps.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
// The specimen of ICAO Doc 9303-4, valid until 2032, and a visa label of the same bearer.
const PASSPORT = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F3204153ZE184226B<<<<<16',
];
const VISA = ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L8988901C4UTO7408122F2702102<<<<<<<<<<<<<<<<'];

const station = shareWindow(() =>
  Promise.resolve({ personal: [...PASSPORT, ...VISA, 'L898902C3', 'L898902C8', 'X1234567', 'ERIKSSON'] }),
);

test('what was said of page and label is judged by the station, kept with the record and shown in History', async () => {
  const { page } = station.window;
  await sendBurst(page, PASSPORT);
  await see(page, text('examine.findings.none'));
  await page.keyboard.press('g');
  await see(page, text('print.title'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('e');
  await page.locator('input:focus').waitFor();
  await typeByHand(page, 'L898902C8');
  await page.keyboard.press('Enter');
  await see(page, text('finding.x.num.title'));
  await page.keyboard.press('Escape');
  await seeNoMore(page, text('print.title'));

  await page.keyboard.press('a');
  await see(page, text('examine.next-document'));
  await sendBurst(page, VISA);
  await see(page, text('document-type.visa_label'));
  await pressUntil(page, 'b', page.getByRole('heading', { name: text('visa.title') }));
  await page.keyboard.press('e');
  await page.locator('input:focus').waitFor();
  await typeByHand(page, 'X1234567');
  await see(page, text('finding.x.visa.number-renewed.title'));
  await page.keyboard.press('Escape');
  await see(page, text('examine.draft.kept'));
  await decide(page, 'd', text('reason.mrz'));
  await page.keyboard.press('4');
  await see(page, text('examine.saved.referred'));

  await openHistory(page);
  await see(page, text('history.count', { count: 1 }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page
    .getByRole('heading', { name: text('history.page-said') })
    .first()
    .waitFor();
  const shown = await page.locator('main').innerText();
  for (const words of [
    'L898902C8',
    'X1234567',
    text('finding.x.num.title'),
    text('finding.x.visa.number-renewed.title'),
  ]) {
    expect(shown).toContain(words);
  }
  // The rules are those of today: nothing would be told otherwise.
  expect(shown).not.toContain(text('history.again.added', { finding: '' }).trim());
});
