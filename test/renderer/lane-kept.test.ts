// What is written beside a question of the lane waits through a lock for whoever wrote it, beside the draft.
import { expect, it, vi } from 'vitest';
import { TD3 } from '../mrz/specimens.ts';
import { OFFICER, SECOND_OFFICER, sessionOf } from './fake-station.ts';
import type { OpenWindow } from './harness.ts';
import { closeAfterEach, laneWith, press, type } from './lane-window.ts';

vi.setConfig({ testTimeout: 90_000 });
closeAfterEach();

async function lockAndSignIn({ page, station, push }: OpenWindow, officer = OFFICER): Promise<void> {
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  const session = sessionOf(officer, { signedInAt: new Date().toISOString() });
  station.vault = { ...station.vault, phase: 'open', session };
  await push('vault.changed', {});
  await page.getByRole('heading', { name: 'Locked' }).waitFor({ state: 'detached' });
  await page.getByText('ERIKSSON, ANNA MARIA').first().waitFor();
}

/** Opens the question of a doubt; its key acts as soon as the draft is back. */
async function askDoubt(window: OpenWindow) {
  const note = window.page.getByRole('textbox', { name: 'Note, if there is time' });
  await expect
    .poll(async () => {
      if ((await note.count()) === 0) await press(window, 'd');
      return note.count();
    })
    .toBe(1);
  return note;
}

it('a note of a doubt is there again for its officer, and for nobody else', async () => {
  const window = await laneWith(TD3);
  const { page, station } = window;
  await page.getByText('ERIKSSON, ANNA MARIA').first().waitFor();
  await expect.poll(() => station.draft).not.toBeNull();
  await (await askDoubt(window)).focus();
  await type(window, 'Lifted');
  await lockAndSignIn(window, SECOND_OFFICER);
  expect(await (await askDoubt(window)).inputValue()).toBe('');
  await lockAndSignIn(window);
  expect(await (await askDoubt(window)).inputValue()).toBe('Lifted');
});
