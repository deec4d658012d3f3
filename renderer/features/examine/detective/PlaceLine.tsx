// One character of the zone: where it stands, what the digits see of it, and its cut-out of the picture.
import { protectionWords } from '../../../../shared/mrz/detective/words.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { cellQuad } from '../geometry.ts';
import { Magnified } from '../Magnified.tsx';
import type { CellAt } from '../marks.ts';
import type { DocumentWork } from '../work.ts';
import type { Case } from './case.ts';
import styles from './Detective.module.css';

export function PlaceLine({ document, found, at }: { document: DocumentWork; found: Case; at: CellAt }) {
  const text = useText();
  const { reading } = document;
  const image = document.images.find((one) => one.id === reading?.imageId);
  const quad = reading === null ? null : cellQuad(reading, at.row, at.column);
  const protection = found.protection[at.row]?.[at.column];
  return (
    <div className={styles.place}>
      {image === undefined || quad === null ? null : <Magnified image={image} quad={quad} />}
      <div aria-live="polite">
        <p>
          <strong>{text('examine.place', { row: at.row + 1, column: at.column + 1 })}</strong>{' '}
          <span className={styles.character}>{found.reading.lines[at.row]?.[at.column]}</span>
        </p>
        <p>
          {protection === undefined
            ? null
            : protectionWords(protection).map((word) => (
                <span key={word.text}>{text(word.text, word.values)} </span>
              ))}
        </p>
      </div>
    </div>
  );
}
