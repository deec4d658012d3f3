// What the officer says of an item: one of four answers, words, and marks in the pictures. It always stands in one place.
import { ITEM_ANSWERS } from '../../../shared/contract/case-ids.ts';
import type { ItemPlace } from '../../../shared/contract/cases.ts';
import { cautionWord } from '../../../shared/procedures/words.ts';
import type { Item } from '../../../shared/procedures/procedure.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { giveAnswer } from './case-acts.ts';
import { ANSWER_KEYS } from './case-keys.ts';
import { useCase } from './case-store.ts';
import { type CaseWork, type DocumentList, mayBeMissing, placeKey } from './case-work.ts';
import styles from './ItemPane.module.css';
import { NoteField } from './NoteField.tsx';

/** Id of the field that the key for a note goes to. */
export const ITEM_NOTE = 'case-item-note';

interface ItemAnswersProps {
  work: CaseWork;
  place: ItemPlace;
  list: DocumentList;
  item: Item;
  isMine: boolean;
}

export function ItemAnswers({ work, place, list, item, isMine }: ItemAnswersProps) {
  const text = useText();
  const entry = work.answers.get(placeKey(place));
  // Whose answer it is stands there when it is in the station.
  const isOnItsWay = useCase(({ pending }) => pending.some((one) => one.entry.id === entry?.id));
  const canMiss = mayBeMissing(list, item);
  return (
    <div className={styles.said}>
      {item.step === 'bearer' ? <p className={styles.caution}>{text(cautionWord(item.id))}</p> : null}
      <div className={styles.answers} role="group" aria-label={text('cases.answers')}>
        {ITEM_ANSWERS.map((answer) => (
          <Button
            key={answer}
            keyName={ANSWER_KEYS[answer]}
            aria-pressed={entry?.answer === answer}
            isDisabled={!isMine || (answer === 'not-present' && !canMiss)}
            onPress={() => giveAnswer(answer)}
          >
            {text(`cases.answer.${answer}`)}
          </Button>
        ))}
      </div>
      <NoteField
        key={placeKey(place)}
        label={text('cases.note')}
        keyName="n"
        note={entry?.note ?? ''}
        target={{ kind: 'answer', ...place }}
        isReadOnly={!isMine}
        aside={
          entry === undefined || entry.answer === null || isOnItsWay
            ? ''
            : text('cases.answered-by', { name: entry.officerName })
        }
        id={ITEM_NOTE}
      />
    </div>
  );
}
