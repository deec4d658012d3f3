// Removes files of the watched folder where the policy says so; a file that changed since it was taken is another file.
import { lstat, rm } from 'node:fs/promises';
import type { Db } from '../db/open.ts';
import { markRemoved, printsToRemove } from '../db/scans.ts';
import { systemCode } from '../failure.ts';
import type { SeenFile } from './watched-files.ts';

/** Of the files seen now, those whose picture lies safe in the store go. Answers whether the system refused one. */
export async function removeTaken(db: Db, files: readonly SeenFile[]): Promise<'done' | 'refused'> {
  const due = new Set(printsToRemove(db));
  let outcome: 'done' | 'refused' = 'done';
  for (const { path, size, mtimeMs, fingerprint } of files) {
    if (!due.has(fingerprint)) continue;
    try {
      const stat = await lstat(path);
      if (stat.size !== size || stat.mtimeMs !== mtimeMs) continue;
      await rm(path);
      markRemoved(db, fingerprint);
    } catch (error) {
      const code = systemCode(error);
      if (code === 'ENOENT') markRemoved(db, fingerprint);
      // One that its scanner still holds is removed at a later look.
      else if (code !== 'EBUSY') outcome = 'refused';
    }
  }
  return outcome;
}
