// Trends of the network: what is found where and when, by the reports that whoever looks may open.
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import world from '../../assets/map/world.json' with { type: 'json' };
import { type Html, html } from '../../shared/report/html.ts';
import { worldMap } from '../../shared/trends/map.ts';
import { chosenNames, stateName, type Words } from '../../shared/trends/names.ts';
import { TREND_FILES, type TrendFile } from '../../shared/trends/order.ts';
import type { TrendQuestion, TrendView } from '../../shared/trends/question.ts';
import { LEAST_SHARED } from '../../shared/trends/suppress.ts';
import { shareableMap, shareableTime, tableCsv, tableOf, wholeQuestion } from '../../shared/trends/table.ts';
import { timeline } from '../../shared/trends/timeline.ts';
import { chartFile } from '../../shared/trends/tree.ts';
import { mondayOf, sundayOf, weekNumber } from '../../shared/trends/weeks.ts';
import { findHeads } from '../db/reports.ts';
import { listAgencies } from '../network.ts';
import type { Person } from '../people.ts';
import { createHubTrends } from '../trends.ts';
import { forRole, type PageContext } from './gate.ts';
import { page } from './layout.ts';
import { reportTable } from './report-table.ts';
import { caption, charts, chosen, controls, fresh, lines, type Shown, weekWords } from './trend-parts.ts';
import { addressOf, type Asked, askedOf, questionOf } from './trend-question.ts';
import { anyWord, hasWord, word } from './words.ts';

const PATH = '/trends';
const PAGE = 50;
const TIME_SIZE = { width: 960, height: 240 };
/** How often what came is counted, so that nobody waits for many at once. */
const FOLLOW_MS = 5000;
const SOURCE = 'trends.source.';

/** Words of the catalogue; agencies by their names. */
async function wordsFor({ database: { db } }: PageContext): Promise<Words> {
  const names = new Map((await listAgencies(db)).map(({ id, name }) => [`${SOURCE}${id}`, name]));
  return {
    text: (id, values) => names.get(id) ?? anyWord(id, values),
    has: (id) => names.has(id) || hasWord(id),
  };
}

/** What stands below a chart in a file, so that no figure is read without it. */
const captionsOf = ({ text }: Words, only: readonly string[], view: TrendView): string[] => [
  ...(only.length === 0 ? [] : [text('trends.file.only', { only: only.join('; ') })]),
  text('trends.file.shared', { least: LEAST_SHARED }),
  text('trends.file.examined.missing'),
  ...(view.by === 'issuer' ? [text('trends.issuer.note')] : []),
];

export function trendPages(context: PageContext): FastifyPluginAsync {
  const { db } = context.database;
  const trends = createHubTrends(db);

  async function ask(
    request: FastifyRequest,
    who: Person,
  ): Promise<{ asked: Asked; question: TrendQuestion }> {
    const asked = askedOf(request.query as Record<string, unknown>);
    return { asked, question: questionOf(asked, await trends.span(who, asked.scope), Date.now()) };
  }

  /** A view as a file: whatever leaves the hub, small figures are kept out. */
  async function fileOf(what: TrendFile, asked: Asked, question: TrendQuestion, who: Person) {
    const words = await wordsFor(context);
    const { text } = words;
    const by = what === 'map' && question.by !== 'issuer' ? 'country' : question.by;
    const whole = wholeQuestion({ ...question, by }, what === 'time' ? 'week' : by);
    const view = await trends.view(whole, who, asked.scope);
    const days = { from: mondayOf(weekNumber(whole.from)), to: sundayOf(weekNumber(whole.to)) };
    const only = chosenNames(words, whole.only);
    if (what === 'table')
      return {
        type: 'text/csv; charset=utf-8',
        name: `countercheck-trends-by-${by}.csv`,
        text: tableCsv(tableOf(view, words, true), by, { ...days, examined: null, only }, words),
      };
    const captions = captionsOf(words, only, view);
    const type = 'image/svg+xml';
    if (what === 'time') {
      const title = text('trends.file.title.time', days);
      const name = { title, week: ({ week }: { week: string }) => week, tick: (week: string) => week };
      const drawn = timeline({ time: shareableTime(view), chosen: null, size: TIME_SIZE, words: name });
      return {
        type,
        name: 'countercheck-trends-by-week.svg',
        text: chartFile(drawn, TIME_SIZE, { title, captions }),
      };
    }
    const title = text(by === 'issuer' ? 'trends.file.title.map.issuer' : 'trends.file.title.map', days);
    const drawn = worldMap({
      world,
      marks: shareableMap(view),
      chosen: null,
      isSized: by !== 'issuer',
      words: { title, state: ({ key }) => stateName(words, key) },
    });
    return {
      type,
      name: `countercheck-trends-map-by-${by}.svg`,
      text: chartFile(drawn, world, { title, captions }),
    };
  }

  function content(shown: Shown): Html {
    const isShared = shown.asked.scope === 'statistics';
    const table = tableOf(shown.view, shown.words, isShared);
    return html`${controls(shown)}${chosen(shown)}${isShared ? null : fresh(shown)}${charts(shown)}
      ${caption(shown, table.total)}${lines(shown, table)}`;
  }

  return async (hub) => {
    // What came meanwhile is counted in the background; a question counts the rest.
    let timer: NodeJS.Timeout | undefined;
    hub.addHook('onListen', async () => {
      timer = setInterval(() => void trends.follow().catch(() => undefined), FOLLOW_MS);
      void trends.follow().catch(() => undefined);
    });
    hub.addHook('onClose', async () => clearInterval(timer));

    hub.get(
      PATH,
      forRole(context, PATH, async (request, reply, who) => {
        const counting = await trends.counting();
        if (counting !== null) {
          void trends.follow().catch(() => undefined);
          const { text } = await wordsFor(context);
          // The browser asks again by itself.
          return page(
            reply.header('refresh', '2'),
            who,
            PATH,
            word('hub.trends'),
            html`<section class="panel"><label>${text('trends.counting', counting)}
              <progress max="${counting.total}" value="${counting.done}"></progress></label></section>`,
          );
        }
        const { asked, question } = await ask(request, who);
        const view = await trends.view(question, who, asked.scope);
        const words = await wordsFor(context);
        return page(
          reply,
          who,
          PATH,
          word('hub.trends'),
          content({ asked: { ...asked, week: question.week }, view, words }),
        );
      }),
    );

    hub.get(
      `${PATH}/reports`,
      forRole(context, PATH, async (request, reply, who) => {
        const { asked, question } = await ask(request, who);
        const { at } = request.query as { at?: unknown };
        const offset = /^\d{1,7}$/u.test(String(at)) ? Number(at) : 0;
        const words = await wordsFor(context);
        const { ids, total } = await trends.list(question, who, { limit: PAGE, offset });
        const rows = await findHeads(db, who.agencyId, ids);
        const names = [
          ...(question.week === null ? [] : [weekWords(words, question.week)]),
          ...chosenNames(words, question.only),
        ];
        const name = names.length === 0 ? words.text('trends.reports.all') : names.join('; ');
        const next = offset + PAGE;
        return page(
          reply,
          who,
          PATH,
          words.text('trends.reports.title', { name, count: total }),
          html`<p><a href="${addressOf(PATH, asked)}">${word('hub.trends.back')}</a></p>
            ${reportTable(rows)}
            ${next < total ? html`<p><a href="${addressOf(`${PATH}/reports`, asked)}&at=${next}">${word('hub.older')}</a></p>` : null}`,
        );
      }),
    );

    for (const what of TREND_FILES)
      hub.get(
        `${PATH}/${what}`,
        forRole(context, PATH, async (request, reply, who) => {
          const { asked, question } = await ask(request, who);
          const { type, name, text } = await fileOf(what, asked, question, who);
          return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(text);
        }),
      );
  };
}
