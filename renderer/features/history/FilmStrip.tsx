// The pictures of a record, small, to choose the one that is shown.
import { imageUrl } from '../../lib/images.ts';
import { useText } from '../../text/TextProvider.tsx';
import styles from './RecordView.module.css';
import type { Picture } from './RecordView.tsx';

interface FilmStripProps {
  pictures: readonly Picture[];
  at: number;
  onShow: (at: number) => void;
}

export function FilmStrip({ pictures, at, onShow }: FilmStripProps) {
  const text = useText();
  return (
    <div className={styles.strip}>
      {pictures.map((picture, number) => (
        <button
          key={picture.id}
          type="button"
          className={styles.thumb}
          aria-current={number === at}
          aria-label={text('history.picture', { number: number + 1, count: pictures.length })}
          onClick={() => onShow(number)}
        >
          <img src={imageUrl(picture.id, 'thumb')} alt="" />
        </button>
      ))}
    </div>
  );
}
