// The hub's log: one line of JSON an event, with ids and codes only. No body, no address of a person, no words of an error.
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { codeOf } from './failure.ts';

export type LogLevel = 'info' | 'warn' | 'error' | 'silent';

/**
 * Of an error its kind, its code and where it arose. Its message may quote a value (PostgreSQL does), and so may the
 * first lines of its stack.
 */
export function errorForLog(error: unknown): { type: string; code?: string; message: string; stack: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const code = codeOf(error);
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
  return { type: error.name, ...(code !== '' && { code }), message: '', stack: at.slice(0, 8).join('\n') };
}

/** Settings for the service's log. Requests are told by `logRequests` alone. */
export function logSettings(level: LogLevel): NonNullable<FastifyServerOptions['logger']> {
  return {
    level,
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (name) => ({ level: name }) },
    serializers: { err: errorForLog },
    stream: process.stderr,
  };
}

/**
 * One line a request: what was asked by the name of its route, since a path may hold what a person typed, how it was
 * answered, and which station asked.
 */
export function logRequests(hub: FastifyInstance): void {
  hub.addHook('onResponse', async (request, reply) => {
    const level = reply.statusCode >= 500 ? 'warn' : 'info';
    request.log[level](
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        refused: reply.refused || undefined,
        station: request.caller?.stationId,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
}
