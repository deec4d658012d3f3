// Random histories of one station and a real hub: reports written, approved and sent back while the network, the clock and
// both sides fail. At the end everything that was approved lies in the hub once, byte for byte, and nothing else.
import type { Db } from '../../electron/db/open.ts';
import { loadHub, savePaused } from '../../electron/db/hub-link.ts';
import { outboxRows } from '../../electron/db/outbox.ts';
import { createRandom, type Random } from '../../shared/specimen/prng.ts';
import { PIECE_BYTES } from '../../shared/wire/api.ts';
import { v7 as uuidv7 } from 'uuid';
import { badNetwork, type BadNetwork, type Mishap } from './bad-network.ts';
import { carryByHand } from './by-hand.ts';
import { compare } from './compare.ts';
import type { Ground, InjectedHub } from './ground.ts';
import {
  approve,
  enrolledStore,
  isEmpty,
  openStore,
  runStation,
  type RunningStation,
  sendBack,
  type StationIds,
  type Written,
  writeReport,
} from './test-station.ts';

export interface HistoryFigures {
  approved: number;
  pictures: number;
  requests: number;
  stationRestarts: number;
  hubRestarts: number;
  /** Files that somebody set out with. */
  carried: number;
  mishaps: Record<Mishap | 'well', number>;
}

export interface HistoryVerdict {
  figures: HistoryFigures;
  /** What was wrong, in words; empty where nothing was. */
  faults: string[];
}

/** Milliseconds stand for seconds: the same order of things in a thousandth of the time. */
const PACE = {
  firstMs: 4,
  longestMs: 25,
  answerMs: 300,
  lookMs: 1000,
  longestPauseMs: 20,
  usualPauseMs: 5,
};
const LATE_MS = 320;
const DAY_MS = 24 * 60 * 60_000;
/** Far more than any history takes on a busy machine: who is not done by then does not get done. */
const PATIENCE_MS = 60_000;
/** When the network is well, no machine is too busy to answer within this. */
const PATIENT = { ...PACE, answerMs: 20_000 };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A station that is killed and started again, on the bytes of its store. */
interface Life {
  station: RunningStation;
  kill(pace?: typeof PACE): void;
  end(): Promise<void>;
}

function startLife(db: Db, network: BadNetwork, now: () => Date, faults: string[]): Life {
  let current = run(db);
  const ended: Promise<void>[] = [];
  const left: Db[] = [];
  function run(own: Db, pace = PACE): RunningStation {
    // A listening connection would be held open by nobody here.
    const transport: BadNetwork['transport'] = (url, init) =>
      url.endsWith('/v1/feed/events')
        ? Promise.reject(new TypeError('no stream'))
        : network.transport(url, init);
    const report = (error: unknown): void => void faults.push(`a fault of ours: ${String(error)}`);
    return runStation(own, { transport, pace, now, report });
  }
  return {
    get station() {
      return current;
    },
    kill(pace) {
      // What was committed until now is what lies on the disk; the one before goes on without a disk for a moment.
      const bytes = current.db.serialize();
      ended.push(current.sync.stop());
      left.push(current.db);
      current = run(openStore(bytes), pace);
    },
    async end() {
      await current.sync.stop();
      await Promise.all(ended);
      for (const each of left) each.close();
    },
  };
}

interface Story {
  random: Random;
  life: Life;
  ids: StationIds;
  /** By their ids. */
  approved: Map<string, Written>;
  waiting: Written[];
  ground: Ground;
  hub: InjectedHub;
  /** What goes on beside the acts. */
  errands: Promise<void>[];
  figures: HistoryFigures;
  /** This machine's clock. */
  clock: { offsetMs: number };
  now: () => Date;
}

function pictureSizes(random: Random): number[] {
  if (random.chance(0.65)) return [];
  const small = (): number => random.int(20, 4000);
  if (random.chance(0.8)) return Array.from({ length: random.int(1, 3) }, small);
  return [random.int(PIECE_BYTES - 1, 2 * PIECE_BYTES + 2)];
}

function write({ random, life, ids, approved, waiting, now }: Story): void {
  const waits = random.chance(0.3);
  const pictureBytes = pictureSizes(random);
  const written = writeReport(life.station, ids, random, { pictureBytes, waits, at: now() });
  if (waits) waiting.push(written);
  else approved.set(written.id, written);
}

function decide({ random, life, approved, waiting, now }: Story): void {
  const [written] = waiting.splice(random.int(0, Math.max(0, waiting.length - 1)), 1);
  if (written === undefined) return;
  if (random.chance(0.3)) {
    sendBack(life.station, written.id, now());
    return;
  }
  approve(life.station, written.id, now());
  approved.set(written.id, written);
}

/** Beside whatever the network does with the same reports meanwhile. */
function carry({ ground, life, random, now, figures, errands }: Story): void {
  figures.carried += 1;
  const own = random.fork(`stick ${figures.carried}`);
  const means = { random: own, now, pause: () => pause(own.range(0, 20)) };
  errands.push(carryByHand(ground, () => life.station.db, means));
}

async function act(story: Story): Promise<void> {
  const { random, life, hub, figures, clock } = story;
  const chosen = random.next();
  if (chosen < 0.42) write(story);
  else if (chosen < 0.54) decide(story);
  else if (chosen < 0.62) carry(story);
  else if (chosen < 0.77) {
    life.kill();
    figures.stationRestarts += 1;
  } else if (chosen < 0.81) {
    await hub.restart();
    figures.hubRestarts += 1;
  } else if (chosen < 0.86) clock.offsetMs = random.chance(0.5) ? 0 : random.range(-3, 3) * DAY_MS;
  else if (chosen < 0.92) savePaused(life.station.db, random.chance(0.4) ? story.now().toISOString() : null);
  else life.station.sync.hurry();
  await pause(random.chance(0.5) ? 0 : random.range(0, 8));
}

/** The network is well again, nobody pauses any more: now everything must arrive. */
async function settle({ life }: Story, network: BadNetwork): Promise<string[]> {
  network.calm();
  savePaused(life.station.db, null);
  life.kill(PATIENT);
  const until = performance.now() + PATIENCE_MS;
  while (!isEmpty(life.station.db)) {
    const { db } = life.station;
    if (performance.now() > until)
      return outboxRows(db)
        .filter(({ state }) => state !== 'sent')
        .map(({ state, reason }) => `not sent: ${state} ${reason} ${loadHub(db)?.stopped}`);
    await pause(3);
  }
  return [];
}

async function enterAtHub({ database }: Ground, ids: StationIds, keys: { signKey: string; boxKey: string }) {
  const { stationId: id, agencyId } = ids;
  await database.db
    .insertInto('agency')
    .values({ id: agencyId, name: `Agency ${agencyId}`, country: 'UTO' })
    .execute();
  const station = { code: 'UT-1', place: 'Utopia', country: 'UTO' };
  const own = {
    sign_key: Buffer.from(keys.signKey, 'base64url'),
    box_key: Buffer.from(keys.boxKey, 'base64url'),
  };
  await database.db
    .insertInto('station')
    .values({ id, agency_id: agencyId, ...station, ...own })
    .execute();
}

/** Plays one history over the hub and looks what came of it. */
export async function playHistory(seed: number, ground: Ground, hub: InjectedHub): Promise<HistoryVerdict> {
  const random = createRandom(seed);
  const ids = { stationId: uuidv7(), agencyId: uuidv7() };
  const { identity } = ground;
  const { db, ...keys } = enrolledStore(ids, {
    hubId: identity.id,
    signKey: identity.signKey.toString('base64url'),
    boxKey: identity.boxKey.toString('base64url'),
  });
  await enterAtHub(ground, ids, keys);
  const rate = random.range(0.05, 0.85);
  const network = badNetwork(hub.ask, { random: random.fork('network'), rate, lateMs: LATE_MS });
  const clock = { offsetMs: random.chance(0.3) ? (random.chance(0.5) ? 3 : -3) * DAY_MS : 0 };
  const now = (): Date => new Date(Date.now() + clock.offsetMs);
  const faults: string[] = [];
  const figures: HistoryFigures = {
    approved: 0,
    pictures: 0,
    requests: 0,
    stationRestarts: 0,
    hubRestarts: 0,
    carried: 0,
    mishaps: network.happened,
  };
  const life = startLife(db, network, now, faults);
  const story: Story = {
    random,
    life,
    ids,
    ground,
    hub,
    errands: [],
    figures,
    clock,
    now,
    approved: new Map(),
    waiting: [],
  };
  const acts = random.int(4, 14);
  for (let act_ = 0; act_ < acts; act_ += 1) await act(story);
  if (story.approved.size === 0) write(story);
  await Promise.all(story.errands);
  faults.push(...(await settle(story, network)));
  await life.end();
  faults.push(...(await compare(life.station.db, ground, story)));
  figures.approved = story.approved.size;
  figures.pictures = [...story.approved.values()].reduce((sum, { crops }) => sum + crops.length, 0);
  figures.requests = Object.values(network.happened).reduce((sum, count) => sum + count, 0);
  life.station.db.close();
  return { figures, faults: faults.map((fault) => `history ${seed}: ${fault}`) };
}
