// Folders of pictures with `truth.jsonl`, and the specimens for tuning that lie beside the project.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TruthRow } from './score.ts';

/** The corpus lies beside the project and never in it. */
export const CORPUS = fileURLToPath(new URL('../../../../shared/corpus/real/', import.meta.url));

/** A set that cannot be measured; the message is for whoever made the set. */
export class SetMistake extends Error {
  override name = 'SetMistake';
}

type Row = Record<string, unknown>;

/** Of a row without its format. */
const UNKNOWN = 'unknown';

/**
 * The documents that a folder's `truth.jsonl` tells; none where there is no such file. A picture with several has a row
 * for each, or one row with `documents`. Throws a SetMistake that names the row where a row is not understood.
 */
export function truthRows(folder: string): TruthRow[] {
  const truth = join(folder, 'truth.jsonl');
  if (!existsSync(truth)) return [];
  const rows = readFileSync(truth, 'utf8')
    .replace(/^\uFEFF/u, '')
    .split(/\r?\n/u)
    .flatMap((text, i) => (text.trim() === '' ? [] : documentsOf(text, i + 1)));
  const perImage = new Map<string, number>();
  for (const { image } of rows) perImage.set(image, (perImage.get(image) ?? 0) + 1);
  return rows.map((row) => {
    const documents = perImage.get(row.image) ?? 1;
    return documents === 1 ? row : { ...row, documents };
  });
}

/** The rows of the corpus; none where it is not there. */
export function corpusRows(): TruthRow[] {
  return truthRows(CORPUS);
}

function documentsOf(text: string, number: number): TruthRow[] {
  const mistake = (what: string) => new SetMistake(`truth.jsonl, row ${number}: ${what}`);
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    throw mistake('not JSON');
  }
  if (!isObject(row)) throw mistake('not an object');
  const { image, axis, step, documents = [row] } = row;
  if (typeof image !== 'string' || image === '') throw mistake('"image" must be the name of a file');
  if (!Array.isArray(documents) || documents.length === 0) throw mistake('"documents" must be a list');
  return documents.map((document: unknown): TruthRow => {
    const { lines, format } = isObject(document) ? document : {};
    if (!Array.isArray(lines) || !lines.every((line) => typeof line === 'string'))
      throw mistake('"lines" must be a list of texts, empty where the picture shows no zone');
    return {
      image,
      format: typeof format === 'string' && format !== '' ? usualName(format) : UNKNOWN,
      lines,
      ...(typeof axis === 'string' && typeof step === 'number' ? { axis, step } : {}),
    };
  });
}

/** Sets write MRVA and MRV-A. */
function usualName(format: string): string {
  return format.replace(/^MRV(?=[AB]$)/u, 'MRV-');
}

function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
