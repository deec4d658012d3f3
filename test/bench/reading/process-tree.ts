// Memory and processor time of a process and all below it, from /proc; zeros where there is none.
import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of 10 ms, as the kernel tells processor time on every Linux that is used today. */
const TICK_MS = 10;

/** The processes below one, itself not among them. */
export function processesBelow(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return children.flatMap((child) => [child, ...processesBelow(child)]);
  } catch {
    // Ended meanwhile, or another system.
    return [];
  }
}

/**
 * Proportional set size of the processes together, MiB: a page that several of them share counts once. The sum of
 * their resident sizes would count it for each.
 */
export function memoryMb(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + proportionalKb(pid), 0) / 1024;
}

function proportionalKb(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Processor time of the processes that still run, with all their threads, in ms. */
export function processorMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + spentMs(pid), 0);
}

function spentMs(pid: number): number {
  try {
    // Fields 14 and 15 of proc(5) stat; the name before may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return 0;
  }
}

/** Processor time of this process' children that have ended and been waited for, in ms; null where there is no /proc. */
export function endedChildrenMs(): number | null {
  try {
    // Fields 16 and 17.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
  } catch {
    return null;
  }
}
