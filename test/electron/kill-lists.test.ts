// kill -9 while a list is replaced: the version before or the new one, whole; five kills here.
import { expect, it } from 'vitest';
import { killListsAgain } from './kill-lists.ts';

it('bears 5 kills at random moments', async () => {
  const { faults, inImport, versions } = await killListsAgain({ kills: 5, seed: 5 });
  expect(faults).toEqual([]);
  // A run in which nothing was cut, or nothing came to its end, would prove nothing.
  expect(inImport).toBeGreaterThan(1);
  expect(versions).toBeGreaterThan(1);
}, 480_000);
