// The pictures of a case study, each as it leaves; added, worked on, moved and taken away.
import { ArrowUp, ImagePlus, PencilLine, X } from 'lucide-react';
import { useState } from 'react';
import { MAX_STUDY_IMAGES } from '../../../../shared/sharing/study-limits.ts';
import { useHotkeys } from '../../../lib/hotkeys.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { StudyFigure } from '../../../ui/study/StudyPage.tsx';
import { change, type OpenDraft, pieceOf, useStudyDraft } from './draft-store.ts';
import { FaultLine } from './FaultLine.tsx';
import { PictureDialog } from './PictureDialog.tsx';
import type { Picture } from './picture-work.ts';
import { type Problems, problemWords } from './problem-words.ts';
import styles from './Studies.module.css';

/** Of which picture; `new` for one that is not there yet. */
type Working = number | 'new' | null;

export function PicturesPart({ open, problems }: { open: OpenDraft; problems: Problems }) {
  const text = useText();
  const pieces = useStudyDraft((state) => state.pieces);
  const [working, setWorking] = useState<Working>(null);
  const { examinationId, pictures } = open;
  const { images } = open.content;
  const canAdd = images.length < MAX_STUDY_IMAGES && pictures.length > 0;
  const add = () => setWorking('new');
  useHotkeys({
    titleId: 'study-draft.part.pictures',
    hotkeys: [
      {
        keys: ['n'],
        textId: 'study-draft.add-picture',
        run: add,
        enabled: () => canAdd && working === null,
      },
    ],
  });
  const keep = (picture: Picture) => {
    const next =
      working === 'new' ? [...images, picture] : images.map((one, at) => (at === working ? picture : one));
    change({ images: next });
    setWorking(null);
  };
  const toFront = (at: number) => {
    const moved = images[at];
    if (moved !== undefined) change({ images: [moved, ...images.filter((_one, index) => index !== at)] });
  };
  return (
    <>
      <p className={styles.quiet}>{text('study-draft.pictures.what')}</p>
      {pictures.length === 0 ? <p>{text('study-picture.none')}</p> : null}
      {images.map((image, at) => (
        // A picture may stand there twice.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles.pictureRow}>
          <StudyFigure
            image={image}
            number={at + 1}
            source={pieceOf({ pieces }, pieceKey(examinationId, image))}
          />
          {problems
            .filter(({ path }) => path === `images.${at}` || path.startsWith(`images.${at}.`))
            .map((problem) => (
              <FaultLine key={`${problem.path} ${problem.code}`} words={problemWords(text, problem)} />
            ))}
          <div className={styles.buttons}>
            <Button icon={<PencilLine size={18} />} onPress={() => setWorking(at)}>
              {text('study-draft.work-on', { number: at + 1 })}
            </Button>
            {at === 0 ? null : (
              <Button tone="quiet" icon={<ArrowUp size={18} />} onPress={() => toFront(at)}>
                {text('study-draft.to-front', { number: at + 1 })}
              </Button>
            )}
            <Button
              tone="quiet"
              icon={<X size={18} />}
              onPress={() => change({ images: images.filter((_one, index) => index !== at) })}
            >
              {text('study-draft.remove-picture', { number: at + 1 })}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button keyName="n" icon={<ImagePlus size={20} />} isDisabled={!canAdd} onPress={add}>
          {text('study-draft.add-picture')}
        </Button>
      </div>
      {working === null ? null : (
        <PictureDialog
          examinationId={examinationId}
          sources={pictures}
          picture={working === 'new' ? null : (images[working] ?? null)}
          onKeep={keep}
          onClose={() => setWorking(null)}
        />
      )}
    </>
  );
}

/** By what a piece is asked for. */
export const pieceKey = (examinationId: string, { imageId, at, hidden }: Picture) => ({
  examinationId,
  imageId,
  at,
  hidden,
});
