// Where and when: the map and the time line. What is chosen on either narrows everything on the screen.
import { useMemo } from 'react';
import { beside, worldMap } from '../../../../shared/trends/map.ts';
import { stateName } from '../../../../shared/trends/names.ts';
import type { TrendView } from '../../../../shared/trends/question.ts';
import { timeline } from '../../../../shared/trends/timeline.ts';
import { mondayOf, weekNumber } from '../../../../shared/trends/weeks.ts';
import { useWorld } from '../../../lib/world-map.ts';
import { Panel } from '../../../ui/Panel.tsx';
import { ChartTree } from './ChartTree.tsx';
import styles from './Trends.module.css';
import { choose, chooseWeek, useTrends } from './trends-store.ts';
import { useTrendWords } from './use-trend-words.ts';

/** Near to the room that there is, so that words are of the size of others. */
const TIME_SIZE = { width: 620, height: 180 };

export function TrendCharts({ view }: { view: TrendView }) {
  return (
    <div className={styles.charts}>
      <WhereChart view={view} />
      <WhenChart view={view} />
    </div>
  );
}

function WhereChart({ view }: { view: TrendView }) {
  const words = useTrendWords();
  const world = useWorld();
  const only = useTrends((state) => state.only);
  const { text } = words;
  const of = view.by === 'issuer' ? 'issuer' : 'country';
  const title = text(`trends.map.${of}`);
  const chosen = only[of] ?? null;
  const drawn = useMemo(() => {
    if (world === null) return null;
    const nameOf = (key: string) => stateName(words, key);
    const off = new Set(beside(world, view.map).map(({ key }) => key));
    const chart = worldMap({
      world,
      marks: view.map,
      chosen,
      isSized: of === 'country',
      words: { title, state: ({ key, count }) => text('trends.mark', { name: nameOf(key), count }) },
    });
    const order = view.map
      .map(({ key }) => key)
      .filter((key) => !off.has(key))
      .toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), 'en'));
    return { chart, order, off };
  }, [world, view, chosen, of, title, text, words]);
  return (
    <Panel
      title={title}
      flush
      className={styles.chartPanel}
      aside={
        <p className={styles.note}>{text(of === 'issuer' ? 'trends.map.note.issuer' : 'trends.map.note')}</p>
      }
    >
      {drawn === null ? null : (
        <>
          <ChartTree
            chart={drawn.chart}
            order={drawn.order}
            chosen={chosen}
            className={styles.map}
            onChoose={(key) => choose(of, key)}
          />
          {drawn.off.size === 0 ? null : (
            <p className={styles.beside}>{text('trends.map.beside', { count: drawn.off.size })}</p>
          )}
        </>
      )}
    </Panel>
  );
}

function WhenChart({ view }: { view: TrendView }) {
  const words = useTrendWords();
  const chosen = useTrends((state) => state.week);
  const { text, day, week: weekText } = words;
  const title = text('trends.time');
  const chart = useMemo(
    () =>
      timeline({
        time: view.time,
        chosen,
        size: TIME_SIZE,
        words: {
          title,
          week: ({ week, count, fresh }) =>
            fresh === null
              ? text('trends.time.week', { week: weekText(week), count })
              : text('trends.time.fresh', { week: weekText(week), count, usual: fresh.usual }),
          tick: (week) => day(mondayOf(weekNumber(week))),
        },
      }),
    [view, chosen, title, text, day, weekText],
  );
  const hasFresh = view.time.some(({ fresh }) => fresh !== null);
  return (
    <Panel
      title={title}
      flush
      className={styles.chartPanel}
      aside={<p className={styles.note}>{text(hasFresh ? 'trends.time.mark' : 'trends.time.note')}</p>}
    >
      <ChartTree
        chart={chart}
        order={view.time.map(({ week }) => week)}
        chosen={chosen}
        className={styles.time}
        onChoose={chooseWeek}
      />
    </Panel>
  );
}
