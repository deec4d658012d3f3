// The marks of an item: each leads to its place in its picture, and can be taken away.
import { Trash2 } from 'lucide-react';
import { useRef } from 'react';
import type { ItemPlace } from '../../../shared/contract/cases.ts';
import { lightWord } from '../../../shared/procedures/words.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { chooseMark, removeMark } from './case-acts.ts';
import { useCase } from './case-store.ts';
import { type CaseWork, placeKey } from './case-work.ts';
import styles from './ItemPane.module.css';

interface ItemMarksProps {
  work: CaseWork;
  place: ItemPlace;
  isMine: boolean;
}

export function ItemMarks({ work, place, isMine }: ItemMarksProps) {
  const text = useText();
  const chosen = useCase((state) => state.chosenMark);
  const entry = work.answers.get(placeKey(place));
  const list = useRef<HTMLUListElement>(null);
  // The button goes with its mark: the item that it stood in has the focus then.
  const remove = (at: number) => {
    list.current?.closest<HTMLElement>('[role="region"]')?.focus();
    removeMark(at);
  };
  if (entry === undefined || entry.marks.length === 0) return null;
  return (
    <ul ref={list} className={styles.marks} aria-label={text('cases.marks')}>
      {entry.marks.map((mark, at) => {
        const picture = work.pictures.find(({ id }) => id === mark.imageId);
        const number = entry.marks.slice(0, at + 1).filter(({ imageId }) => imageId === mark.imageId).length;
        const words = text('cases.mark', {
          number,
          shape: text(`cases.mark.${mark.shape}`),
          light: picture === undefined ? '' : text(lightWord(picture.light)),
        });
        return (
          <li key={`${mark.imageId} ${JSON.stringify(mark.points)}`}>
            <Button tone="quiet" aria-pressed={chosen === at} onPress={() => chooseMark(at, mark)}>
              {words}
            </Button>
            {isMine ? (
              <Button
                tone="quiet"
                icon={<Trash2 size={18} />}
                aria-label={text('cases.mark.remove', { mark: words })}
                onPress={() => remove(at)}
              />
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
