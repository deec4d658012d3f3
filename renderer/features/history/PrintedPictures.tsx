// The pictures of a record on paper: all of them, whole, whatever the screen shows.
import { imageUrl } from '../../lib/images.ts';
import { useText } from '../../text/TextProvider.tsx';
import styles from './PrintedPictures.module.css';
import type { Picture } from './RecordView.tsx';

/**
 * Unseen on the screen, but loaded, so that paper shows them also where the engine prints by itself. In 1600 pixels,
 * some nine for a millimetre of a sheet: of large pictures all of them would be made each time a record is opened.
 */
export function PrintedPictures({ pictures }: { pictures: readonly Picture[] }) {
  const text = useText();
  return (
    <div className={styles.sheet} aria-hidden="true">
      {pictures.map(({ id, light }, at) => (
        <figure key={id} className={styles.figure}>
          <img className={styles.picture} src={imageUrl(id, 'screen')} alt="" />
          <figcaption>
            {text('history.picture.printed', {
              number: at + 1,
              count: pictures.length,
              light: text(`examine.light.${light}`),
            })}
          </figcaption>
        </figure>
      ))}
    </div>
  );
}

/** Resolves once every picture for paper is there, or cannot be. */
export async function picturesForPaper(): Promise<void> {
  const pictures = document.querySelectorAll<HTMLImageElement>(`.${styles.sheet} img`);
  await Promise.allSettled([...pictures].map((picture) => picture.decode()));
}
