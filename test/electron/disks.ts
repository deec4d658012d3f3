// Small disks of our own, for tests of what happens when one is full or takes nothing. Only the superuser can mount any.
import { spawnSync } from 'node:child_process';
import { statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { temporaryFolder } from './fixtures.ts';

const run = (command: string, ...values: string[]): boolean =>
  spawnSync(command, values, { stdio: 'ignore' }).status === 0;

function isAble(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const place = temporaryFolder();
  return run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place) && run('umount', place);
}

/** Whether this process may mount a disk. */
export const CAN_MOUNT = isAble();

const mounted: string[] = [];

// Registered after the hook that removes folders, and so run before it.
afterEach(() => {
  for (const place of mounted.splice(0)) run('umount', '--lazy', place);
});

/** A folder that is a disk of so many megabytes; it goes with the test. */
export function smallDisk(megabytes: number): string {
  const place = temporaryFolder();
  if (!run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', place)) throw new Error('no disk');
  mounted.push(place);
  return place;
}

/** Puts a file there that leaves so many bytes; `null` takes it away again. */
export function fill(disk: string, left: number | null): void {
  const path = join(disk, 'somebody-elses-films');
  writeFileSync(path, '');
  if (left === null) return;
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - left)));
  truncateSync(path, Math.max(0, bavail * bsize - left));
}

/** Makes a folder take nothing more by its name, as a stick whose lock was set. */
export function lockFolder(folder: string): void {
  const done = run('mount', '--bind', folder, folder) && run('mount', '-o', 'remount,bind,ro', folder);
  mounted.push(folder);
  if (!done) throw new Error('no lock');
}
