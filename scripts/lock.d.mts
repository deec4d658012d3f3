// Types of lock.mjs.
/** Runs `work` while holding `file`; a lock left behind by a process that is gone is taken over. */
export function withLock<T>(file: string, work: () => T | Promise<T>, onWait?: () => void): Promise<T>;
