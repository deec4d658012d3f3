// Who may open a page: the session behind the cookie, the role, and that a form came from our own page.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HubDatabase } from '../db/open.ts';
import { type Person, personOf } from '../people.ts';
import { mayOpen, pageAlone, type PagePath } from './layout.ts';
import { html } from '../../shared/report/html.ts';
import { word } from './words.ts';

export interface PageContext {
  database: HubDatabase;
  /** The page is served by TLS, here or by the proxy before it: the cookie travels by nothing else. */
  isSecure: boolean;
  /** Counts a secret that is tried from an address; throws `Refused` where these are too many. */
  trySecret: (request: FastifyRequest) => Promise<void>;
}

const COOKIE = 'countercheck-hub';

/** The session's token as the browser sent it; empty where it sent none. */
export function sessionToken(request: FastifyRequest): string {
  const cookies = (request.headers.cookie ?? '').split(/; */u);
  const own = cookies.find((each) => each.startsWith(`${COOKIE}=`));
  return own === undefined ? '' : own.slice(COOKIE.length + 1);
}

/** Gives the browser a session's token, or takes it away again (an empty one). */
export function setSession(reply: FastifyReply, context: PageContext, token: string): void {
  const rest = ['Path=/', 'HttpOnly', 'SameSite=Strict', ...(context.isSecure ? ['Secure'] : [])];
  if (token === '') rest.push('Max-Age=0');
  reply.header('set-cookie', [`${COOKIE}=${token}`, ...rest].join('; '));
}

/** The fields of a form as text; a field that is not there is empty. */
export type Fields = Record<string, string>;

export const fieldsOf = (request: FastifyRequest): Fields =>
  (request.body instanceof URLSearchParams ? Object.fromEntries(request.body) : {}) as Fields;

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The id in the address of a page; what is no id is looked for as one that nobody has. */
export function idOf(request: FastifyRequest): string {
  const id = z.uuid().safeParse((request.params as { id: string }).id);
  return id.success ? id.data : NOBODY;
}

/** Takes forms of our own pages only: another site's form has another origin, and the cookie stays at home. */
export function takeForms(hub: FastifyInstance): void {
  hub.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16_384 },
    (_request, body, done) => {
      done(null, new URLSearchParams(String(body)));
    },
  );
  hub.addHook('preValidation', async (request, reply) => {
    if (request.method !== 'POST') return;
    const site = request.headers['sec-fetch-site'];
    const { origin, host } = request.headers;
    const from = URL.canParse(origin ?? '') ? new URL(origin ?? '').host : null;
    const isOwn = site === undefined ? from === host : site === 'same-origin';
    if (!isOwn) return notAllowed(reply);
  });
}

export function notAllowed(reply: FastifyReply) {
  return pageAlone(
    reply.code(403),
    word('hub.error.not-allowed.title'),
    html`<p>${word('hub.error.not-allowed')}</p><p><a href="/">${word('hub.back')}</a></p>`,
  );
}

export function notFound(reply: FastifyReply) {
  return pageAlone(
    reply.code(404),
    word('hub.error.not-found.title'),
    html`<p>${word('hub.error.not-found')}</p><p><a href="/">${word('hub.back')}</a></p>`,
  );
}

/** Wraps a page: whoever is not signed in signs in first, whose role does not fit is told so. */
export function forRole(
  context: PageContext,
  path: PagePath,
  show: (request: FastifyRequest, reply: FastifyReply, who: Person) => Promise<unknown>,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const who = await personOf(context.database.db, sessionToken(request));
    if (who === null) return reply.redirect('/sign-in', 303);
    return mayOpen(who.role, path) ? await show(request, reply, who) : notAllowed(reply);
  };
}
