// What the first line handed over: the decision with its words, the automatic findings, the lines; then who did what.
import { TriangleAlert } from 'lucide-react';
import type { CaseView } from '../../../shared/contract/cases.ts';
import { DOUBT_REASONS } from '../../../shared/examination/outcomes.ts';
import { useToldWords } from '../../lib/finding-words.ts';
import { useText } from '../../text/TextProvider.tsx';
import { AlertLine } from '../../ui/AlertLine.tsx';
import { ListLine } from '../../ui/ListLine.tsx';
import styles from './RecordTab.module.css';
import { Trail } from './Trail.tsx';
import { useTimeText } from './use-case-now.ts';

type Document = CaseView['record']['documents'][number];

export function RecordTab({ view }: { view: CaseView }) {
  const text = useText();
  const timeText = useTimeText();
  const { record } = view;
  return (
    <div className={styles.record} role="region" aria-label={text('cases.tab.record')} tabIndex={0}>
      {record.decisions.map((decision) => (
        <section key={decision.id}>
          <h3>{text(`history.outcome.${decision.outcome}`)}</h3>
          {decision.reasons.map((reason) => (
            <p key={reason}>{text(wordsOfReason(reason))}</p>
          ))}
          {decision.note === '' ? null : <p className={styles.note}>{decision.note}</p>}
          <p className={styles.quiet}>
            {text('history.decided', { time: timeText(decision.at), officer: decision.officerName })}
          </p>
        </section>
      ))}
      {record.documents.map((document, at) => (
        <Read
          key={document.id}
          document={document}
          title={
            record.documents.length === 1
              ? text('history.findings')
              : text('cases.document', { number: at + 1, type: text('history.findings') })
          }
        />
      ))}
      <Trail acts={view.acts} />
    </div>
  );
}

function wordsOfReason(id: string): string {
  return DOUBT_REASONS.find((reason) => reason.id === id)?.text ?? 'history.reason.unknown';
}

function Read({ document: { findings, reading }, title }: { document: Document; title: string }) {
  const text = useText();
  return (
    <section>
      <h3>{title}</h3>
      {findings.length === 0 ? <p>{text('history.findings.none')}</p> : null}
      <ul>
        {findings.map((finding, at) => (
          // A rule may say the same of two places, so a finding is known by its own.
          <Finding key={at} finding={finding} />
        ))}
      </ul>
      {reading === null || reading.lines.length === 0 ? (
        <p className={styles.quiet}>{text('history.nothing-read')}</p>
      ) : (
        <div className={styles.lines}>
          {reading.lines.map((line, row) => (
            <p key={`${row}:${line}`}>{line}</p>
          ))}
        </div>
      )}
    </section>
  );
}

/** In words, with both of its readings: why one looks, and what it may be otherwise. */
function Finding({ finding }: { finding: Document['findings'][number] }) {
  const text = useText();
  const { title, fraud, innocent, language } = useToldWords()(finding);
  const readings = [
    ['history.reading.fraud', fraud],
    ['history.reading.innocent', innocent],
  ] as const;
  const isLook = finding.severity === 'look';
  return (
    <li>
      {isLook ? <TriangleAlert size={16} aria-hidden="true" className={styles.look} /> : null}
      <div lang={language}>
        <p className={isLook ? styles.look : undefined}>{title}</p>
        <ListLine values={finding.values} />
        <AlertLine values={finding.values} />
        {readings.map(([label, words]) =>
          words === undefined ? null : (
            <p key={label}>
              <span className={styles.quiet}>{text(label)}:</span> {words}
            </p>
          ),
        )}
      </div>
    </li>
  );
}
