// Items of a case by name, with their document where there are several.
import type { ItemPlace } from '../../../shared/contract/cases.ts';
import { itemWords } from '../../../shared/procedures/words.ts';
import { useText } from '../../text/TextProvider.tsx';
import styles from './CaseDialog.module.css';
import { type CaseWork, placeKey } from './case-work.ts';

/** Gives the name of an item, e.g. `L1a  The edge of the laminate`. */
export function useItemName(work: CaseWork): (place: ItemPlace) => string {
  const text = useText();
  return ({ documentId, itemId }) => {
    const item = text('case-report.item', { id: itemId, title: text(itemWords(itemId).title) });
    const number = work.lists.findIndex((list) => list.documentId === documentId) + 1;
    return work.lists.length > 1 ? text('case-report.item-of', { item, number }) : item;
  };
}

/** What was not checked: its number always, its names when they are asked for. */
export function NotChecked({ work, places }: { work: CaseWork; places: readonly ItemPlace[] }) {
  const text = useText();
  const nameOf = useItemName(work);
  if (places.length === 0) return <p className={styles.label}>{text('case-report.all-checked')}</p>;
  return (
    <details className={styles.items}>
      <summary>{text('cases.not-checked', { count: places.length })}</summary>
      <ul>
        {places.map((place) => (
          <li key={placeKey(place)}>{nameOf(place)}</li>
        ))}
      </ul>
    </details>
  );
}
