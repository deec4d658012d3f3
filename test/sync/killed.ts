// Histories with real processes: a whole station, the hub as it is started, its PostgreSQL, each killed in the middle.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { inviteStation } from '../../hub/network.ts';
import { createRandom, type Random } from '../../shared/specimen/prng.ts';
import { databaseOf, setUpFolder } from '../electron/set-up.ts';
import { jpeg } from '../images/samples.ts';
import { type HubProcess, startHubProcess, startNode } from './processes.ts';

export interface KilledFigures {
  histories: number;
  stationKills: number;
  hubKills: number;
  databaseKills: number;
  approved: number;
  pictures: number;
}

const CHILD = join(import.meta.dirname, 'station-child.ts');
/** Looking through all that was ever approved takes longer each time: then a folder has shown what it could. */
const HISTORIES_A_FOLDER = 12;
const FINISH_MS = 90_000;

interface Place {
  folder: string;
  code: string;
  picture: string;
  hub: HubProcess;
  /** Submissions that were answered. */
  answered: Set<string>;
}

type Ended = { faults: string[] };

const argsOf = ({ folder, code, picture, hub }: Place, seed: number, mode: 'work' | 'finish'): string[] => [
  folder,
  hub.address,
  code,
  String(seed),
  mode,
  picture,
];

/** Runs a station until it has submitted so many times, or is at it, and kills it a moment later. */
async function workAndKill(place: Place, random: Random): Promise<Ended> {
  const { child, lines, errors } = startNode(CHILD, argsOf(place, random.int(1, 1_000_000), 'work'));
  const turns = random.int(1, 4);
  const afterMs = random.next() * random.next() * 120;
  const gone = once(child, 'exit');
  let begun = 0;
  for (;;) {
    const { value, done } = await lines.next();
    if (done === true) break;
    const [word = '', id = ''] = value.split(' ');
    if (word === 'submitted') place.answered.add(id);
    if (word === 'begin') begun += 1;
    if (begun === turns) setTimeout(() => child.kill('SIGKILL'), afterMs);
  }
  await gone;
  return {
    faults:
      child.signalCode === 'SIGKILL' ? [] : [`the station ended by itself: ${errors.join('').slice(0, 300)}`],
  };
}

/** Lets a station send all that it has, over a network that is well. */
async function finish(place: Place): Promise<Ended> {
  const { child, lines, errors } = startNode(CHILD, argsOf(place, 1, 'finish'));
  const timer = setTimeout(() => child.kill('SIGKILL'), FINISH_MS);
  const gone = once(child, 'exit');
  let last = '';
  for (;;) {
    const { value, done } = await lines.next();
    if (done === true) break;
    last = value;
  }
  await gone;
  clearTimeout(timer);
  const faults = errors.map((text) => text.slice(0, 300));
  if (last !== 'empty') faults.push(`not everything was sent: ${last}`);
  return { faults };
}

interface Sent {
  id: string;
  body: Buffer;
  state: string;
}

/** Holds what the station approved against what the hub has of it. */
async function compare({
  folder,
  hub,
  answered,
}: Place): Promise<Ended & { approved: number; pictures: number }> {
  const db = await databaseOf(folder);
  const approved = db
    .prepare<[], Sent>(
      `SELECT report.id, body, outbox.state FROM report JOIN report_decision ON report_id = report.id
         JOIN outbox ON outbox.kind = 'report' AND subject = report.id WHERE decision = 'approved'`,
    )
    .all();
  const crops = db
    .prepare<[], { sha256: string; bytes: Buffer }>('SELECT sha256, bytes FROM report_crop')
    .all();
  const stationId = db.prepare<[], string>('SELECT station_id FROM hub_link').pluck().get();
  db.close();
  const faults: string[] = [];
  const own = new Set(approved.map(({ id }) => id));
  for (const id of answered) if (!own.has(id)) faults.push('a submission that was answered is not there');
  const { rows } = await again(() =>
    hub.database.pool.query<{ id: string; body: Buffer }>(
      'select id, body from report where station_id = $1',
      [stationId],
    ),
  );
  const there = new Map(rows.map(({ id, body }) => [id, body]));
  if (there.size !== rows.length) faults.push('a report is in the hub twice');
  for (const { id, body, state } of approved) {
    if (state !== 'sent') faults.push(`an approved report is ${state}`);
    if (there.get(id)?.equals(body) !== true)
      faults.push('an approved report is not in the hub as it was approved');
  }
  for (const { id } of rows) if (!own.has(id)) faults.push('a report is in the hub that nobody approved');
  for (const { sha256, bytes } of crops) {
    const pieces = await again(() =>
      hub.database.pool.query<{ bytes: Buffer }>(
        `select piece.bytes from image join image_piece piece
           on piece.sha256 = image.sha256 and piece.station_id = image.station_id
         where image.sha256 = $1 order by at_offset`,
        [Buffer.from(sha256, 'hex')],
      ),
    );
    const whole = Buffer.concat(pieces.rows.map((piece) => piece.bytes));
    if (!whole.equals(bytes)) faults.push('a picture is not in the hub as it was approved');
  }
  return { faults, approved: approved.length, pictures: crops.length };
}

/** The database may just have been killed for another history. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function newPlace(hub: HubProcess, picture: string): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'countercheck-killed-station-'));
  await setUpFolder(folder, { reportApproval: 'off', timeZone: 'UTC' });
  const agencyId = uuidv7();
  const { db } = hub.database;
  await again(() =>
    db
      .insertInto('agency')
      .values({ id: agencyId, name: `Agency ${agencyId}`, country: 'UTO' })
      .execute(),
  );
  const invited = await again(() => inviteStation(db, agencyId, 'history'));
  if (invited === null) throw new Error('nobody was invited');
  return { folder, code: invited.code, picture, hub, answered: new Set() };
}

function count(figures: KilledFigures, what: 'hub' | 'database' | 'both'): void {
  if (what !== 'database') figures.hubKills += 1;
  if (what !== 'hub') figures.databaseKills += 1;
}

async function playOne(place: Place, random: Random, figures: KilledFigures): Promise<string[]> {
  const faults: string[] = [];
  // Seldom twice: starting a station takes longer than all that is looked at.
  const kills = random.chance(0.2) ? 2 : 1;
  for (let kill = 0; kill < kills; kill += 1) {
    const what = random.chance(0.5) ? (['hub', 'database', 'both'] as const)[random.int(0, 2)] : undefined;
    const soon = random.range(200, 1200);
    const other = (async () => {
      if (what === undefined) return;
      await new Promise((resolve) => setTimeout(resolve, soon));
      count(figures, what);
      await place.hub.kill(what);
    })();
    faults.push(...(await workAndKill(place, random)).faults);
    figures.stationKills += 1;
    await other;
  }
  faults.push(...(await finish(place)).faults);
  return faults;
}

/** Plays histories with processes, some at a time on stations of their own, over one hub that all of them kill. */
export async function playKilled(options: {
  histories: number;
  seed: number;
  lanes: number;
}): Promise<{ figures: KilledFigures; faults: string[] }> {
  const { histories, seed, lanes } = options;
  const figures = { histories: 0, stationKills: 0, hubKills: 0, databaseKills: 0, approved: 0, pictures: 0 };
  const faults: string[] = [];
  const picture = (await jpeg()).toString('hex');
  const hub = await startHubProcess();
  let next = 0;

  async function lane(): Promise<void> {
    while (next < histories) {
      const place = await newPlace(hub, picture);
      try {
        for (let own = 0; own < HISTORIES_A_FOLDER && next < histories; own += 1) {
          next += 1;
          const random = createRandom(seed * 10_000 + next);
          const found = await playOne(place, random, figures);
          faults.push(...found.map((fault) => `history ${next} with processes: ${fault}`));
          figures.histories += 1;
        }
        const compared = await compare(place);
        faults.push(...compared.faults);
        figures.approved += compared.approved;
        figures.pictures += compared.pictures;
      } finally {
        rmSync(place.folder, { recursive: true, force: true });
      }
    }
  }

  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    await hub.stop();
  }
  return { figures, faults };
}
