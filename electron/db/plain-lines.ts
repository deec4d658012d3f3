// The two plain files beside the store, one JSON object a line: ids of nothing and nobody, numbers, hashes, signatures.
import { existsSync, readFileSync } from 'node:fs';
import { writeDurablySync } from '../files.ts';

/** Whole lines; an end that a cut tore off is none. */
export function readLines(path: string): string[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '');
}

/** Adds the lines that are not there yet. Lines that the store does not know stay: they may be what was cut off it. */
export function addLines(path: string, lines: readonly string[]): void {
  const there = readLines(path);
  const known = new Set(there);
  const missing = lines.filter((line) => !known.has(line));
  if (missing.length === 0) return;
  writeDurablySync(path, Buffer.from([...there, ...missing, ''].join('\n'), 'utf8'));
}
