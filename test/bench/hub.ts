// A thousand stations come back with fifty reports each, over HTTP and a PostgreSQL that waits for its disk; beside bare
// inserts. Then lists and the feed of a hundred thousand reports. Hub, stations and bare inserts are processes of their own.
import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase, type HubDatabase } from '../../hub/db/open.ts';
import { hubFolder } from '../../hub/postgres/folder.ts';
import { type Connection, keepPostgres } from '../../hub/postgres/keeper.ts';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { openFolder } from '../hub/cluster.ts';
import { type Child, startChild } from './hub/child.ts';
import { fillPolicy, fillReports } from './hub/fill.ts';
import { readFeed, timeLists } from './hub/lists.ts';
import { makeStations, openStations } from './hub/stations.ts';

const STATIONS = 1000;
const AGENCIES = 20;
const REPORTS = 50;
const POOL = 10;
const KEPT = 100_000;
/** Askings of each kind of list by each of two stations: enough that the slowest of twenty is more than one. */
const ASKINGS = 60;
const LIST_MS = 100;

const round = (value: number, digits = 0): number => Number(value.toFixed(digits));
const note = (text: string): void => void process.stderr.write(`${text}\n`);

export async function bench({ seed }: { seed: number }): Promise<BenchResult> {
  const folder = openFolder('bench-hub', 'disk');
  const kept = await keepPostgres({ folder: hubFolder(folder) });
  const database = openDatabase(kept.connection, 2);
  try {
    await migrate(database.pool);
    const stations = join(folder, 'stations.json');
    await makeStations(database, stations, { stations: STATIONS, agencies: AGENCIES });
    const place = { database, connection: kept.connection, stations, seed };
    const coming = await comingBack(place);
    const kepts = await manyKept(place);
    return {
      figures: { ...coming.figures, ...kepts.figures },
      goals: { ...coming.goals, ...kepts.goals },
    };
  } finally {
    await database.close();
    await kept.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Place {
  database: HubDatabase;
  connection: Connection;
  stations: string;
  seed: number;
}

const emptied = (database: HubDatabase): Promise<unknown> =>
  database.pool.query('truncate report, report_image, alert_read, feed, feed_waiting, nonce, trend_row');

/** Inserts a second, of the same rows into the same table; nobody else works on it meanwhile. Leaves it empty. */
async function bareInserts({ database, connection, stations, seed }: Place): Promise<number> {
  await emptied(database);
  const job = { connection, pool: POOL, stations, reports: REPORTS, seed };
  const child = startChild('bare.ts', job);
  await child.heard();
  child.say('go');
  const { ms } = await child.heard();
  await child.ended();
  await emptied(database);
  const rate = (STATIONS * REPORTS) / (Number(ms) / 1000);
  note(`bare inserts: ${round(rate)} a second`);
  return rate;
}

async function memory(service: Child): Promise<{ rss: number; cpuMs: number }> {
  service.say('memory');
  const { rss, cpuMs } = await service.heard();
  return { rss: Number(rss), cpuMs: Number(cpuMs) };
}

async function comingBack(place: Place): Promise<BenchResult> {
  const { database, connection, stations, seed } = place;
  const [load = 0] = loadavg();
  const before = await bareInserts(place);
  const service = startChild('service.ts', { connection, pool: POOL });
  const { address, hubId } = await service.heard();
  const senders = startChild('senders.ts', { address, hubId, stations, reports: REPORTS, seed });
  await senders.heard();
  senders.say('go');
  await senders.heard();
  const fifth = await memory(service);
  const { ms, cpuMs, answered, wrong } = await senders.heard();
  const end = await memory(service);
  await senders.ended();
  const rate = (STATIONS * REPORTS) / (Number(ms) / 1000);
  note(`hub: ${round(rate)} reports a second, ${end.cpuMs} ms of processor`);
  const { rows } = await database.pool.query<{ stored: number; placed: number; waiting: number }>(
    `select (select count(*) from report)::int as stored,
      (select count(distinct subject) from feed where kind = 'report')::int as placed,
      (select count(*) from feed_waiting)::int as waiting`,
  );
  service.say('end');
  await service.ended();
  const after = await bareInserts(place);
  const { stored = 0, placed = 0, waiting = 0 } = rows[0] ?? {};
  const bare = (before + after) / 2;
  return {
    figures: {
      stations: STATIONS,
      'reports sent': STATIONS * REPORTS,
      'reports answered': Number(answered),
      'answers without the right receipt': Number(wrong),
      'reports stored': stored,
      'reports with a place in the feed': placed,
      'reports a second': round(rate),
      'bare inserts a second, before': round(before),
      'bare inserts a second, after': round(after),
      'share of bare inserts': round(rate / bare, 2),
      'hub memory at a fifth, MiB': round(fifth.rss / 2 ** 20),
      'hub memory at the end, MiB': round(end.rss / 2 ** 20),
      'hub processor time a report, microseconds': round((end.cpuMs * 1000) / (STATIONS * REPORTS)),
      'stations’ processor time a report, microseconds': round((Number(cpuMs) * 1000) / (STATIONS * REPORTS)),
      'processes that wanted a processor, before': round(load, 1),
    },
    goals: {
      'every report is in, once': stored === STATIONS * REPORTS && Number(wrong) === 0,
      'every report has its place in the feed': placed + waiting === STATIONS * REPORTS,
      'at least half of bare inserts': rate >= bare / 2,
      'memory is flat': end.rss <= fifth.rss * 1.2,
    },
  };
}

/** The value below which this share lies. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

async function manyKept({ database, connection, stations: path, seed }: Place): Promise<BenchResult> {
  const stations = openStations(path);
  const [reader, outsider] = stations;
  if (!reader || !outsider) throw new Error('too few stations');
  await fillReports(database, stations, { reports: KEPT, seed });
  const agencies = [...new Set(stations.map(({ agencyId }) => agencyId))].filter(
    (id) => id !== reader.agencyId && id !== outsider.agencyId,
  );
  await fillPolicy(database, { agencies, outsider: outsider.agencyId });
  // What the database does by itself within minutes; a year's reports came within seconds.
  await database.pool.query('vacuum analyze report');
  await database.pool.query('checkpoint');
  const service = startChild('service.ts', { connection, pool: POOL });
  const { address, hubId } = await service.heard();
  const served = { address: String(address), hubId: String(hubId) };
  const taken = await timeLists(served, [reader, outsider], { times: ASKINGS, seed });
  const slowest = [...taken]
    .map(([name, values]) => ({ name, p95: quantile(values, 0.95) }))
    .toSorted((a, b) => b.p95 - a.p95);
  for (const { name, p95 } of slowest) note(`list ${name}: p95 ${round(p95, 1)} ms`);
  let fifth = 0;
  const begun = performance.now();
  const read = await readFeed(served, reader, async (reports) => {
    if (fifth === 0 && reports >= KEPT / 5) fifth = (await memory(service)).rss;
  });
  const seconds = (performance.now() - begun) / 1000;
  const end = (await memory(service)).rss;
  service.say('end');
  await service.ended();
  return {
    figures: {
      'reports kept': KEPT,
      'lists asked for': [...taken.values()].reduce((sum, values) => sum + values.length, 0),
      'slowest list p95, ms': round(slowest[0]?.p95 ?? 0, 1),
      'all lists p95, ms': round(quantile([...taken.values()].flat(), 0.95), 1),
      'reports read from the feed': read,
      'reports a second from the feed': round(read / seconds),
      'hub memory at a fifth of the feed, MiB': round(fifth / 2 ** 20),
      'hub memory at its end, MiB': round(end / 2 ** 20),
    },
    goals: {
      [`every list p95 under ${LIST_MS} ms`]: (slowest[0]?.p95 ?? LIST_MS) < LIST_MS,
      'the feed from its beginning, memory flat': read > KEPT / 2 && end <= fifth * 1.2,
    },
  };
}
