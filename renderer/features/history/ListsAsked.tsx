// Which lists were asked for a document when it was saved, also where nothing was found.
import type { AskedList } from '../../../shared/examination/listed.ts';
import { printedDate } from '../../lib/time.ts';
import { useText } from '../../text/TextProvider.tsx';
import styles from './DocumentPart.module.css';

export function ListsAsked({ lists }: { lists: readonly AskedList[] }) {
  const text = useText();
  return (
    <section>
      <h3>{text('lists.asked')}</h3>
      <ul>
        {lists.map(({ id, kind, source, version, until, matched }) => (
          <li key={id} className={styles.quiet}>
            {text(matched.length > 0 ? 'lists.asked.found' : 'lists.asked.none', {
              kind: text(`lists.kind.${kind}`),
              source,
              version,
              until: printedDate(until),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
