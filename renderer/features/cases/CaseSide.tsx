// The right of a case: the face by parts, the questions, the record; below, always in sight, the outcome.
import { PenLine, Send } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { CaseView } from '../../../shared/contract/cases.ts';
import { outcomeWord } from '../../../shared/procedures/words.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { goToNotChecked, showTab } from './case-acts.ts';
import { askFor, type CaseCan, TAB_KEYS } from './case-keys.ts';
import { me, type Tab, useCase } from './case-store.ts';
import type { CaseWork } from './case-work.ts';
import styles from './CaseSide.module.css';
import { FaceTab } from './FaceTab.tsx';
import { QuestionsTab } from './QuestionsTab.tsx';
import { RecordTab } from './RecordTab.tsx';
import { useTimeText } from './use-case-now.ts';

const TABS = Object.keys(TAB_KEYS) as Tab[];

interface CaseSideProps {
  view: CaseView;
  work: CaseWork;
  can: CaseCan;
  /** Counts the keys that showed something here: each brings the focus there. */
  turn: number;
}

export function CaseSide({ view, work, can, turn }: CaseSideProps) {
  const text = useText();
  const tab = useCase((state) => state.tab);
  const panel = useRef<HTMLDivElement>(null);
  // The face has a place of its own to begin at, as far as it is still compared.
  useEffect(() => {
    if (turn === 0 || panel.current?.contains(document.activeElement)) return;
    panel.current?.querySelector<HTMLElement>('button, [tabindex="0"]')?.focus();
  }, [turn]);
  return (
    <div className={styles.side}>
      <section className={styles.tabbed} aria-label={text('cases.tabs')}>
        <div className={styles.tabs} role="group" aria-label={text('cases.tabs.choose')}>
          {TABS.map((id) => (
            <Button key={id} keyName={TAB_KEYS[id]} aria-pressed={id === tab} onPress={() => showTab(id)}>
              {text(`cases.tab.${id}`)}
            </Button>
          ))}
        </div>
        <div ref={panel} className={styles.panel}>
          {tab === 'face' ? <FaceTab view={view} work={work} turn={turn} /> : null}
          {tab === 'questions' ? <QuestionsTab work={work} isMine={can.enter} /> : null}
          {tab === 'record' ? <RecordTab view={view} /> : null}
        </div>
      </section>
      <Outcome view={view} work={work} can={can} />
    </div>
  );
}

function Outcome({ view, work, can }: { view: CaseView; work: CaseWork; can: CaseCan }) {
  const text = useText();
  const timeText = useTimeText();
  const { outcome, signature } = work;
  // Of a concluded case that which its outcome says.
  const notChecked = (outcome?.notChecked ?? work.notChecked).length;
  const isOwn = view.state === 'to-sign' && outcome?.officerId === me().officerId;
  return (
    <section className={styles.outcome} aria-label={text('cases.outcome')}>
      <h2>{text('cases.outcome')}</h2>
      <p className={styles.words}>
        {outcome === null ? text('cases.no-outcome') : text(outcomeWord(outcome.outcome))}
      </p>
      {outcome === null ? null : (
        <p className={styles.quiet}>
          {text('cases.given-by', { name: outcome.officerName, time: timeText(outcome.at) })}
        </p>
      )}
      {signature === null ? null : (
        <p className={styles.quiet}>
          {text('cases.signed-by', { name: signature.officerName, time: timeText(signature.at) })}
        </p>
      )}
      {isOwn ? <p className={styles.quiet}>{text('cases.waits-for-signature')}</p> : null}
      <div className={styles.numbers}>
        <Button tone="quiet" keyName="0" isDisabled={notChecked === 0} onPress={goToNotChecked}>
          {text('cases.not-checked', { count: notChecked })}
        </Button>
        <span className={work.differing.length > 0 ? styles.look : styles.quiet}>
          {text('cases.differing', { count: work.differing.length })}
        </span>
      </div>
      {can.next === 'outcome' ? (
        <Button keyName="u" tone="primary" icon={<PenLine size={20} />} onPress={() => askFor('outcome')}>
          {text('cases.give-outcome')}
        </Button>
      ) : null}
      {can.next === 'sign' ? (
        <Button keyName="u" tone="primary" icon={<PenLine size={20} />} onPress={() => askFor('sign')}>
          {text('cases.sign')}
        </Button>
      ) : null}
      {can.next === 'take' ? <p className={styles.quiet}>{text('cases.take-first')}</p> : null}
      {can.reopen ? (
        <Button keyName="Control+o" onPress={() => askFor('reopen')}>
          {text('cases.reopen')}
        </Button>
      ) : null}
      {can.report === null ? null : (
        <Button keyName="Control+e" icon={<Send size={20} />} onPress={can.report}>
          {text('cases.report')}
        </Button>
      )}
    </section>
  );
}
