// kill -9 in the middle of a case: whatever was answered is there, whole and in the chain, and no picture is lost or left over.
import { expect, it } from 'vitest';
import { killInCases } from './kill-cases.ts';

it('bears 10 kills between and within the steps of cases', async () => {
  const { faults, answered, kills, inEntry, after } = await killInCases({ kills: 10, seed: 3 });
  expect(faults).toEqual([]);
  expect(kills).toBe(10);
  // Runs in which nothing was entered would prove nothing.
  expect(answered).toBeGreaterThan(15);
  expect(inEntry + after.length).toBe(10);
}, 180_000);
