// The hub's part: a hundred thousand reports of twenty agencies in a real PostgreSQL, and whole pages of trends as a
// browser asks for them, for the people of the hub and for those of one agency under a policy.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import rateLimit from '@fastify/rate-limit';
import Fastify from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import type { HubDatabase } from '../../../hub/db/open.ts';
import { openDatabase } from '../../../hub/db/open.ts';
import { addressOf, type Asked, PERIODS } from '../../../hub/pages/trend-question.ts';
import { hubPages } from '../../../hub/pages/pages.ts';
import { addPerson, firstLink } from '../../../hub/people.ts';
import { hubFolder } from '../../../hub/postgres/folder.ts';
import { keepPostgres } from '../../../hub/postgres/keeper.ts';
import { prepareDatabase } from '../../../hub/prepare.ts';
import { counted } from '../../../hub/limits.ts';
import type { BenchResult } from '../../../scripts/bench-result.ts';
import { DIMENSIONS, type Dimension } from '../../../shared/trends/row.ts';
import { weekName, weekNumber } from '../../../shared/trends/weeks.ts';
import { idOf } from '../../electron/records.ts';
import { openFolder } from '../../hub/cluster.ts';
import { bytesOfReport } from '../../hub/wire-reports.ts';
import { randomBy } from '../../trends/rows.ts';
import { fillPolicy } from '../hub/fill.ts';
import { busyReport, LAST_WEEK } from './reports.ts';

const REPORTS = 100_000;
const AGENCIES = 20;
const STATIONS = 200;
const TOGETHER = 500;
const PAGE_MS = 100;
/** Askings of each view by each of two people: enough that the slowest of twenty is more than one. */
const ASKINGS = 40;
/** Pages of each view before the measurement: what was never run is slow once. */
const WARMING = 3;
/** Reports that came since the last asking, of every fourth. */
const NEW = 20;
const SECRET = 'granite otter lamp 7';

const note = (text: string): void => void process.stderr.write(`${text}\n`);
const round = (value: number): number => Math.round(value * 10) / 10;
const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;

async function enrolAll({ db }: HubDatabase): Promise<string[]> {
  const agencies = Array.from({ length: AGENCIES }, (_, at) => idOf(`agency ${at}`));
  await db
    .insertInto('agency')
    .values(agencies.map((id, at) => ({ id, name: `Agency ${at}`, country: 'UTO' })))
    .execute();
  await db
    .insertInto('station')
    .values(
      Array.from({ length: STATIONS }, (_, at) => ({
        id: idOf(`station ${at}`),
        agency_id: agencies[at % AGENCIES] ?? '',
        code: `ST-${at}`,
        place: 'Utopia',
        country: 'UTO',
        sign_key: randomBytes(32),
        box_key: randomBytes(32),
      })),
    )
    .execute();
  return agencies;
}

/** Reports and their places in the feed, as ingest and publisher leave them. */
async function receive({ db }: HubDatabase, random: () => number, from: number, many: number): Promise<void> {
  const rows = Array.from({ length: many }, (_, at) => {
    const report = { ...busyReport(random, from + at), id: uuidv7() };
    const { id, stationId, agencyId, document, detection, fraud } = report;
    return {
      id,
      station_id: stationId,
      agency_id: agencyId,
      tier: 'T2' as const,
      to_agency: null,
      kind: 'report' as const,
      replaces: null,
      body: bytesOfReport(report),
      sha256: randomBytes(32),
      signature: randomBytes(64),
      issuer: document.issuer,
      doc_type: document.type,
      country: detection.country,
      week: detection.week,
      fraud: fraud.types,
    };
  });
  await db.insertInto('report').values(rows).execute();
  const places = rows.map(({ id }, at) => ({ seq: from + at + 1, kind: 'report' as const, subject: id }));
  await db.insertInto('feed').values(places).execute();
}

/** Some of what somebody chooses, more or less of it. */
function askedBy(random: () => number, by: Dimension): Asked {
  const report = busyReport(random, 0);
  const often = (share: number): boolean => random() < share;
  return {
    by,
    period: PERIODS[Math.floor(random() * PERIODS.length)] ?? '52',
    week: often(0.2) ? weekName(weekNumber(LAST_WEEK) - Math.floor(random() * 26)) : null,
    only: {
      ...(often(0.3) ? { country: report.detection.country } : {}),
      ...(often(0.3) ? { issuer: report.document.issuer } : {}),
      ...(often(0.3) ? { fraud: report.fraud.types[0] ?? '' } : {}),
      ...(often(0.2) ? { family: 'passport' } : {}),
    },
    scope: 'open',
  };
}

async function startPages(database: HubDatabase) {
  const hub = Fastify();
  await hub.register(rateLimit, { global: false });
  const trySecret = counted(hub, 100);
  await hub.register(
    hubPages({ database, isSecure: false, trySecret }, (error) => {
      throw error;
    }),
  );
  const address = await hub.listen({ host: '127.0.0.1', port: 0 });
  /** Follows a one-time link; answers the cookie. */
  async function signIn(link: string): Promise<string> {
    const body = new URLSearchParams({ name: 'Ida', secret: SECRET, again: SECRET });
    const headers = { 'sec-fetch-site': 'same-origin' };
    const answer = await fetch(`${address}/setup/${link}`, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
    });
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  }
  /** Whether the page is there whole, or says that it is not yet. */
  async function shown(cookie: string, path: string): Promise<boolean> {
    const answer = await fetch(`${address}${path}`, { headers: { cookie }, redirect: 'manual' });
    await answer.text();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    return answer.headers.get('refresh') === null;
  }
  /** Milliseconds until the whole page is there. */
  async function timed(cookie: string, path: string): Promise<number> {
    const begun = performance.now();
    if (!(await shown(cookie, path))) throw new Error(`${path}: not counted`);
    return performance.now() - begun;
  }
  return { hub, signIn, timed, shown };
}

async function untilCounted(look: () => Promise<boolean>): Promise<number> {
  const begun = performance.now();
  while (!(await look())) await wait(100);
  return performance.now() - begun;
}

export async function hubPart(seed: number): Promise<BenchResult> {
  const folder = openFolder('bench-trends', 'disk');
  const kept = await keepPostgres({ folder: hubFolder(folder) });
  const database = openDatabase(kept.connection, 10);
  const random = randomBy(seed);
  try {
    await prepareDatabase(database);
    const agencies = await enrolAll(database);
    note(`writing ${REPORTS} reports at the hub`);
    for (let done = 0; done < REPORTS; done += TOGETHER) await receive(database, random, done, TOGETHER);
    const [reader = '', outsider = '', ...others] = agencies;
    await fillPolicy(database, { agencies: others, outsider });
    await database.pool.query('vacuum analyze report');
    const { hub, signIn, timed, shown } = await startPages(database);
    const own = await signIn((await firstLink(database.db)) ?? '');
    const person = { name: 'Ann', role: 'analyst', agencyId: reader } as const;
    const ann = await signIn((await addPerson(database.db, person, 'bench')).link);
    // The first who asks waits until all is counted; a hub that starts again reads what is counted already.
    const first = await untilCounted(() => shown(own, '/trends'));
    note(`all counted for the first time: ${round(first)} ms`);
    // What the database does by itself within minutes; three years' reports came within seconds.
    await database.pool.query('vacuum analyze trend_row');
    await database.pool.query('checkpoint');
    for (const by of DIMENSIONS)
      for (let at = 0; at < WARMING; at += 1) await timed(ann, addressOf('/trends', askedBy(random, by)));
    const taken: Record<string, number[]> = {};
    const worked: number[] = [];
    let total = REPORTS;
    for (const by of DIMENSIONS)
      for (let at = 0; at < ASKINGS; at += 1)
        for (const who of [own, ann]) {
          const asked = askedBy(random, by);
          if (at % 4 === 0) {
            await receive(database, random, total, NEW);
            total += NEW;
          }
          const before = process.cpuUsage();
          (taken[by] ??= []).push(await timed(who, addressOf('/trends', asked)));
          const { user, system } = process.cpuUsage(before);
          worked.push((user + system) / 1000);
          if (at % 4 === 1)
            (taken['reports behind'] ??= []).push(await timed(who, addressOf('/trends/reports', asked)));
          if (at % 4 === 2) (taken.csv ??= []).push(await timed(who, addressOf('/trends/table', asked)));
        }
    await hub.close();
    const again = await startPages(database);
    const restarted = await untilCounted(() => again.shown(own, '/trends'));
    await again.hub.close();
    const slowest = Object.entries(taken)
      .map(([name, times]) => ({ name, ms: p95(times) }))
      .toSorted((a, b) => b.ms - a.ms);
    for (const { name, ms } of slowest) note(`hub, ${name}: p95 ${round(ms)} ms`);
    return {
      figures: {
        'hub: reports': total,
        'hub: pages asked for': Object.values(taken).flat().length,
        'hub: slowest view p95, ms': round(slowest[0]?.ms ?? 0),
        'hub: all views p95, ms': round(p95(Object.values(taken).flat())),
        // Of the hub and of who asks it, who share a process; the database has its own. It tells on a busy machine, too.
        'hub: processor time of a view p95, ms': round(p95(worked)),
        'hub: until all is counted for the first time, ms': round(first),
        'hub: first page after a start, ms': round(restarted),
      },
      goals: { [`hub: every view p95 under ${PAGE_MS} ms`]: (slowest[0]?.ms ?? PAGE_MS) < PAGE_MS },
    };
  } finally {
    await database.close();
    await kept.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
