// The specimens for tuning, where they lie beside the project: every one answered, nearly all exact.
import { afterAll, expect, it } from 'vitest';
import { createReader } from '../../electron/cli/read-file.ts';
import { CORPUS, corpusRows } from '../bench/reading/corpus.ts';

const specimens = corpusRows();
const reader = createReader();
afterAll(() => reader.close());

if (specimens.length === 0) {
  process.stderr.write(
    'The corpus is not beside this project (../shared/corpus/real): its reading is not tested.\n',
  );
}

it.skipIf(specimens.length === 0)(
  'reads at least 32 of the 33 specimens exactly, and changes nothing in silence',
  async () => {
    const differing: string[] = [];
    for (const { image, lines } of specimens) {
      const row = await reader.read(`${CORPUS}${image}`, { timeoutMs: 60_000 });
      expect(row.status, image).not.toBe('unreadable');
      if (row.status !== 'read' || row.lines.join() !== lines.join()) differing.push(image);
      if (row.status !== 'read') continue;
      // Every character that is not as recognised has its correction.
      const changes = row.corrections.filter(({ to }) => to !== '').length;
      const unchanged = row.rawLines.join() === row.lines.join();
      expect(unchanged || row.corrections.length > 0, image).toBe(true);
      expect(changes, image).toBeLessThan(10);
    }
    expect(specimens.length - differing.length, differing.join(', ')).toBeGreaterThanOrEqual(32);
  },
  180_000,
);
