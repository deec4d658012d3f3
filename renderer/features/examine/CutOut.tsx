// One place under the glass: its cut-out of the picture, magnified and upright, and what was made of it.
import { Button } from '../../ui/Button.tsx';
import { useHasText, useText } from '../../text/TextProvider.tsx';
import styles from './CutOut.module.css';
import { cellQuad } from './geometry.ts';
import type { Judged } from './judged.ts';
import { Magnified } from './Magnified.tsx';
import { doubtfulCount } from './marks.ts';
import { toNextDoubtful } from './rows.ts';
import { useExamine } from './store.ts';
import type { DocumentWork } from './work.ts';

export function CutOut({ document, judged }: { document: DocumentWork; judged: Judged }) {
  const text = useText();
  const cell = useExamine((state) => state.cell);
  const { reading } = document;
  const image = document.images.find((one) => one.id === reading?.imageId);
  const mark = cell === null ? undefined : judged.marks[cell.row]?.[cell.column];
  const quad =
    cell === null || reading === null || mark === undefined ? null : cellQuad(reading, cell.row, cell.column);
  const doubtful = doubtfulCount(judged.marks);
  return (
    <div className={styles.glass}>
      {image === undefined || quad === null ? null : <Magnified image={image} quad={quad} />}
      <div className={styles.words}>
        {cell === null || mark === undefined ? (
          <p>{text('examine.doubtful', { count: doubtful })}</p>
        ) : (
          <PlaceWords judged={judged} row={cell.row} column={cell.column} />
        )}
      </div>
      <Button keyName="Enter" tone="quiet" isDisabled={doubtful === 0} onPress={() => toNextDoubtful(judged)}>
        {text('examine.tool.next-doubtful')}
      </Button>
    </div>
  );
}

function PlaceWords({ judged, row, column }: { judged: Judged; row: number; column: number }) {
  const text = useText();
  const has = useHasText();
  const mark = judged.marks[row]?.[column];
  const character = judged.rows[row]?.[column] ?? '';
  if (mark === undefined) return null;
  const reason = `correction.${mark.rule}`;
  return (
    <>
      <p>
        <strong>{text('examine.place', { row: row + 1, column: column + 1 })}</strong>{' '}
        <span className={styles.character}>{character}</span>
      </p>
      {mark.rule === null ? null : (
        <p>
          {mark.from === ''
            ? text('examine.place.added')
            : text('examine.place.read-as', { from: mark.from ?? '' })}{' '}
          {has(reason) ? text(reason) : null}
        </p>
      )}
      {mark.unsure ? <p>{text('examine.place.unsure')}</p> : null}
      {mark.digit === 'fails' ? <p>{text('examine.place.digit-fails')}</p> : null}
    </>
  );
}
