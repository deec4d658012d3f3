// What deserves a look: one row each with both readings; its place is shown in the rows and in the picture.
import { CameraOff, Check, Info, TriangleAlert } from 'lucide-react';
import type { Finding } from '../../../shared/examination/findings.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { useText } from '../../text/TextProvider.tsx';
import styles from './FindingsStrip.module.css';
import type { Judged } from './judged.ts';
import { showFinding } from './lane-actions.ts';
import { holdsVisa, openPage } from './pages.ts';
import { useExamine } from './store.ts';
import { Troubles } from './Troubles.tsx';
import { type DocumentWork, hasReading } from './work.ts';

const ICONS = { look: TriangleAlert, note: Info, retake: CameraOff } as const;

export function FindingsStrip({ document, judged }: { document: DocumentWork; judged: Judged | null }) {
  const text = useText();
  const busy = useExamine((state) => state.busy !== null);
  const findings = judged?.findings ?? [];
  const isJudged = judged !== null && hasReading(document) && (judged.reading.ok || findings.length > 0);
  return (
    <Panel flush label={text('examine.findings')} className={styles.strip}>
      <div className={styles.said}>
        <Troubles />
        {findings.length > 0 ? (
          <ul className={styles.list}>
            {findings.map((finding, index) => (
              <FindingRow
                key={`${finding.id} ${finding.text.title}`}
                finding={finding}
                index={index}
                isFirst={index === 0}
              />
            ))}
          </ul>
        ) : (
          <p className={styles.none}>
            {isJudged ? <Check size={22} aria-hidden="true" /> : null}
            {text(
              isJudged
                ? 'examine.findings.none'
                : busy
                  ? 'examine.findings.busy'
                  : 'examine.findings.waiting',
            )}
          </p>
        )}
      </div>
      {hasReading(document) ? <Tools /> : null}
    </Panel>
  );
}

/** Ways to look closer. */
function Tools() {
  const text = useText();
  const hasVisa = useExamine(holdsVisa);
  return (
    <div className={styles.tools}>
      <Button keyName="q" tone="quiet" onPress={() => openPage('detective')}>
        {text('detective-screen.open')}
      </Button>
      <Button keyName="g" tone="quiet" onPress={() => openPage('print')}>
        {text('print.open')}
      </Button>
      <Button keyName="b" tone="quiet" isDisabled={!hasVisa} onPress={() => openPage('visa')}>
        {text('visa.open')}
      </Button>
    </div>
  );
}

function FindingRow({ finding, index, isFirst }: { finding: Finding; index: number; isFirst: boolean }) {
  const text = useText();
  const isChosen = useExamine((state) => state.finding === index);
  const Icon = ICONS[finding.severity];
  const { title, fraud, innocent, retake } = finding.text;
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        data-severity={finding.severity}
        data-finding={index}
        aria-pressed={isChosen}
        onClick={() => showFinding(index)}
        // Enter looks closer; Space and the pointer only show the place.
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.repeat) return;
          event.preventDefault();
          openPage('detective', index);
        }}
      >
        <span className={styles.title}>
          <Icon size={20} aria-hidden="true" />
          <span>{text(title)}</span>
          {isFirst ? <KeyCap name="l" /> : null}
        </span>
        {fraud === undefined ? null : (
          <span>
            <span className={styles.label}>{text('examine.finding.reason')}</span> {text(fraud)}
          </span>
        )}
        <span>
          {innocent === undefined ? null : (
            <>
              <span className={styles.label}>{text('examine.finding.innocent')}</span> {text(innocent)}{' '}
            </>
          )}
          {retake ? text(retake) : null}
        </span>
      </button>
    </li>
  );
}
