// kill -9 in the middle of a case: whatever was answered is there, whole and in the chain, and no picture is lost or left over.
import { expect, it } from 'vitest';
import { CASE_KINDS } from '../../shared/contract/cases.ts';
import { killInCases } from './kill-cases.ts';

it('bears a kill after each step of a case, and some within a step', async () => {
  const { faults, answered, inEntry, after } = await killInCases({ kills: 16, seed: 3 });
  expect(faults).toEqual([]);
  expect(new Set(after)).toEqual(new Set(CASE_KINDS));
  expect(answered).toBeGreaterThanOrEqual(78);
  expect(inEntry + after.length).toBe(16);
}, 240_000);
