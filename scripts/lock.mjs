// A lock file against two runs that install or build at the same time; plain JavaScript, since it runs before the set-up.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const POLL_MS = 200;
const EMPTY_MS = 10_000;
const LONGEST_MS = 60 * 60 * 1000;

/** Runs `work` while holding `file`; a lock left behind by a process that is gone is taken over. */
export async function withLock(file, work, onWait = () => {}) {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    if (!told) onWait();
    told = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!holderIsGone(file)) return false;
  rmSync(file, { force: true });
  return false;
}

function holderIsGone(file) {
  let pid = 0;
  let ageMs = 0;
  try {
    ageMs = Date.now() - statSync(file).mtimeMs;
    pid = Number(readFileSync(file, 'utf8'));
  } catch {
    return false; // released in this moment; the next try takes it
  }
  // Empty for the moment in which it is written; longer means that the writer is gone.
  if (!Number.isInteger(pid) || pid <= 0) return ageMs > EMPTY_MS;
  // A number may have gone to another process since: no set-up and no build takes this long.
  if (ageMs > LONGEST_MS) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
