// GET /about: which hub answers, in which version, with which keys, and what it accepts from stations.
import type { FastifyInstance } from 'fastify';
import { type About, about } from '../../shared/wire/api.ts';
import { REPORT_SCHEMA } from '../../shared/sharing/shapes.ts';
import type { HubContext } from '../context.ts';

export function aboutRoute(hub: FastifyInstance, { identity, now, version }: HubContext): void {
  const api = { summary: 'Which hub this is', answers: { 200: about } };
  hub.get('/about', { config: { api } }, async (): Promise<About> => {
    return {
      name: 'countercheck-hub',
      version,
      hubId: identity.id,
      hubName: identity.name,
      hubSignKey: identity.signKey.toString('base64url'),
      hubBoxKey: identity.boxKey.toString('base64url'),
      accepts: [REPORT_SCHEMA],
      at: new Date(now()).toISOString(),
    };
  });
}
