// Of a finding that comes of a list: whose list it is, from when, and until when it counts. Nothing of the entry.
import { useStation } from '../lib/store-station.ts';
import { dayIn, printedDate } from '../lib/time.ts';
import { useText } from '../text/TextProvider.tsx';
import styles from './ListLine.module.css';

export function ListLine({ values }: { values: Readonly<Record<string, string>> | undefined }) {
  const text = useText();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const { source, until, importedAt } = values ?? {};
  if (source === undefined || until === undefined || importedAt === undefined) return null;
  return (
    <small className={styles.line}>
      {text('lists.line', {
        source,
        until: printedDate(until),
        day: printedDate(dayIn(timeZone, new Date(importedAt))),
      })}
    </small>
  );
}
