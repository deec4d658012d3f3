// GET /health, /ready, /metrics: for whoever keeps the hub running.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { health } from '../../shared/wire/api.ts';
import type { HubContext } from '../context.ts';
import { KNOWN_STEP, schemaStep } from '../db/open.ts';
import { isLoopback } from '../loopback.ts';
import { Refused } from '../refusal.ts';

/** Whoever shows the token; else this computer. Through a proxy everybody seems to be on this computer: then nobody. */
export type MetricsReader = { token: string } | 'this-computer' | 'nobody';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function mayRead(request: FastifyRequest, reader: MetricsReader): boolean {
  if (reader === 'nobody') return false;
  if (reader === 'this-computer') return isLoopback(request.raw.socket.remoteAddress ?? '');
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${reader.token}`));
}

export function healthRoutes(
  hub: FastifyInstance,
  { database, metrics }: HubContext,
  reader: MetricsReader,
): void {
  const alive = { summary: 'The process lives', answers: { 200: health } };
  hub.get('/health', { config: { api: alive } }, async () => ({ ok: true }));

  const ready = {
    summary: 'Its database answers and is up to date',
    answers: { 200: health },
    refusals: ['not-ready'],
  } as const;
  hub.get('/ready', { config: { api: ready } }, async () => {
    const step = await schemaStep(database.pool).catch(() => null);
    if (step !== KNOWN_STEP) throw new Refused('not-ready');
    return { ok: true };
  });

  const figures = {
    summary: 'Figures for Prometheus, for this computer or whoever shows the token for them',
    answers: { 200: { bytes: metrics.registry.contentType } },
    refusals: ['not-found'],
  } as const;
  hub.get('/metrics', { config: { api: figures } }, async (request, reply) => {
    // How much is reported is nobody's business outside.
    if (!mayRead(request, reader)) throw new Refused('not-found');
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
