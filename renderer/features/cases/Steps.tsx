// Down the edge of a case: the letters of FALSEDOC, then visa, stamps and bearer, each with what is open and what differs.
import { Check, type LucideIcon, Minus, Stamp, StickyNote, TriangleAlert, UserRound } from 'lucide-react';
import { stepWords } from '../../../shared/procedures/words.ts';
import { useText } from '../../text/TextProvider.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { goToStep } from './case-acts.ts';
import { STEP_KEYS } from './case-keys.ts';
import type { StepCount } from './case-work.ts';
import heard from '../../ui/spoken.module.css';
import styles from './Steps.module.css';

export function Steps({ steps, current }: { steps: readonly StepCount[]; current: string }) {
  const text = useText();
  return (
    <nav className={styles.letters} aria-label={text('cases.steps')}>
      {steps.map((one) => (
        <Letter key={one.step} count={one} isCurrent={one.step === current} />
      ))}
    </nav>
  );
}

/** What is no letter of FALSEDOC has a sign. */
const ICONS: Readonly<Record<string, LucideIcon>> = { visa: StickyNote, stamp: Stamp, bearer: UserRound };

function Letter({ count, isCurrent }: { count: StepCount; isCurrent: boolean }) {
  const text = useText();
  const { step, items, open, differs } = count;
  const title = text(stepWords(step).title);
  const Icon = ICONS[step];
  return (
    <button
      type="button"
      className={styles.letter}
      aria-current={isCurrent ? 'step' : undefined}
      disabled={items.length === 0}
      onClick={() => goToStep(step)}
    >
      <span className={heard.spoken}>
        {text('cases.step', { step: title, open, differs, all: items.length })}
      </span>
      <span className={styles.sign} aria-hidden="true">
        {Icon === undefined ? step : <KeyCap name={STEP_KEYS[step] ?? ''} />}
      </span>
      <span className={styles.counts} aria-hidden="true">
        {Icon === undefined ? null : <Icon data-icon size={18} />}
        {differs > 0 ? (
          <span className={styles.differs}>
            <TriangleAlert size={14} />
            {differs}
          </span>
        ) : null}
        {items.length > 0 && open > 0 ? <span className={styles.open}>{open}</span> : null}
        {items.length > 0 && open === 0 && differs === 0 ? <Check size={16} /> : null}
        {items.length === 0 ? <Minus size={16} /> : null}
      </span>
      <span className={styles.name} aria-hidden="true">
        {title}
      </span>
    </button>
  );
}
