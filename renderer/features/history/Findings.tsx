// The findings as they were shown on the day, each with both readings.
import { Check, Info, RotateCcw, TriangleAlert } from 'lucide-react';
import { printedDate } from '../../lib/time.ts';
import { useToldWords } from '../../lib/finding-words.ts';
import { useText } from '../../text/TextProvider.tsx';
import { AlertLine } from '../../ui/AlertLine.tsx';
import { ListLine } from '../../ui/ListLine.tsx';
import styles from './DocumentPart.module.css';
import type { RecordedDocument } from './DocumentPart.tsx';

interface FindingsProps {
  findings: RecordedDocument['findings'];
  rulesVersion: string;
  judgedOn: string;
}

const ICONS = { look: TriangleAlert, note: Info, retake: RotateCcw } as const;

export function Findings({ findings, rulesVersion, judgedOn }: FindingsProps) {
  const text = useText();
  return (
    <section>
      <h3>{text('history.findings')}</h3>
      {findings.length === 0 ? (
        <p className={styles.nothing}>
          <Check size={20} aria-hidden="true" />
          {text('history.findings.none')}
        </p>
      ) : (
        <ul>
          {findings.map((finding, place) => (
            // A rule may say the same of two places, so a finding is known by its own.
            <Finding key={place} finding={finding} />
          ))}
        </ul>
      )}
      <p className={styles.quiet}>
        {text('history.judged', { day: printedDate(judgedOn), version: rulesVersion })}
      </p>
    </section>
  );
}

function Finding({ finding }: { finding: FindingsProps['findings'][number] }) {
  const text = useText();
  const Icon = ICONS[finding.severity];
  const { title, fraud, innocent, retake, language } = useToldWords()(finding);
  const readings = [
    ['history.reading.fraud', fraud],
    ['history.reading.innocent', innocent],
    ['history.reading.retake', retake],
  ] as const;
  return (
    <li className={`${styles.finding} ${finding.severity === 'look' ? styles.findingLook : ''}`}>
      <Icon size={20} aria-hidden="true" className={styles.findingIcon} />
      <div>
        <p className={styles.findingTitle} lang={language}>
          {title}
        </p>
        <ListLine values={finding.values} />
        <AlertLine values={finding.values} />
        <dl className={styles.readings}>
          {readings.map(([label, words]) =>
            words ? (
              <div key={label}>
                <dt>{text(label)}</dt>
                <dd lang={language}>{words}</dd>
              </div>
            ) : null,
          )}
        </dl>
      </div>
    </li>
  );
}
