// Measures the live camera: how many frames a second are looked at, and how long it takes from a document before the
// camera to its lines in the lane, without a key.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { before, documentOf, emptyTable, filmOf } from '../e2e/film.ts';
import { startHost } from '../e2e/host.ts';
import { setUp } from '../e2e/steps.ts';
import { openWindow } from '../e2e/window.ts';
import { text } from '../e2e/words.ts';
import { processesBelow, processorMs } from './reading/process-tree.ts';
import { quantile } from './reading/score.ts';

/** What the window asks a camera for. */
const FULL_HD = { width: 1920, height: 1080 } as const;
const WATCH_MS = 10_000;
const READINGS = 10;
const SCENE_SECONDS = 5;
const TABLE_SECONDS = 3;
const LIMIT_MS = 60_000;

const GOAL_LOOKS = 5;
const GOAL_LINES_MS = 2_000;

/** `readings` fewer for a quick look. */
export async function bench({
  seed,
  readings = READINGS,
}: {
  seed: number;
  readings?: number;
}): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-live-'));
  try {
    const [passport, card] = [documentOf('passport', seed + 1), documentOf('id-card', seed + 2)];
    const table = emptyTable(FULL_HD);
    const [one, other] = [before(passport, FULL_HD), before(card, { ...FULL_HD, fill: 0.7 })];
    const films = {
      table: await filmOf(folder, 'table', [{ seconds: 1, image: table }]),
      lying: await filmOf(folder, 'lying', [{ seconds: 1, image: one }]),
      coming: await filmOf(folder, 'coming', [
        { seconds: TABLE_SECONDS, image: table },
        { seconds: SCENE_SECONDS, image: one },
        { seconds: TABLE_SECONDS, image: table },
        { seconds: SCENE_SECONDS, image: other },
      ]),
    };
    const empty = await inWindow(folder, films.table, (page) => looks(page));
    const lying = await inWindow(folder, films.lying, async (page) => {
      await rows(page);
      // Once it was taken it lies there still: it is looked at, and read now and then.
      await dropLane(page);
      return looks(page);
    });
    const coming = await inWindow(folder, films.coming, (page) =>
      times(page, readings, [passport.lines, card.lines]),
    );
    const p95 = Math.round(quantile(coming.linesMs, 0.95));
    return {
      figures: {
        looksPerSecondOnAnEmptyTable: empty.perSecond,
        looksPerSecondOnADocument: lying.perSecond,
        processorMsPerLookOnAnEmptyTable: empty.processorMs,
        processorMsPerLookOnADocument: lying.processorMs,
        readings: coming.linesMs.length,
        exact: coming.exact,
        linesMedianMs: Math.round(quantile(coming.linesMs, 0.5)),
        linesP95Ms: p95,
      },
      goals: {
        'five frames a second are looked at': Math.min(empty.perSecond, lying.perSecond) >= GOAL_LOOKS,
        'every reading is exact': coming.exact === coming.linesMs.length,
        'from the document before the camera to its lines: 95 of 100 within 2 s': p95 <= GOAL_LINES_MS,
      },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A host and a window of their own with the film as the camera, which is on. */
async function inWindow<T>(folder: string, camera: string, measure: (page: Page) => Promise<T>): Promise<T> {
  const host = await startHost({ dataFolder: mkdtempSync(join(folder, 'data-')) });
  try {
    const window = await openWindow(host, { camera });
    try {
      await setUp(window.page);
      await window.page.keyboard.press('v');
      await window.page.getByRole('button', { name: text('examine.camera.take') }).waitFor();
      return await measure(window.page);
    } finally {
      await window.context.close();
    }
  } finally {
    await host.stop();
  }
}

interface Watched {
  /** When the live picture last became bright: a document came into it. */
  cameAt: number;
  /** When rows last appeared in the lane. */
  rowsAt: number;
}

/**
 * Notes in the page itself when a document comes into the picture and when its rows appear. It costs as much as a look
 * each time, so it is slow, and there only while times are taken.
 */
function watch(page: Page): Promise<void> {
  return page.evaluate((label) => {
    const watched: Watched = { cameAt: 0, rowsAt: 0 };
    Object.assign(globalThis, { watched });
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [8, 8];
    const context = canvas.getContext('2d', { willReadFrequently: true });
    let wasBright = false;
    let hadRows = false;
    const look = () => {
      const hasRows = document.querySelector(`[role="group"][aria-label="${label}"] input`) !== null;
      if (hasRows && !hadRows) watched.rowsAt = performance.now();
      hadRows = hasRows;
      const video = document.querySelector('video');
      if (video === null || video.videoWidth === 0 || context === null) return;
      context.drawImage(video, 0, 0, 8, 8);
      // The middle of the picture: the table is dark there, every document of Utopia light.
      const isBright = (context.getImageData(4, 4, 1, 1).data[1] ?? 0) > 150;
      if (isBright && !wasBright) watched.cameAt = performance.now();
      wasBright = isBright;
    };
    setInterval(look, 100);
  }, text('examine.rows'));
}

/** Frames looked at a second, and the processor time of browser and station for each. */
async function looks(page: Page): Promise<{ perSecond: number; processorMs: number }> {
  const stage = page.locator('[data-looks]');
  const count = async () => Number(await stage.getAttribute('data-looks'));
  while ((await count()) < 10) await pause(100);
  const app = () => processorMs(processesBelow(process.pid));
  const [begun, first, spent] = [performance.now(), await count(), app()];
  await pause(WATCH_MS);
  const [ended, last, used] = [performance.now(), await count(), app()];
  const perSecond = ((last - first) * 1_000) / (ended - begun);
  return {
    perSecond: Math.round(perSecond * 10) / 10,
    processorMs: Math.round((used - spent) / Math.max(1, last - first)),
  };
}

async function rows(page: Page): Promise<string[]> {
  const fields = page.getByRole('group', { name: text('examine.rows') }).getByRole('textbox');
  await fields.first().waitFor({ timeout: LIMIT_MS });
  return fields.evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value));
}

async function dropLane(page: Page): Promise<void> {
  await page.keyboard.press('x');
  await page.getByText(text('examine.drop.ask')).first().waitFor();
  await page.keyboard.press('x');
  await page.getByRole('button', { name: text('examine.camera.take') }).waitFor();
}

async function times(
  page: Page,
  readings: number,
  known: readonly (readonly string[])[],
): Promise<{ linesMs: number[]; exact: number }> {
  const linesMs: number[] = [];
  let exact = 0;
  await watch(page);
  // The first warms the recogniser and is not counted.
  for (let i = 0; i <= readings; i++) {
    const lines = await rows(page);
    const { cameAt, rowsAt } = await page.evaluate(
      () => (globalThis as unknown as { watched: Watched }).watched,
    );
    if (i > 0) {
      linesMs.push(rowsAt - cameAt);
      if (known.some((one) => one.join('\n') === lines.join('\n'))) exact += 1;
      process.stderr.write(`${i} of ${readings}: ${Math.round(rowsAt - cameAt)} ms\n`);
    }
    await dropLane(page);
  }
  return { linesMs, exact };
}
