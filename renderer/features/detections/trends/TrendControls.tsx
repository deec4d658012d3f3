// What is counted by, how far back, and what is chosen: each choice can be taken back by itself.
import { Download, X } from 'lucide-react';
import { valueName } from '../../../../shared/trends/names.ts';
import { DIMENSIONS, type Dimension } from '../../../../shared/trends/row.ts';
import { useCan } from '../../../lib/store-vault.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './Trends.module.css';
import { choose, chooseAll, chooseWeek, countBy, lookBack, PERIODS, useTrends } from './trends-store.ts';
import { useTrendWords } from './use-trend-words.ts';

export function TrendControls({ onSave }: { onSave: () => void }) {
  const { text } = useTrendWords();
  const by = useTrends((state) => state.by);
  const period = useTrends((state) => state.period);
  const canSave = useCan('trends.save');
  return (
    <div className={styles.controls}>
      <Select
        label={text('trends.by')}
        choices={DIMENSIONS.map((id) => ({ id, label: text(`trends.by.${id}`) }))}
        value={by}
        onChange={(id) => countBy(DIMENSIONS.find((each) => each === id) ?? by)}
      />
      <Select
        label={text('trends.period')}
        choices={PERIODS.map((id) => ({ id, label: text(`trends.period.${id}`) }))}
        value={period}
        onChange={(id) => lookBack(PERIODS.find((each) => each === id) ?? period)}
      />
      <Chosen />
      {canSave ? (
        <Button keyName="s" icon={<Download size={20} />} onPress={onSave}>
          {text('trends.save')}
        </Button>
      ) : null}
    </div>
  );
}

/** What is chosen, each to be taken back. */
function Chosen() {
  const words = useTrendWords();
  const { text } = words;
  const only = useTrends((state) => state.only);
  const week = useTrends((state) => state.week);
  const chosen = DIMENSIONS.flatMap((dimension): [Dimension, string][] => {
    const key = only[dimension];
    return key === undefined ? [] : [[dimension, key]];
  });
  if (chosen.length === 0 && week === null) return <p className={styles.quiet}>{text('trends.only.none')}</p>;
  return (
    <div className={styles.chosen} role="group" aria-label={text('trends.only')}>
      {chosen.map(([dimension, key]) => (
        <Chip
          key={dimension}
          label={text('trends.only.one', {
            by: text(`trends.by.${dimension}`),
            name: valueName(words, dimension, key),
          })}
          onTakeAway={() => choose(dimension, key)}
        />
      ))}
      {week === null ? null : <Chip label={words.week(week)} onTakeAway={() => chooseWeek(week)} />}
      <Button tone="quiet" keyName="x" onPress={chooseAll}>
        {text('trends.only.all')}
      </Button>
    </div>
  );
}

function Chip({ label, onTakeAway }: { label: string; onTakeAway: () => void }) {
  const { text } = useTrendWords();
  return (
    <Button
      icon={<X size={16} />}
      aria-label={text('trends.only.take-away', { what: label })}
      onPress={onTakeAway}
    >
      {label}
    </Button>
  );
}
