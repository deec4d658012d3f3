// Alerts of the network: which there are, what each says and for whom, and at which stations it was read.
import type { FastifyPluginAsync } from 'fastify';
import { type Html, html } from '../../shared/report/html.ts';
import { alert, type Alert } from '../../shared/sharing/alert.ts';
import { CODE_WORDS } from '../../shared/sharing/preview.ts';
import { type Detached, findDetached, listDetached, readsByStation } from '../db/alerts.ts';
import { listAgencies } from '../network.ts';
import type { Person } from '../people.ts';
import { forRole, idOf, notFound, type PageContext } from './gate.ts';
import { facts, page, table } from './layout.ts';
import { olderLink, placeBelow } from './paging.ts';
import { codeWord, timeCell, timeWords, word } from './words.ts';

const PATH = '/alerts';
const PAGE = 50;

/** The hub took it in, so it is one. */
const read = ({ body }: Detached): Alert => alert.parse(JSON.parse(body.toString('utf8')));

const stateWords = (codes: readonly string[]): string =>
  codes.map((code) => codeWord(`state.${code}`, code)).join(', ');
const typeWords = ({ fits }: Alert): string =>
  fits.types.map((type) => codeWord(CODE_WORDS.documentType(type), type)).join(', ');

function standing({ state, expiresAt }: Detached): string {
  if (state === 'withdrawn') return word('hub.alert.withdrawn');
  if (state === 'corrected') return word('hub.alert.replaced');
  return word(expiresAt !== null && expiresAt.getTime() < Date.now() ? 'hub.alert.over' : 'hub.alert.live');
}

/** As at the stations: whoever sent it, and the hub, are told who read it. */
const mayKnowReaders = (one: Detached, who: Person): boolean =>
  who.agencyId === null || who.agencyId === one.agencyId;

function contentOf(said: Alert, nameOf: (id: string) => string): Html {
  const { tip, fits, audience } = said;
  const range = fits.numberRange;
  const anywhere = [...audience.places, ...audience.countries.map((code) => stateWords([code]))];
  return facts([
    [word('hub.alert.tip'), tip],
    [word('hub.alert.types'), typeWords(said)],
    [word('hub.alert.issuers'), stateWords(fits.issuers)],
    [
      word('hub.alert.range'),
      range === null ? word('hub.alert.range.any') : range.prefix.padEnd(range.length, '•'),
    ],
    [
      word('hub.alert.pattern'),
      fits.mrzPattern.length === 0
        ? word('hub.alert.pattern.any')
        : fits.mrzPattern.map((rule) => codeWord(`finding.${rule}.title`, rule)).join(', '),
    ],
    [
      word('hub.alert.agencies'),
      audience.agencies.length === 0
        ? word('hub.alert.agencies.all')
        : audience.agencies.map(nameOf).join(', '),
    ],
    [word('hub.alert.places'), anywhere.length === 0 ? word('hub.alert.places.all') : anywhere.join(', ')],
    [word('hub.alert.until'), timeWords(new Date(said.expiresAt))],
  ]);
}

export function alertPages(context: PageContext): FastifyPluginAsync {
  const { db } = context.database;

  async function readers(one: Detached, who: Person): Promise<Html> {
    const heading = html`<h2>${word('hub.alert.readers')}</h2>`;
    if (!mayKnowReaders(one, who)) return html``;
    const rows = (await readsByStation(db, one.id)).map((each) => [
      each.stationCode,
      each.place,
      each.agencyName,
      each.readers,
      timeCell(each.first),
    ]);
    const headings = (['station', 'place', 'agency', 'people', 'first'] as const).map((each) =>
      word(`hub.alert.reader.${each}`),
    );
    return html`<section class="panel">${heading}${table(headings, rows, word('hub.alert.readers.none'))}</section>`;
  }

  return async (hub) => {
    hub.get(
      PATH,
      forRole(context, PATH, async (request, reply, who) => {
        const found = await listDetached(db, who.agencyId, 'alert', placeBelow(request), PAGE + 1);
        const shown = found.slice(0, PAGE);
        const rows = shown.map((one) => {
          const said = read(one);
          return [
            html`<a href="${PATH}/${one.id}">${timeCell(one.receivedAt)}</a>`,
            said.tip,
            word('hub.alert.fits', { type: typeWords(said), issuer: stateWords(said.fits.issuers) }),
            one.agencyName,
            one.expiresAt === null ? '' : timeCell(one.expiresAt),
            standing(one),
            mayKnowReaders(one, who) ? one.stations : '',
          ];
        });
        const headings = (['received', 'tip', 'types', 'agency', 'until', 'state', 'read'] as const).map(
          (each) => word(`hub.alert.${each}`),
        );
        return page(
          reply,
          who,
          PATH,
          word('hub.alerts'),
          html`<section class="panel">${table(headings, rows, word('hub.alert.empty'))}</section>
            ${olderLink(PATH, found.length > PAGE ? shown.at(-1) : undefined)}`,
        );
      }),
    );

    hub.get(
      `${PATH}/:id`,
      forRole(context, PATH, async (request, reply, who) => {
        const one = await findDetached(db, who.agencyId, 'alert', idOf(request));
        if (one === null) return notFound(reply);
        const said = read(one);
        const agencies = new Map((await listAgencies(db)).map(({ id, name }) => [id, name]));
        const from = word('hub.alert.from', { agency: one.agencyName, station: one.stationCode });
        return page(
          reply,
          who,
          PATH,
          word('hub.alert.title', { time: timeWords(one.receivedAt) }),
          html`<section class="panel"><p class="quiet">${from} · ${standing(one)}</p>
              ${contentOf(said, (id) => agencies.get(id) ?? id)}
              <p><a href="/reports/${said.about}">${word('hub.alert.about')}</a></p></section>
            ${await readers(one, who)}`,
        );
      }),
    );
  };
}
