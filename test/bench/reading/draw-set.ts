// A process of its own that draws a part of our set into a folder: `draw-set.ts FOLDER SEED PART PARTS`.
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPainter } from './draw-picture.ts';
import { drawOrdinaryPage, PAGE_KINDS } from './ordinary.ts';
import { tasks } from './recipe.ts';

/** Pictures without a zone among those of the set. */
const EMPTY_PAGES = 10;

const [folder = '', seedText = '', partText = '', partsText = ''] = process.argv.slice(2);
const [seed, part, parts] = [Number(seedText), Number(partText), Number(partsText)];
const truth = join(folder, `truth-${part}.jsonl`);
const mine = (_: unknown, i: number): boolean => i % parts === part;

writeFileSync(truth, '');
const paint = createPainter(seed);
for (const task of tasks().filter(mine)) {
  const { format, lines, jpeg } = await paint(task);
  writeFileSync(join(folder, task.image), jpeg);
  const { image, axis, step } = task;
  appendFileSync(truth, `${JSON.stringify({ image, format, lines, axis, step })}\n`);
}
for (const page of Array.from({ length: EMPTY_PAGES }, (_, i) => i).filter(mine)) {
  const kind = PAGE_KINDS[page % PAGE_KINDS.length] ?? 'letter';
  const image = `none-${page}.jpg`;
  writeFileSync(join(folder, image), await drawOrdinaryPage(seed, page, kind));
  appendFileSync(truth, `${JSON.stringify({ image, format: 'none', lines: [] })}\n`);
}
