// Kills two officers at work on cases again and again, and after each time looks whether every answered entry is there.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createApp } from '../../electron/app.ts';
import { loadImageKeys } from '../../electron/db/image-keys.ts';
import { openVault, sha256Of } from '../../electron/images/vault.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import { jpeg } from '../images/samples.ts';
import { NO_SHELL } from './no-shell.ts';
import { ADMINISTRATOR, CHEAP, databaseOf, EXAMINER, OFFICER, setUpFolder } from './set-up.ts';

export interface CaseKillVerdict {
  kills: number;
  /** Entries that were answered before a kill. */
  answered: number;
  /** Kills between the sending of an entry and its answer. */
  inEntry: number;
  /** Kinds of entry right after which a kill came. */
  after: string[];
  /** What was wrong, in words; empty where nothing was. */
  faults: string[];
}

interface Heard {
  begun: Set<string>;
  entered: Set<string>;
}

/** Entries of one case of the child. */
const STEPS = 12;

const ONCE = 'walks in for once';

/** A folder of a station with an examiner beside the supervisor. */
async function staffedFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'countercheck-kill-'));
  await setUpFolder(folder, { timeZone: 'UTC' });
  const app = await createApp({
    dataFolder: folder,
    version: '0',
    shell: NO_SHELL,
    kdf: CHEAP,
    report: (fault) => process.stderr.write(`${fault}\n`),
  });
  const ask = async (channel: string, input: unknown): Promise<void> => {
    const reply = JSON.parse(await app.dispatch(channel, JSON.stringify(input)));
    if (reply.ok !== true) throw new Error(`${channel}: ${reply.error.code}`);
  };
  const { id, secret, ...person } = EXAMINER;
  await ask('vault.sign-in', { officerId: ADMINISTRATOR.id, secret: ADMINISTRATOR.secret });
  await ask('people.save', { id, ...person, secret: ONCE });
  await ask('vault.sign-in', { officerId: id, secret: ONCE });
  await ask('vault.change-secret', { secret: ONCE, newSecret: secret });
  await app.close();
  return folder;
}

/** Right after the n-th answer, before anything more is sent; or so long after the n-th entry was sent. */
type Moment = { step: number } | { sent: number; afterMs: number };

async function runAndKill(
  folder: string,
  picture: string,
  moment: Moment,
  heard: Heard,
): Promise<{ last: string; inEntry: boolean; faults: string[] }> {
  const script = join(import.meta.dirname, 'kill-case-child.ts');
  const stopAfter = 'step' in moment ? String(moment.step) : '0';
  const child = spawn(process.execPath, [script, folder, picture, stopAfter], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'countercheck-kill-code') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (text: Buffer) => said.push(text.toString('utf8')));
  let timer: NodeJS.Timeout | undefined;
  let sent = 0;
  let answered = 0;
  let last = ['', ''];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [word = '', id = ''] = line.split(' ');
    if (word === 'begin') heard.begun.add(id);
    if (word === 'entered') heard.entered.add(id);
    last = [word, id];
    if (word === 'begin') sent += 1;
    if (word === 'entered') answered += 1;
    if ('step' in moment && answered === moment.step) child.kill('SIGKILL');
    if ('sent' in moment && sent >= moment.sent)
      timer ??= setTimeout(() => child.kill('SIGKILL'), moment.afterMs);
  });
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
  clearTimeout(timer);
  const faults =
    child.signalCode === 'SIGKILL' ? [] : [`the child ended by itself: ${said.join('').slice(0, 300)}`];
  return { last: last[1] ?? '', inEntry: last[0] === 'begin', faults };
}

/** Answers the kind of the entry that was answered last, and what is wrong. */
async function inspect(
  folder: string,
  heard: Heard,
  last: string,
): Promise<{ kind: string; faults: string[] }> {
  const faults: string[] = [];
  const report = (fault: string): void => void faults.push(fault);
  const app = await createApp({ dataFolder: folder, version: '0', shell: NO_SHELL, kdf: CHEAP, report });
  const ask = async (channel: string, input: unknown) =>
    JSON.parse(await app.dispatch(channel, JSON.stringify(input)));
  const entered = await ask('vault.sign-in', { officerId: OFFICER.id, secret: OFFICER.secret });
  if (entered.ok !== true) faults.push(`signed nobody in: ${entered.error.code}`);
  const verdict = app.verifyAudit();
  if (!verdict.ok) faults.push(`audit chain broken: ${JSON.stringify(verdict.breaks[0])}`);
  const listed = await ask('case.list', { show: 'all', limit: 200, offset: 0 });
  for (const { id } of listed.value?.rows ?? []) {
    const opened = await ask('case.open', { id });
    if (opened.ok !== true) faults.push(`a case does not open: ${opened.error.code}`);
  }
  await app.close();
  const db = await databaseOf(folder);
  for (const pragma of ['integrity_check', 'foreign_key_check']) {
    const answer = db.pragma(pragma, { simple: true });
    if (answer !== 'ok' && answer !== undefined) faults.push(`${pragma} failed`);
  }
  const rows = db.prepare<[], { id: string; kind: string }>('SELECT id, kind FROM case_entry').all();
  const kinds = new Map(rows.map(({ id, kind }) => [id, kind]));
  const gaps = db
    .prepare<[], number>(
      'SELECT count(*) FROM (SELECT max(seq) <> count(*) AS gap FROM case_entry GROUP BY examination_id) WHERE gap',
    )
    .pluck()
    .get();
  if (gaps !== 0) faults.push('entries of a case have gaps');
  const images = db
    .prepare<[], { id: string; sha256: string }>(
      'SELECT id, sha256 FROM image UNION ALL SELECT id, sha256 FROM case_image',
    )
    .all();
  const vault = openVault(join(folder, 'images'), loadImageKeys(db));
  db.close();
  for (const id of heard.entered) if (!kinds.has(id)) faults.push('an answered entry is missing');
  for (const id of kinds.keys()) if (!heard.begun.has(id)) faults.push('an entry nobody sent is there');
  for (const { id, sha256 } of images) {
    const image = await vault.get(id);
    if (typeof image === 'string') faults.push(`a picture of a case is ${image}`);
    else if (sha256Of(image.bytes) !== sha256) faults.push('a picture of a case is another');
  }
  const named = new Set(images.map(({ id }) => `${id}.ccimg`));
  const left = readdirSync(join(folder, 'images')).filter((name) => !named.has(name));
  if (left.length > 0) faults.push(`${left.length} files that nobody names`);
  return { kind: kinds.get(last) ?? '', faults };
}

/**
 * Kills `kills` times in one folder: first after each step of a case in its turn, then at random moments after an entry
 * was sent.
 */
export async function killInCases(options: { kills: number; seed: number }): Promise<CaseKillVerdict> {
  const random = createRandom(options.seed);
  const picture = (await jpeg()).toString('hex');
  const heard: Heard = { begun: new Set(), entered: new Set() };
  const verdict: CaseKillVerdict = { kills: 0, answered: 0, inEntry: 0, after: [], faults: [] };
  const folder = await staffedFolder();
  try {
    for (; verdict.kills < options.kills; verdict.kills += 1) {
      const step = verdict.kills + 1;
      const moment = step <= STEPS ? { step } : { sent: random.int(1, STEPS), afterMs: random.int(0, 8) };
      const run = await runAndKill(folder, picture, moment, heard);
      const seen = await inspect(folder, heard, run.last);
      if (run.inEntry) verdict.inEntry += 1;
      else verdict.after.push(seen.kind);
      verdict.faults.push(...run.faults, ...seen.faults);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  verdict.answered = heard.entered.size;
  return verdict;
}
