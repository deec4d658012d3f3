// The station's part: an encrypted store on disk with a hundred thousand received reports, counted and looked at.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '../../../electron/db/open.ts';
import { insertReceived } from '../../../electron/db/received.ts';
import type { ServiceContext } from '../../../electron/services/context.ts';
import { createTrendService, type TrendService } from '../../../electron/services/trends.ts';
import type { BenchResult } from '../../../scripts/bench-result.ts';
import { type TrendFilter, trendQuestion } from '../../../shared/trends/question.ts';
import { DIMENSIONS } from '../../../shared/trends/row.ts';
import { weekName, weekNumber } from '../../../shared/trends/weeks.ts';
import { newDatabase } from '../../electron/set-up.ts';
import { randomBy } from '../../trends/rows.ts';
import { busyReport, LAST_WEEK } from './reports.ts';

const REPORTS = 100_000;
const VIEW_MS = 200;
/** Askings of each view: enough that the slowest of twenty is more than one. */
const ASKINGS = 60;
const PERIODS = [13, 26, 52, 104, 156];
const SLICE = 5000;

const note = (text: string): void => void process.stderr.write(`${text}\n`);
const round = (value: number): number => Math.round(value * 10) / 10;

export function p95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;
}

let place = 0;
const HERE = '2026-11-22T03:00:00.000Z';

function receive(db: Db, random: () => number): void {
  place += 1;
  const report = busyReport(random, place);
  const { id, agencyId, stationId, tier, kind, replaces } = report;
  const body = Buffer.from(JSON.stringify(report), 'utf8');
  insertReceived(db, {
    id,
    seq: place,
    agencyId,
    stationId,
    tier,
    kind,
    replaces,
    body,
    sha256: '0'.repeat(64),
    signature: '',
    receivedAt: HERE,
    storedAt: HERE,
  });
}

/** A store on disk, encrypted as every station's is. */
function filledStore(folder: string, random: () => number): Db {
  const db = newDatabase(folder);
  for (let done = 0; done < REPORTS; done += SLICE)
    db.transaction(() => {
      for (let at = 0; at < SLICE; at += 1) receive(db, random);
    }).immediate();
  return db;
}

/** Some of what an officer chooses, more or less of it. */
function filterBy(random: () => number): TrendFilter {
  const report = busyReport(random, 0);
  const weeks = PERIODS[Math.floor(random() * PERIODS.length)] ?? 52;
  const from = weekName(weekNumber(LAST_WEEK) - weeks + 1);
  const often = (share: number): boolean => random() < share;
  return {
    from,
    to: LAST_WEEK,
    week: often(0.2) ? weekName(weekNumber(LAST_WEEK) - Math.floor(random() * weeks)) : null,
    only: {
      ...(often(0.3) ? { country: report.detection.country } : {}),
      ...(often(0.3) ? { issuer: report.document.issuer } : {}),
      ...(often(0.3) ? { fraud: report.fraud.types[0] ?? '' } : {}),
      ...(often(0.2) ? { family: 'passport' } : {}),
    },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  JSON.stringify(await work());
  return performance.now() - started;
}

/** How long each view takes, by its name; where `before` is given it happens before each of them. */
async function views(
  service: TrendService,
  random: () => number,
  before: () => void = () => undefined,
): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = {};
  for (const by of DIMENSIONS)
    for (let at = 0; at < ASKINGS; at += 1) {
      const question = trendQuestion.parse({ ...filterBy(random), by });
      before();
      (times[by] ??= []).push(await timed(() => service.view(question)));
    }
  return times;
}

export async function stationPart(seed: number): Promise<BenchResult> {
  const folder = join(import.meta.dirname, '../../../build/bench-trends');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const random = randomBy(seed);
  note(`writing ${REPORTS} reports`);
  const db = filledStore(folder, random);
  // Of a station's means trends need these alone.
  const context = { db, now: () => new Date(), emit: () => undefined } as unknown as ServiceContext;
  const all = { from: '2023-W48', to: LAST_WEEK, week: null, only: {}, by: 'issuer' } as const;
  try {
    note('counting them for the first time');
    const first = createTrendService(context);
    const counting = await timed(() => first.view(all));
    await first.close();
    const service = createTrendService(context);
    const opening = await timed(() => service.view(all));
    const { view } = await service.view(all);
    if (view.total !== REPORTS) throw new Error(`${view.total} are counted`);
    note('asking for views');
    const before = process.cpuUsage();
    const times = await views(service, random);
    const { user, system } = process.cpuUsage(before);
    const coming = Object.values(await views(service, random, () => receive(db, random))).flat();
    const behind: number[] = [];
    for (let at = 0; at < ASKINGS; at += 1)
      behind.push(await timed(() => service.reports({ ...filterBy(random), limit: 100, offset: 0 })));
    await service.close();
    const slowest = Object.fromEntries(
      Object.entries(times).map(([by, each]) => [`station: by ${by}, p95 ms`, round(p95(each))]),
    );
    return {
      figures: {
        'station: reports': REPORTS,
        'station: counted for the first time, s': round(counting / 1000),
        'station: first view after opening, ms': round(opening),
        ...slowest,
        'station: any view, p95 ms': round(p95(Object.values(times).flat())),
        // What a busy machine adds is not in it.
        'station: processor time of a view, mean ms': round(
          (user + system) / 1000 / (ASKINGS * DIMENSIONS.length),
        ),
        'station: any view while reports come in, p95 ms': round(p95(coming)),
        'station: reports behind a figure, p95 ms': round(p95(behind)),
      },
      goals: {
        [`station: any view of ${REPORTS} reports takes under ${VIEW_MS} ms (p95)`]:
          Object.values(times).every((each) => p95(each) < VIEW_MS) && p95(coming) < VIEW_MS,
      },
    };
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
