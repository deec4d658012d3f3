// Coming in: the one-time link, signing in, signing out.
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { html } from '../../shared/report/html.ts';
import { linkName, personOf, signIn, signOut, takeLink } from '../people.ts';
import { fieldsOf, type PageContext, sessionToken, setSession } from './gate.ts';
import { notice, pageAlone } from './layout.ts';
import { word } from './words.ts';

const secretField = (
  name: string,
  label: string,
  use: 'new-password' | 'current-password',
  rule: string | null,
) =>
  html`<label>${label}${rule === null ? null : html`<span class="small quiet">${rule}</span>`}
    <input name="${name}" type="password" autocomplete="${use}" required maxlength="200" /></label>`;

function showLink(reply: FastifyReply, token: string, name: string | null, refused: string | null) {
  const what = name === null ? word('hub.setup.first') : word('hub.setup.person', { name });
  const nameField = html`<label>${word('hub.setup.name')}
    <input name="name" autocomplete="username" required maxlength="60" autofocus /></label>`;
  return pageAlone(
    reply,
    word('hub.setup.title'),
    html`<p>${what}</p>
      ${notice(refused)}
      <form class="column" method="post" action="/setup/${token}">
        ${name === null ? nameField : null}
        ${secretField('secret', word('hub.setup.secret'), 'new-password', word('hub.setup.rule'))}
        ${secretField('again', word('hub.setup.again'), 'new-password', null)}
        <button class="main">${word('hub.setup.do')}</button>
      </form>`,
  );
}

function showSignIn(reply: FastifyReply, name: string, refused: string | null) {
  return pageAlone(
    reply,
    word('hub.sign-in.title'),
    html`${notice(refused)}
      <form class="column" method="post" action="/sign-in">
        <label>${word('hub.sign-in.name')}
          <input name="name" value="${name}" autocomplete="username" required maxlength="60" autofocus /></label>
        ${secretField('secret', word('hub.sign-in.secret'), 'current-password', null)}
        <button class="main">${word('hub.sign-in.do')}</button>
      </form>`,
  );
}

export function signInPages(context: PageContext): FastifyPluginAsync {
  const { db } = context.database;
  const ended = (reply: FastifyReply) =>
    pageAlone(reply.code(410), word('hub.refused.title'), html`<p>${word('hub.refused.link-used')}</p>`);
  return async (hub) => {
    hub.get<{ Params: { token: string } }>('/setup/:token', async (request, reply) => {
      const { token } = request.params;
      const name = await linkName(db, token);
      return name === undefined ? ended(reply) : showLink(reply, token, name, null);
    });
    hub.post<{ Params: { token: string } }>('/setup/:token', async (request, reply) => {
      const { token } = request.params;
      const { name = '', secret = '', again = '' } = fieldsOf(request);
      const known = await linkName(db, token);
      if (known === undefined) return ended(reply);
      const taken = secret === again ? await takeLink(db, token, { name, secret }) : null;
      if (taken !== null && 'session' in taken) {
        setSession(reply, context, taken.session);
        return reply.redirect('/', 303);
      }
      const why = taken === null ? 'secret-differs' : taken.refused;
      return why === 'link-used'
        ? ended(reply)
        : showLink(reply.code(422), token, known, word(`hub.refused.${why}`));
    });
    hub.get('/sign-in', async (request, reply) => {
      const who = await personOf(db, sessionToken(request));
      return who === null ? showSignIn(reply, '', null) : reply.redirect('/', 303);
    });
    hub.post('/sign-in', async (request, reply) => {
      const { name = '', secret = '' } = fieldsOf(request);
      await context.trySecret(request);
      const answer = await signIn(db, name, secret);
      if ('session' in answer) {
        setSession(reply, context, answer.session);
        return reply.redirect('/', 303);
      }
      if (answer.refused === 'wrong') return showSignIn(reply.code(401), name, word('hub.sign-in.wrong'));
      const { seconds } = answer;
      return showSignIn(
        reply.code(429).header('retry-after', seconds),
        name,
        word('hub.sign-in.wait', { seconds }),
      );
    });
    hub.post('/sign-out', async (request, reply) => {
      await signOut(db, sessionToken(request));
      setSession(reply, context, '');
      return reply.redirect('/sign-in', 303);
    });
  };
}
