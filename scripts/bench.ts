// `npm run -s bench -- NAME [--seed N] [--json]`: runs one measurement of test/bench and judges it by its goals.
// Some take more: --set FOLDER (read, lines), --chart (read), --by FIELD and --model FOLDER (lines).
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { BenchResult } from './bench-result.ts';

interface BenchOptions {
  seed: number;
  set?: string;
  chart?: boolean;
  by?: string;
  model?: string;
}

interface BenchModule {
  bench(options: BenchOptions): Promise<BenchResult>;
}

const folder = join(dirname(import.meta.dirname), 'test', 'bench');
const names = readdirSync(folder)
  .filter((file) => /^[a-z0-9-]+\.ts$/.test(file))
  .map((file) => file.slice(0, -'.ts'.length));

process.exitCode = await main();

async function main(): Promise<number> {
  const asked = read();
  const name = asked?.positionals[0];
  const seed = Number(asked?.values.seed ?? '1');
  if (name === undefined || !names.includes(name) || !Number.isSafeInteger(seed) || seed < 0) {
    process.stderr.write(
      `Usage: npm run -s bench -- NAME [--seed N] [--set FOLDER] [--json]\nNames: ${names.join(', ')}\n`,
    );
    return 2;
  }
  const module = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as BenchModule;
  const { set, chart, by, model } = asked?.values ?? {};
  const result = await measured(module, {
    seed,
    ...(set === undefined ? {} : { set }),
    ...(chart === undefined ? {} : { chart }),
    ...(by === undefined ? {} : { by }),
    ...(model === undefined ? {} : { model }),
  });
  if (result === null) return 2;
  const { figures, goals } = result;
  const pass = Object.values(goals).every(Boolean);
  const out = asked?.values.json === true ? process.stderr : process.stdout;
  for (const [figure, value] of Object.entries(figures)) out.write(`${figure}: ${value}\n`);
  for (const [goal, met] of Object.entries(goals)) out.write(`${met ? 'met' : 'MISSED'}: ${goal}\n`);
  if (asked?.values.json === true) {
    await new Promise((done) =>
      process.stdout.write(`${JSON.stringify({ name, figures, goals, pass })}\n`, done),
    );
  }
  return pass ? 0 : 1;
}

/** Null where the set that was given cannot be measured; why stands on standard error. */
async function measured(module: BenchModule, options: BenchOptions): Promise<BenchResult | null> {
  try {
    return await module.bench(options);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'SetMistake') throw error;
    process.stderr.write(`${error.message}\n`);
    return null;
  }
}

function read() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        json: { type: 'boolean' },
        set: { type: 'string' },
        chart: { type: 'boolean' },
        by: { type: 'string' },
        model: { type: 'string' },
      },
    });
  } catch {
    return null;
  }
}
