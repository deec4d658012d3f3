// The hub's log: one line of JSON an event, with ids and codes only. No body, no address of a person, no words of an error.
import type { FastifyServerOptions } from 'fastify';

export type LogLevel = 'info' | 'warn' | 'error' | 'silent';

/**
 * Of an error its kind, its code and where it arose. Its message may quote a value (PostgreSQL does), and so may the
 * first lines of its stack.
 */
export function errorForLog(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
  return { kind: error.name, code, at: at.slice(0, 8).map((line) => line.trim()) };
}

/** Settings for the service's log. Requests are told by `logRequests` alone. */
export function logSettings(level: LogLevel): NonNullable<FastifyServerOptions['logger']> {
  return {
    level,
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (name) => ({ level: name }) },
    serializers: { err: errorForLog, req: () => undefined, res: () => undefined },
    stream: process.stderr,
  };
}
