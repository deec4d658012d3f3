// The words of a case study: title, what to do in twelve seconds, what happened, what gave it away.
import { STUDY_LENGTHS } from '../../../../shared/sharing/study-limits.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { About } from '../../../ui/study/StudyPage.tsx';
import { change, type OpenDraft } from './draft-store.ts';
import { DraftField } from './DraftField.tsx';
import type { Problems } from './problem-words.ts';
import styles from './Studies.module.css';

export function WordsPart({ open, problems }: { open: OpenDraft; problems: Problems }) {
  const text = useText();
  const { title, twelveSeconds, happened, gaveAway } = open.content;
  return (
    <>
      <p className={styles.quiet}>{text('study-draft.words.what')}</p>
      <About study={open} />
      <DraftField
        label={text('study-draft.title-of')}
        help={text('study-draft.title-of.help')}
        path="title"
        value={title}
        most={STUDY_LENGTHS.title}
        onChange={(value) => change({ title: value })}
        problems={problems}
      />
      <DraftField
        label={text('studies.twelve-seconds')}
        path="twelveSeconds"
        value={twelveSeconds}
        most={STUDY_LENGTHS.twelveSeconds}
        onChange={(value) => change({ twelveSeconds: value })}
        problems={problems}
        lines
      />
      <DraftField
        label={text('studies.happened')}
        path="happened"
        value={happened}
        most={STUDY_LENGTHS.happened}
        onChange={(value) => change({ happened: value })}
        problems={problems}
        lines
      />
      <DraftField
        label={text('studies.gave-away')}
        path="gaveAway"
        value={gaveAway}
        most={STUDY_LENGTHS.gaveAway}
        onChange={(value) => change({ gaveAway: value })}
        problems={problems}
        lines
      />
    </>
  );
}
