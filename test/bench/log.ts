// A detection log of 100,000 examinations: how long each file takes and how much memory, and whether other programs read
// in it what lies in the store.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '../../electron/db/open.ts';
import { loadStation } from '../../electron/db/station.ts';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { databaseOf, OFFICER, setUpFolder } from '../electron/set-up.ts';
import { type LogRow, rowsOfCsv, rowsOfJson, rowsOfXlsx } from './log/read-again.ts';
import { fill } from './vault/fill.ts';

const RECORDS = 100_000;
const GOALS = { csvMs: 3_000, xlsxMs: 10_000, memoryMegabytes: 200 };
const FORMATS = ['csv', 'xlsx', 'json'] as const;

interface Written {
  milliseconds: number;
  cpuMilliseconds: number;
  /** The most that the process ever had. */
  megabytes: number;
  path: string;
  bytes: number;
}

export const bench = ({ seed }: { seed: number }): Promise<BenchResult> =>
  measure({ seed, records: RECORDS });

/** In a process of its own, so that its memory is that of nothing else. */
function write(folder: string, format: string, path: string): Promise<Written> {
  const child = join(import.meta.dirname, 'log', 'write-child.ts');
  const run = spawn(process.execPath, [child, folder, format, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  run.stdout.on('data', (part: Buffer) => (said += part.toString('utf8')));
  return new Promise((done, fail) => {
    run.once('error', fail);
    run.once('exit', (code) => {
      if (code === 0) done(JSON.parse(said) as Written);
      else fail(new Error(`the log was not written: ${code}`));
    });
  });
}

/** What a plain look into the store says of the columns that are no sum. */
function storeRows(db: Db): Map<number, unknown[]> {
  const rows = db
    .prepare<[], unknown[]>(
      `SELECT row_number() OVER (ORDER BY saved_on, examination.rowid), saved_on, station_code, place, document_type, format,
         issuer, nationality, outcome, reasons
       FROM examination JOIN document ON document.examination_id = examination.id
       JOIN decision ON decision.examination_id = examination.id`,
    )
    .raw()
    .all();
  return new Map(rows.map(([number, ...rest]) => [Number(number), rest]));
}

const sameAsStore = (rows: readonly LogRow[], store: ReadonlyMap<number, unknown[]>): boolean =>
  rows.length === store.size &&
  rows.every((row) => {
    const [number, day, , , post, place, document, format, issuer, nationality, , , , outcome, reasons] = row;
    const kept = store.get(Number(number)) ?? [];
    const listed = JSON.stringify(
      String(reasons ?? '')
        .split(' ')
        .filter(Boolean),
    );
    const told = [day, post, place, document, format, issuer, nationality, outcome, listed];
    return JSON.stringify(told) === JSON.stringify(kept.map((value) => (value === '' ? null : value)));
  });

export async function measure({ seed, records }: { seed: number; records: number }): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-log-'));
  const [data, out] = [join(folder, 'station'), mkdtempSync(join(folder, 'out-'))];
  try {
    await setUpFolder(data, { clearedPolicy: 'record', timeZone: 'Asia/Bangkok' });
    const db = await databaseOf(data);
    const author = { stationId: loadStation(db).id, officerId: OFFICER.id, officerName: OFFICER.name };
    fill(db, author, { records, pictureEvery: 10, seed });
    const store = storeRows(db);
    db.close();
    const written = new Map<string, Written>();
    for (const format of FORMATS) written.set(format, await write(data, format, join(out, `log.${format}`)));
    const [csv, xlsx, json] = FORMATS.map((format) => written.get(format));
    if (csv === undefined || xlsx === undefined || json === undefined) throw new Error('a file is missing');
    const rows = rowsOfJson(json.path);
    const text = JSON.stringify(rows);
    return {
      figures: {
        rows: rows.length,
        csvMs: csv.milliseconds,
        csvCpuMs: csv.cpuMilliseconds,
        csvMegabytesOfMemory: csv.megabytes,
        xlsxMs: xlsx.milliseconds,
        xlsxCpuMs: xlsx.cpuMilliseconds,
        xlsxMegabytesOfMemory: xlsx.megabytes,
        jsonMs: json.milliseconds,
        csvBytes: csv.bytes,
        xlsxBytes: xlsx.bytes,
      },
      goals: {
        'CSV in under 3 seconds': csv.milliseconds < GOALS.csvMs,
        'XLSX in under 10 seconds': xlsx.milliseconds < GOALS.xlsxMs,
        'in under 200 MB': Math.max(csv.megabytes, xlsx.megabytes) < GOALS.memoryMegabytes,
        'every record has its row, as it lies in the store':
          rows.length === records && sameAsStore(rows, store),
        'the CSV says the same to another program': JSON.stringify(rowsOfCsv(csv.path)) === text,
        'the workbook says the same to another program': JSON.stringify(await rowsOfXlsx(xlsx.path)) === text,
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
