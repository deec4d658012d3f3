// Our own set in a folder, drawn by two processes at once.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PARTS = 2;

/** Draws the set of the seed and its `truth.jsonl` into a folder. */
export async function drawSet(folder: string, seed: number): Promise<void> {
  const parts = Array.from({ length: PARTS }, (_, part) => part);
  await Promise.all(parts.map((part) => drawPart(folder, seed, part)));
  const files = parts.map((part) => join(folder, `truth-${part}.jsonl`));
  writeFileSync(join(folder, 'truth.jsonl'), files.map((file) => readFileSync(file, 'utf8')).join(''));
  for (const file of files) rmSync(file);
}

function drawPart(folder: string, seed: number, part: number): Promise<void> {
  const args = [join(import.meta.dirname, 'draw-set.ts'), folder, `${seed}`, `${part}`, `${PARTS}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error('the drawing process failed'))));
  });
}
