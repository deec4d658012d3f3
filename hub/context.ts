// What the routes work with, and how each of them is described.
import type { z } from 'zod';
import type { RefusalCode } from '../shared/wire/codes.ts';
import type { Auth, Caller } from './auth.ts';
import type { HubDatabase } from './db/open.ts';
import type { Listeners } from './events.ts';
import type { IngestQueue } from './ingest-queue.ts';
import type { HubIdentity } from './identity.ts';
import type { Limiters } from './limits.ts';
import type { Metrics } from './metrics.ts';
import type { Publisher } from './publisher.ts';
import type { Signer } from './signing.ts';

export interface HubContext {
  version: string;
  identity: HubIdentity;
  database: HubDatabase;
  sign: Signer;
  auth: Auth;
  limiters: Limiters;
  queue: IngestQueue;
  publisher: Publisher;
  listeners: Listeners;
  metrics: Metrics;
  /** The hub's clock, in milliseconds. */
  now: () => number;
}

/** Raw bytes of a type. */
export interface Bytes {
  bytes: string;
}

/** A route as openapi.json tells it. */
export interface RouteApi {
  summary: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType | Bytes;
  /** By status; null for an answer without a body. */
  answers: Record<number, z.ZodType | Bytes | null>;
  /** Beside those that every route of its kind has. */
  refusals?: readonly RefusalCode[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    api?: RouteApi;
    /** The station's signature is checked before the route is asked. */
    signed?: boolean;
    /** The route spends the nonce itself, in the same statement as its work. */
    admitsItself?: boolean;
  }
  interface FastifyRequest {
    /** Null where no signature was asked for. */
    caller: Caller | null;
    /** SHA-256 of the body, hex; only of signed requests. */
    bodySha256: string;
  }
}
