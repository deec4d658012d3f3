// The question of a case study: answered by one key or press, told why at once, and asked again if one likes. Nothing of it
// is kept: it teaches, it does not examine.
import { Check, RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import type { ShownStudy } from '../../../../shared/contract/studies.ts';
import { useHotkeys } from '../../../lib/hotkeys.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { KeyCap } from '../../../ui/KeyCap.tsx';
import styles from './Studies.module.css';

const KEYS = ['a', 'b', 'c', 'd'] as const;

export function Question({ question }: { question: ShownStudy['question'] }) {
  const text = useText();
  const [given, setGiven] = useState<number | null>(null);
  const { answers, right } = question;
  const again = () => setGiven(null);
  useHotkeys({
    titleId: 'studies.question',
    hotkeys: [
      ...answers.map((_answer, at) => ({
        keys: [KEYS[at] ?? ''],
        textId: 'studies.key.answer',
        run: () => setGiven((before) => before ?? at),
      })),
      { keys: ['r'], textId: 'studies.again', run: again, enabled: () => given !== null },
    ],
  });
  return (
    <section className={styles.question} aria-label={text('studies.question')}>
      <h2>{text('studies.question')}</h2>
      <p className={styles.asked}>{question.text}</p>
      <div className={styles.answers}>
        {answers.map((answer, at) => (
          <button
            key={answer}
            type="button"
            className={styles.answer}
            aria-pressed={given === at}
            disabled={given !== null && given !== at && at !== right}
            data-right={given === null ? undefined : at === right}
            onClick={() => setGiven((before) => before ?? at)}
          >
            <KeyCap name={KEYS[at] ?? ''} />
            <span>{answer}</span>
            {given !== null && at === right ? <Check size={20} aria-hidden="true" /> : null}
            {given === at && at !== right ? <X size={20} aria-hidden="true" /> : null}
          </button>
        ))}
      </div>
      <div role="status">
        {given === null ? null : (
          <div className={styles.told}>
            <p className={styles.asked}>
              {text(given === right ? 'studies.answered.right' : 'studies.answered.other', {
                answer: answers[right] ?? '',
              })}
            </p>
            <p>{question.because}</p>
          </div>
        )}
      </div>
      {given === null ? null : (
        <div>
          <Button keyName="r" icon={<RotateCcw size={18} />} onPress={again}>
            {text('studies.again')}
          </Button>
        </div>
      )}
    </section>
  );
}
