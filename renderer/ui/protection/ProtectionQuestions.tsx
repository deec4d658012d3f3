// Neutral questions, one at a time; each may be left out, and so may all of them.
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useProcedure } from '../../lib/store-procedure.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../Button.tsx';
import { TextField } from '../TextField.tsx';
import styles from './ProtectionPage.module.css';

interface ProtectionQuestionsProps {
  answers: Readonly<Record<string, string>>;
  onChange: (answers: Record<string, string>) => void;
}

/** Those that help a person, not those that test one. */
const SERVED: ReadonlySet<string> = new Set(['rights', 'protection']);

export function ProtectionQuestions({ answers, onChange }: ProtectionQuestionsProps) {
  const text = useText();
  const all = useProcedure(({ procedure }) => procedure?.questions ?? null);
  const [place, setPlace] = useState(0);
  const questions = all?.filter(({ serves }) => serves.some((each) => SERVED.has(each))) ?? [];
  const question = questions[place];
  if (question === undefined) return null;
  const { id } = question;
  const write = (words: string) => {
    const others = Object.entries(answers).filter(([key]) => key !== id);
    onChange(Object.fromEntries(words === '' ? others : [...others, [id, words]]));
  };
  return (
    <details className={styles.part}>
      <summary>{text('protect.questions')}</summary>
      <p className={styles.quiet}>{text('protect.questions.help')}</p>
      <p className={styles.quiet}>
        {text('protect.question.place', { number: place + 1, count: questions.length })}
      </p>
      <p className={styles.question}>{text(`question.${id}`)}</p>
      <TextField
        key={id}
        label={text('protect.question.answer')}
        value={answers[id] ?? ''}
        onChange={write}
        maxLength={1000}
        lines
      />
      <div className={styles.row}>
        <Button icon={<ChevronLeft />} isDisabled={place === 0} onPress={() => setPlace(place - 1)}>
          {text('protect.question.before')}
        </Button>
        <Button
          icon={<ChevronRight />}
          isDisabled={place >= questions.length - 1}
          onPress={() => setPlace(place + 1)}
        >
          {text('protect.question.next')}
        </Button>
      </div>
    </details>
  );
}
