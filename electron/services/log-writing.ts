// One detection log written: its rows read page by page into all its files at once, then its manifest, bound into the
// audit chain. Either all of it has its names afterwards, or nothing of it is there.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WrittenLog } from '../../shared/contract/logs.ts';
import type { LogFormat } from '../../shared/report/log-codes.ts';
import { folderFailure } from '../backup/folder.ts';
import { anchorLine, makeAnchor, writeAnchorFile } from '../db/anchors.ts';
import { appendAudit, type AuditRow } from '../db/audit.ts';
import { firstLogDay, lastPlace, logLength, logPage, type LogRange, type LogRecord } from '../db/log-rows.ts';
import type { Db } from '../db/open.ts';
import { clearedBetween } from '../db/cleared.ts';
import { StationFailure } from '../failure.ts';
import { syncFolder } from '../files.ts';
import { LOG_SCHEMA, type LogHead, listedDigest, manifestText, newListed } from '../logs/manifest.ts';
import { createWrittenFile, type WrittenFile } from '../logs/written-file.ts';
import type { ServiceContext } from './context.ts';
import { createContentDigest, createSink, type LogSink } from './log-files.ts';
import { createLogTable, type LogScope } from './log-table.ts';
import { logWords } from './log-words.ts';
import { dayAfter, localMinutesIn } from './local-time.ts';

export interface LogJob {
  scope: LogScope;
  shifts: readonly string[];
  station: LogHead['station'];
  language: string;
  timeZone: string;
  /** The folder of all files, and the whole path of each. */
  folder: string;
  paths: readonly { format: LogFormat; path: string }[];
  manifest: string;
  madeAt: Date;
  /** Who writes it; null for the station itself. */
  by: { id: string; name: string } | null;
  /** Told the share that is done; throws where somebody wants it to end. */
  step: (share: number) => void;
}

const PAGE_ROWS = 200;
const FORGET_ROWS = 5_000;
/** Of all the work: what comes after the last row. */
const END_SHARE = 0.02;

type Means = Pick<ServiceContext, 'db' | 'shell' | 'dataFolder' | 'version'>;

/** Writes a log. Throws `folder-…`, `disk-full`, `pdf-failed`, and whatever `step` throws; then nothing is left behind. */
export async function writeLog(means: Means, job: LogJob): Promise<WrittenLog> {
  const files: WrittenFile[] = [];
  try {
    return await writeAll(means, job, files);
  } catch (error) {
    for (const file of files) await file.drop().catch(() => undefined);
    throw folderFailure(error);
  }
}

async function writeAll(means: Means, job: LogJob, files: WrittenFile[]): Promise<WrittenLog> {
  const { paths, station, madeAt } = job;
  for (const { path } of paths) files.push(await createWrittenFile(path));
  const { head, contentSha256 } = await writeRows(means, job, files);
  const finished: WrittenLog['files'] = [];
  for (const [at, { format, path }] of paths.entries()) {
    const { bytes, sha256 } = (await files[at]?.finish()) ?? { bytes: 0, sha256: '' };
    finished.push({ path, format, bytes, sha256 });
  }
  const listed = newListed({
    log: head,
    contentSha256,
    files: finished.map(({ path, ...rest }) => ({ name: basename(path), ...rest })),
    madeAt: madeAt.toISOString(),
    program: means.version,
  });
  const { row, before, anchor } = enter(means, job, listedDigest(listed), station.id);
  const text = manifestText(listed, row, before, anchor);
  const manifest = await createWrittenFile(job.manifest);
  files.push(manifest);
  await manifest.write(text);
  await manifest.finish();
  // The manifest last: where it stands, all that it lists does.
  for (const file of files) await file.settle();
  syncFolder(job.folder);
  const manifestSha256 = createHash('sha256').update(text, 'utf8').digest('hex');
  const { totals } = head;
  return { files: finished, manifest: job.manifest, manifestSha256, totals, anchor };
}

/** All examinations of the days in their order, a page at a time; a page is of one day. */
function* pagesOf(db: Db, range: LogRange): Generator<LogRecord[]> {
  const { to, upTo } = range;
  let day = firstLogDay(db, range);
  while (day !== null) {
    let place = 0;
    for (;;) {
      const records = logPage(db, { day, place, upTo }, PAGE_ROWS);
      yield records;
      const last = records.at(-1);
      if (last === undefined || records.length < PAGE_ROWS) break;
      place = last.place;
    }
    day = firstLogDay(db, { from: dayAfter(day), to });
  }
}

async function writeRows(
  { db, shell }: Means,
  job: LogJob,
  files: readonly WrittenFile[],
): Promise<{ head: LogHead; contentSha256: string }> {
  const { scope, shifts, station, timeZone, madeAt, step } = job;
  const words = logWords(job.language, timeZone);
  const table = createLogTable(scope, {
    shifts,
    minutesOf: localMinutesIn(timeZone),
    clearedCounted: clearedBetween(db, station.id, scope.from, scope.to),
  });
  const { columns } = table;
  const begin = { station, ...scope };
  const madeBy = job.by?.name ?? words.say('log.by-plan');
  const printPdf = (page: string): Promise<Uint8Array> =>
    shell.printPdf(page).catch(() => {
      throw new StationFailure('pdf-failed');
    });
  const sinkMeans = { begin, columns, words, madeAt, madeBy, printPdf };
  const content = createContentDigest(sinkMeans);
  const sinks: LogSink[] = [];
  for (const [at, file] of files.entries())
    sinks.push(await createSink(job.paths[at]?.format ?? 'csv', file, sinkMeans));

  async function put(rows: ReturnType<typeof table.rest>): Promise<void> {
    content.rows(rows);
    for (const sink of sinks) await sink.rows(rows);
  }

  // A shift that goes over midnight ends on the day after.
  const to = scope.shift === null ? scope.to : dayAfter(scope.to);
  const range: LogRange = { from: scope.from, to, upTo: lastPlace(db) };
  const length = Math.max(1, logLength(db, range));
  let done = 0;
  let forgotten = 0;
  for (const records of pagesOf(db, range)) {
    step((done / length) * (1 - END_SHARE));
    await put(table.take(records));
    done += records.length;
    if (done - forgotten >= FORGET_ROWS) {
      // What was read once is not asked for again: it must not fill the memory of the database.
      db.pragma('shrink_memory');
      forgotten = done;
    }
    // Others are answered meanwhile.
    await nextTurn();
  }
  await put(table.rest());
  step(1 - END_SHARE);
  const head: LogHead = { schema: LOG_SCHEMA, ...begin, totals: table.totals() };
  for (const sink of sinks) await sink.end(head);
  step(1 - END_SHARE);
  return { head, contentSha256: content.end(head) };
}

/** Says in the chain which files these are, and anchors it with that entry at its end. */
function enter(
  { db, dataFolder }: Means,
  { by, madeAt }: LogJob,
  digest: string,
  stationId: string,
): { row: AuditRow; before: Buffer | null; anchor: string } {
  const at = madeAt.toISOString();
  const written = db
    .transaction(() => {
      const entry = {
        at,
        officerId: by?.id ?? null,
        action: 'day-log.written',
        subjectId: stationId,
        digest,
      };
      appendAudit(db, entry);
      const last = db.prepare<[], AuditRow>('SELECT * FROM audit ORDER BY seq DESC LIMIT 2').all();
      const anchor = makeAnchor(db, stationId, at);
      const [row, before] = last;
      if (row === undefined || anchor === null) throw new Error('an entry that was just written is signed');
      return { row, before: before?.signature ?? null, anchor: anchorLine(anchor) };
    })
    .immediate();
  writeAnchorFile(db, dataFolder);
  return written;
}
