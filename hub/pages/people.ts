// People of the hub's own page: added with a one-time link, given a new one, removed.
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { type Html, html } from '../../shared/report/html.ts';
import type { PersonRole } from '../db/tables.ts';
import { codeOf } from '../failure.ts';
import { listAgencies } from '../network.ts';
import { addPerson, listPeople, type Person, removePerson, resetPerson } from '../people.ts';
import { fieldsOf, forRole, notFound, type PageContext } from './gate.ts';
import { asking, asks, button, notice, page, table } from './layout.ts';
import { word } from './words.ts';

const UNIQUE = '23505';
const ROLES: readonly PersonRole[] = ['administrator', 'agency-administrator', 'analyst'];

/** Whom somebody may add: an agency's administrator keeps to the own agency, and nobody of an agency runs the hub. */
const rolesFor = (who: Person): readonly PersonRole[] =>
  who.agencyId === null ? ROLES : ROLES.filter((role) => role !== 'administrator');

const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;

export function peoplePages(context: PageContext): FastifyPluginAsync {
  const { db } = context.database;
  const linkOf = (request: FastifyRequest, token: string): string =>
    `${request.protocol}://${request.host}/setup/${token}`;

  async function content(who: Person, refused: string | null): Promise<Html> {
    const people = await listPeople(db, who.agencyId);
    const rows = people.map((person) => [
      person.name,
      word(`hub.role.${person.role}`),
      person.agencyName ?? word('hub.of-hub'),
      word(person.hasSecret ? 'hub.person.chosen' : 'hub.person.waiting'),
      html`<div class="row">${button(`/people/${person.id}/link`, word('hub.person.reset'))} ${asks(`/people/${person.id}/remove`, word('hub.person.remove'))}</div>`,
    ]);
    const headings = (['name', 'role', 'agency', 'state'] as const).map((each) => word(`hub.person.${each}`));
    const agencies = (await listAgencies(db)).filter(
      ({ id, closedAt }) => closedAt === null && (who.agencyId ?? id) === id,
    );
    return html`<section class="panel">${notice(refused)}${table([...headings, word('hub.action')], rows, word('hub.none'))}</section>
      <section class="panel"><h2>${word('hub.person.add')}</h2>
        <form class="fields" method="post" action="/people">
          <label>${word('hub.person.name')}<input name="name" required maxlength="60" /></label>
          <label>${word('hub.person.role')}<select name="role">${rolesFor(who).map((role) => html`<option value="${role}">${word(`hub.role.${role}`)}</option>`)}</select></label>
          <label>${word('hub.person.agency')}<select name="agency">
            ${who.agencyId === null ? html`<option value="">${word('hub.of-hub')}</option>` : null}
            ${agencies.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></label>
          <button class="main">${word('hub.person.add')}</button>
        </form></section>`;
  }

  const showLink = (name: string, link: string): Html => html`<section class="panel">
    <h2>${word('hub.link.title', { name })}</h2><p>${word('hub.link.what')}</p><p class="code" id="link">${link}</p></section>`;

  return async (hub) => {
    hub.get(
      '/people',
      forRole(context, '/people', async (_request, reply, who) =>
        page(reply, who, '/people', word('hub.people'), await content(who, null)),
      ),
    );

    hub.post(
      '/people',
      forRole(context, '/people', async (request, reply, who) => {
        const fields = fieldsOf(request);
        const name = (fields.name ?? '').trim();
        const role = rolesFor(who).find((each) => each === fields.role);
        const given = who.agencyId ?? (fields.agency === '' ? null : (fields.agency ?? null));
        // An administrator is of the hub, an agency's administrator of an agency.
        const agencyId = role === 'administrator' ? null : given;
        const isWhole = role !== undefined && (role !== 'agency-administrator' || agencyId !== null);
        let refused = word('hub.refused.not-there');
        if (name === '') refused = word('hub.refused.name-missing');
        else if (isWhole) {
          try {
            const added = await addPerson(db, { name, role, agencyId }, who.id);
            const list = await content(who, null);
            return await page(
              reply,
              who,
              '/people',
              word('hub.people'),
              html`${showLink(name, linkOf(request, added.link))}${list}`,
            );
          } catch (error) {
            if (codeOf(error) !== UNIQUE) throw error;
            refused = word('hub.refused.name-taken');
          }
        }
        return page(reply.code(422), who, '/people', word('hub.people'), await content(who, refused));
      }),
    );

    hub.post(
      '/people/:id/link',
      forRole(context, '/people', async (request, reply, who) => {
        const person = (await listPeople(db, who.agencyId)).find(({ id }) => id === idOf(request));
        const link = person === undefined ? null : await resetPerson(db, person.id, who.id);
        if (person === undefined || link === null) return notFound(reply);
        // Whoever renews their own link has ended their own session.
        return page(reply, who, '/people', word('hub.people'), showLink(person.name, linkOf(request, link)));
      }),
    );

    hub.get(
      '/people/:id/remove',
      forRole(context, '/people', async (request, reply, who) => {
        const person = (await listPeople(db, who.agencyId)).find(({ id }) => id === idOf(request));
        if (person === undefined) return notFound(reply);
        const { id, name } = person;
        const what = word(id === who.id ? 'hub.person.remove.own' : 'hub.person.remove.what');
        return page(
          reply,
          who,
          '/people',
          word('hub.person.remove.ask', { name }),
          asking(what, `/people/${id}/remove`, word('hub.person.remove'), '/people'),
        );
      }),
    );

    hub.post(
      '/people/:id/remove',
      forRole(context, '/people', async (request, reply, who) => {
        const person = (await listPeople(db, who.agencyId)).find(({ id }) => id === idOf(request));
        if (person === undefined) return notFound(reply);
        if (await removePerson(db, person.id, who.id)) return reply.redirect('/people', 303);
        return page(
          reply.code(422),
          who,
          '/people',
          word('hub.people'),
          await content(who, word('hub.refused.last-administrator')),
        );
      }),
    );
  };
}
