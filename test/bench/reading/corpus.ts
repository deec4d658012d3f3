// Folders of pictures with `truth.jsonl`, and the specimens for tuning that lie beside the project.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TruthRow } from './score.ts';

/** The corpus lies beside the project and never in it. */
export const CORPUS = fileURLToPath(new URL('../../../../shared/corpus/real/', import.meta.url));

/** The rows of a folder's `truth.jsonl`; none where there is no such file. */
export function truthRows(folder: string): TruthRow[] {
  const truth = join(folder, 'truth.jsonl');
  if (!existsSync(truth)) return [];
  return readFileSync(truth, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TruthRow);
}

/** The rows of the corpus; none where it is not there. */
export function corpusRows(): TruthRow[] {
  return truthRows(CORPUS);
}
