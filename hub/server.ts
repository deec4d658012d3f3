// The hub's HTTP service: one route file per noun is registered here.
import Fastify, { type FastifyInstance } from 'fastify';
import { aboutRoute } from './routes/about.ts';

export interface HubOptions {
  version: string;
}

/** Builds the service without listening, so that tests can inject requests. */
export function createHub(options: HubOptions): FastifyInstance {
  const hub = Fastify({ logger: false, bodyLimit: 1024 * 1024 });
  hub.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  });
  hub.register(aboutRoute(options));
  return hub;
}
