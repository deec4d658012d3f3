// The supervisor's day on one sheet of A4: what was examined of how many, what waits, hour by hour. Nobody who was examined.
import { type ReportWords, type Row, section, table } from './case-parts.ts';
import { DAY_STYLE } from './desk-style.ts';
import { type Html, html } from './html.ts';
import { wholePage } from './page.ts';

interface Outcomes {
  clear: number;
  referred: number;
  skip: number;
}

export interface DayPageInput {
  day: string;
  stationCode: string;
  place: string;
  shifts: readonly string[];
  outcomes: Outcomes;
  clearedCounted: number;
  hours: readonly Outcomes[];
  byShift: readonly Outcomes[];
  cases: { opened: number; closed: number; open: number };
  reports: { submitted: number; approved: number; sentBack: number; sent: number; toApprove: number };
  alerts: { approved: number; received: number };
  outbox: { waiting: number; parked: number; oldestAt: string | null };
  /** What waits for approval: when it was submitted, what it is in words, and by whom. */
  queue: readonly { at: string; what: string; by: string }[];
  printedAt: string;
  printedBy: string;
}

/** A figure with what it is of. */
export interface Figure {
  id: 'examined' | 'cleared' | 'referred' | 'skip' | 'cases' | 'reports';
  count: number;
  /** Values of the words below it, `desk.figure.<id>.of`. */
  of: Readonly<Record<string, number>>;
}

/** As many lines of the queue as leave room for the rest of the sheet. */
const MOST_QUEUED = 6;
const CHART = { width: 720, height: 112, bottom: 94, left: 28 } as const;

export const sumOf = ({ clear, referred, skip }: Outcomes): number => clear + referred + skip;

/** The figures of a day in their order, each with the number that it is counted of. */
export function figuresOf(
  input: Pick<DayPageInput, 'outcomes' | 'clearedCounted' | 'cases' | 'reports'>,
): Figure[] {
  const { outcomes, clearedCounted: counted, cases, reports } = input;
  const records = sumOf(outcomes);
  const examined = records + counted;
  return [
    { id: 'examined', count: examined, of: { records, others: counted } },
    { id: 'cleared', count: outcomes.clear + counted, of: { examined } },
    { id: 'referred', count: outcomes.referred, of: { examined } },
    { id: 'skip', count: outcomes.skip, of: { examined } },
    { id: 'cases', count: cases.opened, of: { closed: cases.closed, open: cases.open } },
    {
      id: 'reports',
      count: reports.submitted,
      of: { approved: reports.approved, sentBack: reports.sentBack, sent: reports.sent },
    },
  ];
}

/** Where the bars of a day stand: each hour with its height and that of what was referred, of 0 to 1. */
export function barsOf(
  hours: readonly Outcomes[],
): { hour: number; all: number; doubt: number; most: number }[] {
  const most = Math.max(1, ...hours.map(sumOf));
  return hours.map((of, hour) => ({ hour, all: sumOf(of) / most, doubt: of.referred / most, most }));
}

const written = (of: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(of).map(([name, count]) => [name, String(count)]));

function figuresPart(input: DayPageInput, { say }: ReportWords): Html {
  const figures = figuresOf(input).map(
    ({ id, count, of }) =>
      html`<div><span>${say(`desk.figure.${id}`)}</span><strong>${count}</strong><span>${say(`desk.figure.${id}.of`, written(of))}</span></div>`,
  );
  return html`<div class="figures">${figures}</div>`;
}

function chart(hours: readonly Outcomes[]): Html {
  const bars = barsOf(hours);
  const step = (CHART.width - CHART.left) / bars.length;
  const height = CHART.bottom - 8;
  const drawn = bars.map(({ hour, all, doubt }) => {
    const x = (CHART.left + hour * step + 2).toFixed(1);
    const bar = (share: number, name: string): Html =>
      html`<rect class="${name}" x="${x}" y="${(CHART.bottom - share * height).toFixed(1)}" width="${(step - 4).toFixed(1)}" height="${(share * height).toFixed(1)}"/>`;
    const label = hour % 3 === 0 ? html`<text x="${x}" y="${CHART.height - 4}">${hour}</text>` : null;
    return html`${bar(all, 'bar')}${bar(doubt, 'doubt')}${label}`;
  });
  return html`<svg viewBox="0 0 ${CHART.width} ${CHART.height}" aria-hidden="true">
<line x1="${CHART.left}" y1="${CHART.bottom}" x2="${CHART.width}" y2="${CHART.bottom}"/>
<text x="0" y="14">${bars[0]?.most ?? 0}</text><text x="0" y="${CHART.bottom}">0</text>${drawn}</svg>`;
}

function shiftPart({ shifts, byShift }: DayPageInput, { say }: ReportWords): Html | null {
  if (shifts.length === 0) return null;
  const rows = byShift.map(
    (of, at): Row => [
      say('desk.shift', { number: String(at + 1), time: shifts[at] ?? '' }),
      String(sumOf(of)),
      String(of.referred),
      String(of.skip),
    ],
  );
  const head = ['shift', 'records', 'referred', 'skip'].map((id) => say(`desk.column.${id}`));
  return section(say('desk.by-shift'), table(head, rows));
}

function queuePart({ queue, reports }: DayPageInput, { say, time }: ReportWords): Html {
  const rows = queue.slice(0, MOST_QUEUED).map(({ at, what, by }): Row => [time(at), what, by]);
  const more = reports.toApprove - rows.length;
  return section(say('desk.queue'), [
    rows.length === 0
      ? html`<p>${say('desk.queue.empty')}</p>`
      : table(
          ['submitted', 'what', 'by'].map((id) => say(`desk.column.${id}`)),
          rows,
        ),
    ...(more > 0 ? [html`<p>${say('desk.queue.more', { number: String(more) })}</p>`] : []),
  ]);
}

/** A whole page of HTML that fills at most one sheet. */
export function dayPage(input: DayPageInput, words: ReportWords): string {
  const { say, time } = words;
  const { day, stationCode: code, place, outbox, alerts } = input;
  const title = say('desk.paper.title', { day });
  const body = html`<header><h1>${title}</h1>
<p>${say('desk.paper.where', { place, code })}</p>
<p><small>${say('desk.paper.printed', { time: time(input.printedAt), name: input.printedBy })}</small></p></header>
${figuresPart(input, words)}
${section(say('desk.by-hour'), [chart(input.hours), html`<p><small>${say('desk.paper.bars')} ${say('desk.by-hour.caption', { number: String(input.clearedCounted) })}</small></p>`])}
${shiftPart(input, words)}
<div class="two">
${section(say('desk.alerts'), html`<p>${say('desk.alerts.counts', { approved: String(alerts.approved), received: String(alerts.received) })}</p>`)}
${section(say('desk.outbox'), html`<p>${say('desk.paper.outbox', { waiting: String(outbox.waiting), parked: String(outbox.parked) })}</p>`)}
</div>
${queuePart(input, words)}
<p class="sign">${say('desk.paper.sign')}</p>`;
  return wholePage({ language: words.language, title, style: DAY_STYLE, body });
}
