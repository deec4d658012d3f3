// Trends: what is found where and when, by reports of this station and of others. Map and time line above, lines below.
import { ChartNoAxesColumn } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/contract/channels.ts';
import { valueName } from '../../../shared/trends/names.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { useCan } from '../../lib/store-vault.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { NewPatterns } from './trends/NewPatterns.tsx';
import { TrendCharts } from './trends/TrendCharts.tsx';
import { TrendControls } from './trends/TrendControls.tsx';
import { type Figure, TrendReports } from './trends/TrendReports.tsx';
import { TrendSave } from './trends/TrendSave.tsx';
import { TrendTable } from './trends/TrendTable.tsx';
import styles from './trends/Trends.module.css';
import { chooseAll, followTrends, questionNow, refreshTrends, useTrends } from './trends/trends-store.ts';
import { useTrendWords } from './trends/use-trend-words.ts';

export function TrendsTab() {
  const { text } = useTrendWords();
  const { answer, failure, phase, counting } = useTrends();
  useEffect(() => followTrends(), []);
  if (failure !== null)
    return (
      <ErrorPanel
        code={failure}
        actions={<Button onPress={() => void refreshTrends()}>{text('ui.try-again')}</Button>}
      />
    );
  if (counting !== null && phase === 'loading')
    return <Progress label={text('trends.counting', counting)} value={counting.done / counting.total} />;
  if (answer === null) return null;
  return answer.span === null ? <NoReports /> : <Trends answer={answer} />;
}

function NoReports() {
  const { text } = useTrendWords();
  return (
    <Panel label={text('detections.tab.trends')}>
      <EmptyState icon={<ChartNoAxesColumn size={40} />} title={text('detections.trends.empty')}>
        {text('detections.trends.empty.help')}
      </EmptyState>
    </Panel>
  );
}

function Trends({ answer }: { answer: Output<'trends.view'> }) {
  const words = useTrendWords();
  const { text } = words;
  const [figure, setFigure] = useState<Figure | null>(null);
  const [isSaving, setSaving] = useState(false);
  const canSave = useCan('trends.save');
  const canRead = useCan('trends.reports');
  const focusedKey = useTrends((state) => state.focusedKey);
  const { view } = answer;
  const filter = questionNow();
  const openAll = () => setFigure({ filter, name: text('trends.reports.all') });
  const openLine = ({ key, name }: { key: string; name: string }) =>
    setFigure({ filter: { ...filter, only: { ...filter.only, [view.by]: key } }, name });
  const focused = view.lines.find(({ key }) => `=${key}` === focusedKey);
  const focusPart = (part: string) =>
    document.querySelector<SVGElement>(`.${part} [data-key][tabindex="0"]`)?.focus();
  useHotkeys({
    titleId: 'trends.keys',
    hotkeys: [
      { keys: ['m'], textId: 'trends.key.map', run: () => focusPart('trend-map') },
      { keys: ['t'], textId: 'trends.key.time', run: () => focusPart('trend-time') },
      {
        keys: ['o'],
        textId: 'trends.key.reports',
        enabled: () => canRead,
        run: () =>
          focused === undefined
            ? openAll()
            : openLine({ key: focused.key, name: valueName(words, view.by, focused.key) }),
      },
      { keys: ['x'], textId: 'trends.only.all', run: chooseAll },
      { keys: ['s'], textId: 'trends.save', enabled: () => canSave, run: () => setSaving(true) },
    ],
  });
  return (
    <div className={styles.screen}>
      <TrendControls onSave={() => setSaving(true)} />
      <NewPatterns view={view} />
      <TrendCharts view={view} />
      <Caption answer={answer} onReports={canRead ? openAll : null} />
      <TrendTable key={view.by} view={view} onReports={openLine} />
      {figure === null ? null : <TrendReports figure={figure} onClose={() => setFigure(null)} />}
      {isSaving ? <TrendSave onClose={() => setSaving(false)} /> : null}
    </div>
  );
}

/** How many reports the figures are of, and what they are to be held against. */
function Caption({ answer, onReports }: { answer: Output<'trends.view'>; onReports: (() => void) | null }) {
  const { text, week, day } = useTrendWords();
  const { view, examined } = answer;
  const chosen = useTrends((state) => state.week);
  const first = view.time[0]?.week ?? '';
  const total =
    chosen === null
      ? text('trends.total', { count: view.total, week: week(first) })
      : text('trends.total.week', { count: view.total, week: week(chosen) });
  const denominator =
    examined === null
      ? text('trends.examined.missing')
      : examined.since === null
        ? text('trends.examined', { count: examined.count })
        : text('trends.examined.since', { count: examined.count, since: day(examined.since) });
  return (
    <div className={styles.caption}>
      <p role="status">
        <strong>{total}</strong> {denominator}{' '}
        {view.more === 0 ? '' : text('trends.more-lines', { count: view.more })}
      </p>
      {onReports === null || view.total === 0 ? null : (
        <Button tone="quiet" keyName="o" onPress={onReports}>
          {text('trends.reports.open')}
        </Button>
      )}
    </div>
  );
}
