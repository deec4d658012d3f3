// GET /openapi.json: every route as it is served, from the shapes by which it reads and answers.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { refusal } from '../shared/wire/api.ts';
import { REFUSALS, type RefusalCode } from '../shared/wire/codes.ts';
import { REQUEST_HEADERS } from '../shared/wire/sign.ts';
import type { Bytes, RouteApi } from './context.ts';

interface ServedRoute {
  method: string;
  url: string;
  api: RouteApi;
  signed: boolean;
}

/** What any signed route may answer, and any route at all. */
const OF_SIGNED: readonly RefusalCode[] = [
  'bad-request',
  'unknown-station',
  'bad-signature',
  'clock',
  'replayed',
  'revoked',
];
const OF_ALL: readonly RefusalCode[] = ['busy', 'fault', 'not-ready'];

/** Gathers the routes that say what they are, from here on, and serves them all. */
export function serveOpenApi(hub: FastifyInstance, version: string): void {
  const routes: ServedRoute[] = [];
  hub.addHook('onRoute', ({ method, url, config }) => {
    if (!config?.api) return;
    routes.push({ method: String(method), url, api: config.api, signed: config.signed === true });
  });
  let text: string | undefined;
  const api = { summary: 'This description', answers: { 200: { bytes: 'application/json' } } };
  hub.get('/openapi.json', { config: { api } }, async (_request, reply) => {
    text ??= JSON.stringify(describe(routes, version));
    return reply.type('application/json').send(text);
  });
}

function describe(routes: readonly ServedRoute[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, url, api, signed } of routes) {
    const path = url.replaceAll(/:(\w+)/gu, '{$1}');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(api, signed) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Countercheck hub', version },
    paths,
    components: {
      schemas: { Refusal: schemaOf(refusal, 'output') },
      securitySchemes: {
        station: {
          type: 'apiKey',
          in: 'header',
          name: REQUEST_HEADERS.signature,
          description: `An Ed25519 signature over the request, with ${REQUEST_HEADERS.station}, ${REQUEST_HEADERS.time} and ${REQUEST_HEADERS.nonce}`,
        },
      },
    },
  };
}

function operation(api: RouteApi, signed: boolean): object {
  const codes = [...new Set([...(signed ? OF_SIGNED : []), ...(api.refusals ?? []), ...OF_ALL])];
  const refused = Map.groupBy(codes, (code) => REFUSALS[code].status);
  return {
    summary: api.summary,
    ...(signed && { security: [{ station: [] }] }),
    parameters: [...parameters(api.params, 'path'), ...parameters(api.query, 'query')],
    ...(api.body && { requestBody: { required: true, content: contentOf(api.body, 'input') } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(api.answers).map(([status, answer]) => [
          status,
          { description: 'Done', ...(answer && { content: contentOf(answer, 'output') }) },
        ]),
      ),
      ...Object.fromEntries(
        [...refused].map(([status, list]) => [
          status,
          {
            description: list.join(', '),
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
          },
        ]),
      ),
    },
  };
}

const isBytes = (of: z.ZodType | Bytes): of is Bytes => 'bytes' in of && typeof of.bytes === 'string';

function contentOf(of: z.ZodType | Bytes, io: 'input' | 'output'): object {
  return isBytes(of) ? { [of.bytes]: {} } : { 'application/json': { schema: schemaOf(of, io) } };
}

function schemaOf(shape: z.ZodType, io: 'input' | 'output') {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' });
  return schema;
}

function parameters(shape: z.ZodType | undefined, place: 'path' | 'query'): object[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = schemaOf(shape, 'input');
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    schema,
    required: place === 'path' || required.includes(name),
  }));
}
