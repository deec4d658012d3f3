// Agencies and their stations: added, invited, ended.
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { type Html, html } from '../../shared/report/html.ts';
import { codeOf } from '../failure.ts';
import {
  addAgency,
  closeAgency,
  inviteBack,
  inviteStation,
  listAgencies,
  listStations,
  revokeStation,
} from '../network.ts';
import type { Person } from '../people.ts';
import { fieldsOf, forRole, notFound, type PageContext } from './gate.ts';
import { asking, asks, button, notice, page, table } from './layout.ts';
import { timeCell, timeWords, word } from './words.ts';

/** A country as in a passport (ICAO Doc 9303-3, section 5): D alone is Germany. */
const COUNTRY = /^(?:[A-Z]{3}|D)$/u;
const UNIQUE = '23505';

interface ById {
  Params: { id: string };
}
const idOf = (request: FastifyRequest): string => (request.params as ById['Params']).id;

const addressOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}`;

export function agencyPages(context: PageContext): FastifyPluginAsync {
  const { db } = context.database;

  async function agenciesPage(refused: string | null): Promise<Html> {
    const agencies = await listAgencies(db);
    const rows = agencies.map((agency) => [
      html`<a href="/agencies/${agency.id}">${agency.name}</a>`,
      agency.country,
      agency.stations,
      agency.closedAt === null
        ? word('hub.agency.open')
        : word('hub.agency.closed', { time: timeWords(agency.closedAt) }),
    ]);
    const headings = (['name', 'country', 'stations', 'state'] as const).map((each) =>
      word(`hub.agency.${each}`),
    );
    return html`<section class="panel">${table(headings, rows, word('hub.agency.empty'))}</section>
      <section class="panel"><h2>${word('hub.agency.add')}</h2>${notice(refused)}
        <form class="fields" method="post" action="/agencies">
          <label>${word('hub.agency.name')}<input name="name" required maxlength="120" /></label>
          <label>${word('hub.agency.country')}<input name="country" required maxlength="3" size="4" /></label>
          <button class="main">${word('hub.agency.add')}</button>
        </form></section>`;
  }

  async function stationTable(agencyId: string | null): Promise<Html> {
    const stations = await listStations(db, agencyId);
    const rows = stations.map((station) => [
      station.code,
      `${station.place} (${station.country})`,
      ...(agencyId === null ? [station.agencyName] : []),
      timeCell(station.enrolledAt),
      station.lastReportAt === null ? word('hub.station.never') : timeCell(station.lastReportAt),
      station.revokedAt === null
        ? word('hub.station.open')
        : word('hub.station.revoked', { time: timeWords(station.revokedAt) }),
      station.revokedAt === null
        ? asks(`/stations/${station.id}/revoke`, word('hub.station.revoke'))
        : asks(`/stations/${station.id}/back`, word('hub.station.back')),
    ]);
    const headings = (['code', 'place', 'agency', 'enrolled', 'last', 'state'] as const)
      .filter((each) => each !== 'agency' || agencyId === null)
      .map((each) => word(`hub.station.${each}`));
    const empty = word(agencyId === null ? 'hub.station.empty' : 'hub.agency.no-station');
    return html`<section class="panel">${table([...headings, word('hub.action')], rows, empty)}</section>`;
  }

  const inviting = (
    agencyId: string,
  ): Html => html`<section class="panel"><h2>${word('hub.agency.invite')}</h2>
    <p class="quiet">${word('hub.agency.invite.what')}</p>
    ${button(`/agencies/${agencyId}/invite`, word('hub.agency.invite'))}</section>`;

  const isOwn = (who: Person, agencyId: string): boolean =>
    who.agencyId === null || who.agencyId === agencyId;

  const showCode = (request: FastifyRequest, reply: FastifyReply, who: Person, code: string) =>
    page(
      reply,
      who,
      '/stations',
      word('hub.invited.title'),
      html`<section class="panel">
        <p>${word('hub.invited.what')}</p>
        <h2>${word('hub.invited.address')}</h2><p class="code">${addressOf(request)}</p>
        <h2>${word('hub.invited.code')}</h2><p class="code" id="code">${code}</p></section>`,
    );

  /** One that this person may end or bring back. */
  const stationOf = async (request: FastifyRequest, who: Person) =>
    (await listStations(db, who.agencyId)).find(({ id }) => id === idOf(request));

  return async (hub) => {
    hub.get(
      '/agencies',
      forRole(context, '/agencies', async (_request, reply, who) =>
        page(reply, who, '/agencies', word('hub.agencies'), await agenciesPage(null)),
      ),
    );

    hub.post(
      '/agencies',
      forRole(context, '/agencies', async (request, reply, who) => {
        const fields = fieldsOf(request);
        const name = (fields.name ?? '').trim();
        const country = (fields.country ?? '').trim().toUpperCase();
        let refused: string | null = null;
        if (name === '' || !COUNTRY.test(country))
          refused = word(name === '' ? 'hub.refused.name-missing' : 'hub.refused.country');
        else {
          try {
            const id = await addAgency(db, { name, country }, who.id);
            return await reply.redirect(`/agencies/${id}`, 303);
          } catch (error) {
            if (codeOf(error) !== UNIQUE) throw error;
            refused = word('hub.refused.name-taken');
          }
        }
        return page(reply.code(422), who, '/agencies', word('hub.agencies'), await agenciesPage(refused));
      }),
    );

    hub.get(
      '/agencies/:id',
      forRole(context, '/agencies', async (request, reply, who) => {
        const agency = (await listAgencies(db)).find(({ id }) => id === idOf(request));
        if (agency === undefined) return notFound(reply);
        const stations = await stationTable(agency.id);
        const ending = html`<section class="panel"><h2>${word('hub.agency.close')}</h2>
          <p class="quiet">${word('hub.agency.close.what')}</p>
          <p>${asks(`/agencies/${agency.id}/close`, word('hub.agency.close'))}</p></section>`;
        const isOpen = agency.closedAt === null;
        return page(
          reply,
          who,
          '/agencies',
          agency.name,
          html`${stations}${isOpen ? inviting(agency.id) : null}${isOpen ? ending : null}`,
        );
      }),
    );

    hub.get(
      '/agencies/:id/close',
      forRole(context, '/agencies', async (request, reply, who) => {
        const agency = (await listAgencies(db)).find(({ id }) => id === idOf(request));
        if (agency === undefined || agency.closedAt !== null) return notFound(reply);
        const path = `/agencies/${agency.id}`;
        return page(
          reply,
          who,
          '/agencies',
          word('hub.agency.close.ask', { name: agency.name }),
          asking(word('hub.agency.close.what'), `${path}/close`, word('hub.agency.close'), path),
        );
      }),
    );

    hub.post(
      '/agencies/:id/close',
      forRole(context, '/agencies', async (request, reply, who) => {
        await closeAgency(db, idOf(request), who.id);
        return reply.redirect('/agencies', 303);
      }),
    );

    hub.post(
      '/agencies/:id/invite',
      forRole(context, '/stations', async (request, reply, who) => {
        const agencyId = idOf(request);
        const invited = isOwn(who, agencyId) ? await inviteStation(db, agencyId, who.id) : null;
        return invited === null ? notFound(reply) : showCode(request, reply, who, invited.code);
      }),
    );

    hub.get(
      '/stations',
      forRole(context, '/stations', async (_request, reply, who) => {
        const own = who.agencyId;
        return page(
          reply,
          who,
          '/stations',
          word('hub.stations'),
          html`${await stationTable(own)}${own === null ? null : inviting(own)}`,
        );
      }),
    );

    hub.get(
      '/stations/:id/revoke',
      forRole(context, '/stations', async (request, reply, who) => {
        const station = await stationOf(request, who);
        if (station === undefined || station.revokedAt !== null) return notFound(reply);
        return page(
          reply,
          who,
          '/stations',
          word('hub.station.revoke.ask', { code: station.code, place: station.place }),
          asking(
            word('hub.station.revoke.what'),
            `/stations/${station.id}/revoke`,
            word('hub.station.revoke'),
            '/stations',
          ),
        );
      }),
    );

    hub.post(
      '/stations/:id/revoke',
      forRole(context, '/stations', async (request, reply, who) => {
        const station = await stationOf(request, who);
        if (station === undefined) return notFound(reply);
        await revokeStation(db, station.id, who.id);
        return reply.redirect('/stations', 303);
      }),
    );

    hub.get(
      '/stations/:id/back',
      forRole(context, '/stations', async (request, reply, who) => {
        const station = await stationOf(request, who);
        if (station === undefined || station.revokedAt === null) return notFound(reply);
        return page(
          reply,
          who,
          '/stations',
          word('hub.station.back.ask', { code: station.code, place: station.place }),
          asking(
            word('hub.station.back.what'),
            `/stations/${station.id}/back`,
            word('hub.station.back'),
            '/stations',
          ),
        );
      }),
    );

    hub.post(
      '/stations/:id/back',
      forRole(context, '/stations', async (request, reply, who) => {
        const station = await stationOf(request, who);
        const invited = station === undefined ? null : await inviteBack(db, station.id, who.id);
        return invited === null ? notFound(reply) : showCode(request, reply, who, invited.code);
      }),
    );
  };
}
