// The hub's own page over a real database, and browsers that keep its cookie.
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach } from 'vitest';
import type { HubDatabase } from '../../hub/db/open.ts';
import { counted } from '../../hub/limits.ts';
import { hubPages } from '../../hub/pages/pages.ts';
import { addPerson, firstLink } from '../../hub/people.ts';
import { newToken, tokenHash } from '../../hub/secrets.ts';
import type { PersonRole } from '../../hub/db/tables.ts';
import type { TestCluster } from './cluster.ts';

export const SECRET = 'granite otter lamp 7';

export interface Shown {
  status: number;
  text: string;
  bytes: Buffer;
  headers: Record<string, unknown>;
  to: string;
}

export interface Browser {
  get(url: string): Promise<Shown>;
  post(url: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Shown>;
  /** Sends a file as a form does. */
  send(url: string, file: Uint8Array, field?: string): Promise<Shown>;
}

export interface Pages {
  database: HubDatabase;
  /** `token`: of a session that there is already. */
  browser: (token?: string) => Browser;
  faults: unknown[];
}

const running: FastifyInstance[] = [];

/** For the top of a test file, after its cluster: pages are closed before their database goes. */
export function closePages(): void {
  afterEach(async () => {
    for (const hub of running.splice(0)) await hub.close();
  });
}

export async function startPages(cluster: TestCluster): Promise<Pages> {
  const database = await cluster.fresh();
  const hub = Fastify({ trustProxy: true });
  await hub.register(rateLimit, { global: false });
  running.push(hub);
  const faults: unknown[] = [];
  const trySecret = counted(hub, 8);
  await hub.register(hubPages({ database, isSecure: false, trySecret }, (error) => faults.push(error)));

  function browser(token = ''): Browser {
    let cookie = token === '' ? '' : `countercheck-hub=${token}`;
    async function ask(
      method: 'GET' | 'POST',
      url: string,
      payload?: string | Buffer,
      more: Record<string, string> = {},
    ): Promise<Shown> {
      const headers = { cookie, ...more };
      const answer = await hub.inject({
        method,
        url,
        headers,
        ...(payload === undefined ? {} : { payload }),
      });
      const set = answer.headers['set-cookie'];
      if (typeof set === 'string') cookie = set.split(';')[0] ?? '';
      return {
        status: answer.statusCode,
        text: answer.body,
        bytes: answer.rawPayload,
        headers: answer.headers,
        to: String(answer.headers.location ?? ''),
      };
    }
    const own = { 'sec-fetch-site': 'same-origin' };
    return {
      get: (url) => ask('GET', url),
      post: (url, fields = {}, headers = own) =>
        ask('POST', url, new URLSearchParams(fields).toString(), {
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        }),
      async send(url, file, field = 'file') {
        const form = new FormData();
        form.set(field, new Blob([new Uint8Array(file)]), 'UT-1.ccb');
        const sent = new Response(form);
        const payload = Buffer.from(await sent.arrayBuffer());
        return ask('POST', url, payload, { 'content-type': sent.headers.get('content-type') ?? '', ...own });
      },
    };
  }
  return { database, browser, faults };
}

/** Signed in as the first administrator, who chose the secret by the link. */
export async function administratorByLink(hub: Pages): Promise<Browser> {
  const own = hub.browser();
  const link = await firstLink(hub.database.db);
  await own.post(`/setup/${link}`, { name: 'Ida Root', secret: SECRET, again: SECRET });
  return own;
}

/** Signed in as somebody who was so before: secrets take their quarter of a second where they are what is tested. */
async function signedIn(
  hub: Pages,
  name: string,
  role: PersonRole,
  agencyId: string | null,
): Promise<Browser> {
  const { db } = hub.database;
  const { id } = await addPerson(db, { name, role, agencyId }, 'test');
  const token = newToken();
  const session = { hash: tokenHash(token), person_id: id, expires_at: new Date(Date.now() + 3_600_000) };
  await db.insertInto('session').values(session).execute();
  return hub.browser(token);
}

export const administrator = (hub: Pages): Promise<Browser> =>
  signedIn(hub, 'Ida Root', 'administrator', null);

/** Signed in as somebody of an agency. */
export const personOf = (hub: Pages, role: PersonRole, agencyId: string): Promise<Browser> =>
  signedIn(hub, `${role} ${agencyId}`, role, agencyId);

/** What stands between two texts. */
export const between = (text: string, from: string, to: string): string =>
  text.split(from)[1]?.split(to)[0] ?? '';
