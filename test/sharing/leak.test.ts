// The small form of `bench leak`: careless drafts at every tier, and nothing of a person in what leaves.
import { expect, test } from 'vitest';
import { leakScan } from '../bench/leak/run.ts';

test('forty careless drafts leave nothing of a person, and the search finds what is there', async () => {
  const told = await leakScan({ count: 40, seed: 7 });
  expect(told.hits).toEqual([]);
  expect(told.missed).toEqual([]);
  expect(told.reports).toBe(40);
  expect(told.keptBack).toBeGreaterThan(40);
  expect(told.pictures).toBeGreaterThan(4);
});
