// A process of its own that reads pictures one after the other: `read-set.ts FOLDER`, names of files as JSON on standard
// input, a row of JSON for each on standard output. By itself, so that its memory and processor time are the reader's.
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createReader } from '../../../electron/cli/read-file.ts';
import { NO_ZONE, type ReadAnswer, zoneAnswer } from './read-rows.ts';

const [folder = ''] = process.argv.slice(2);
const reader = createReader();
try {
  for await (const name of createInterface({ input: process.stdin })) {
    const image = JSON.parse(name) as string;
    const before = process.cpuUsage();
    const begun = performance.now();
    const row = await reader.read(join(folder, image), { timeoutMs: 60_000 });
    const wallMs = performance.now() - begun;
    const { user, system } = process.cpuUsage(before);
    const answer: ReadAnswer = {
      ...(row.status === 'read' ? zoneAnswer(row) : NO_ZONE),
      image,
      status: row.status,
      ...(row.status === 'unreadable' ? { code: row.error.code } : {}),
      others: row.status === 'read' ? row.others.map(zoneAnswer) : [],
      cpuMs: (user + system) / 1000,
      wallMs,
      residentMb: process.memoryUsage.rss() / 2 ** 20,
    };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
} finally {
  await reader.close();
}
