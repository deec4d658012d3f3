// A scripted officer at the lane: what they press for each traveller, and how long the app lets them wait.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { text } from '../../e2e/words.ts';
import './in-page.ts';

/** What became of one traveller; times in milliseconds. */
export interface Passage {
  lines: string[];
  /** From the document to its rows and its card, then from each key but the last to what it did. */
  waits: number[];
  /** From the last key until the traveller is saved and the lane takes the next. */
  savedMs: number;
  /** Keys pressed. */
  actions: number;
  /** Keys that did nothing and had to be pressed again. */
  blocked: number;
  /** What a person takes beside: the face, what is looked at, glances, the way of the finger. */
  humanMs: number;
}

/** Reading times of a person (c.2 of the design): the face, a feature, a glance, a key. */
const FACE_MS = 4_000;
const FEATURE_MS = 2_000;
const GLANCE_MS = 1_000;
const KEY_MS = 300;
/** Two keys of a person are never as close as those of a reader device; the hand of the script is quick. */
const HAND_MS = 120;
/** A second decision within a second is taken for a slip of the finger; no traveller is over so soon. */
const DECISION_MS = 1_050;

/** Presses once and waits for the answer; once more where nothing came. */
async function press(page: Page, key: string, passage: Passage): Promise<number> {
  for (let tries = 0; tries < 3; tries += 1) {
    await pause(HAND_MS);
    await page.evaluate(() => window.officer.arm());
    await page.keyboard.press(key);
    const waited = await page.evaluate(() => window.officer.answer());
    passage.actions += 1;
    passage.humanMs += KEY_MS;
    if (waited !== null) return waited;
    passage.blocked += 1;
  }
  throw new Error(`nothing answers ${key}`);
}

/** Rows as they stand in the lane. */
export function rowsOf(page: Page): Promise<string[]> {
  const fields = page.getByRole('group', { name: text('examine.rows') }).getByRole('textbox');
  return fields.evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value));
}

/**
 * Takes one traveller from the rows in the lane to the decision: the face, every point of the card, the question where
 * there is one, and C; with a finding D and its reason instead. `firstWait`: that for the rows.
 */
export async function decide(page: Page, firstWait: number): Promise<Passage> {
  const lines = await rowsOf(page);
  const passage: Passage = {
    lines,
    waits: [firstWait],
    savedMs: 0,
    actions: 0,
    blocked: 0,
    humanMs: FACE_MS,
  };
  const begun = performance.now();
  const card = page.getByRole('region', { name: text('lane.card') });
  const isFlagged = (await page.locator('[data-finding][data-severity="look"]').count()) > 0;
  for (let point = 0; (await card.getByRole('heading').count()) > 0; point += 1) {
    // The first is the feature of this type; the others, what a finding asks among them, take a glance.
    passage.humanMs += point === 0 ? FEATURE_MS : GLANCE_MS;
    // The last needs no key of its own: the decision follows it.
    if ((await card.locator('[data-last]').count()) > 0) break;
    passage.waits.push(await press(page, 'Space', passage));
  }
  // Longer than the script needs, shorter than a person takes.
  await pause(Math.max(0, DECISION_MS - (performance.now() - begun)));
  if (isFlagged) passage.waits.push(await press(page, 'd', passage));
  passage.savedMs = await press(page, isFlagged ? '4' : 'c', passage);
  return passage;
}
