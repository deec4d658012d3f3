// The first-line lane at the real station: the card of its own procedure, the portrait, and a document that comes again.
import { expect, test, vi } from 'vitest';
import { SPECIMEN_SET } from '../../shared/specimen/set.ts';
import { sendBurst } from '../renderer/reader-device.ts';
import { documentOf } from './film.ts';
import { shareWindow } from './shared-window.ts';
import { decide, ready, see, seePicture } from './steps.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });
const passport = documentOf('passport', 29);
const station = shareWindow(async () => ({ personal: passport.lines }));

const card = () => station.window.page.getByRole('region', { name: text('lane.card') });

test('points of the procedure under one key, then one key more; the same document is known again', async () => {
  const { page } = station.window;
  await ready(page);
  await sendBurst(page, passport.lines);
  const points = card().getByRole('heading');
  await points.waitFor();
  const seen: string[] = [];
  // The keys of the device are stamped ahead of the clock; a person looks at the face meanwhile.
  await page.waitForTimeout(900);
  for (; (await points.count()) > 0 && seen.length < 5; ) {
    seen.push(await points.innerText());
    await page.keyboard.press('Space');
    await page.waitForFunction((before) => !document.body.textContent.includes(before), seen.at(-1) ?? '');
  }
  expect(seen).toHaveLength(3);
  await see(page, text('lane.card.done', { count: 3 }));
  await decide(page, 'c', text('examine.saved.counted'));

  await sendBurst(page, passport.lines);
  await points.waitFor();
  const [before = ''] = text('lane.seen.clear', { time: '{time}' }).split('{time}');
  await see(page, before);
  await page.waitForTimeout(900);
  await decide(page, 'c', text('examine.saved.counted'));
});

test('the portrait of a specimen stands large beside the decision', async () => {
  const { page } = station.window;
  const [good] = SPECIMEN_SET;
  await page.getByRole('button', { name: text(good?.titleId ?? '') }).click();
  await seePicture(page.getByRole('img', { name: text('lane.face.portrait') }));
  await decide(page, 'c', text('examine.saved.counted'));
});
