// The hub's HTTP service: limits, signatures and errors for all, then one route file per noun.
import Fastify, {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyServerOptions,
} from 'fastify';
import { BUNDLE_TYPE } from '../shared/wire/api.ts';
import { createAuth } from './auth.ts';
import { startChores } from './chores.ts';
import type { HubContext } from './context.ts';
import type { HubDatabase } from './db/open.ts';
import { createListeners } from './events.ts';
import type { HubIdentity } from './identity.ts';
import { createIngestQueue } from './ingest-queue.ts';
import { type HubLimits, LIMITS, setLimits } from './limits.ts';
import { createMetrics } from './metrics.ts';
import { serveOpenApi } from './openapi.ts';
import { startPublisher } from './publisher.ts';
import { Refused, refusalOf } from './refusal.ts';
import { aboutRoute } from './routes/about.ts';
import { alertRoutes } from './routes/alerts.ts';
import { bundleRoutes } from './routes/bundles.ts';
import { directoryRoute } from './routes/directory.ts';
import { enrolmentRoutes } from './routes/enrolments.ts';
import { feedRoutes } from './routes/feed.ts';
import { healthRoutes, type MetricsReader } from './routes/health.ts';
import { imageRoutes } from './routes/images.ts';
import { reportRoutes } from './routes/reports.ts';
import { checkSigned } from './signed.ts';
import { signerOf } from './signing.ts';

export interface HubOptions {
  version: string;
  database: HubDatabase;
  identity: HubIdentity;
  limits?: Partial<HubLimits>;
  logger?: FastifyServerOptions['logger'];
  /** Proxies whose word about the address of a request is taken. */
  trustProxy?: FastifyServerOptions['trustProxy'];
  /** Who reads `/metrics`; this computer alone unless told otherwise. */
  metricsFor?: MetricsReader;
  /** Serves TLS itself. */
  https?: { cert: Buffer; key: Buffer } | null;
  /** The hub's clock, in milliseconds. */
  now?: () => number;
}

/** How often slow senders are looked for, at most. */
const CHECK_MS = 5000;
const MAX_HEAD_BYTES = 16 * 1024;
/** Connections at once; one more is closed at the door. */
const MAX_CONNECTIONS = 10_000;

/**
 * Builds the service without listening, so that tests can inject requests. It publishes the feed and does its chores
 * until it is closed; the database stays open.
 */
export async function createHub(options: HubOptions): Promise<FastifyInstance> {
  const { database, identity, version, now = Date.now } = options;
  const limits = { ...LIMITS, ...options.limits };
  const slowSenders = {
    headersTimeout: limits.headMs,
    connectionsCheckingInterval: Math.min(CHECK_MS, limits.headMs),
    maxHeaderSize: MAX_HEAD_BYTES,
  };
  const hub = Fastify({
    logger: options.logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy ?? false,
    exposeHeadRoutes: false,
    requestTimeout: limits.requestMs,
    bodyLimit: 64 * 1024,
    frameworkErrors: (error, _request, reply: FastifyReply) => {
      const refusal = refusalOf(error);
      void reply.code(refusal.status).send(refusal.body);
    },
    ...(options.https ? { https: { ...options.https, ...slowSenders } } : { https: null, http: slowSenders }),
  });
  hub.server.maxConnections = MAX_CONNECTIONS;
  serveOpenApi(hub, version);
  const fault = (error: unknown): void => hub.log.error({ err: error }, 'fault');
  answerErrors(hub);
  takeBodies(hub);

  const sign = signerOf(identity.signPrivate, identity.signKey);
  const auth = createAuth({ db: database.db, pool: database.pool, hubId: identity.id, sign, now });
  const limiters = await setLimits(hub, database.pool, limits);
  checkSigned(hub, auth, limiters);
  const listeners = createListeners();
  const publisher = startPublisher(database, listeners, fault);
  const stopChores = startChores(database.db, fault);
  const metrics = createMetrics(database.pool, listeners.count);
  hub.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    metrics.seconds.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    if (reply.refused) metrics.refusals.inc({ code: reply.refused });
  });
  hub.addHook('preClose', async () => listeners.close());
  hub.addHook('onClose', async () => {
    stopChores();
    await publisher.close();
  });

  const context: HubContext = {
    version,
    identity,
    database,
    sign,
    auth,
    limiters,
    queue: createIngestQueue(database.pool),
    publisher,
    listeners,
    metrics,
    now,
  };
  aboutRoute(hub, context);
  healthRoutes(hub, context, options.metricsFor ?? 'this-computer');
  enrolmentRoutes(hub, context);
  reportRoutes(hub, context);
  imageRoutes(hub, context);
  alertRoutes(hub, context);
  feedRoutes(hub, context);
  directoryRoute(hub, context);
  bundleRoutes(hub, context);
  return hub;
}

/** Every refusal in the one form, with the code of the one table. */
function answerErrors(hub: FastifyInstance): void {
  hub.decorateReply('refused', '');
  hub.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.code === 'fault') request.log.error({ err: error }, 'fault');
    reply.refused = refusal.code;
    return reply.code(refusal.status).headers(refusal.headers).send(refusal.body);
  });
  hub.setNotFoundHandler(() => {
    throw new Refused('not-found');
  });
  hub.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  });
}

/** Bodies stay bytes, since their hash is what was signed; a route takes the one type that it names. */
function takeBodies(hub: FastifyInstance): void {
  hub.removeAllContentTypeParsers();
  for (const type of ['application/json', 'application/octet-stream', BUNDLE_TYPE]) {
    hub.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  }
  hub.addHook('onRequest', async (request) => {
    const body = request.routeOptions.config.api?.body;
    if (!body) return;
    const expected = 'bytes' in body && typeof body.bytes === 'string' ? body.bytes : 'application/json';
    const [type = ''] = (request.headers['content-type'] ?? '').split(';');
    if (type.trim().toLowerCase() !== expected) throw new Refused('wrong-type');
  });
}

declare module 'fastify' {
  interface FastifyReply {
    /** The code of the refusal that was answered; empty where none was. */
    refused: string;
  }
}
