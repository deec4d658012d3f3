// A view of trends as a file: its lines as CSV, its map or its time line as SVG, each with what it must be read with.
import world from '../../assets/map/world.json' with { type: 'json' };
import wire from '../../assets/text/en/report-wire.json' with { type: 'json' };
import states from '../../assets/text/en/states.json' with { type: 'json' };
import trends from '../../assets/text/en/trends.json' with { type: 'json' };
import type { Output } from '../../shared/contract/channels.ts';
import { worldMap } from '../../shared/trends/map.ts';
import { chosenNames, stateName, type Words } from '../../shared/trends/names.ts';
import type { TrendFile } from '../../shared/trends/order.ts';
import type { TrendQuestion } from '../../shared/trends/question.ts';
import { LEAST_SHARED } from '../../shared/trends/suppress.ts';
import {
  type Basis,
  shareableMap,
  shareableTime,
  tableCsv,
  tableOf,
  wholeQuestion,
} from '../../shared/trends/table.ts';
import { timeline } from '../../shared/trends/timeline.ts';
import { chartFile } from '../../shared/trends/tree.ts';
import { mondayOf, sundayOf, weekNumber } from '../../shared/trends/weeks.ts';
import { reportWords } from './report-words.ts';

type Answer = Pick<Output<'trends.view'>, 'view' | 'examined'>;

interface Asked {
  question: TrendQuestion;
  what: TrendFile;
  isShared: boolean;
  language: string;
  timeZone: string;
}

const CATALOGUE: Readonly<Record<string, string>> = { ...wire, ...states, ...trends };
const TIME_SIZE = { width: 960, height: 240 };

function wordsOf(language: string, timeZone: string): Words {
  const { say } = reportWords(language, timeZone, CATALOGUE);
  return {
    text: (id, values = {}) =>
      say(id, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))),
    has: (id) => Object.hasOwn(CATALOGUE, id),
  };
}

/** What stands below a chart, so that no figure is read without it. */
function captionsOf(
  { examined, view }: Answer,
  { only }: Basis,
  isShared: boolean,
  { text }: Words,
): string[] {
  const denominator =
    examined === null
      ? text('trends.file.examined.missing')
      : examined.since === null
        ? text('trends.file.examined', { count: examined.count })
        : text('trends.file.examined.since', { count: examined.count, since: examined.since });
  return [
    ...(only.length === 0 ? [] : [text('trends.file.only', { only: only.join('; ') })]),
    isShared
      ? text('trends.file.shared', { least: LEAST_SHARED })
      : text('trends.file.total', { count: view.total }),
    denominator,
    ...(view.by === 'issuer' ? [text('trends.issuer.note')] : []),
  ];
}

/** The text of a file and what its name says. `answer` counts; it is asked for what adds up to its total. */
export function trendFile(
  { question, what, isShared, language, timeZone }: Asked,
  answer: (question: TrendQuestion) => Answer,
): { name: string; text: string } {
  const words = wordsOf(language, timeZone);
  const { text } = words;
  const by = what === 'map' && question.by !== 'issuer' ? 'country' : question.by;
  const asked = wholeQuestion({ ...question, by }, what === 'time' ? 'week' : by);
  const answered = answer(asked);
  const { view, examined } = answered;
  const days = { from: mondayOf(weekNumber(asked.from)), to: sundayOf(weekNumber(asked.to)) };
  const basis: Basis = { ...days, examined: examined?.count ?? null, only: chosenNames(words, asked.only) };
  if (what === 'table')
    return {
      name: `trends-by-${by}`,
      text: tableCsv(tableOf(view, words, isShared), by, basis, words),
    };
  const captions = captionsOf(answered, basis, isShared, words);
  if (what === 'time') {
    const title = text('trends.file.title.time', days);
    const time = isShared ? shareableTime(view) : view.time;
    const chart = timeline({
      time,
      chosen: null,
      size: TIME_SIZE,
      words: { title, week: ({ week }) => week, tick: (week) => week },
    });
    return { name: 'trends-by-week', text: chartFile(chart, TIME_SIZE, { title, captions }) };
  }
  const isIssuer = by === 'issuer';
  const title = text(isIssuer ? 'trends.file.title.map.issuer' : 'trends.file.title.map', days);
  const chart = worldMap({
    world,
    marks: isShared ? shareableMap(view) : view.map,
    chosen: null,
    isSized: !isIssuer,
    words: { title, state: ({ key }) => stateName(words, key) },
  });
  return { name: `trends-map-by-${by}`, text: chartFile(chart, world, { title, captions }) };
}
