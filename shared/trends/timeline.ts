// Reports week for week, as bars; weeks that stand out carry a mark above, so that no colour is needed to see them.
import type { TrendView } from './question.ts';
import { node, pressable, type Tree } from './tree.ts';

export interface TimelineInput {
  time: TrendView['time'];
  /** The week that is chosen. */
  chosen: string | null;
  size: { width: number; height: number };
  words: {
    /** What the chart shows. */
    title: string;
    /** Of a bar. */
    week: (week: TrendView['time'][number]) => string;
    /** Below the axis, as short as it can be. */
    tick: (week: string) => string;
  };
  link?: ((week: string) => string) | undefined;
}

const LEFT = 44;
const RIGHT = 8;
const TOP = 18;
const BOTTOM = 26;
/** Room for one word below the axis. */
const TICK_WIDTH = 96;

/** The least round number that is not below: an even digit and noughts, so that its half is a figure too. */
export function roundAbove(count: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, count)));
  return [1, 2, 4, 6, 8, 10].map((step) => step * power).find((each) => each >= count) ?? 10 * power;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

export function timeline({ time, chosen, size, words, link }: TimelineInput): Tree {
  const { width, height } = size;
  const most = Math.max(2, roundAbove(Math.max(0, ...time.map(({ count }) => count))));
  const floor = height - BOTTOM;
  const step = (width - LEFT - RIGHT) / Math.max(1, time.length);
  const heightOf = (count: number): number => rounded(((floor - TOP) * count) / most);
  const lines = [0, most / 2, most].flatMap((count) => {
    const y = floor - heightOf(count);
    return [
      node('path', { class: 'trend-line', d: `M${LEFT} ${y}H${width - RIGHT}` }),
      node('text', { x: LEFT - 8, y: y + 4, 'text-anchor': 'end' }, [String(count)]),
    ];
  });
  const every = Math.max(1, Math.ceil(TICK_WIDTH / step));
  const bars = time.map((week, at) => {
    const x = rounded(LEFT + at * step);
    const tall = week.count === 0 ? 0 : Math.max(2, heightOf(week.count));
    const middle = rounded(x + step / 2);
    const isChosen = week.week === chosen;
    return pressable(
      {
        key: week.week,
        label: words.week(week),
        className: isChosen ? 'trend-week trend-chosen' : 'trend-week',
        link,
      },
      [
        node('rect', { class: 'trend-hit', x, y: 0, width: rounded(step), height: floor }),
        node('rect', {
          class: 'trend-bar',
          x: rounded(x + step * 0.12),
          y: floor - tall,
          width: rounded(step * 0.76),
          height: tall,
        }),
        ...(week.fresh === null
          ? []
          : [node('path', { class: 'trend-mark', d: `M${middle} ${floor - tall - 14}l5 6l-5 6l-5 -6z` })]),
      ],
    );
  });
  const ticks = time.flatMap(({ week }, at) =>
    at % every === 0 && LEFT + at * step + TICK_WIDTH < width + step
      ? [node('text', { x: rounded(LEFT + at * step), y: height - 8 }, [words.tick(week)])]
      : [],
  );
  return node(
    'svg',
    { class: 'trend-time', viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': words.title },
    [...lines, ...bars, ...ticks],
  );
}
