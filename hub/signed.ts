// Routes that only stations may ask: who asked stands in the request once its signature was checked.
import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { EMPTY_SHA256 } from '../shared/wire/sign.ts';
import type { Auth, Caller } from './auth.ts';
import type { Limiters } from './limits.ts';

const NOTHING = Buffer.alloc(0);

/** The body as it came; empty where there is none. */
export const bytesOf = (request: FastifyRequest): Buffer =>
  request.body instanceof Buffer ? request.body : NOTHING;

/** The station that asks. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error('a route that is not signed asks who its caller is');
  return request.caller;
}

/** Checks signature, clock and rate of every request to a signed route, and spends its nonce. */
export function checkSigned(hub: FastifyInstance, auth: Auth, limiters: Limiters): void {
  hub.decorateRequest('caller', null);
  hub.decorateRequest('bodySha256', '');
  hub.addHook('preHandler', async (request) => {
    const { signed, admitsItself } = request.routeOptions.config;
    if (!signed) return;
    const body = bytesOf(request);
    request.bodySha256 = body.length === 0 ? EMPTY_SHA256 : hash('sha256', body, 'hex');
    request.caller = await auth.prove(request, request.bodySha256);
    await limiters.station(request);
    if (!admitsItself) await auth.admit(request.caller);
  });
}
