// Which items of a case nobody has checked yet: the same number at the station, on the screen and on paper.
import type { Item } from './procedure.ts';

interface ItemList {
  documentId: string;
  items: readonly Pick<Item, 'id' | 'step'>[];
}

interface Place {
  documentId: string;
  itemId: string;
}

/**
 * Every item of every document that has no answer, or the answer `not-checked`. Checks of the bearer are of the person:
 * each counts once, with the first document, unless it was answered with any of them.
 */
export function openItems(
  lists: readonly ItemList[],
  answerAt: (place: Place) => string | null | undefined,
): Place[] {
  const isOpen = (place: Place): boolean => (answerAt(place) ?? 'not-checked') === 'not-checked';
  const settled = new Set<string>();
  for (const { documentId, items } of lists)
    for (const { id, step } of items)
      if (step === 'bearer' && !isOpen({ documentId, itemId: id })) settled.add(id);
  return lists.flatMap(({ documentId, items }) =>
    items
      .filter(({ id, step }) => {
        if (step !== 'bearer') return isOpen({ documentId, itemId: id });
        const counts = !settled.has(id);
        settled.add(id);
        return counts;
      })
      .map(({ id }) => ({ documentId, itemId: id })),
  );
}
