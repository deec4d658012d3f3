// A bundle of any length is written and read in the memory of a few frames.
import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { PIECE_BYTES } from '../../shared/wire/api.ts';
import { readBundle, writeBundle } from '../../shared/wire/bundle.ts';
import type { ContentHead, Frame } from '../../shared/wire/bundle-frames.ts';
import { piece, READER, SENDER } from './bundles.ts';

test('memory stays flat over a hundred megabytes', async () => {
  const bytes = randomBytes(PIECE_BYTES);
  function* many(): Generator<Frame<ContentHead>> {
    for (let count = 0; count < 400; count += 1) yield piece(bytes);
  }
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  let least = Number.POSITIVE_INFINITY;
  let count = 0;
  collect();
  const before = process.memoryUsage().arrayBuffers;
  for await (const frame of readBundle(writeBundle(many(), SENDER), {
    ...READER,
    mostBytes: 200_000_000,
  })) {
    count += frame.bytes.length > 0 ? 1 : 0;
    // What was kept would be half of all by then; what is only not swept yet goes from time to time.
    if (count < 200 || count % 20 !== 0) continue;
    collect();
    least = Math.min(least, process.memoryUsage().arrayBuffers - before);
  }
  expect(count).toBe(400);
  expect(least).toBeLessThan(30_000_000);
});
