// By hand: a station's file is brought to this page, and the one that goes back is fetched here.
import { Readable } from 'node:stream';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { type Html, html } from '../../shared/report/html.ts';
import { BUNDLE_TYPE } from '../../shared/wire/api.ts';
import { importBundle } from '../bundles.ts';
import { answerCarried, type Carried, findCarried, listCarried, noteCarried } from '../carried.ts';
import { loadIdentity } from '../identity.ts';
import { type Person, personOf } from '../people.ts';
import { Refused } from '../refusal.ts';
import { leftWords, refusedWords } from './bundle-words.ts';
import { forRole, idOf, notFound, type PageContext, sessionToken } from './gate.ts';
import { notice, page, table } from './layout.ts';
import { fileOf } from './upload.ts';
import { timeCell, timeWords, word } from './words.ts';

/** A longer one is taken at the hub's own command line. */
const MOST_BYTES = 32 * 1024 * 1024;
/** What the form lays around the file. */
const FORM_BYTES = 16 * 1024;
const PATH = '/bundles';

const counts = ({ stored, repeated, images }: Carried): string =>
  word('hub.bundle.counts', { stored, repeated, images });

const answerLink = (id: string): Html =>
  html`<a class="button" href="${PATH}/${id}/answer" download>${word('hub.bundle.answer')}</a>`;

export function bundlePages(context: PageContext): FastifyPluginAsync {
  const { database } = context;
  const means = async () => ({ database, identity: await loadIdentity(database.db), now: Date.now });
  const atWork = new Set<string>();

  async function content(who: Person, refused: string | null): Promise<Html> {
    const rows = (await listCarried(database, who)).map((each) => [
      html`<a href="${PATH}/${each.id}">${timeCell(each.at)}</a>`,
      each.stationCode,
      each.agencyName,
      counts(each),
      String(each.refused.length),
      answerLink(each.id),
    ]);
    const headings = (['brought', 'station', 'agency', 'came', 'left'] as const).map((each) =>
      word(`hub.bundle.${each}`),
    );
    return html`<section class="panel">${notice(refused)}<p>${word('hub.bundle.what')}</p>
        <form class="fields" method="post" action="${PATH}" enctype="multipart/form-data">
          <label>${word('hub.bundle.file')}<input type="file" name="file" accept=".ccb" required /></label>
          <button class="main">${word('hub.bundle.take')}</button>
        </form></section>
      <section class="panel"><h2>${word('hub.bundle.earlier')}</h2>
        ${table([...headings, word('hub.action')], rows, word('hub.bundle.empty'))}</section>`;
  }

  async function refuse(reply: FastifyReply, who: Person, status: number, why: string) {
    return page(reply.code(status), who, PATH, word('hub.bundles'), await content(who, why));
  }

  /** Takes the file, stores what is in it, and answers where it is told what came of it. */
  async function take(request: FastifyRequest, who: Person): Promise<string> {
    if (atWork.has(who.id)) throw new Refused('busy');
    atWork.add(who.id);
    try {
      const file = await fileOf(request);
      if (file === null) throw new Refused('schema', ['not-a-bundle']);
      const imported = await importBundle(await means(), file.stream(), MOST_BYTES, who);
      return await noteCarried(database, who.id, imported);
    } finally {
      atWork.delete(who.id);
    }
  }

  return async (hub) => {
    hub.get(
      PATH,
      forRole(context, PATH, async (_request, reply, who) =>
        page(reply, who, PATH, word('hub.bundles'), await content(who, null)),
      ),
    );

    hub.post(
      PATH,
      {
        bodyLimit: MOST_BYTES + FORM_BYTES,
        // Nobody fills memory who is not signed in.
        onRequest: async (request, reply) => {
          if ((await personOf(database.db, sessionToken(request))) === null)
            return reply.redirect('/sign-in', 303);
        },
      },
      forRole(context, PATH, async (request, reply, who) => {
        try {
          return await reply.redirect(`${PATH}/${await take(request, who)}`, 303);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          return refuse(reply, who, error.status, refusedWords(error));
        }
      }),
    );

    hub.get(
      `${PATH}/:id`,
      forRole(context, PATH, async (request, reply, who) => {
        const carried = await findCarried(database, who, idOf(request));
        if (carried === null) return notFound(reply);
        const left = carried.refused.map(({ id, code }) => [id, leftWords(code)]);
        const rest = html`<section class="panel"><h2>${word('hub.bundle.left')}</h2>
          ${table([word('hub.bundle.left.id'), word('hub.bundle.left.why')], left, '')}</section>`;
        return page(
          reply,
          who,
          PATH,
          word('hub.bundle.title', { station: carried.stationCode, time: timeWords(carried.at) }),
          html`<section class="panel"><p>${counts(carried)}</p><p>${word('hub.bundle.back')}</p>
            <p>${answerLink(carried.id)}</p></section>${left.length === 0 ? null : rest}`,
        );
      }),
    );

    hub.get(
      `${PATH}/:id/answer`,
      forRole(context, PATH, async (request, reply, who) => {
        const id = idOf(request);
        const [carried, answer] = [
          await findCarried(database, who, id),
          await answerCarried(await means(), who, id),
        ];
        if (carried === null || answer === null) return notFound(reply);
        const station = carried.stationCode.replaceAll(/[^\w-]/gu, '_');
        return reply
          .type(BUNDLE_TYPE)
          .header('content-disposition', `attachment; filename="countercheck-hub-${station}.ccb"`)
          .send(Readable.from(answer, { objectMode: false }));
      }),
    );
  };
}
