// Every decision on an examination, the newest first; nothing is ever overwritten.
import type { DecisionRecord } from '../../../shared/contract/records.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { reasonText } from './reasons.ts';
import styles from './Trail.module.css';

interface TrailProps {
  recordId: string;
  decisions: readonly DecisionRecord[];
  timeZone: string;
}

export function Trail({ recordId, decisions, timeZone }: TrailProps) {
  const text = useText();
  const language = useLanguage();
  const newestFirst = [...decisions].reverse();
  return (
    <Panel title={text('history.decisions')} className={styles.trail}>
      <ol>
        {newestFirst.map((decision, at) => (
          <li key={decision.id} className={styles.decision}>
            <p className={at === 0 ? styles.valid : styles.replaced}>
              {text(`history.outcome.${decision.outcome}`)}
            </p>
            {at > 0 ? <p className={styles.quiet}>{text('history.replaced')}</p> : null}
            {decision.reasons.map((reason) => (
              <p key={reason}>{text(reasonText(reason))}</p>
            ))}
            {decision.note === '' ? null : <p className={styles.note}>{decision.note}</p>}
            <p className={styles.quiet}>
              {text('history.decided', {
                time: dateTimeIn(timeZone, new Date(decision.at), language),
                officer: decision.officerName,
              })}
            </p>
          </li>
        ))}
      </ol>
      <p className={styles.id}>{text('history.record.id', { id: recordId })}</p>
    </Panel>
  );
}
