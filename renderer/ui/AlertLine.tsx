// Of a finding that comes of an alert: its one sentence, whose it is, and until when.
import { useStation } from '../lib/store-station.ts';
import { dateTimeIn } from '../lib/time.ts';
import { useLanguage, useText } from '../text/TextProvider.tsx';
import styles from './AlertLine.module.css';

export function AlertLine({ values }: { values: Readonly<Record<string, string>> | undefined }) {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const { alert, tip, from, until } = values ?? {};
  if (alert === undefined || tip === undefined || from === undefined || until === undefined) return null;
  return (
    <span className={styles.line}>
      <span className={styles.tip}>{tip}</span>
      <small className={styles.from}>
        {text('alerts.line', { from, until: dateTimeIn(timeZone, new Date(until), language) })}
      </small>
    </span>
  );
}
