// Refusals with a code, and how faults of SQLite and of the file system become one without a word of data.
import type { Failure, FailureCode } from '../shared/contract/bridge.ts';

/** Thrown below the dispatcher to refuse a request; carries a code and field names, never a value. */
export class StationFailure extends Error {
  readonly code: FailureCode;
  readonly fields: string[] | undefined;
  readonly waitSeconds: number | undefined;

  constructor(code: FailureCode, fields?: string[], waitSeconds?: number) {
    super(code);
    this.name = 'StationFailure';
    this.code = code;
    this.fields = fields;
    this.waitSeconds = waitSeconds;
  }
}

/** The code that SQLite or the system gave an error, as `ENOENT`; empty where it has none. */
export const systemCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';

/** The last of them where the index of the log, a file of its own, could not grow. */
const FULL: ReadonlySet<string> = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'SQLITE_IOERR_SHMSIZE']);
const DAMAGED = /^(SQLITE_CORRUPT.*|SQLITE_NOTADB|SQLITE_IOERR_(SHORT_READ|READ|CORRUPTFS|DATA)|EIO)$/u;
const UNWRITABLE = /^(SQLITE_(READONLY|CANTOPEN|IOERR|PERM|AUTH).*|EROFS|EACCES|EPERM)$/u;

/** The refusal that an error stands for; `internal` for every fault of our own. */
export function failureOf(error: unknown): Failure {
  if (error instanceof StationFailure) {
    const { code, fields, waitSeconds } = error;
    return {
      code,
      ...(fields === undefined ? {} : { fields }),
      ...(waitSeconds === undefined ? {} : { waitSeconds }),
    };
  }
  const code = systemCode(error);
  if (FULL.has(code)) return { code: 'disk-full' };
  if (DAMAGED.test(code)) return { code: 'store-damaged' };
  if (UNWRITABLE.test(code)) return { code: 'store-read-only' };
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return { code: 'store-locked' };
  return { code: 'internal' };
}

/**
 * A line for the fault log: the error's class, its system code and the frames of our own files, relative.
 * Never its message, which may quote what a traveller's document says.
 */
export function describeFault(where: string, error: unknown): string {
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = [...stack.matchAll(/(?:electron|shared)\/[\w./-]+\.[jt]s:\d+:\d+/g)].map(([frame]) => frame);
  return ['internal', where, name, systemCode(error), ...frames.slice(0, 8)]
    .filter((part) => part !== '')
    .join(' ');
}
