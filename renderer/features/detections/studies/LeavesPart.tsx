// The last look: exactly what leaves, part by part, each confirmed by its author; or what still stands in the way.
import { Check } from 'lucide-react';
import { useText } from '../../../text/TextProvider.tsx';
import { SwitchField } from '../../../ui/Choices.tsx';
import { ErrorPanel } from '../../../ui/Notice.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import { StudyFigure, StudyPage, ToldQuestion } from '../../../ui/study/StudyPage.tsx';
import { confirm, type Preview, showPart, useStudyDraft } from './draft-store.ts';
import { FaultLine } from './FaultLine.tsx';
import { partOf, placeWords, problemWords } from './problem-words.ts';
import styles from './Studies.module.css';

interface LeavesPartProps {
  seen: ReturnType<typeof useStudyDraft.getState>['seen'];
  /** What is shown was made of the draft as it is now. */
  isFresh: boolean;
}

export function LeavesPart({ seen, isFresh }: LeavesPartProps) {
  const text = useText();
  if (seen === null || !isFresh) return <Progress label={text('study-draft.looking')} />;
  if (seen.failure !== null) return <ErrorPanel code={seen.failure} tone="look" />;
  const { preview } = seen;
  if (preview === null) return null;
  return preview.body === null || preview.confirm === null ? (
    <Problems preview={preview} />
  ) : (
    <Confirming body={preview.body} digests={preview.confirm} />
  );
}

function Problems({ preview }: { preview: Preview }) {
  const text = useText();
  return (
    <>
      <p>{text('study-draft.cannot-leave')}</p>
      <ul className={styles.problems}>
        {preview.problems.map((problem) => {
          const { path, code, place } = problem;
          return (
            <li key={`${path} ${code} ${place?.start ?? 0}`}>
              <button type="button" className={styles.problem} onClick={() => showPart(partOf(path))}>
                <span>{placeWords(text, path)}</span>
                <FaultLine words={problemWords(text, problem)} />
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

interface ConfirmingProps {
  body: NonNullable<Preview['body']>;
  digests: NonNullable<Preview['confirm']>;
}

function Confirming({ body, digests }: ConfirmingProps) {
  const text = useText();
  const pieces = useStudyDraft((state) => state.pieces);
  const confirmed = useStudyDraft((state) => state.confirmed);
  const switchOf = (digest: string, label: string) => (
    <SwitchField label={label} isOn={confirmed.includes(digest)} onChange={(isOn) => confirm(digest, isOn)} />
  );
  const isDone = [digests.words, ...digests.images].every((digest) => confirmed.includes(digest));
  return (
    <>
      <p>{text('study-draft.leaves.what')}</p>
      <section className={styles.leaving} aria-label={text('study-draft.leaves.words')}>
        <h3>{body.title}</h3>
        <StudyPage
          study={{ ...body, images: [] }}
          pictureOf={() => null}
          question={<ToldQuestion question={body.question} />}
        />
        {switchOf(digests.words, text('study-draft.confirm.words'))}
      </section>
      {body.images.map((image, at) => {
        const source = pieces[image.sha256] ?? null;
        const digest = digests.images[at] ?? '';
        return (
          // A picture may stand there twice.
          // oxlint-disable-next-line react/no-array-index-key
          <section
            key={at}
            className={styles.leaving}
            aria-label={text('studies.picture', { number: at + 1 })}
          >
            <h3>{text('studies.picture', { number: at + 1 })}</h3>
            <StudyFigure image={image} number={at + 1} source={source} />
            {/* Nobody confirms what they cannot see. */}
            {source === null ? null : switchOf(digest, text('study-draft.confirm.picture'))}
          </section>
        );
      })}
      {isDone ? (
        <p className={styles.done}>
          <Check size={20} aria-hidden="true" />
          <span>{text('study-draft.all-confirmed')}</span>
        </p>
      ) : null}
    </>
  );
}
