// /v1/alerts/:id/read and /reads: a station tells that somebody read an alert, and its author asks who did.
import type { FastifyInstance } from 'fastify';
import { alertRead, alertReads } from '../../shared/wire/api.ts';
import type { HubContext } from '../context.ts';
import { noteRead, readsOf } from '../db/alerts.ts';
import { inShape, readJson } from '../read.ts';
import { Refused } from '../refusal.ts';
import { bytesOf, callerOf } from '../signed.ts';

const MAX_BYTES = 1024;

export function alertRoutes(hub: FastifyInstance, { database }: HubContext): void {
  const put = {
    summary: 'Somebody at this station read the alert; told twice it counts once',
    params: alertRead.params,
    body: alertRead.body,
    answers: { 204: null },
    refusals: ['bad-request', 'not-found', 'too-large', 'wrong-type'],
  } as const;
  hub.put(
    '/v1/alerts/:id/read',
    { bodyLimit: MAX_BYTES, config: { api: put, signed: true } },
    async (request, reply) => {
      const { id } = inShape(alertRead.params, request.params, 'bad-request');
      const { value } = readJson(bytesOf(request), 'bad-request');
      const read = inShape(alertRead.body, value, 'bad-request');
      if (!(await noteRead(database.db, callerOf(request), id, read))) throw new Refused('not-found');
      return reply.code(204).send();
    },
  );

  const get = {
    summary: 'Who read an alert of the agency of this station, the earliest first',
    params: alertReads.params,
    answers: { 200: alertReads.answer },
    refusals: ['bad-request', 'not-found'],
  } as const;
  hub.get('/v1/alerts/:id/reads', { config: { api: get, signed: true } }, async (request) => {
    const { id } = inShape(alertReads.params, request.params, 'bad-request');
    const reads = await readsOf(database.db, callerOf(request).agencyId, id);
    if (reads === null) throw new Refused('not-found');
    return { reads };
  });
}
