// A process of its own that draws a part of our set into a folder: `draw-set.ts FOLDER SEED PART PARTS`.
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPainter } from './draw-picture.ts';
import { drawOrdinaryPage, PAGE_KINDS } from './ordinary.ts';
import { tasks } from './recipe.ts';

const [folder = '', seedText = '', partText = '', partsText = ''] = process.argv.slice(2);
const [seed, part, parts] = [Number(seedText), Number(partText), Number(partsText)];
const truth = join(folder, `truth-${part}.jsonl`);
const mine = (_: unknown, i: number): boolean => i % parts === part;

writeFileSync(truth, '');
const paint = createPainter(seed);
for (const task of tasks().filter(mine)) {
  const { documents, jpeg } = await paint(task);
  writeFileSync(join(folder, task.image), jpeg);
  const { image, axis, step } = task;
  appendFileSync(truth, `${JSON.stringify({ image, documents, axis, step })}\n`);
}
// Pictures without a zone among those of the set: one of each kind.
for (const [page, kind] of PAGE_KINDS.entries()) {
  if (!mine(kind, page)) continue;
  const image = `none-${kind}.jpg`;
  writeFileSync(join(folder, image), await drawOrdinaryPage(seed, page, kind));
  appendFileSync(truth, `${JSON.stringify({ image, format: 'none', lines: [] })}\n`);
}
