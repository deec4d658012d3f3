// Measures the first-line lane: a scripted officer takes twenty travellers by camera and twenty by reader device, and
// every wait that the app causes is told apart from the time that a person takes to look.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { BenchResult } from '../../scripts/bench-result.ts';
import type { Specimen } from '../../shared/specimen/document.ts';
import { before, emptyTable, filmOf, FRAME } from '../e2e/film.ts';
import { startHost } from '../e2e/host.ts';
import { setUp } from '../e2e/steps.ts';
import { openWindow } from '../e2e/window.ts';
import { text } from '../e2e/words.ts';
import { sendBurst } from '../renderer/reader-device.ts';
import { inPageSource } from './lane/in-page.ts';
import { decide, type Passage } from './lane/officer.ts';
import { shift, SHIFT_LENGTH } from './lane/specimens.ts';
import { quantile } from './reading/score.ts';

/** One film holds so many documents: a longer one would fill the disk. */
const IN_ONE_FILM = 5;
/** Before those of a film, one that warms the recogniser, as the day's first traveller does; it is not counted. */
const WARMING = 1;
/** A document lies there longer than the script takes for it, and the table is seen between two. */
const SCENE_SECONDS = 6;
const TABLE_SECONDS = 2;
const MOST_ACTIONS = 6;

const GOAL_CAMERA_MS = 2_000;
const GOAL_DEVICE_MS = 100;
const GOAL_WHOLE_MS = 12_000;
const GOAL_KEY_MS = 50;

interface Measured {
  passages: Passage[];
  /** Event Timing of every key. */
  keysMs: number[];
}

/** `travellers`, or COUNTERCHECK_TRAVELLERS in the environment: fewer for a quick look. */
export async function bench({
  seed,
  travellers = Number(process.env['COUNTERCHECK_TRAVELLERS'] ?? SHIFT_LENGTH),
}: {
  seed: number;
  travellers?: number;
}): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-lane-'));
  try {
    const documents = shift(seed, travellers, new Date().toISOString().slice(0, 10));
    const device = await inWindow(folder, null, (page) => byDevice(page, documents));
    const camera: Measured = { passages: [], keysMs: [] };
    for (let at = 0; at < documents.length; at += IN_ONE_FILM) {
      const part = documents.slice(at, at + IN_ONE_FILM);
      const film = await filmWith(folder, part);
      const { passages, keysMs } = await inWindow(folder, film, (page) => byCamera(page, part));
      camera.passages.push(...passages);
      camera.keysMs.push(...keysMs);
      rmSync(film);
    }
    return judged(documents, device, camera);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const p95 = (values: readonly number[]): number => Math.round(quantile(values, 0.95));
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

function judged(documents: readonly Specimen[], device: Measured, camera: Measured): BenchResult {
  const all = [...device.passages, ...camera.passages];
  const known = new Set(documents.map(({ lines }) => lines.join()));
  const waits = (one: Measured) => one.passages.flatMap((passage) => passage.waits);
  const rows = (one: Measured) => one.passages.map((passage) => passage.waits[0] ?? 0);
  const answers = (one: Measured) => one.passages.flatMap((passage) => passage.waits.slice(1));
  const whole = (one: Measured) => one.passages.map((passage) => sum(passage.waits) + passage.humanMs);
  const figures = {
    travellersByDevice: device.passages.length,
    travellersByCamera: camera.passages.length,
    exact: all.filter(({ lines }) => known.has(lines.join())).length,
    actionsMost: Math.max(...all.map(({ actions }) => actions)),
    keysThatDidNothing: sum(all.map(({ blocked }) => blocked)),
    deviceWaitP95Ms: p95(waits(device)),
    deviceRowsP95Ms: p95(rows(device)),
    deviceWaitsOfATravellerP95Ms: p95(device.passages.map((passage) => sum(passage.waits))),
    cameraWaitP95Ms: p95(waits(camera)),
    cameraRowsMedianMs: Math.round(quantile(rows(camera), 0.5)),
    cameraRowsP95Ms: p95(rows(camera)),
    cameraWaitsOfATravellerP95Ms: p95(camera.passages.map((passage) => sum(passage.waits))),
    answerToAKeyP95Ms: p95([...answers(device), ...answers(camera)]),
    savedP95Ms: p95(all.map(({ savedMs }) => savedMs)),
    keyToPaintP95Ms: p95([...device.keysMs, ...camera.keysMs]),
    humanMedianMs: Math.round(
      quantile(
        all.map(({ humanMs }) => humanMs),
        0.5,
      ),
    ),
    deviceWholeP95Ms: p95(whole(device)),
    cameraWholeP95Ms: p95(whole(camera)),
  };
  return {
    figures,
    goals: {
      'every document came to its decision, read exactly': figures.exact === 2 * documents.length,
      'waiting caused by the app by camera: 95 of 100 travellers under 2 s':
        figures.cameraWaitsOfATravellerP95Ms < GOAL_CAMERA_MS,
      'waiting caused by the app by reader device: 95 of 100 travellers under 0.1 s':
        figures.deviceWaitsOfATravellerP95Ms < GOAL_DEVICE_MS,
      'at most six actions': figures.actionsMost <= MOST_ACTIONS,
      'no step is blocked': figures.keysThatDidNothing === 0,
      'from the first to the last key with reading times: 95 of 100 within 12 s':
        Math.max(figures.deviceWholeP95Ms, figures.cameraWholeP95Ms) <= GOAL_WHOLE_MS,
      'key to paint: 95 of 100 under 50 ms': figures.keyToPaintP95Ms < GOAL_KEY_MS,
    },
  };
}

/** A host and a window of their own; the film is the camera. */
async function inWindow(
  folder: string,
  camera: string | null,
  measure: (page: Page) => Promise<Passage[]>,
): Promise<Measured> {
  const host = await startHost({ dataFolder: mkdtempSync(join(folder, 'data-')) });
  try {
    const { page, context } = await openWindow(host, camera === null ? {} : { camera });
    try {
      await setUp(page);
      const words = { rows: text('examine.rows'), card: text('lane.card'), saved: text('examine.saved') };
      await page.evaluate(inPageSource(words));
      const passages = await measure(page);
      return { passages, keysMs: await page.evaluate(() => window.officer.eventTimings()) };
    } finally {
      await context.close();
    }
  } finally {
    await host.stop();
  }
}

async function byDevice(page: Page, documents: readonly Specimen[]): Promise<Passage[]> {
  const passages: Passage[] = [];
  for (const { lines } of documents) {
    await page.evaluate((rows) => window.officer.expectRows(rows), lines.join(''));
    const lastKeyAt = await sendBurst(page, lines, { isPaced: true });
    const stoodAt = await page.evaluate(() => window.officer.rowsStoodAt());
    if (stoodAt === null) throw new Error('the rows of a reader device did not come');
    passages.push(told(await decide(page, stoodAt - lastKeyAt)));
  }
  return passages;
}

/** The film goes round: what warmed the recogniser comes last. */
async function byCamera(page: Page, documents: readonly Specimen[]): Promise<Passage[]> {
  await page.keyboard.press('v');
  const passages: Passage[] = [];
  while (passages.length < documents.length + WARMING) {
    const waited = await page.evaluate(() => window.officer.rowsAfterCamera());
    if (waited === null) throw new Error('no document was read by the camera');
    passages.push(told(await decide(page, waited)));
  }
  return passages.slice(WARMING);
}

function told(passage: Passage): Passage {
  const waits = passage.waits.map((ms) => Math.round(ms)).join(' ');
  process.stderr.write(
    `${passage.actions} actions, ${passage.humanMs} ms of a person, waits: ${waits} ms, saved: ${Math.round(passage.savedMs)} ms\n`,
  );
  return passage;
}

/** The table, then each document and the table again. */
function filmWith(folder: string, documents: readonly Specimen[]): Promise<string> {
  const table = { seconds: TABLE_SECONDS, image: emptyTable(FRAME) };
  const scenes = documents.flatMap((document) => [
    { seconds: SCENE_SECONDS, image: before(document, document.kind === 'id-card' ? { fill: 0.7 } : {}) },
    table,
  ]);
  return filmOf(folder, 'film', [table, ...scenes]);
}
