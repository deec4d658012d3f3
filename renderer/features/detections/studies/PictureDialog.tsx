// Works on one picture of a case study: cut, boxes that the station makes black for good, marks; looked at as it leaves.
import { Scissors } from 'lucide-react';
import { useState } from 'react';
import { MAX_MARKS, MOST_BOXES } from '../../../../shared/sharing/study-limits.ts';
import { studyPictureFaults } from '../../../../shared/sharing/study-pictures.ts';
import { CODE_WORDS } from '../../../../shared/sharing/preview.ts';
import { imageUrl } from '../../../lib/images.ts';
import { useAction } from '../../../lib/use-action.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { ErrorPanel } from '../../../ui/Notice.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import { BoxStage } from './BoxStage.tsx';
import { type Cut, cutPiece } from './draft-store.ts';
import { PictureResult } from './PictureResult.tsx';
import { PictureTools } from './PictureTools.tsx';
import {
  begun,
  drawn,
  newWork,
  type Picture,
  pictureOf,
  type Source,
  type Work,
  workOf,
} from './picture-work.ts';
import styles from './Studies.module.css';

interface PictureDialogProps {
  examinationId: string;
  sources: readonly Source[];
  /** The one that is worked on; null for a new one. */
  picture: Picture | null;
  onKeep: (picture: Picture) => void;
  onClose: () => void;
}

const MOST = { boxes: MOST_BOXES, marks: MAX_MARKS };

/** Only what is cut and made black counts: marks and words come over it. */
const cutKey = ({ imageId, at, hidden }: Picture): string => JSON.stringify([imageId, at, hidden]);

function firstWork(sources: readonly Source[], picture: Picture | null): Work | null {
  const source = picture === null ? sources[0] : sources.find(({ id }) => id === picture.imageId);
  if (source === undefined) return null;
  return picture === null ? newWork(source) : workOf(source, picture);
}

export function PictureDialog({ examinationId, sources, picture, onKeep, onClose }: PictureDialogProps) {
  const text = useText();
  const action = useAction();
  const [work, setWork] = useState(() => firstWork(sources, picture));
  const [made, setMade] = useState<{ key: string; cut: Cut } | null>(null);
  const title = text('study-picture.title');
  if (work === null)
    return (
      <Dialog title={title} isOpen onClose={onClose}>
        <p>{text('study-picture.none')}</p>
      </Dialog>
    );

  const current = pictureOf(work);
  const { portrait, zone } = work.source;
  const faults = studyPictureFaults(current, { portrait, zones: zone === null ? [] : [zone] });
  const cut = made?.key === cutKey(current) ? made.cut : null;
  const canMake = !action.isBusy && cut === null && faults.length === 0;
  const isReady = cut !== null && cut.zones.length === 0 && faults.length === 0;
  const make = () =>
    void action.run(async () => {
      const { imageId, at, hidden } = current;
      setMade({ key: cutKey(current), cut: await cutPiece({ examinationId, imageId, at, hidden }) });
    });
  const go = () => {
    if (isReady) onKeep(current);
    else if (canMake) make();
  };
  return (
    <Dialog
      title={title}
      isOpen
      wide
      onClose={onClose}
      hotkeys={[
        {
          keys: ['Control+Enter'],
          textId: isReady ? 'study-picture.keep' : 'study-picture.make',
          run: go,
          whileTyping: true,
        },
      ]}
      hotkeysTitleId="study-picture.title"
      footer={
        <>
          <Button keyName="Escape" onPress={onClose}>
            {text('ui.cancel')}
          </Button>
          <Button
            icon={<Scissors size={20} />}
            isDisabled={!canMake}
            onPress={make}
            {...(isReady ? {} : { keyName: 'Control+Enter', tone: 'primary' as const })}
          >
            {text('study-picture.make')}
          </Button>
          <Button
            tone={isReady ? 'primary' : 'plain'}
            isDisabled={!isReady}
            onPress={go}
            {...(isReady ? { keyName: 'Control+Enter' } : {})}
          >
            {text('study-picture.keep')}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.column}>
          {picture === null && sources.length > 1 ? (
            <Strip sources={sources} chosenId={work.source.id} onChoose={(one) => setWork(newWork(one))} />
          ) : null}
          <BoxStage
            work={work}
            onBegin={() => setWork((before) => before && begun(before, MOST))}
            onDraw={(box) => setWork((before) => before && drawn(before, box))}
          />
          <p className={styles.quiet}>{text('study-picture.help')}</p>
        </div>
        <div className={styles.column}>
          <PictureTools
            work={work}
            faults={faults}
            onChange={setWork}
            canAddBox={work.hidden.length < MOST.boxes}
            canAddMark={work.marks.length < MOST.marks}
          />
          {action.isBusy ? <Progress label={text('study-picture.making')} /> : null}
          {action.failure === null ? null : <ErrorPanel code={action.failure} tone="look" />}
          {cut === null ? null : (
            <PictureResult cut={cut} marks={current.marks} work={work} onChange={setWork} />
          )}
        </div>
      </div>
    </Dialog>
  );
}

interface StripProps {
  sources: readonly Source[];
  chosenId: string;
  onChoose: (source: Source) => void;
}

/** Pictures of the case, small. */
function Strip({ sources, chosenId, onChoose }: StripProps) {
  const text = useText();
  return (
    <div className={styles.strip} role="group" aria-label={text('cutter.pictures')}>
      {sources.map((source, number) => (
        <button
          key={source.id}
          type="button"
          className={styles.thumb}
          aria-pressed={source.id === chosenId}
          aria-label={text('cutter.picture', {
            number: number + 1,
            light: text(CODE_WORDS.light(source.light)),
          })}
          onClick={() => onChoose(source)}
        >
          <img src={imageUrl(source.id, 'thumb')} alt="" />
        </button>
      ))}
    </div>
  );
}
