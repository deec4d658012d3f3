// Measures the case of the second line: an examiner answers every item of a passport by keys, and what each key does is
// on the screen in time and in the station for good.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { BenchResult } from '../../scripts/bench-result.ts';
import type { CaseView } from '../../shared/contract/cases.ts';
import { startHost } from '../e2e/host.ts';
import { specimenFile } from '../e2e/pictures.ts';
import { drop, see, setUp, WAIT_MS } from '../e2e/steps.ts';
import { openWindow } from '../e2e/window.ts';
import { text } from '../e2e/words.ts';
import { IN_PAGE } from './case/in-page.ts';
import { quantile } from './reading/score.ts';

/** Two keys of a person are never as close as those of a reader device. */
const HAND_MS = 120;
const GOAL_KEY_MS = 50;
/** Round the letters: what matches goes on by itself, what differs stays until the next key. */
const ROUND = ['1', '2', 'Space', '1', '4', 'ArrowDown', '1', 'ArrowUp', '2', 'ArrowDown', '1'];
const LETTERS = ['f', 'a', 'l', 's', 'e', 'd', 'o', 'c', 'j', 'h'];

interface Measured {
  /** From each key to the frame in which the case changed; null where nothing did. */
  changes: (number | null)[];
  timings: number[];
  answers: number;
  view: CaseView;
}

export async function bench(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-case-'));
  const host = await startHost({ dataFolder: folder });
  try {
    const { page, context } = await openWindow(host);
    try {
      await setUp(page);
      return judged(await measure(page));
    } finally {
      await context.close();
    }
  } finally {
    await host.stop();
    rmSync(folder, { recursive: true });
  }
}

async function measure(page: Page): Promise<Measured> {
  const id = await openOne(page);
  await page.evaluate(IN_PAGE);
  const changes: Measured['changes'] = [];
  let answers = 0;
  for (const key of LETTERS.flatMap((letter) => [letter, ...ROUND])) {
    await pause(HAND_MS);
    await page.evaluate(() => window.caseKeys.arm());
    await page.keyboard.press(key);
    changes.push(await page.evaluate(() => window.caseKeys.changed()));
    if (/^[1-4]$/.test(key)) answers += 1;
  }
  // The browser tells of an event when it has time.
  await pause(1_000);
  const timings = await page.evaluate(() => window.caseKeys.eventTimings());
  return { changes, timings, answers, view: await viewOf(page, id) };
}

/** A doubt at the counter, opened and taken by keys; answers its id. */
async function openOne(page: Page): Promise<string> {
  const { jpeg, lines } = await specimenFile('utopia-passport-birth');
  await drop(page, { name: 'passport.jpg', bytes: jpeg });
  const rows = page.getByRole('group', { name: text('examine.rows') }).getByRole('textbox');
  await rows.nth(lines.length - 1).waitFor({ timeout: WAIT_MS });
  await pause(HAND_MS);
  await page.keyboard.press('d');
  await see(page, text('reason.at-second-line'));
  await page.getByRole('listbox').locator(':focus').waitFor();
  await page.keyboard.press('Enter');
  await see(page, text('examine.saved.referred'));
  await page.keyboard.press('F2');
  const row = page.locator('tbody tr:focus');
  await row.waitFor();
  const id = (await row.getAttribute('data-id')) ?? '';
  await page.keyboard.press('Enter');
  await page.locator('canvas[data-sharp=true]').waitFor();
  await pause(HAND_MS);
  await page.keyboard.press('w');
  await page.getByRole('dialog').locator(':focus').waitFor();
  await pause(HAND_MS);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await see(page, text('cases.state.held.you'));
  return id;
}

async function viewOf(page: Page, id: string): Promise<CaseView> {
  const reply = await page.evaluate(async (examinationId) => {
    const body = JSON.stringify({ id: examinationId });
    return (await (await fetch('/rpc/case.open', { method: 'POST', body })).json()) as { value: never };
  }, id);
  return reply.value as CaseView;
}

function judged({ changes, timings, answers, view }: Measured): BenchResult {
  const seen = changes.filter((ms) => ms !== null);
  const kept = view.entries.filter(({ kind }) => kind === 'answer').length;
  const figures = {
    keys: changes.length,
    keysThatDidNothing: changes.length - seen.length,
    keyToPaintMedianMs: Math.round(quantile(timings, 0.5)),
    keyToPaintP95Ms: Math.round(quantile(timings, 0.95)),
    // With the 60 ms in which a letter is told from one of a reader device.
    keyToChangeP95Ms: Math.round(quantile(seen, 0.95)),
    answersGiven: answers,
    answersInTheStation: kept,
  };
  return {
    figures,
    goals: {
      'key to paint: 95 of 100 under 50 ms': figures.keyToPaintP95Ms < GOAL_KEY_MS,
      'every answer lies in the station': kept === answers,
    },
  };
}
