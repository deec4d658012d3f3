// A process of its own that reads pictures one after the other: `read-set.ts FOLDER`, names of files on standard
// input, a row of JSON for each on standard output. By itself, so that its memory and processor time are the reader's.
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createReader } from '../../../electron/cli/read-file.ts';
import type { ReadAnswer } from './read-rows.ts';

const [folder = ''] = process.argv.slice(2);
const reader = createReader();
try {
  for await (const image of createInterface({ input: process.stdin })) {
    const before = process.cpuUsage();
    const begun = performance.now();
    const row = await reader.read(join(folder, image), { timeoutMs: 60_000 });
    const wallMs = performance.now() - begun;
    const { user, system } = process.cpuUsage(before);
    const read = row.status === 'read' ? row : null;
    const digits = Object.values(read?.checkDigits ?? {});
    const answer: ReadAnswer = {
      image,
      status: row.status,
      format: read?.format ?? null,
      lines: read?.lines ?? [],
      confidence: read?.confidence ?? 0,
      lowConfidence: read?.lowConfidence.length ?? 0,
      corrections: read?.corrections.length ?? 0,
      digitsHold: digits.length > 0 && !digits.includes('fails'),
      cpuMs: (user + system) / 1000,
      wallMs,
      residentMb: process.memoryUsage.rss() / 2 ** 20,
    };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
} finally {
  await reader.close();
}
