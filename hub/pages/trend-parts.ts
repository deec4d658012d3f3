// The parts of the trends page: what is chosen, what stands out, map and time line, lines with the reports behind them.
import world from '../../assets/map/world.json' with { type: 'json' };
import { type Html, html } from '../../shared/report/html.ts';
import { beside, worldMap } from '../../shared/trends/map.ts';
import { stateName, valueName, type Words } from '../../shared/trends/names.ts';
import { TREND_FILES } from '../../shared/trends/order.ts';
import type { Fresh, TrendView } from '../../shared/trends/question.ts';
import { DIMENSIONS } from '../../shared/trends/row.ts';
import { shareableMap, shareableTime, type Table } from '../../shared/trends/table.ts';
import { timeline } from '../../shared/trends/timeline.ts';
import { treeText, type Tree } from '../../shared/trends/tree.ts';
import { mondayOf, weekNumber } from '../../shared/trends/weeks.ts';
import { table } from './layout.ts';
import { addressOf, type Asked, choosing, choosingWeek, having, partsOf, PERIODS } from './trend-question.ts';
import { word } from './words.ts';

const PATH = '/trends';
const TIME_SIZE = { width: 620, height: 200 };
/** More of what stands out is in the lines. */
const TOLD = 3;
/** More are in the file. */
const MOST_LINES = 200;

export interface Shown {
  asked: Asked;
  view: TrendView;
  words: Words;
}

/** The week by the day on which it begins. */
export const weekWords = ({ text }: Words, week: string): string =>
  text('trends.week', { day: mondayOf(weekNumber(week)) });

/** A chart is text of its own making; every word in it was escaped there. */
const chart = (tree: Tree): Html => ({ html: treeText(tree) });

const option = (value: string, label: string, chosen: string): Html =>
  html`<option value="${value}" ${value === chosen ? html`selected` : null}>${label}</option>`;

export function controls({ asked, words: { text } }: Shown): Html {
  const kept = partsOf(asked).filter(([name]) => name !== 'by' && name !== 'period' && name !== 'scope');
  return html`<form class="fields" method="get" action="${PATH}">
    ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <label>${text('trends.by')}<select name="by">${DIMENSIONS.map((each) => option(each, text(`trends.by.${each}`), asked.by))}</select></label>
    <label>${text('trends.period')}<select name="period">${PERIODS.map((each) => option(each, text(`trends.period.${each}`), asked.period))}</select></label>
    <label>${word('hub.trends.scope')}<select name="scope">
      ${option('open', word('hub.trends.scope.open'), asked.scope)}
      ${option('statistics', word('hub.trends.scope.statistics'), asked.scope)}</select></label>
    <button>${word('hub.report.filter')}</button></form>`;
}

/** What was chosen, each with a link that takes it away. */
export function chosen({ asked, words }: Shown): Html {
  const { text } = words;
  const week =
    asked.week === null ? [] : [{ name: weekWords(words, asked.week), to: { ...asked, week: null } }];
  const values = DIMENSIONS.flatMap((by) => {
    const key = asked.only[by];
    if (key === undefined) return [];
    const name = text('trends.only.one', { by: text(`trends.by.${by}`), name: valueName(words, by, key) });
    return [{ name, to: choosing(asked, by, key) }];
  });
  const all = [...week, ...values];
  if (all.length === 0) return html`<p class="quiet">${text('trends.only.none')}</p>`;
  return html`<p class="row">${text('trends.only')}
    ${all.map(({ name, to }) => html`<a class="button" href="${addressOf(PATH, to)}" aria-label="${text('trends.only.take-away', { what: name })}">${name} ✕</a>`)}
    <a href="${addressOf(PATH, { ...asked, week: null, only: {} })}">${text('trends.only.all')}</a></p>`;
}

/** What stands out of the last two weeks, the rarest first. */
export function fresh({ asked, view, words }: Shown): Html | null {
  const { text } = words;
  const last = weekNumber(view.time.at(-1)?.week ?? '1970-W01');
  const found = view.lines
    .flatMap(({ key, fresh: each }) => each.map((one) => ({ key, one })))
    .filter(({ key, one }) => key !== '' && weekNumber(one.week) >= last - 1)
    .toSorted((a, b) => a.one.chance - b.one.chance);
  if (found.length === 0) return null;
  const lines = view.lines.length;
  return html`<section class="panel done"><h2>${text('trends.fresh.column')}</h2><ul>${found
    .slice(0, TOLD)
    .map(
      ({ key, one }) => html`<li>${text('trends.fresh.line', {
        name: valueName(words, view.by, key),
        week: weekWords(words, one.week),
        count: one.count,
        usual: one.usual,
        weeks: one.weeks,
      })} ${text(one.isClear ? 'trends.fresh.clear' : 'trends.fresh.may-be-chance', { lines })}
      <a href="${addressOf(PATH, choosing(asked, view.by, key))}">${text('trends.fresh.look')}</a></li>`,
    )}</ul><p>${text('trends.fresh.readings')}</p>
    ${found.length > TOLD ? html`<p>${text('trends.fresh.more', { count: found.length - TOLD })}</p>` : null}</section>`;
}

export function charts({ asked, view, words }: Shown): Html {
  const { text } = words;
  const isShared = asked.scope === 'statistics';
  const of = view.by === 'issuer' ? 'issuer' : 'country';
  const marks = isShared ? shareableMap(view) : view.map;
  const off = beside(world, marks).length;
  const map = worldMap({
    world,
    marks,
    chosen: asked.only[of] ?? null,
    isSized: of === 'country',
    words: {
      title: text(`trends.map.${of}`),
      state: ({ key, count }) => text('trends.mark', { name: stateName(words, key), count }),
    },
    link: (key) => addressOf(PATH, choosing(asked, of, key)),
  });
  const time = timeline({
    time: isShared ? shareableTime(view) : view.time,
    chosen: asked.week,
    size: TIME_SIZE,
    words: {
      title: text('trends.time'),
      week: ({ week, count, fresh: stands }) =>
        stands === null
          ? text('trends.time.week', { week: weekWords(words, week), count })
          : text('trends.time.fresh', { week: weekWords(words, week), count, usual: stands.usual }),
      tick: (week) => mondayOf(weekNumber(week)),
    },
    link: (week) => addressOf(PATH, choosingWeek(asked, week)),
  });
  const stands = view.time.some((week) => week.fresh !== null);
  return html`<div class="charts">
    <section class="panel"><h2>${text(`trends.map.${of}`)}</h2>${chart(map)}
      ${off === 0 ? null : html`<p class="small quiet">${text('trends.map.beside', { count: off })}</p>`}</section>
    <section class="panel"><h2>${text('trends.time')}</h2>${chart(time)}
      ${isShared ? null : html`<p class="small quiet">${text(stands ? 'trends.time.mark' : 'trends.time.note')}</p>`}</section></div>`;
}

function freshCell(words: Words, found: readonly Fresh[]): string {
  const last = found.toSorted((a, b) => weekNumber(b.week) - weekNumber(a.week))[0];
  if (last === undefined) return '';
  const { week, count, usual } = last;
  return words.text('trends.fresh.cell', {
    week: weekWords(words, week),
    count,
    usual,
    others: found.length - 1,
  });
}

/** The lines: a name narrows to it, a figure opens the reports behind it. What may not be opened is no link. */
export function lines({ asked, view, words }: Shown, { lines: shown }: Table): Html {
  const { text } = words;
  const isOpen = asked.scope === 'open';
  const rows = shown.slice(0, MOST_LINES).map(({ key, name, count, fresh: found }) => {
    const isChosen = asked.only[view.by] === key;
    const figure = text('trends.figure', { count });
    return [
      html`<a href="${addressOf(PATH, choosing(asked, view.by, key))}">${isChosen ? text('trends.chosen', { name }) : name}</a>`,
      isOpen
        ? html`<a href="${addressOf(`${PATH}/reports`, having(asked, view.by, key))}" aria-label="${text('trends.reports.of', { count, name })}">${figure}</a>`
        : figure,
      freshCell(words, found),
    ];
  });
  const headings = [text(`trends.by.${view.by}`), text('trends.reports'), text('trends.fresh.column')];
  return html`<section class="panel">${table(headings, rows, `${text('trends.none')}. ${text('trends.none.help')}`)}
    ${shown.length > MOST_LINES ? html`<p class="quiet">${word('hub.trends.more', { count: shown.length - MOST_LINES })}</p>` : null}</section>`;
}

/** How many in all, what they are held against, and the files. */
export function caption({ asked, view, words }: Shown, total: number | null): Html {
  const { text } = words;
  const week = weekWords(words, view.time[0]?.week ?? '1970-W01');
  const isOpen = asked.scope === 'open';
  const files = TREND_FILES.map(
    (what) =>
      html`<a href="${addressOf(`${PATH}/${what}`, asked)}" download>${text(`trends.save.${what}`)}</a>`,
  );
  return html`<p><strong>${total === null ? word('hub.trends.left-out') : text('trends.total', { count: total, week })}</strong>
      ${text('trends.examined.missing')}
      ${view.by === 'issuer' ? text('trends.issuer.note') : null}
      ${isOpen ? null : word('hub.trends.statistics')}</p>
    <p class="row">${isOpen && view.total > 0 ? html`<a class="button" href="${addressOf(`${PATH}/reports`, asked)}">${text('trends.reports.open')}</a>` : null}
      ${files} <span class="small quiet">${word('hub.trends.files')}</span></p>`;
}
