// The small form of `bench leak`: careless drafts at every tier, and nothing of a person in what leaves.
import { expect, test } from 'vitest';
import { leakScan } from '../bench/leak/run.ts';

test('fifteen careless drafts leave nothing of a person, and the search finds what is there', async () => {
  const told = await leakScan({ count: 15, seed: 7 });
  expect(told.hits).toEqual([]);
  expect(told.missed).toEqual([]);
  expect(told.reports).toBe(15);
  expect(told.keptBack).toBeGreaterThan(15);
  expect(told.pictures).toBeGreaterThan(0);
}, 180_000);
