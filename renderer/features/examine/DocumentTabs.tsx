// The documents of one traveller and the pictures of the one on show, small on top of the left panel.
import type { TextOf } from '../../text/TextProvider.tsx';
import { useText } from '../../text/TextProvider.tsx';
import { parseMrz } from '../../../shared/mrz/parse.ts';
import styles from './DocumentTabs.module.css';
import { showDocument, showImage } from './lane-actions.ts';
import { shownImage, useExamine } from './store.ts';
import { type DocumentWork, hasReading } from './work.ts';

export function DocumentTabs({ document }: { document: DocumentWork }) {
  const text = useText();
  const documents = useExamine((state) => state.work.documents);
  const image = useExamine(shownImage);
  if (documents.length < 2 && document.images.length < 2) return null;
  return (
    <div className={styles.tabs}>
      <ul className={styles.list} aria-label={text('examine.documents')}>
        {documents.map((one, at) => (
          <li key={one.id}>
            <button
              type="button"
              className={styles.tab}
              aria-current={one.id === document.id}
              onClick={() => showDocument(one.id)}
            >
              {text('examine.document.tab', { number: at + 1, kind: kindOf(one, text) })}
            </button>
          </li>
        ))}
      </ul>
      {document.images.length < 2 ? null : (
        <ul className={styles.list} aria-label={text('examine.pictures')}>
          {document.images.map((one, at) => (
            <li key={one.id}>
              <button
                type="button"
                className={styles.tab}
                aria-current={one.id === image?.id}
                onClick={() => showImage(one.id)}
              >
                {text('examine.picture.tab', { number: at + 1, light: text(`examine.light.${one.light}`) })}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The kind of a document does not depend on the day. */
const ANY_DAY = '2000-01-01';

function kindOf(document: DocumentWork, text: TextOf): string {
  if (!hasReading(document)) return text('examine.document.unread');
  const reading = parseMrz(document.reading?.lines, { today: ANY_DAY });
  return text(reading.ok ? `document-type.${reading.fields.documentType}` : 'examine.document.unread');
}
