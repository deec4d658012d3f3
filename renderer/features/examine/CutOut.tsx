// One place under the glass: its cut-out of the picture, magnified and upright, and what was made of it.
import { useEffect, useRef, useState } from 'react';
import type { Quad } from '../../../shared/vision/types.ts';
import { viewUrl } from '../../lib/images.ts';
import { Button } from '../../ui/Button.tsx';
import { useHasText, useText } from '../../text/TextProvider.tsx';
import styles from './CutOut.module.css';
import { cellQuad, uprightView } from './geometry.ts';
import type { Judged } from './judged.ts';
import { isDoubtful } from './marks.ts';
import { toNextDoubtful } from './rows.ts';
import { useExamine } from './store.ts';
import type { DocumentWork, ImageWork } from './work.ts';

/** Size of the cut-out in pixels of the screen; three places wide, so that neighbours help the eye. */
const WIDTH = 156;
const HEIGHT = 64;
/** Share of the height that the character's own cell takes. */
const CELL_SHARE = 0.8;

export function CutOut({ document, judged }: { document: DocumentWork; judged: Judged }) {
  const text = useText();
  const cell = useExamine((state) => state.cell);
  const { reading } = document;
  const image = document.images.find((one) => one.id === reading?.imageId);
  const mark = cell === null ? undefined : judged.marks[cell.row]?.[cell.column];
  const quad =
    cell === null || reading === null || mark === undefined ? null : cellQuad(reading, cell.row, cell.column);
  const doubtful = judged.marks.flat().filter(isDoubtful).length;
  return (
    <div className={styles.glass}>
      {image === undefined || quad === null ? null : (
        <div className={styles.frame}>
          <Magnified image={image} quad={quad} />
        </div>
      )}
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

function Magnified({ image, quad }: { image: ImageWork; quad: Quad }) {
  const text = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = usePicture(image.id);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || picture === null) return;
    draw(
      context,
      picture,
      image.size ?? { width: picture.naturalWidth, height: picture.naturalHeight },
      quad,
    );
  }, [picture, image.size, quad]);
  const ratio = globalThis.devicePixelRatio || 1;
  return (
    <canvas
      ref={canvas}
      className={styles.canvas}
      width={Math.round(WIDTH * ratio)}
      height={Math.round(HEIGHT * ratio)}
      role="img"
      aria-label={text('examine.place.magnified')}
    />
  );
}

function draw(
  context: CanvasRenderingContext2D,
  picture: HTMLImageElement,
  size: { width: number; height: number },
  quad: Quad,
): void {
  const { width, height } = context.canvas;
  const { centre, turn, height: cellHeight } = uprightView(quad);
  const scale = (height * CELL_SHARE) / Math.max(1, cellHeight);
  context.resetTransform();
  context.clearRect(0, 0, width, height);
  // Crisp pixels: what is shown is what was there.
  context.imageSmoothingEnabled = scale < 3;
  context.translate(width / 2, height / 2);
  context.rotate(-turn);
  context.scale(scale, scale);
  context.translate(-centre.x, -centre.y);
  context.drawImage(picture, 0, 0, size.width, size.height);
}

/** The view of an image, loaded; the same picture that the left pane shows. */
function usePicture(id: string): HTMLImageElement | null {
  const [loaded, setLoaded] = useState<{ id: string; picture: HTMLImageElement } | null>(null);
  useEffect(() => {
    const picture = new Image();
    picture.onload = () => setLoaded({ id, picture });
    picture.src = viewUrl(id);
    return () => {
      picture.onload = null;
    };
  }, [id]);
  return loaded?.id === id ? loaded.picture : null;
}
