// Broken pictures against the image door: each told by its code, none hangs, and the next good one reads.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../electron/app.ts';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { NO_SHELL } from '../electron/no-shell.ts';
import { BROKEN_IMAGES, jpeg } from '../images/samples.ts';

const LONGEST_MS = 5000;

export async function bench(): Promise<BenchResult> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'countercheck-broken-'));
  const app = await createApp({
    dataFolder,
    version: '0',
    shell: NO_SHELL,
    report: (fault) => console.error(fault),
  });
  let told = 0;
  let readAfter = 0;
  let slowest = 0;
  try {
    for (const { name, code, make } of BROKEN_IMAGES) {
      const bytes = await make();
      const startedAt = performance.now();
      const reply = JSON.parse(await app.putImage(bytes));
      const ms = performance.now() - startedAt;
      slowest = Math.max(slowest, ms);
      const answer = reply.ok ? 'read' : reply.error.code;
      if (answer === code) told += 1;
      console.error(
        `${name}: ${answer} in ${ms.toFixed(0)} ms${answer === code ? '' : `, expected ${code}`}`,
      );
      if (JSON.parse(await app.putImage(await jpeg())).ok) readAfter += 1;
    }
    const files = readdirSync(join(dataFolder, 'images')).length;
    const inputs = BROKEN_IMAGES.length;
    return {
      figures: { inputs, told, readAfter, slowestMs: Math.round(slowest) },
      goals: {
        'at least 20 inputs, each told by its code': inputs >= 20 && told === inputs,
        'the next good picture reads after each': readAfter === inputs,
        'none takes longer than five seconds': slowest < LONGEST_MS,
        'nothing of a refused picture is kept': files === readAfter,
      },
    };
  } finally {
    await app.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
