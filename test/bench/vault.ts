// A million records and a hundred thousand pictures: start to sign-in, search, durable save, growth; beside plain SQLite.
import { spawn } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { v7 as uuidv7 } from 'uuid';
import { createApp, type App } from '../../electron/app.ts';
import { searchHistory } from '../../electron/db/history.ts';
import { type Db, emptyLog } from '../../electron/db/open.ts';
import { loadStation } from '../../electron/db/station.ts';
import { withJudgement } from '../../electron/services/judgement.ts';
import type { BenchResult } from '../../scripts/bench-result.ts';
import type { Channel, Input, Output } from '../../shared/contract/channels.ts';
import type { HistoryFilter, ReadingSubmission } from '../../shared/contract/records.ts';
import { readKeyFile } from '../../electron/vault/key-file.ts';
import { stretch } from '../../electron/vault/kdf.ts';
import { createRandom, type Random } from '../../shared/specimen/prng.ts';
import { NO_SHELL } from '../electron/no-shell.ts';
import { databaseOf, OFFICER, setupOf } from '../electron/set-up.ts';
import { jpeg } from '../images/samples.ts';
import { makeZone } from './detective/zones.ts';
import { fill, FOLLOWED } from './vault/fill.ts';
import { makeSearches } from './vault/searches.ts';
import { plainCopy, type PlainSave, saveInVault, savePlainly, withNewIds } from './vault/plain.ts';

const RECORDS = 1_000_000;
const PICTURE_EVERY = 10;
const PICTURE_BYTES = 20_000;
const SAVES = 300;
const WARM = 20;

const GOALS = { startMs: 5_000, guessMs: 400, searchMs: 50, saveMs: 40, times: 1.5, recordBytes: 2_048 };

export function bench({ seed }: { seed: number }): Promise<BenchResult> {
  return measure({ seed, records: RECORDS });
}

const note = (text: string): void => void process.stderr.write(`${text}\n`);
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** The value below which this share lies. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

function timed<T>(work: () => T): [T, number] {
  const startedAt = performance.now();
  const value = work();
  return [value, performance.now() - startedAt];
}

async function ask<C extends Channel>(app: App, channel: C, input: Input<C>): Promise<Output<C>> {
  const reply: { ok: boolean; value: Output<C>; error?: { code: string } } = JSON.parse(
    await app.dispatch(channel, JSON.stringify(input)),
  );
  if (!reply.ok) throw new Error(`${channel}: ${reply.error?.code}`);
  return reply.value;
}

const open = (dataFolder: string): Promise<App> =>
  createApp({ dataFolder, version: '0', shell: NO_SHELL, report: note });

/** Files that look like closed pictures; none of them is opened here. */
function writePictures(folder: string, ids: readonly string[]): void {
  const bytes = Buffer.alloc(PICTURE_BYTES);
  for (const id of ids) {
    randomFillSync(bytes, 0, 64);
    bytes.write('CCIMG2', 'latin1');
    bytes.writeUInt32BE(1, 6);
    writeFileSync(join(folder, `${id}.ccimg`), bytes);
  }
}

/** A station with its records and pictures; answers how many bytes a record takes. */
async function makeStation(folder: string, seed: number, records: number): Promise<number> {
  const app = await open(folder);
  await ask(app, 'station.setup', setupOf({ clearedPolicy: 'record', timeZone: 'UTC' }));
  await app.close();
  const db = await databaseOf(folder);
  const { id: stationId } = loadStation(db);
  const path = join(folder, 'station.db');
  const before = statSync(path).size;
  const author = { stationId, officerId: OFFICER.id, officerName: OFFICER.name };
  const pictures = fill(db, author, { records, pictureEvery: PICTURE_EVERY, seed });
  emptyLog(db);
  db.close();
  writePictures(join(folder, 'images'), pictures);
  return (statSync(path).size - before) / records;
}

/** Milliseconds from the start of a process until it could be signed in at, and until it was. */
async function start(folder: string): Promise<{ state: number; signedIn: number; cpu: number }> {
  const child = join(import.meta.dirname, 'vault', 'start-child.ts');
  const startedAt = performance.now();
  const run = spawn(process.execPath, [child, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const seen = new Map<string, number>();
  let cpu = 0;
  for await (const line of createInterface({ input: run.stdout })) {
    if (line.startsWith('cpu ')) cpu = Number(line.slice('cpu '.length));
    seen.set(line, performance.now() - startedAt);
  }
  const [state, signedIn] = [seen.get('state'), seen.get('signed-in')];
  if (state === undefined || signedIn === undefined) throw new Error('the station did not start');
  return { state, signedIn, cpu };
}

/** Processor time of one guess at the officer's secret by whoever has the folder; the cheapest of three. */
async function guess(folder: string): Promise<number> {
  const person = readKeyFile(join(folder, 'station.keys')).people.find(({ id }) => id === OFFICER.id);
  if (person === undefined) throw new Error('nobody to guess at');
  const costs: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const before = process.cpuUsage();
    await stretch(`${turn}02917`, Buffer.from(person.salt, 'base64'), person.kdf);
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1000);
  }
  return Math.min(...costs);
}

/** The same search in both stores, in turn; each first in every other pair, as the system's memory serves the second. */
function compareSearches(store: Db, plain: Db, wanted: readonly HistoryFilter[]) {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (const [index, filter] of wanted.entries()) {
    const pair = [
      (): void => void ours.push(timed(() => searchHistory(store, filter))[1]),
      (): void => void theirs.push(timed(() => searchHistory(plain, filter))[1]),
    ];
    for (const run of index % 2 === 0 ? pair : pair.toReversed()) run();
  }
  return { ours, theirs };
}

function readingOf(lines: string[], imageId: string): ReadingSubmission {
  const rest = { corrections: [], lowConfidence: [], confidence: 0.98, outline: null };
  return { source: 'camera', lines, rawLines: lines, imageId, ...rest };
}

/** One examination by the station's own door: how many milliseconds until it was answered, and the rows it wrote. */
async function saveOne(app: App, stationId: string, random: Random, picture: Buffer) {
  const image: { ok: boolean; value: { id: string; sha256: string } } = JSON.parse(
    await app.putImage(picture),
  );
  const { lines } = makeZone(random);
  const id = uuidv7();
  const light = { light: 'white', source: 'camera' } as const;
  const document = {
    id: uuidv7(),
    images: [{ id: image.value.id, ...light }],
    reading: readingOf(lines, image.value.id),
  };
  const at = new Date().toISOString();
  const judgedOn = at.slice(0, 10);
  const draft = { id, startedAt: at, documents: [document] };
  const decision = { id: uuidv7(), outcome: 'referred' as const, reasons: ['at-second-line'], note: '' };
  await ask(app, 'draft.save', draft);
  const body = JSON.stringify({ ...draft, judgedOn, decision });
  const startedAt = performance.now();
  const reply = await app.dispatch('examination.save', body);
  const ours = performance.now() - startedAt;
  if (!reply.startsWith('{"ok":true')) throw new Error(reply);
  const [judged] = withJudgement([document], judgedOn, 'en');
  if (judged === undefined) throw new Error('nothing was judged');
  const images = [{ id: image.value.id, ...light, sha256: image.value.sha256, width: 1600, height: 1130 }];
  const author = { stationId, officerId: OFFICER.id, officerName: OFFICER.name };
  const where = { stationCode: 'ZEN-01', place: 'Port of Zenda' };
  const examination = {
    ...where,
    id,
    startedAt: at,
    savedAt: at,
    savedOn: judgedOn,
    submittedSha256: image.value.sha256,
    procedure: FOLLOWED,
    documents: [{ ...judged, images }],
  };
  return { ours, rows: { author, examination, decision: { ...decision, at, replaces: null } } };
}

/**
 * The rows of the same examinations, once more: into the vault as the station writes them (enciphered, with digest,
 * chain and signature) and into the plain file, in turn, each a durable transaction of its own.
 */
function compareSaves(store: Db, plain: Db, saved: readonly PlainSave[]) {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (const [index, rows] of saved.entries()) {
    const pair = [
      (): void => void ours.push(timed(() => saveInVault(store, withNewIds(rows)))[1]),
      (): void => void theirs.push(timed(() => savePlainly(plain, rows))[1]),
    ];
    for (const run of index % 2 === 0 ? pair : pair.toReversed()) run();
  }
  return { ours: ours.slice(WARM), theirs: theirs.slice(WARM) };
}

async function measureStation(folder: string, searches: readonly HistoryFilter[], seed: number) {
  const app = await open(folder);
  const { signInName: name, secret } = OFFICER;
  await ask(app, 'vault.sign-in', { name, secret });
  const { stationId } = await ask(app, 'station.state', {});
  const random = createRandom(seed);
  const picture = await jpeg();
  const saves: number[] = [];
  const saved: PlainSave[] = [];
  for (let turn = 0; turn < SAVES + WARM; turn += 1) {
    if (turn % 50 === 0) await ask(app, 'vault.touch', {});
    const { ours, rows } = await saveOne(app, stationId, random, picture);
    if (turn >= WARM) saves.push(ours);
    saved.push(rows);
  }
  const asked: number[] = [];
  for (const filter of searches) {
    if (asked.length % 50 === 0) await ask(app, 'vault.touch', {});
    const startedAt = performance.now();
    await ask(app, 'history.search', filter);
    asked.push(performance.now() - startedAt);
  }
  await app.close();
  return { saves, saved, asked };
}

/** The same with fewer records, for a quick look. */
export async function measure({ seed, records }: { seed: number; records: number }): Promise<BenchResult> {
  const place = mkdtempSync(join(tmpdir(), 'countercheck-bench-vault-'));
  try {
    const folder = join(place, 'data');
    mkdirSync(folder);
    note(`making ${records} records: some minutes`);
    const recordBytes = await makeStation(folder, seed, records);
    note('starting');
    const starts = [await start(folder), await start(folder), await start(folder)];
    const guessMs = await guess(folder);
    const store = await databaseOf(folder);
    note('copying them into a plain file');
    const plain = plainCopy(store, join(place, 'plain.db'));
    const searches = makeSearches(plain, createRandom(seed));
    compareSearches(store, plain, searches.slice(0, WARM));
    const search = compareSearches(store, plain, searches);
    store.close();
    note('saving and searching at the station');
    const { saves, saved, asked } = await measureStation(folder, searches, seed);
    const again = await databaseOf(folder);
    const save = compareSaves(again, plain, saved);
    again.close();
    plain.close();
    const figures = {
      records,
      pictures: Math.ceil(records / PICTURE_EVERY),
      recordBytes: Math.round(recordBytes),
      startToSignInScreenMs: Math.round(Math.max(...starts.map(({ state }) => state))),
      startToSignedInMs: Math.round(Math.max(...starts.map(({ signedIn }) => signedIn))),
      startProcessorMs: Math.max(...starts.map(({ cpu }) => cpu)),
      guessProcessorMs: Math.round(guessMs),
      searchMedianMs: round(quantile(asked, 0.5)),
      searchP95Ms: round(quantile(asked, 0.95)),
      searchWorstMs: round(Math.max(...asked)),
      searchStoreP95Ms: round(quantile(search.ours, 0.95)),
      searchPlainP95Ms: round(quantile(search.theirs, 0.95)),
      searchTimesMean: round(sum(search.ours) / sum(search.theirs), 2),
      searchTimesMedian: round(quantile(search.ours, 0.5) / quantile(search.theirs, 0.5), 2),
      searchTimesP95: round(quantile(search.ours, 0.95) / quantile(search.theirs, 0.95), 2),
      saveMedianMs: round(quantile(saves, 0.5)),
      saveP95Ms: round(quantile(saves, 0.95)),
      saveStoreMedianMs: round(quantile(save.ours, 0.5)),
      saveStoreP95Ms: round(quantile(save.ours, 0.95)),
      savePlainMedianMs: round(quantile(save.theirs, 0.5)),
      savePlainP95Ms: round(quantile(save.theirs, 0.95)),
      saveTimesMean: round(sum(save.ours) / sum(save.theirs), 2),
      saveTimesMedian: round(quantile(save.ours, 0.5) / quantile(save.theirs, 0.5), 2),
      saveTimesP95: round(quantile(save.ours, 0.95) / quantile(save.theirs, 0.95), 2),
    };
    return {
      figures,
      goals: {
        'start to signed in under 5 s': figures.startToSignedInMs < GOALS.startMs,
        'a guess at a secret costs 0.4 s of a processor': figures.guessProcessorMs >= GOALS.guessMs,
        'search, 95 of 100 under 50 ms': figures.searchP95Ms < GOALS.searchMs,
        'searches within 1.5 times of plain SQLite: all together, median, 95 of 100':
          Math.max(figures.searchTimesMean, figures.searchTimesMedian, figures.searchTimesP95) <= GOALS.times,
        'durable save, 95 of 100 under 40 ms': figures.saveP95Ms < GOALS.saveMs,
        'saves within 1.5 times of plain SQLite: all together, median, 95 of 100':
          Math.max(figures.saveTimesMean, figures.saveTimesMedian, figures.saveTimesP95) <= GOALS.times,
        'a record takes under 2 kB': figures.recordBytes < GOALS.recordBytes,
      },
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
