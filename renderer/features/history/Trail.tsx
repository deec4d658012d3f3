// What the second line concluded, and every decision on an examination, the newest first; nothing is ever overwritten.
import type { ExaminationRecord } from '../../../shared/contract/records.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { reasonText } from './reasons.ts';
import styles from './Trail.module.css';

interface TrailProps {
  record: ExaminationRecord;
  timeZone: string;
}

interface SecondLineProps {
  concluded: NonNullable<ExaminationRecord['secondLine']>;
  timeZone: string;
}

/** One line of the outcome in force: what, who, when, signed by whom. The case itself is opened in Cases. */
function SecondLine({ concluded, timeZone }: SecondLineProps) {
  const text = useText();
  const language = useLanguage();
  const { outcome, at, officerName, signedBy, signedAt } = concluded;
  const time = (moment: string): string => dateTimeIn(timeZone, new Date(moment), language);
  return (
    <div className={styles.decision}>
      <p className={styles.quiet}>{text('history.second-line')}</p>
      <p className={styles.valid}>{text(`procedure.outcome.${outcome}`)}</p>
      <p className={styles.quiet}>{text('history.decided', { time: time(at), officer: officerName })}</p>
      {signedBy === null || signedAt === null ? null : (
        <p className={styles.quiet}>{text('history.signed', { time: time(signedAt), officer: signedBy })}</p>
      )}
    </div>
  );
}

/** Of the digest as many characters as tell one procedure from another of the same name; the export has all of it. */
const DIGEST_SHOWN = 12;

export function Trail({ record, timeZone }: TrailProps) {
  const { id, decisions, secondLine, procedure } = record;
  const text = useText();
  const language = useLanguage();
  const newestFirst = [...decisions].reverse();
  return (
    <Panel title={text('history.decisions')} className={styles.trail}>
      {secondLine === undefined ? null : <SecondLine concluded={secondLine} timeZone={timeZone} />}
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
      {procedure === undefined ? null : (
        <p className={styles.id}>
          {text('history.procedure', {
            version: procedure.version,
            digest: procedure.sha256.slice(0, DIGEST_SHOWN),
          })}
        </p>
      )}
      <p className={styles.id}>{text('history.record.id', { id })}</p>
    </Panel>
  );
}
