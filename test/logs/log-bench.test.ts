// The measurement of a large log in small: every row is there, and other programs read in each file what lies in the store.
import { expect, it } from 'vitest';
import { measure } from '../bench/log.ts';

it('a log of a thousand examinations is read by other programs as it lies in the store', async () => {
  const { figures, goals } = await measure({ seed: 7, records: 1000 });
  expect(figures['rows']).toBe(1000);
  expect(Object.entries(goals).filter(([, met]) => !met)).toEqual([]);
});
