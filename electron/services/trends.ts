// Trends of what was reported: counted in memory from the rows beside the reports, each view in milliseconds, offline.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Output, Request } from '../../shared/contract/channels.ts';
import { createTrendStore } from '../../shared/trends/store.ts';
import { mondayOf, sundayOf, weekNumber } from '../../shared/trends/weeks.ts';
import { folderFailure, freePath, requireForeign } from '../backup/folder.ts';
import { digestOf, enterAudit } from '../db/audit.ts';
import {
  dueTrends,
  examinedBetween,
  foldTrends,
  followTrends,
  trendRows,
  TRENDS_BEGIN,
} from '../db/trends.ts';
import { StationFailure } from '../failure.ts';
import { stampOf, writeDurably } from '../files.ts';
import { onDuty, type ServiceContext } from './context.ts';
import { trendFile } from './trend-files.ts';

export interface TrendService {
  view(input: Request<'trends.view'>): Promise<Output<'trends.view'>>;
  reports(input: Request<'trends.reports'>): Promise<Output<'trends.reports'>>;
  /** Throws `folder-gone`, `folder-read-only`, `folder-own`, `disk-full`. */
  save(input: Request<'trends.save'>): Promise<Output<'trends.save'>>;
  /** Counts what came since the station was last open, so that nobody waits for it. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Reports that are counted before somebody else has a turn: some milliseconds. */
const SLICE = 100;
/** And rows that are taken up. */
const FOLLOWED = 1000;
/** Fewer are counted before anybody could read how many. */
const TOLD = 1000;

export function createTrendService(context: ServiceContext): TrendService {
  const { db, now, emit, dataFolder } = context;
  const store = createTrendStore();
  let place = TRENDS_BEGIN;
  let isClosed = false;
  let counting: Promise<void> | null = null;

  async function countAll(): Promise<void> {
    const total = dueTrends(db);
    for (let done = 0; !isClosed; ) {
      const folded = foldTrends(db, SLICE);
      done += folded;
      if (total >= TOLD) emit('trends.counting', { done: Math.min(done, total), total });
      if (folded < SLICE) break;
      await nextTurn();
    }
    while (!isClosed) {
      const reached = followTrends(db, place, store, FOLLOWED);
      if (reached === null) break;
      place = reached;
      await nextTurn();
    }
  }

  /** Everything that is there is counted when it ends; who asks meanwhile waits for the same. */
  function counted(): Promise<void> {
    counting ??= countAll().finally(() => {
      counting = null;
    });
    return counting;
  }

  async function ready(): Promise<typeof store> {
    await counted();
    if (isClosed) throw new StationFailure('not-ready');
    return store;
  }

  const examinedIn = ({ from, to, week }: Pick<Request<'trends.view'>, 'from' | 'to' | 'week'>) =>
    examinedBetween(db, mondayOf(weekNumber(week ?? from)), sundayOf(weekNumber(week ?? to)));

  return {
    async view(question) {
      const all = await ready();
      return { view: all.view(question), examined: examinedIn(question), span: all.span() };
    },
    async reports({ limit, offset, ...filter }) {
      const { ids, total } = (await ready()).list(filter, limit, offset);
      const rows = trendRows(db, ids).map(({ id, week, values }) => ({
        id,
        week,
        isOwn: values.source.includes('own'),
        issuer: values.issuer[0] ?? '',
        place: values.place[0] ?? '',
        country: values.country[0] ?? '',
        family: values.family[0] ?? '',
        fraud: [...values.fraud],
      }));
      return { rows, total };
    },
    async save({ question, what, isShared, folder }) {
      const { officer, stationId, settings } = onDuty(context);
      await requireForeign(folder, dataFolder);
      const all = await ready();
      const { name, text } = trendFile(
        { question, what, isShared, language: settings.language, timeZone: settings.timeZone },
        // A file has all of its lines.
        (asked) => ({
          view: all.view(asked, undefined, Number.POSITIVE_INFINITY),
          examined: examinedIn(asked),
        }),
      );
      const at = now().toISOString();
      const bytes = Buffer.from(text, 'utf8');
      const ending = what === 'table' ? '.csv' : '.svg';
      const path = freePath(folder, `countercheck-${name}-${stampOf(at)}`, ending);
      try {
        await writeDurably(path, bytes);
      } catch (error) {
        throw folderFailure(error);
      }
      enterAudit(db, {
        at,
        officerId: officer.id,
        action: 'trends.saved',
        subjectId: stationId,
        digest: digestOf(text),
      });
      return { path, bytes: bytes.length };
    },
    start: counted,
    async close() {
      isClosed = true;
      // Whoever asked was told.
      await counting?.catch(() => undefined);
    },
  };
}
