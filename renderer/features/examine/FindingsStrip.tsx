// What deserves a look: one row each with both readings; its place is shown in the rows and in the picture.
import { CameraOff, Check, Info, TriangleAlert } from 'lucide-react';
import type { Finding } from '../../../shared/examination/findings.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useText } from '../../text/TextProvider.tsx';
import styles from './FindingsStrip.module.css';
import type { Judged } from './judged.ts';
import { showFinding } from './lane-actions.ts';
import { nextFinding } from './lane-keys.ts';
import { doubtfulCount } from './marks.ts';
import { holdsVisa, openPage } from './pages.ts';
import { useExamine } from './store.ts';
import { AlertLine } from '../../ui/AlertLine.tsx';
import { ListLine } from '../../ui/ListLine.tsx';
import { Troubles } from './Troubles.tsx';
import { type DocumentWork, hasReading } from './work.ts';

const ICONS = { look: TriangleAlert, note: Info, retake: CameraOff } as const;

export function FindingsStrip({ document, judged }: { document: DocumentWork; judged: Judged | null }) {
  const text = useText();
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
                key={`${finding.id} ${finding.text.title} ${finding.values?.['list'] ?? finding.values?.['alert'] ?? ''}`}
                finding={finding}
                index={index}
              />
            ))}
          </ul>
        ) : (
          <NoFinding isJudged={isJudged} doubtful={judged === null ? 0 : doubtfulCount(judged.marks)} />
        )}
        {findings.some(({ severity }) => severity === 'look') ? (
          <p className={styles.offer}>{text('protect.offer')}</p>
        ) : null}
      </div>
      {hasReading(document) ? <Tools judged={judged} /> : null}
    </Panel>
  );
}

/** Characters read with doubt are no finding, but with them there is something to look at. */
function NoFinding({ isJudged, doubtful }: { isJudged: boolean; doubtful: number }) {
  const text = useText();
  const busy = useExamine((state) => state.busy !== null);
  if (!isJudged) {
    return <p className={styles.none}>{text(`examine.findings.${busy ? 'busy' : 'waiting'}`)}</p>;
  }
  const Icon = doubtful > 0 ? TriangleAlert : Check;
  return (
    <p className={styles.none} data-severity={doubtful > 0 ? 'look' : undefined}>
      <Icon size={22} aria-hidden="true" />
      {doubtful > 0 ? text('examine.findings.doubtful', { count: doubtful }) : text('examine.findings.none')}
    </p>
  );
}

/** Ways to look closer. */
function Tools({ judged }: { judged: Judged | null }) {
  const text = useText();
  const hasVisa = useExamine(holdsVisa);
  const count = judged?.findings.length ?? 0;
  return (
    <div className={styles.tools}>
      {count === 0 ? null : (
        <Button keyName="l" tone="quiet" onPress={() => nextFinding(judged)}>
          {text('examine.findings.next', { count })}
        </Button>
      )}
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

function FindingRow({ finding, index }: { finding: Finding; index: number }) {
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
          <span>
            {text(title)}
            <ListLine values={finding.values} />
            <AlertLine values={finding.values} />
          </span>
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
