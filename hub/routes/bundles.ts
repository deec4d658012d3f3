// POST /v1/bundles: a bundle that was carried to where there is a network; the answer is the bundle to carry back.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { BUNDLE_TYPE } from '../../shared/wire/api.ts';
import { importBundle } from '../bundles.ts';
import type { HubContext } from '../context.ts';
import { Refused } from '../refusal.ts';
import { bytesOf, callerOf } from '../signed.ts';

/** A longer one is taken at the hub's own command line. */
const MAX_BYTES = 32 * 1024 * 1024;

export function bundleRoutes(hub: FastifyInstance, context: HubContext): void {
  const api = {
    summary:
      'Takes a bundle, whoever of the stations brings it; the answer is sealed to the one that wrote it',
    body: { bytes: BUNDLE_TYPE },
    answers: { 200: { bytes: BUNDLE_TYPE } },
    refusals: ['schema', 'not-yours', 'too-large', 'wrong-type'],
  } as const;
  // The answer may be long, and a bundle can come again: of each that brings them one at a time.
  const atWork = new Set<string>();
  hub.post('/v1/bundles', { bodyLimit: MAX_BYTES, config: { api, signed: true } }, async (request, reply) => {
    const { stationId } = callerOf(request);
    if (atWork.has(stationId)) throw new Refused('busy');
    atWork.add(stationId);
    reply.raw.once('close', () => atWork.delete(stationId));
    const { answer, taken } = await importBundle(context, Readable.from([bytesOf(request)]), MAX_BYTES);
    if (taken.stored > 0) context.publisher.wake();
    context.metrics.reports.inc({ outcome: 'stored' }, taken.stored);
    context.metrics.reports.inc({ outcome: 'repeated' }, taken.repeated);
    return reply.type(BUNDLE_TYPE).send(Readable.from(answer, { objectMode: false }));
  });
}
