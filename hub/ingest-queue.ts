// Reports that arrive together are stored together: as many as wait while others are being committed, in one commit.
import type { Pool } from 'pg';
import { type Ingested, type Put, putReports } from './db/ingest.ts';
import { codeOf } from './failure.ts';

/** Most reports of one commit. */
const TOGETHER = 128;
/** Commits at a time; what arrives meanwhile waits for the next. */
const AT_ONCE = 4;

/** Errors of PostgreSQL that may be of one row alone: data, constraints, two hubs that waited for each other. */
const OF_THE_ROWS = /^(22|23|40)/u;

interface Waiting extends Put {
  resolve(outcome: Ingested): void;
  reject(error: unknown): void;
}

export interface IngestQueue {
  /** Answers after the commit. */
  put(put: Put): Promise<Ingested>;
}

/** The queue of one hub. A report that comes alone is stored at once and alone. */
export function createIngestQueue(pool: Pool): IngestQueue {
  let waiting: Waiting[] = [];
  let running = 0;

  /** No two of one station or one id: what they would do to each other only separate statements tell. */
  const take = (): Waiting[] => {
    const stations = new Set<string>();
    const ids = new Set<string>();
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    for (const each of waiting) {
      const { stationId, report } = each;
      const fits = taken.length < TOGETHER && !stations.has(stationId) && !ids.has(report.id);
      (fits ? taken : left).push(each);
      if (fits) {
        stations.add(stationId);
        ids.add(report.id);
      }
    }
    // Powers of two, so that a connection prepares few statements.
    const many = 2 ** Math.floor(Math.log2(taken.length));
    waiting = [...taken.slice(many), ...left];
    // In one order at every hub, so that two of them do not wait for each other.
    return taken.slice(0, many).sort((a, b) => (a.report.id < b.report.id ? -1 : 1));
  };

  const run = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const outcomes = await putReports(pool, batch);
      batch.forEach((each, at) => each.resolve(outcomes[at] as Ingested));
    } catch (error) {
      if (batch.length > 1 && OF_THE_ROWS.test(codeOf(error))) {
        // Nothing of it was stored: half by half, until what is wrong with one is told to that one alone.
        const half = batch.length / 2;
        await run(batch.slice(0, half));
        await run(batch.slice(half));
      } else {
        for (const each of batch) each.reject(error);
      }
    }
  };

  const pump = (): void => {
    while (running < AT_ONCE && waiting.length > 0) {
      running += 1;
      void run(take()).finally(() => {
        running -= 1;
        pump();
      });
    }
  };

  return {
    put: (put) =>
      new Promise((resolve, reject) => {
        waiting.push({ ...put, resolve, reject });
        pump();
      }),
  };
}
