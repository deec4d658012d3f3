// Measures the recogniser alone, line by line, without grammar or check digits: exact lines and character errors.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRecogniser } from '../../electron/cli/ocr/recogniser.ts';
import { decodeImage } from '../../electron/images/decode.ts';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { drawnLines, type LineRow } from './lines/drawn-lines.ts';
import { editDistance } from './lines/edit-distance.ts';
import { percent } from './reading/score.ts';

export interface LinesOptions {
  seed: number;
  /** A folder with `truth.jsonl` (rows with `image` and `line`, any other text or number may group them). */
  set?: string;
  /** The field of the rows in a folder by which the figures are grouped. */
  by?: string;
  /** The folder of the model; the app's own unless told. */
  model?: string;
}

interface Tally {
  lines: number;
  exact: number;
  characters: number;
  errors: number;
}

const MODEL = fileURLToPath(new URL('../../assets/ocr', import.meta.url));

async function* folderLines(folder: string, by: string): AsyncGenerator<LineRow> {
  const rows = readFileSync(join(folder, 'truth.jsonl'), 'utf8').split('\n').filter(Boolean);
  for (const row of rows) {
    const { image, line, ...rest } = JSON.parse(row) as { image: string; line: string };
    const decoded = await decodeImage(readFileSync(join(folder, image)));
    if (!decoded.ok) throw new Error(decoded.code);
    const value = (rest as Record<string, string | number | undefined>)[by];
    // Heights of capitals are grouped by twos below 10 pixels and together above.
    const group = typeof value === 'number' ? (value < 10 ? `${Math.floor(value / 2) * 2}` : '10up') : value;
    yield { group: group ?? 'all', line, strip: decoded.grey };
  }
}

/** The set drawn from the seed, or a folder's; figures in per cent. */
export async function bench(options: LinesOptions): Promise<BenchResult> {
  const { set, by = 'print', model = MODEL } = options;
  if (set !== undefined && !existsSync(join(set, 'truth.jsonl')))
    throw new Error('no truth.jsonl in the set');
  const recogniser = createRecogniser({ modelFolder: model });
  const tallies = new Map<string, Tally>([['all', { lines: 0, exact: 0, characters: 0, errors: 0 }]]);
  try {
    for await (const { group, line, strip } of set === undefined
      ? drawnLines(options.seed)
      : folderLines(set, by)) {
      const read = (await recogniser.recognise(strip)).map(({ char }) => char).join('');
      const errors = editDistance(read, line);
      if (errors > 0) process.stderr.write(`${group}\n  printed ${line}\n  read    ${read}\n`);
      for (const name of new Set(['all', group])) {
        const tally = tallies.get(name) ?? { lines: 0, exact: 0, characters: 0, errors: 0 };
        tally.lines++;
        tally.exact += errors === 0 ? 1 : 0;
        tally.characters += line.length;
        tally.errors += errors;
        tallies.set(name, tally);
      }
    }
  } finally {
    await recogniser.close();
  }
  const figures: Record<string, number> = {};
  for (const [name, { lines, exact, characters, errors }] of tallies) {
    figures[`${name}Lines`] = lines;
    figures[`${name}ExactPercent`] = percent(exact, lines);
    figures[`${name}CharacterErrorPercent`] = percent(errors, characters);
  }
  return { figures, goals: set === undefined ? goalsOf(figures) : {} };
}

function goalsOf(figures: Record<string, number>): Record<string, boolean> {
  const exact = (group: string): number => figures[`${group}ExactPercent`] ?? 0;
  return {
    'large capitals and those of 9 pixels: at least 98 of 100 lines exact':
      Math.min(exact('large'), exact('caps9')) >= 98,
    'all: at least 90 of 100 lines exact, at most 0.4 % of the characters wrong':
      exact('all') >= 90 && (figures.allCharacterErrorPercent ?? 100) <= 0.4,
  };
}
