// kill -9 in the middle of saving: the database opens, nothing answered is missing, nothing is half there.
import { expect, it } from 'vitest';
import { killAgainAndAgain } from './kill.ts';

it('bears 20 kills at random moments', async () => {
  const { figures, faults } = await killAgainAndAgain({ kills: 20, seed: 7, lanes: 1 });
  expect(faults).toEqual([]);
  // A run in which nothing was saved would prove nothing.
  expect(figures.answered).toBeGreaterThan(5);
  expect(figures.inSave).toBeGreaterThan(1);
  expect(figures.pictures).toBe(figures.examinations * 2);
}, 180_000);
