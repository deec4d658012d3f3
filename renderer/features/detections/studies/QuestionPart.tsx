// The question of a case study: two to four answers, which one is right, and why.
import { Plus, X } from 'lucide-react';
import { FEWEST_ANSWERS, MOST_ANSWERS, STUDY_LENGTHS } from '../../../../shared/sharing/study-limits.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Choices } from '../../../ui/Choices.tsx';
import { change, type OpenDraft } from './draft-store.ts';
import { DraftField } from './DraftField.tsx';
import type { Problems } from './problem-words.ts';
import styles from './Studies.module.css';

export function QuestionPart({ open, problems }: { open: OpenDraft; problems: Problems }) {
  const text = useText();
  const { question } = open.content;
  const { answers, right } = question;
  const put = (part: Partial<typeof question>) => change({ question: { ...question, ...part } });
  const remove = (at: number) =>
    put({
      answers: answers.filter((_one, index) => index !== at),
      right: at < right || right === answers.length - 1 ? Math.max(0, right - 1) : right,
    });
  return (
    <>
      <p className={styles.quiet}>{text('study-draft.question.what')}</p>
      <DraftField
        label={text('studies.question')}
        path="question.text"
        value={question.text}
        most={STUDY_LENGTHS.question}
        onChange={(value) => put({ text: value })}
        problems={problems}
        lines
      />
      {answers.map((answer, at) => (
        // Answers have no names of their own; they are added and taken away, never moved.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles.row}>
          <DraftField
            label={text('study-draft.answer', { number: at + 1 })}
            path={`question.answers.${at}`}
            value={answer}
            most={STUDY_LENGTHS.answer}
            onChange={(value) => put({ answers: answers.map((one, index) => (index === at ? value : one)) })}
            problems={problems}
          />
          {answers.length > FEWEST_ANSWERS ? (
            <Button
              tone="quiet"
              icon={<X size={18} />}
              aria-label={text('report-draft.take-away', {
                what: text('study-draft.answer', { number: at + 1 }),
              })}
              onPress={() => remove(at)}
            />
          ) : null}
        </div>
      ))}
      {answers.length < MOST_ANSWERS ? (
        <div>
          <Button icon={<Plus size={18} />} onPress={() => put({ answers: [...answers, ''] })}>
            {text('study-draft.add-answer')}
          </Button>
        </div>
      ) : null}
      <Choices
        label={text('study-draft.right')}
        value={String(right)}
        onChange={(id) => put({ right: Number(id) })}
        choices={answers.map((answer, at) => ({
          id: String(at),
          label: answer.trim() === '' ? text('study-draft.answer', { number: at + 1 }) : answer,
        }))}
      />
      <DraftField
        label={text('study-draft.because')}
        path="question.because"
        value={question.because}
        most={STUDY_LENGTHS.because}
        onChange={(value) => put({ because: value })}
        problems={problems}
        lines
      />
    </>
  );
}
