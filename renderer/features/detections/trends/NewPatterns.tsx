// What stands out of the last two weeks, told calmly: what it is held against, and both ways to read it.
import type { Fresh, TrendView } from '../../../../shared/trends/question.ts';
import { valueName } from '../../../../shared/trends/names.ts';
import { weekNumber } from '../../../../shared/trends/weeks.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import styles from './Trends.module.css';
import { lookAt } from './trends-store.ts';
import { useTrendWords } from './use-trend-words.ts';

/** More are in the table, each in its line. */
const TOLD = 3;

interface Found {
  key: string;
  fresh: Fresh;
}

/** The rarest first; those of the last two weeks that are shown. */
function recent({ lines, time }: TrendView): Found[] {
  const last = weekNumber(time.at(-1)?.week ?? '1970-W01');
  return lines
    .flatMap(({ key, fresh }) => fresh.map((each) => ({ key, fresh: each })))
    .filter(({ key, fresh }) => key !== '' && weekNumber(fresh.week) >= last - 1)
    .toSorted((a, b) => a.fresh.chance - b.fresh.chance);
}

export function NewPatterns({ view }: { view: TrendView }) {
  const words = useTrendWords();
  const { text } = words;
  const found = recent(view);
  if (found.length === 0) return null;
  return (
    <Notice tone="info" title={text('trends.fresh.readings')}>
      <ul className={styles.found}>
        {found.slice(0, TOLD).map(({ key, fresh }) => (
          <li key={`${key} ${fresh.week}`} className={styles.foundLine}>
            <span>
              {text('trends.fresh.line', {
                name: valueName(words, view.by, key),
                week: words.week(fresh.week),
                count: fresh.count,
                usual: fresh.usual,
                weeks: fresh.weeks,
              })}{' '}
              {text(fresh.isClear ? 'trends.fresh.clear' : 'trends.fresh.may-be-chance', {
                lines: view.lines.length,
              })}
            </span>
            <Button tone="quiet" onPress={() => lookAt(view.by, key, fresh.week)}>
              {text('trends.fresh.look')}
            </Button>
          </li>
        ))}
      </ul>
      {found.length > TOLD ? <p>{text('trends.fresh.more', { count: found.length - TOLD })}</p> : null}
    </Notice>
  );
}
