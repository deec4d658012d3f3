// Detection logs: written when a supervisor asks, or each day by the plan into its folder; missed days are made up for.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { FailureCode } from '../../shared/contract/bridge.ts';
import type { LogPlan, LogState, LogWanted, WrittenLog } from '../../shared/contract/logs.ts';
import type { LogFormat } from '../../shared/report/log-codes.ts';
import { freePath, isMarked, markFolder, requireForeign } from '../backup/folder.ts';
import { appendAudit, digestOf, publicKeyOf } from '../db/audit.ts';
import { clockDoubt } from '../db/clock.ts';
import { lastLogged, loadLogPlan, markLogged, saveLogPlan, unloggedDays } from '../db/log-plan.ts';
import { postsOf } from '../db/log-rows.ts';
import { loadStation } from '../db/station.ts';
import { failureOf, StationFailure } from '../failure.ts';
import { MANIFEST_ENDING } from '../logs/manifest.ts';
import { verifyLog } from '../logs/verify.ts';
import { dayBefore, dayIn, onDuty, type ServiceContext } from './context.ts';
import { localMinutesIn, minutesOfClock } from './local-time.ts';
import { type LogJob, writeLog } from './log-writing.ts';
import { createUnderWay } from './under-way.ts';

export interface LogService {
  state(): LogState;
  /** Throws `folder-…`, `pdf-unavailable`. */
  plan(plan: LogPlan): Promise<LogState>;
  /** Throws `log-busy`, `log-cancelled`, `log-shift`, `file-there`, `folder-…`, `disk-full`, `pdf-…`. */
  export(wanted: LogWanted): Promise<WrittenLog>;
  cancel(): Promise<LogState>;
  /** Whether a day that is over could not be logged. */
  isInTrouble(): boolean;
  /** Begins to look whether a day is to be logged. */
  start(): void;
  close(): Promise<void>;
}

/** After one that failed: a folder that is missing is looked for again, but not all the time. */
const AGAIN_MS = 10 * 60_000;
/** Tells the folder of the plan from the empty place where its stick would be. */
const MARK = 'countercheck-logs';

/** Letters, digits, dots and hyphens of a code: it becomes the name of a file. */
const inName = (code: string): string => code.replaceAll(/[^\w.-]/gu, '-');

export function createLogService(context: ServiceContext, { lookMs }: { lookMs: number }): LogService {
  const { db, dataFolder, shell, now, actor, emit } = context;
  const underWay = createUnderWay<'log'>(
    () => {
      if (!closed) emit('log.changed', {});
    },
    { busy: 'log-busy', cancelled: 'log-cancelled' },
  );
  let trouble: FailureCode | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  /** Days that are over by the plan and were not logged, the oldest first. */
  function dueDays(): string[] {
    const { folder, since, at } = loadLogPlan(db);
    const { settings } = loadStation(db);
    if (folder === null || since === null || settings === null) return [];
    const moment = now();
    const minutes = localMinutesIn(settings.timeZone)(moment.toISOString());
    const yesterday = dayBefore(dayIn(settings.timeZone, moment));
    return unloggedDays(db, since, minutes < minutesOfClock(at) ? dayBefore(yesterday) : yesterday);
  }

  function state(): LogState {
    const { since: _since, ...plan } = loadLogPlan(db);
    const own = loadStation(db).settings?.stationCode;
    const posts = new Set([...(own === undefined ? [] : [own]), ...postsOf(db)]);
    return {
      plan,
      last: lastLogged(db),
      due: dueDays().length,
      running: underWay.running(),
      trouble,
      posts: [...posts],
    };
  }

  const requirePdf = (formats: readonly LogFormat[]): void => {
    if (formats.includes('pdf') && !shell.can.pdf) throw new StationFailure('pdf-unavailable');
  };

  function jobOf(
    { from, to, shift, post, tier }: LogJob['scope'],
    where: Pick<LogJob, 'folder' | 'paths' | 'manifest' | 'by'>,
    whole: (share: number) => number = (share) => share,
  ): LogJob {
    const { id, settings } = loadStation(db);
    if (settings === null) throw new StationFailure('not-set-up');
    const { shifts } = loadLogPlan(db);
    if (shift !== null && shift > shifts.length) throw new StationFailure('log-shift');
    const { stationCode: code, place, language, timeZone } = settings;
    return {
      ...where,
      scope: { from, to, shift, post, tier },
      shifts,
      station: { id, code, place },
      language,
      timeZone,
      madeAt: now(),
      step(share) {
        underWay.tell('log', whole(share));
        underWay.checkCancelled();
        if (closed) throw new StationFailure('log-cancelled');
      },
    };
  }

  /** `log-ZEN-01-2026-11-21-shift-2`, and a number where that is taken. */
  function nameIn(folder: string, { from, to, shift, post, tier }: LogWanted): string {
    const { settings } = loadStation(db);
    const parts = [
      'log',
      inName(post ?? settings?.stationCode ?? ''),
      from === to ? from : `${from}-to-${to}`,
      ...(shift === null ? [] : [`shift-${shift}`]),
      ...(tier === 'T2' ? [] : [tier]),
    ];
    const free = freePath(folder, parts.join('-'), MANIFEST_ENDING);
    return free.slice(0, -MANIFEST_ENDING.length);
  }

  async function whereOf(wanted: LogWanted): Promise<Pick<LogJob, 'folder' | 'paths' | 'manifest'>> {
    const { place, formats } = wanted;
    if ('file' in place) {
      const { file } = place;
      if (!isAbsolute(file)) throw new StationFailure('folder-gone');
      const folder = dirname(file);
      await requireForeign(folder, dataFolder);
      const manifest = `${file}${MANIFEST_ENDING}`;
      if (existsSync(file) || existsSync(manifest)) throw new StationFailure('file-there');
      return { folder, paths: formats.map((format) => ({ format, path: file })), manifest };
    }
    const { folder } = place;
    await requireForeign(folder, dataFolder);
    const name = nameIn(folder, wanted);
    const paths = formats.map((format) => ({ format, path: `${name}.${format}` }));
    if (paths.some(({ path }) => existsSync(path))) throw new StationFailure('file-there');
    return { folder, paths, manifest: `${name}${MANIFEST_ENDING}` };
  }

  /** SHA-256 of a manifest by which this station's log of the day lies there whole; null where it does not. */
  async function madeBefore(manifest: string, day: string): Promise<string | null> {
    const found = await verifyLog(manifest);
    const { from, to } = found.manifest?.log ?? {};
    const isOurs = found.ok && found.anchor?.publicKey === publicKeyOf(db)?.toString('hex');
    if (!isOurs || from !== day || to !== day) return null;
    return createHash('sha256')
      .update(await readFile(manifest))
      .digest('hex');
  }

  /**
   * The log of a day by the plan; `whole` tells which share of all days a share of it is. Files of the same names that
   * a cut left are replaced. A log that is whole stays: it was cut off before it was marked, or a restore took back the
   * mark and maybe the records it was made of.
   */
  async function makeDay(day: string, whole: (share: number) => number): Promise<void> {
    const { folder, formats, tier } = loadLogPlan(db);
    if (folder === null) return;
    if (!(await isMarked(folder, MARK))) throw new StationFailure('folder-gone');
    await requireForeign(folder, dataFolder);
    requirePdf(formats);
    const code = inName(loadStation(db).settings?.stationCode ?? '');
    const name = join(folder, `daily-log-${code}-${day}`);
    const manifest = `${name}${MANIFEST_ENDING}`;
    const before = await madeBefore(manifest, day);
    if (before !== null) return markLogged(db, { day, at: now().toISOString(), sha256: before });
    const job = jobOf(
      { from: day, to: day, shift: null, post: null, tier },
      {
        folder,
        paths: formats.map((format) => ({ format, path: `${name}.${format}` })),
        manifest,
        by: null,
      },
      whole,
    );
    const { manifestSha256 } = await writeLog(context, job);
    markLogged(db, { day, at: now().toISOString(), sha256: manifestSha256 });
  }

  /** Days that are due, one after the other; what stands in the way is told, and tried again later. */
  async function look(): Promise<void> {
    const moment = now();
    const time = moment.getTime();
    const isTooSoon = failedAt <= time && time < failedAt + AGAIN_MS;
    if (closed || isTooSoon || underWay.running() !== null) return;
    try {
      const days = dueDays();
      // A clock that may be wrong would have days logged for good that are not over, or have not come.
      if (days.length === 0 || clockDoubt(db, moment) !== null) return;
      await underWay.alone('log', async () => {
        for (const [at, day] of days.entries()) await makeDay(day, (share) => (at + share) / days.length);
      });
      trouble = null;
    } catch (error) {
      if (closed) return;
      trouble = failureOf(error).code;
      failedAt = now().getTime();
    }
    emit('log.changed', {});
    emit('health.changed', {});
  }

  return {
    state,
    async plan(plan) {
      const { officer, stationId, settings } = onDuty(context);
      const before = loadLogPlan(db);
      if (plan.folder !== null) {
        requirePdf(plan.formats);
        await requireForeign(plan.folder, dataFolder);
        await markFolder(plan.folder, MARK);
      }
      const at = now();
      // Days of before were nobody's to log: the first is the day on which it was decided.
      const since = plan.folder === null ? null : (before.since ?? dayIn(settings.timeZone, at));
      db.transaction(() => {
        saveLogPlan(db, { ...plan, since });
        appendAudit(db, {
          at: at.toISOString(),
          officerId: officer.id,
          action: 'day-log.planned',
          subjectId: stationId,
          digest: digestOf([plan.folder, plan.at, plan.formats, plan.tier, plan.shifts]),
        });
      }).immediate();
      trouble = null;
      failedAt = Number.NEGATIVE_INFINITY;
      emit('log.changed', {});
      emit('health.changed', {});
      return state();
    },
    async export(wanted) {
      const { officer } = onDuty(context);
      requirePdf(wanted.formats);
      return underWay.alone('log', async () => {
        const where = await whereOf(wanted);
        return writeLog(context, jobOf(wanted, { ...where, by: officer }));
      });
    },
    async cancel() {
      await underWay.cancel(actor()?.officerId ?? null, () => Promise.resolve());
      return state();
    },
    isInTrouble: () => trouble !== null,
    start() {
      timer = setInterval(() => void look(), lookMs);
      timer.unref();
      void look();
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await underWay.cancel(null, () => Promise.resolve());
    },
  };
}
