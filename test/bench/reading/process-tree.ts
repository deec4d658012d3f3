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
 * The processes' own memory together, MiB: anonymous and shared pages, a page that several of them share once. The
 * pages of their program files are left out: how much of them counts depends on who else runs the same programs.
 */
export function ownMemoryMb(pids: readonly number[]): number {
  return sumKb(pids, 'smaps_rollup', /^Pss_(?:Anon|Shmem):\s+(\d+)/gmu) / 1024;
}

/** Resident memory of the processes, program files and all, MiB; what several share counts for each. */
export function residentMb(pids: readonly number[]): number {
  return sumKb(pids, 'status', /^VmRSS:\s+(\d+)/gmu) / 1024;
}

function sumKb(pids: readonly number[], file: string, lines: RegExp): number {
  let sum = 0;
  for (const pid of pids) {
    try {
      const text = readFileSync(`/proc/${pid}/${file}`, 'utf8');
      for (const [, kilobytes] of text.matchAll(lines)) sum += Number(kilobytes);
    } catch {
      // Ended meanwhile, or another system.
    }
  }
  return sum;
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
