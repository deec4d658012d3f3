// Neutral questions: which were asked, and what was answered in words. None of them has to be.
import { Circle, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { questionWord, topicWord } from '../../../shared/procedures/words.ts';
import { useProcedure } from '../../lib/store-procedure.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { ask } from './case-acts.ts';
import type { CaseWork } from './case-work.ts';
import { NoteField } from './NoteField.tsx';
import styles from './QuestionsTab.module.css';

/** The one field that stands open. */
const ANSWER = 'case-question-answer';

/** The button goes with it: what follows is the answer. */
function askNow(id: string): void {
  ask(id);
  document.getElementById(ANSWER)?.focus();
}

export function QuestionsTab({ work, isMine }: { work: CaseWork; isMine: boolean }) {
  const text = useText();
  const all = useProcedure(({ procedure }) => procedure?.questions) ?? [];
  // What helps a person alone is asked on the protection page, and stands nowhere else.
  const questions = all.filter(({ serves }) => serves.some((served) => served !== 'protection'));
  const [chosenId, setChosen] = useState<string | null>(null);
  return (
    <>
      <p className={styles.help}>{text('cases.questions.help')}</p>
      <ul className={styles.list} aria-label={text('cases.tab.questions')}>
        {questions.map(({ id, topic }, at) => {
          const asked = work.questions.get(id);
          const isChosen = id === chosenId;
          return (
            <li key={id}>
              {topic === questions[at - 1]?.topic ? null : <h3>{text(topicWord(topic))}</h3>}
              <button
                type="button"
                className={styles.question}
                aria-expanded={isChosen}
                onClick={() => setChosen(isChosen ? null : id)}
              >
                {asked === undefined ? (
                  <Circle size={18} className={styles.notAsked} aria-hidden="true" />
                ) : (
                  <CircleCheck size={18} aria-label={text('cases.question.asked')} />
                )}
                <span>{text(questionWord(id))}</span>
              </button>
              {isChosen ? (
                <div className={styles.answer}>
                  {isMine && asked === undefined ? (
                    <Button onPress={() => askNow(id)}>{text('cases.question.ask')}</Button>
                  ) : null}
                  <NoteField
                    label={text('cases.question.answer')}
                    note={asked?.note ?? ''}
                    target={{ kind: 'question', questionId: id }}
                    isReadOnly={!isMine}
                    id={ANSWER}
                  />
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}
