// The pictures of a case by light: one large, or two beside each other in step, with the marks of the item on show.
import { Columns2, ImageOff, ImagePlus } from 'lucide-react';
import { useMemo } from 'react';
import type { ItemPlace, Mark } from '../../../shared/contract/cases.ts';
import type { Light } from '../../../shared/procedures/procedure.ts';
import { lightWord } from '../../../shared/procedures/words.ts';
import { imageUrl } from '../../lib/images.ts';
import type { PictureMark } from '../../lib/picture-marks.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PicturePair } from '../../ui/PicturePair.tsx';
import { TileViewer, type TileViewerProps } from '../../ui/TileViewer.tsx';
import { addMark, chooseMark, showPicture, toggleBeside } from './case-acts.ts';
import { useCase } from './case-store.ts';
import { type CasePicture, type CaseWork, placeKey } from './case-work.ts';
import heard from '../../ui/spoken.module.css';
import styles from './Pictures.module.css';

interface PicturesProps {
  work: CaseWork;
  place: ItemPlace | null;
  mayMark: boolean;
  /** Null where none can be added. */
  onAdd: (() => void) | null;
}

const NONE: readonly Mark[] = [];

export function Pictures({ work, place, mayMark, onAdd }: PicturesProps) {
  const text = useText();
  const pictureId = useCase((state) => state.pictureId);
  const besideId = useCase((state) => state.besideId);
  const marks = (place === null ? undefined : work.answers.get(placeKey(place))?.marks) ?? NONE;
  const left = work.pictures.find(({ id }) => id === pictureId) ?? work.pictures[0];
  const right = besideId === null ? undefined : work.pictures.find(({ id }) => id === besideId);
  const marksOf = place === null ? undefined : placeKey(place);
  const leftSide = useSide(left, marks, mayMark, marksOf);
  const rightSide = useSide(right, marks, mayMark, marksOf);
  return (
    <section className={styles.pane} aria-label={text('cases.pictures')}>
      <div className={styles.stage}>
        {leftSide === null ? (
          <EmptyState icon={<ImageOff size={48} />} title={text('history.no-picture')}>
            <p>{text('history.no-picture.help')}</p>
          </EmptyState>
        ) : null}
        {leftSide !== null && rightSide === null ? <TileViewer {...leftSide} /> : null}
        {leftSide !== null && rightSide !== null ? <PicturePair left={leftSide} right={rightSide} /> : null}
      </div>
      <div className={styles.below}>
        <FilmStrip work={work} leftId={left?.id ?? null} rightId={right?.id ?? null} />
        <div className={styles.tools}>
          {work.pictures.length > 1 ? (
            <Button
              keyName="x"
              icon={<Columns2 size={20} />}
              aria-pressed={right !== undefined}
              onPress={toggleBeside}
            >
              <span className={heard.spoken}>{text('cases.key.beside')}</span>
            </Button>
          ) : null}
          {onAdd === null ? null : (
            <Button keyName="i" icon={<ImagePlus size={20} />} onPress={onAdd}>
              <span className={heard.spoken}>{text('cases.picture.add')}</span>
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

/** One picture as the viewer takes it; the marks stay the same array as long as they are the same. */
function useSide(
  picture: CasePicture | undefined,
  all: readonly Mark[],
  mayMark: boolean,
  marksOf: string | undefined,
): TileViewerProps | null {
  const text = useText();
  const chosen = useCase((state) => state.chosenMark);
  const id = picture?.id ?? '';
  const marks = useMemo(() => all.filter(({ imageId }) => imageId === id), [all, id]);
  const onMark = useMemo(() => (mark: PictureMark) => addMark(id, mark), [id]);
  const onChooseMark = useMemo(
    () => (index: number) => {
      const mark = marks[index];
      if (mark !== undefined) chooseMark(all.indexOf(mark), mark);
    },
    [all, marks],
  );
  if (picture === undefined) return null;
  const { width, height, outline, light } = picture;
  const chosenHere = chosen === null ? -1 : marks.indexOf(all[chosen] ?? NO_MARK);
  return {
    picture: { id, width, height },
    alt: text('cases.picture', { light: text(lightWord(light)) }),
    outline,
    marks,
    marksOf,
    chosenMark: chosenHere < 0 ? null : chosenHere,
    onChooseMark,
    ...(mayMark ? { onMark } : {}),
  };
}

const NO_MARK: Mark = { imageId: '', shape: 'point', points: [], note: '' };

interface FilmStripProps {
  work: CaseWork;
  leftId: string | null;
  rightId: string | null;
}

function FilmStrip({ work, leftId, rightId }: FilmStripProps) {
  const text = useText();
  const { pictures } = work;
  const lights = [...new Set(pictures.map(({ light }) => light))];
  const several = new Set(pictures.map(({ documentId }) => documentId)).size > 1;
  const documentOf = ({ documentId }: CasePicture) =>
    work.lists.findIndex((list) => list.documentId === documentId) + 1;
  const name = (light: Light) => text(lightWord(light));
  return (
    <div className={styles.strip}>
      {lights.map((light) => (
        <div key={light} className={styles.light} role="group" aria-label={name(light)}>
          <div className={styles.thumbs}>
            {pictures
              .filter((picture) => picture.light === light)
              .map((picture) => (
                <button
                  key={picture.id}
                  type="button"
                  className={styles.thumb}
                  aria-current={picture.id === leftId || picture.id === rightId}
                  aria-label={text('cases.picture.number', {
                    number: pictures.indexOf(picture) + 1,
                    count: pictures.length,
                    light: name(light),
                  })}
                  onClick={() => showPicture(picture.id)}
                >
                  <img src={imageUrl(picture.id, 'thumb')} alt="" />
                  {several ? <span className={styles.document}>{documentOf(picture)}</span> : null}
                </button>
              ))}
          </div>
          <p>{name(light)}</p>
        </div>
      ))}
    </div>
  );
}
