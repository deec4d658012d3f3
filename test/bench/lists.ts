// Ten million listed numbers: import with its progress and memory, the lane meanwhile, lookups, and what lies in the files.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { LIST_FOLDER } from '../../electron/services/lists.ts';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { setUpFolder } from '../electron/set-up.ts';
import { type Numbers, numbersOf } from './lists/numbers.ts';
import type { StationFigures } from './lists/station.ts';
import { scanFolders } from './traces/scan.ts';

const ROWS = 10_000_000;
const UNLISTED = 1_000_000;
const LOOKED_FOR = 300;
const GOALS = { importMs: 180_000, memoryMiB: 250, lookupMs: 1, duringMs: 50 };

export interface Sizes {
  rows: number;
  unlisted: number;
}

export function bench({ seed }: { seed: number }): Promise<BenchResult> {
  return measure({ seed, rows: ROWS, unlisted: UNLISTED });
}

const note = (line: string): void => void process.stderr.write(`${line}\n`);
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** One row in a hundred thousand is none: it must be refused and counted. */
const isBroken = (place: number): boolean => place % 100_000 === 99_999;

async function writeTable(path: string, numbers: Numbers, rows: number): Promise<number> {
  const file = createWriteStream(path);
  let [lines, broken] = ['Document number;Issuing state;Type;Reported\r\n', 0];
  for (let place = 0; place < rows; place += 1) {
    const { number, state, type } = numbers.listed(place);
    lines += `${number};${state};${type};2026-10-${String((place % 28) + 1).padStart(2, '0')}\r\n`;
    if (isBroken(place)) {
      lines += '?;UTO;P;2026-10-01\r\n';
      broken += 1;
    }
    if (lines.length < 1 << 20) continue;
    if (!file.write(lines)) await once(file, 'drain');
    lines = '';
  }
  file.end(lines);
  await once(file, 'finish');
  return broken;
}

async function runStation(values: readonly string[]): Promise<StationFigures> {
  const script = join(import.meta.dirname, 'lists', 'station.ts');
  const child = spawn(process.execPath, ['--expose-gc', script, ...values], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await text(child.stdout);
  if (said === '') throw new Error('the station ended');
  return JSON.parse(said) as StationFigures;
}

/** Numbers as they could be readable: plain, and as hexadecimal; the scan looks for UTF-8, UTF-16 and base64 of each. */
function markersOf(numbers: Numbers, rows: number): string[] {
  const step = Math.max(1, Math.floor(rows / LOOKED_FOR));
  return Array.from({ length: Math.min(rows, LOOKED_FOR) }, (_, index) => {
    const { number } = numbers.listed((index * step) % rows);
    const hex = Buffer.from(number, 'latin1').toString('hex');
    return [number, hex, hex.toUpperCase()];
  }).flat();
}

/** Measures with so many rows; the goals are those of ten million. */
export async function measure({ seed, rows, unlisted }: Sizes & { seed: number }): Promise<BenchResult> {
  const place = mkdtempSync(join(tmpdir(), 'bench-lists-'));
  const folder = join(place, 'station');
  const table = join(place, 'table.csv');
  const numbers = numbersOf(seed, rows);
  try {
    await setUpFolder(folder, { timeZone: 'UTC' });
    const broken = await writeTable(table, numbers, rows);
    const tableBytes = statSync(table).size;
    note(`${rows} rows, ${tableBytes} bytes`);
    const of = await runStation([folder, table, seed, rows, unlisted].map(String));
    rmSync(table);
    const scan = scanFolders([folder], markersOf(numbers, rows));
    const files = readdirSync(join(folder, LIST_FOLDER));
    const bytes = files.reduce((sum, name) => sum + statSync(join(folder, LIST_FOLDER, name)).size, 0);
    const [lookupP50, lookupP99] = [quantile(of.lookupMs, 0.5), quantile(of.lookupMs, 0.99)];
    const duringP99 = quantile(of.duringMs, 0.99);
    return {
      figures: {
        rows,
        'table, MB': round(tableBytes / 1e6),
        'list, MB': round(bytes / 1e6),
        'import, s': round(of.importMs / 1000),
        'memory of the import, MiB': round(of.memoryMiB),
        'times its progress was told': of.told,
        refused: of.refused,
        'lookup p50, ms': round(lookupP50, 3),
        'lookup p99, ms': round(lookupP99, 3),
        'lookup longest, ms': round(Math.max(...of.lookupMs), 3),
        'lane question during import p50, ms': round(quantile(of.duringMs, 0.5), 2),
        'lane question during import p99, ms': round(duringP99, 2),
        'lane questions during import': of.duringMs.length,
        'listed numbers missed': of.missed,
        'unlisted numbers asked': of.unlisted,
        'false matches': of.falseMatches,
        'readable traces': scan.hits.length,
      },
      goals: {
        'imported in under 3 minutes': of.importMs < GOALS.importMs,
        'with progress': of.told >= Math.min(50, rows / 5_000),
        'at most 250 MiB above before': of.memoryMiB <= GOALS.memoryMiB,
        'every row was taken, every broken one refused':
          of.taken === rows && of.entries === rows && of.refused === broken,
        'lookup p99 under 1 ms': lookupP99 < GOALS.lookupMs,
        'the lane is answered within 50 ms meanwhile, in 99 of 100': duringP99 < GOALS.duringMs,
        'every listed number is found': of.missed === 0,
        'no unlisted number is found': of.falseMatches === 0 && of.unlisted >= unlisted,
        'nothing readable lies in any file': scan.hits.length === 0,
        'one file is left': files.length === 1,
      },
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
