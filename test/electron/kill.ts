// Kills a saving station again and again, and after each time looks whether all that was answered is there.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createApp } from '../../electron/app.ts';
import { loadImageKeys } from '../../electron/db/image-keys.ts';
import { openVault, sha256Of } from '../../electron/images/vault.ts';
import { createRandom, type Random } from '../../shared/specimen/prng.ts';
import { jpeg } from '../images/samples.ts';
import { NO_SHELL } from './no-shell.ts';
import { CHEAP, databaseOf, OFFICER } from './set-up.ts';

export interface KillFigures {
  kills: number;
  /** Saves that were answered before a kill. */
  answered: number;
  counted: number;
  /** Kills that fell between the beginning and the answer of a save. */
  inSave: number;
  examinations: number;
  pictures: number;
}

export interface KillVerdict {
  figures: KillFigures;
  /** What was wrong, in words; empty where nothing was. */
  faults: string[];
}

interface Heard {
  saved: Set<string>;
  counted: Set<string>;
  drafts: Set<string>;
  begun: Set<string>;
}

/** Holds code alone. */
const CODE_CACHE = join(tmpdir(), 'countercheck-kill-code');
/** Looking through everything that was ever saved takes longer each time: then a folder has shown what it could. */
const KILLS_A_FOLDER = 50;

const gone = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.once('close', () => resolve()));

const nothingHeard = (): Heard => ({
  saved: new Set(),
  counted: new Set(),
  drafts: new Set(),
  begun: new Set(),
});

/** When to kill: so long after the store begins to open, or so long after the n-th save began. */
type Moment = { startMs: number } | { save: number; afterMs: number };

/** Runs one child until its moment has come, and hears what it says was answered. */
async function runAndKill(
  folder: string,
  picture: string,
  moment: Moment,
  heard: Heard,
): Promise<{ inSave: boolean; faults: string[] }> {
  const script = join(import.meta.dirname, 'kill-child.ts');
  const child = spawn(process.execPath, [script, folder, picture], {
    // Compiled once for all: what is to be killed is a station, not a compiler.
    env: { ...process.env, NODE_COMPILE_CACHE: CODE_CACHE },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (text: Buffer) => said.push(text.toString('utf8')));
  const sets = { saved: heard.saved, counted: heard.counted, draft: heard.drafts, begin: heard.begun };
  const kill = (afterMs: number): NodeJS.Timeout => setTimeout(() => child.kill('SIGKILL'), afterMs);
  let timer: NodeJS.Timeout | undefined;
  let saves = 0;
  let last = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [word = '', id = ''] = line.split(' ');
    if (word in sets) sets[word as keyof typeof sets].add(id);
    if (word === 'begin') saves += 1;
    last = word;
    if ('startMs' in moment && word === 'opening') timer ??= kill(moment.startMs);
    if ('save' in moment && saves >= moment.save) timer ??= kill(moment.afterMs);
  });
  await gone(child);
  clearTimeout(timer);
  const killed = child.signalCode === 'SIGKILL';
  const faults = killed ? [] : [`the child ended by itself: ${said.join('').slice(0, 300)}`];
  return { inSave: last === 'begin', faults };
}

interface Seen {
  faults: string[];
  examinations: number;
  pictures: number;
}

async function inspect(folder: string, heard: Heard): Promise<Seen> {
  const faults: string[] = [];
  const app = await createApp({
    dataFolder: folder,
    version: '0',
    shell: NO_SHELL,
    kdf: CHEAP,
    report: (fault) => faults.push(fault),
  });
  if (app.failure !== null) return { faults: [`did not open: ${app.failure}`], examinations: 0, pictures: 0 };
  const { phase } = JSON.parse(await app.dispatch('vault.state', '{}')).value;
  if (phase === 'new') {
    await app.close();
    const lost = heard.saved.size + heard.counted.size + heard.drafts.size;
    return { faults: lost > 0 ? ['the station is new again'] : faults, examinations: 0, pictures: 0 };
  }
  const { id: officerId, secret } = OFFICER;
  const entered = JSON.parse(await app.dispatch('vault.sign-in', JSON.stringify({ officerId, secret })));
  if (entered.ok !== true) {
    await app.close();
    return { faults: [`signed nobody in: ${entered.error.code}`], examinations: 0, pictures: 0 };
  }
  const verdict = app.verifyAudit();
  if (!verdict.ok) faults.push(`audit chain broken: ${JSON.stringify(verdict.breaks[0])}`);
  const draft = JSON.parse(await app.dispatch('draft.load', '{}')).value?.draft ?? null;
  const all = { text: '', state: '', from: null, to: null, outcome: null, limit: 1, offset: 0 };
  const { clearedToday } = JSON.parse(await app.dispatch('history.search', JSON.stringify(all))).value;
  await app.close();

  const db = await databaseOf(folder);
  const check = db.pragma('integrity_check', { simple: true });
  if (check !== 'ok') faults.push('integrity_check failed');
  if (db.pragma('foreign_key_check', { simple: true }) !== undefined) faults.push('foreign_key_check failed');
  const examinations = new Set(db.prepare<[], string>('SELECT id FROM examination').pluck().all());
  const half = db
    .prepare(
      `SELECT count(*) FROM examination WHERE id NOT IN (SELECT examination_id FROM decision)
         OR id NOT IN (SELECT examination_id FROM document)
         OR (SELECT count(*) FROM image JOIN document ON document.id = image.document_id
              WHERE document.examination_id = examination.id) <> 2`,
    )
    .pluck()
    .get();
  if (half !== 0) faults.push(`${String(half)} examinations are half there`);
  const images = db.prepare<[], { id: string; sha256: string }>('SELECT id, sha256 FROM image').all();
  const keys = loadImageKeys(db);
  db.close();
  for (const id of heard.saved) if (!examinations.has(id)) faults.push('an answered examination is missing');
  for (const id of heard.counted) if (examinations.has(id)) faults.push('a counted traveller is recorded');
  if (clearedToday < heard.counted.size) faults.push('an answered count is missing');
  for (const id of examinations) if (!heard.begun.has(id)) faults.push('an examination nobody sent is there');

  const vault = openVault(join(folder, 'images'), keys);
  for (const { id, sha256 } of images) {
    const image = await vault.get(id);
    if (typeof image === 'string') faults.push(`a recorded picture is ${image}`);
    else if (sha256Of(image.bytes) !== sha256) faults.push('a recorded picture is another');
  }
  const inDraft = (draft?.documents ?? []).flatMap(
    (document: { images: { id: string }[] }) => document.images,
  );
  for (const { id } of inDraft)
    if (typeof (await vault.get(id)) === 'string') faults.push('a draft lost a picture');
  const named = new Set([...images, ...inDraft].map(({ id }) => `${id}.ccimg`));
  const left = readdirSync(join(folder, 'images')).filter((name) => !named.has(name));
  if (left.length > 0) faults.push(`${left.length} files that nobody names`);
  // The newest draft that was acknowledged and neither saved nor begun must still be there.
  const open = [...heard.drafts].filter((id) => !heard.begun.has(id)).at(-1);
  if (open !== undefined && draft?.id !== open) faults.push('an acknowledged draft is missing');
  heard.drafts.clear();
  return { faults, examinations: examinations.size, pictures: images.length };
}

/** One folder after the other, each killed at random moments again and again. */
async function runLane(kills: number, random: Random, picture: string): Promise<KillVerdict> {
  const figures: KillFigures = { kills, answered: 0, counted: 0, inSave: 0, examinations: 0, pictures: 0 };
  const faults: string[] = [];
  const folderOf = (): string => mkdtempSync(join(tmpdir(), 'countercheck-kill-'));

  async function killOnce(folder: string, heard: Heard, moment: Moment): Promise<Omit<Seen, 'faults'>> {
    const run = await runAndKill(folder, picture, moment, heard);
    if (run.inSave) figures.inSave += 1;
    const seen = await inspect(folder, heard);
    faults.push(...run.faults, ...seen.faults);
    return seen;
  }

  for (let done = 0; done < kills; ) {
    const folder = folderOf();
    const heard = nothingHeard();
    let last = { examinations: 0, pictures: 0 };
    try {
      for (let kill = 0; kill < KILLS_A_FOLDER && done < kills; kill += 1, done += 1) {
        if (done % 10 !== 9) {
          const moment = { save: random.int(1, 4), afterMs: random.next() * random.next() * 40 };
          last = await killOnce(folder, heard, moment);
          continue;
        }
        const moment = { startMs: random.range(0, 200) };
        if (random.chance(0.5)) {
          last = await killOnce(folder, heard, moment);
          continue;
        }
        const fresh = folderOf();
        await killOnce(fresh, nothingHeard(), moment);
        rmSync(fresh, { recursive: true, force: true });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    figures.answered += heard.saved.size + heard.counted.size;
    figures.counted += heard.counted.size;
    figures.examinations += last.examinations;
    figures.pictures += last.pictures;
  }
  return { figures, faults };
}

/**
 * Kills `kills` stations at random moments, on as many folders at a time as there are `lanes`. Every tenth kill falls
 * into the start, half of these into the very first start of a folder of its own.
 */
export async function killAgainAndAgain(options: {
  kills: number;
  seed: number;
  lanes: number;
}): Promise<KillVerdict> {
  const { kills, seed, lanes } = options;
  const picture = (await jpeg()).toString('hex');
  const shares = Array.from({ length: lanes }, (_, lane) => Math.floor((kills + lane) / lanes));
  const verdicts = await Promise.all(
    shares.map((share, lane) => runLane(share, createRandom(seed * lanes + lane), picture)),
  );
  const sum = (figure: keyof KillFigures): number =>
    verdicts.reduce((total, { figures }) => total + figures[figure], 0);
  return {
    figures: {
      kills: sum('kills'),
      answered: sum('answered'),
      counted: sum('counted'),
      inSave: sum('inSave'),
      examinations: sum('examinations'),
      pictures: sum('pictures'),
    },
    faults: verdicts.flatMap(({ faults }) => faults),
  };
}
