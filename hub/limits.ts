// How much may be asked: requests of an address and of a station, bytes on their way in, questions that wait.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import rateLimit from '@fastify/rate-limit';
import type { Pool } from 'pg';
import { Refused } from './refusal.ts';

/** Each hub counts for itself: of two hubs behind one address, twice as much passes. */
export interface HubLimits {
  /** Requests of one network address, signed or not; many stations may share one. */
  perAddressAMinute: number;
  /** Requests with the right signature of one station. */
  perStationAMinute: number;
  /** Tries to enrol from one address. */
  enrolmentsAMinute: number;
  /** Bodies that are being read or worked on, of all requests together. */
  bodyBytes: number;
  /** Questions that wait for a connection to the database. */
  waiting: number;
  /** A head, and a whole request, must be there within these times: a slow sender holds nothing for long. */
  headMs: number;
  requestMs: number;
}

export const LIMITS: HubLimits = {
  perAddressAMinute: 12_000,
  perStationAMinute: 1200,
  enrolmentsAMinute: 20,
  bodyBytes: 128 * 1024 * 1024,
  waiting: 2000,
  headMs: 15_000,
  requestMs: 120_000,
};

export interface Limiters {
  /** Throws `Refused` where the station has asked too often. */
  station(request: FastifyRequest): Promise<void>;
  /** Throws `Refused` where the address has tried too often to enrol. */
  enrolment(request: FastifyRequest): Promise<void>;
}

/** Sets the limits for every route of the hub. */
export async function setLimits(hub: FastifyInstance, pool: Pool, limits: HubLimits): Promise<Limiters> {
  await hub.register(rateLimit, { global: false });
  const counted = (max: number, keyGenerator: (request: FastifyRequest) => string) => {
    const count = hub.createRateLimit({ max, timeWindow: 60_000, keyGenerator });
    return async (request: FastifyRequest): Promise<void> => {
      const spent = await count(request);
      if (!spent.isAllowed && spent.isExceeded) {
        throw new Refused('busy', undefined, { retryAfterSeconds: spent.ttlInSeconds });
      }
    };
  };
  const address = counted(limits.perAddressAMinute, (request) => request.ip);
  const holdBody = bodyBudget(limits.bodyBytes);
  hub.addHook('onRequest', async (request, reply) => {
    await address(request);
    if (pool.waitingCount > limits.waiting) throw new Refused('busy');
    holdBody(request, reply);
  });
  return {
    station: counted(limits.perStationAMinute, (request) => request.caller?.stationId ?? ''),
    enrolment: counted(limits.enrolmentsAMinute, (request) => request.ip),
  };
}

/** Counts the bodies of all requests while they last, by the length that they declare. */
function bodyBudget(most: number): (request: FastifyRequest, reply: FastifyReply) => void {
  let held = 0;
  return (request, reply) => {
    if (request.headers['transfer-encoding'] !== undefined)
      throw new Refused('bad-request', ['content-length']);
    const bytes = Number(request.headers['content-length'] ?? 0);
    if (!(bytes > 0)) return;
    if (bytes > request.routeOptions.bodyLimit) throw new Refused('too-large');
    if (held + bytes > most) throw new Refused('busy');
    held += bytes;
    reply.raw.once('close', () => {
      held -= bytes;
    });
  };
}
