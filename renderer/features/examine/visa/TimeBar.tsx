// The days of a visa on a bar: its window, today, a stay that begins today, the end of the passport; in words below.
import type { VisaDays } from '../../../../shared/examination/visa.ts';
import { printedDate } from '../../../lib/time.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { type Bar, barOf } from './visa-case.ts';
import styles from './TimeBar.module.css';

export function TimeBar({ days }: { days: VisaDays }) {
  const text = useText();
  const bar = barOf(days);
  return (
    <section className={styles.time} aria-label={text('visa.days')}>
      {bar === null ? null : <Drawn bar={bar} />}
      <ul className={styles.words}>
        {wordsOf(days).map(({ id, values, look }) => (
          <li key={id} data-look={look || undefined}>
            {text(id, values)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Drawn({ bar }: { bar: Bar }) {
  const text = useText();
  const at = (place: number) => ({ insetInlineStart: `${place}%` });
  const wide = (start: number, end: number) => ({ ...at(start), width: `${Math.max(0.5, end - start)}%` });
  return (
    <div className={styles.bar} aria-hidden="true">
      <span className={styles.window} style={wide(bar.from, bar.until)} data-open={bar.open || undefined} />
      {bar.stayUntil === null ? null : (
        <span className={styles.stay} style={wide(bar.today, bar.stayUntil)} />
      )}
      {bar.passportUntil === null ? null : (
        <span className={styles.passport} style={at(bar.passportUntil)}>
          <span className={styles.tag}>{text('visa.bar.passport')}</span>
        </span>
      )}
      <span className={styles.today} style={at(bar.today)}>
        <span className={styles.tag}>{text('visa.bar.today')}</span>
      </span>
    </div>
  );
}

interface Line {
  id: string;
  values: Record<string, string | number>;
  look?: boolean;
}

/** What the bar shows, line by line. */
function wordsOf(days: VisaDays): Line[] {
  const { from, until, windowDays, position, daysLeft, stayDays, stayUntil, entries } = days;
  const lines: Line[] = [];
  if (until === null) lines.push({ id: 'visa.until-unknown', values: {} });
  else if (from === null) lines.push({ id: 'visa.until', values: { until: printedDate(until) } });
  else {
    const values = { from: printedDate(from), until: printedDate(until), days: windowDays ?? 0 };
    lines.push({ id: 'visa.window', values });
  }
  if (position === 'before' || position === 'after')
    lines.push({ id: `visa.position.${position}`, values: {}, look: true });
  else if (until !== null && daysLeft !== null)
    lines.push({ id: 'visa.days-left', values: { days: daysLeft } });
  if (stayDays !== null) {
    lines.push(
      stayUntil === null
        ? { id: 'visa.stay', values: { days: stayDays } }
        : { id: 'visa.stay-until', values: { days: stayDays, until: printedDate(stayUntil) } },
    );
  }
  if (entries !== null) lines.push({ id: `visa.entries.${entries}`, values: {} });
  return lines;
}
