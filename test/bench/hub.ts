// A thousand stations come back with fifty reports each, over HTTP and a PostgreSQL that waits for its disk; beside bare
// inserts. Then lists and the feed of a hundred thousand reports. Hub, stations and bare inserts are processes of their own.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, openDatabase, type HubDatabase } from '../../hub/db/open.ts';
import { hubFolder } from '../../hub/postgres/folder.ts';
import { type Connection, keepPostgres } from '../../hub/postgres/keeper.ts';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { openFolder } from '../hub/cluster.ts';
import { type Child, startChild } from './hub/child.ts';
import { makeStations } from './hub/stations.ts';

const STATIONS = 1000;
const AGENCIES = 20;
const REPORTS = 50;
const POOL = 10;

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
    const coming = await comingBack({ database, connection: kept.connection, stations, seed });
    return { figures: coming.figures, goals: coming.goals };
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

/** Inserts a second, of the same rows into a table with the same indexes. */
async function bareInserts({ database, connection, stations, seed }: Place, table: string): Promise<number> {
  await database.pool.query(`create table ${table} (like report including all)`);
  const job = { connection, pool: POOL, table, stations, reports: REPORTS, seed };
  const child = startChild('bare.ts', job);
  await child.heard();
  child.say('go');
  const { ms } = await child.heard();
  await child.ended();
  await database.pool.query(`drop table ${table}`);
  return (STATIONS * REPORTS) / (Number(ms) / 1000);
}

async function memory(service: Child): Promise<{ rss: number; cpuMs: number }> {
  service.say('memory');
  const { rss, cpuMs } = await service.heard();
  return { rss: Number(rss), cpuMs: Number(cpuMs) };
}

async function comingBack(place: Place): Promise<BenchResult> {
  const { database, connection, stations, seed } = place;
  const before = await bareInserts(place, 'bare_before');
  note(`bare inserts: ${round(before)} a second`);
  const service = startChild('service.ts', { connection, pool: POOL });
  const { address, hubId } = await service.heard();
  const senders = startChild('senders.ts', { address, hubId, stations, reports: REPORTS, seed });
  await senders.heard();
  senders.say('go');
  await senders.heard();
  const fifth = await memory(service);
  const { ms, answered, wrong } = await senders.heard();
  const end = await memory(service);
  await senders.ended();
  const rate = (STATIONS * REPORTS) / (Number(ms) / 1000);
  note(`hub: ${round(rate)} reports a second, ${end.cpuMs} ms of processor`);
  const after = await bareInserts(place, 'bare_after');
  note(`bare inserts: ${round(after)} a second`);
  const { rows } = await database.pool.query<{ stored: number; placed: number; waiting: number }>(
    `select (select count(*) from report)::int as stored,
      (select count(distinct subject) from feed where kind = 'report')::int as placed,
      (select count(*) from feed_waiting)::int as waiting`,
  );
  service.say('end');
  await service.ended();
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
    },
    goals: {
      'every report is in, once': stored === STATIONS * REPORTS && Number(wrong) === 0,
      'every report has its place in the feed': placed + waiting === STATIONS * REPORTS,
      'at least half of bare inserts': rate >= bare / 2,
      'memory is flat': end.rss <= fifth.rss * 1.2,
    },
  };
}
