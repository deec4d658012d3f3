// Fifty random histories over the real hub on a real PostgreSQL; the measurement plays two thousand.
import { expect, it } from 'vitest';
import { playHistories } from './play.ts';

it('what was approved lies in the hub once, byte for byte, whatever happens on the way', async () => {
  const { figures, faults } = await playHistories({ histories: 50, seed: 7, lanes: 4 });
  expect(faults).toEqual([]);
  expect(figures).toMatchObject({ histories: 50 });
  expect(figures.approved).toBeGreaterThan(50);
  expect(figures.stationRestarts).toBeGreaterThan(20);
  expect(figures.carried).toBeGreaterThan(10);
  // Nothing of what can go wrong was left out.
  for (const [mishap, times] of Object.entries(figures.mishaps)) expect(times, mishap).toBeGreaterThan(0);
}, 240_000);
