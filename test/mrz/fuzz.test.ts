// A hundred thousand inputs of any shape through reading and every rule; `bench -- fuzz` does the ten million and times them.
import { expect, test } from 'vitest';
import { printSubmission } from '../../shared/contract/records.ts';
import { fuzzDocuments } from '../bench/fuzz/documents.ts';
import { fuzzInput } from '../bench/fuzz/inputs.ts';
import { percentile, runFuzz, together } from '../bench/fuzz/run.ts';

test('nothing throws, and the findings say of the digits what the reading says', () => {
  const parts = [0, 50_000].map((from) => runFuzz({ seed: 1, from, count: 50_000 }));
  const { inputs, read, thrown, disagreeing, first, examining } = together(parts);
  expect(thrown).toEqual([]);
  expect(disagreeing).toEqual([]);
  expect(inputs).toBe(100_000);
  // Most are close enough to a zone to be read as one; a good part is not.
  expect(read).toBeGreaterThan(50_000);
  expect(read).toBeLessThan(80_000);
  expect(first.reduce((sum, each) => sum + each, 0)).toBe(100_000);
  // Every fiftieth with typed pages and a label.
  expect(examining.reduce((sum, each) => sum + each, 0)).toBe(2000);
}, 180_000);

test('an input is made again from its seed and index alone', () => {
  for (const index of [0, 1, 17, 4242]) expect(fuzzInput(7, index)).toEqual(fuzzInput(7, index));
  expect(fuzzInput(7, 1)).not.toEqual(fuzzInput(8, 1));
  expect(fuzzDocuments(7, 50)).toEqual(fuzzDocuments(7, 50));
  // With every kind of field, of labels as of passports.
  const pages = Array.from({ length: 200 }, (_, index) => fuzzDocuments(7, index)).flat();
  const fields = new Set(pages.flatMap(({ print }) => Object.keys(print ?? {})));
  expect([...fields].sort()).toEqual(Object.keys(printSubmission.shape).sort());
});

test('the time that a share of the inputs does not exceed', () => {
  const histogram = new Uint32Array(10);
  histogram.set([9998, 1, 0, 1]);
  expect(percentile(histogram, 0.5)).toBe(0.002);
  expect(percentile(histogram, 0.9999)).toBe(0.004);
  expect(percentile(histogram, 1)).toBe(0.008);
});
