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
  /** Secrets tried from one address on the hub's own pages: each costs a quarter of a second and much memory. */
  secretsAMinute: number;
  /** Bodies that are being read or worked on, of all requests together. */
  bodyBytes: number;
  /** The same of one address, so that few slow senders do not fill what is there for all: one bundle fits. */
  bodyBytesAnAddress: number;
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
  secretsAMinute: 30,
  bodyBytes: 128 * 1024 * 1024,
  bodyBytesAnAddress: 40 * 1024 * 1024,
  waiting: 2000,
  headMs: 15_000,
  requestMs: 120_000,
};

export interface Limiters {
  /** Throws `Refused` where the station has asked too often. */
  station: Counted;
  /** Throws `Refused` where the address has tried too often to enrol. */
  enrolment: Counted;
}

type Counted = (request: FastifyRequest) => Promise<void>;

const addressOf = (request: FastifyRequest): string => request.ip;

/** Throws `Refused` for more than so many requests a minute under one key; the plug-in for it is there already. */
export function counted(
  hub: FastifyInstance,
  max: number,
  keyGenerator: (request: FastifyRequest) => string = addressOf,
): Counted {
  const count = hub.createRateLimit({ max, timeWindow: 60_000, keyGenerator });
  return async (request) => {
    const spent = await count(request);
    if (!spent.isAllowed && spent.isExceeded) {
      throw new Refused('busy', undefined, { retryAfterSeconds: spent.ttlInSeconds });
    }
  };
}

/** Sets the limits for every route of the hub. */
export async function setLimits(hub: FastifyInstance, pool: Pool, limits: HubLimits): Promise<Limiters> {
  await hub.register(rateLimit, { global: false });
  const address = counted(hub, limits.perAddressAMinute, addressOf);
  const holdBody = bodyBudget(limits.bodyBytes, limits.bodyBytesAnAddress);
  hub.addHook('onRequest', async (request, reply) => {
    await address(request);
    if (pool.waitingCount > limits.waiting) throw new Refused('busy');
    holdBody(request, reply);
  });
  return {
    station: counted(hub, limits.perStationAMinute, (request) => request.caller?.stationId ?? ''),
    enrolment: counted(hub, limits.enrolmentsAMinute, addressOf),
  };
}

/** Counts the bodies of all requests while they last, by the length that they declare. */
function bodyBudget(most: number, mostOfOne: number): (request: FastifyRequest, reply: FastifyReply) => void {
  let held = 0;
  const byAddress = new Map<string, number>();
  return (request, reply) => {
    if (request.headers['transfer-encoding'] !== undefined)
      throw new Refused('bad-request', ['content-length']);
    const bytes = Number(request.headers['content-length'] ?? 0);
    if (!(bytes > 0)) return;
    if (bytes > request.routeOptions.bodyLimit) throw new Refused('too-large');
    const { ip } = request;
    const own = byAddress.get(ip) ?? 0;
    if (held + bytes > most || own + bytes > mostOfOne) throw new Refused('busy');
    held += bytes;
    byAddress.set(ip, own + bytes);
    reply.raw.once('close', () => {
      held -= bytes;
      const left = (byAddress.get(ip) ?? 0) - bytes;
      if (left > 0) byAddress.set(ip, left);
      else byAddress.delete(ip);
    });
  };
}
