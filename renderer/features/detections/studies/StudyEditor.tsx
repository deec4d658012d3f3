// Writing a case study: its words, its pictures, its question, and the last look at everything that leaves.
import { ArrowLeft, Send } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type Hotkey, isTyping, useHotkeys } from '../../../lib/hotkeys.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { KeyCap } from '../../../ui/KeyCap.tsx';
import { ErrorPanel, Notice } from '../../../ui/Notice.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import {
  leaveDraft,
  openDraft,
  type OpenDraft,
  type Part,
  PARTS,
  type Preview,
  showPart,
  useStudyDraft,
} from './draft-store.ts';
import { LeavesPart } from './LeavesPart.tsx';
import { PicturesPart } from './PicturesPart.tsx';
import { partOf } from './problem-words.ts';
import { QuestionPart } from './QuestionPart.tsx';
import styles from './Studies.module.css';
import { SubmitDialog } from './SubmitDialog.tsx';
import { WordsPart } from './WordsPart.tsx';

/** Numbers show the tabs of Detections. */
const KEYS: Readonly<Record<Part, string>> = { words: 'w', pictures: 'p', question: 'q', leaves: 'l' };
const NO_PROBLEMS: Preview['problems'] = [];

export function StudyEditor({ reportId }: { reportId: string }) {
  const open = useStudyDraft((state) => state.open);
  const failure = useStudyDraft((state) => state.failure);
  useEffect(() => {
    void openDraft(reportId);
  }, [reportId]);
  return open === null ? <Opening failure={failure} /> : <Editor open={open} />;
}

function Opening({ failure }: { failure: string | null }) {
  const text = useText();
  useHotkeys({
    titleId: 'study-draft.title',
    hotkeys: [{ keys: ['Escape'], textId: 'study-draft.back', run: () => void leaveDraft() }],
  });
  return (
    <div className={styles.screen}>
      <div className={styles.head}>
        <Button keyName="Escape" icon={<ArrowLeft size={20} />} onPress={() => void leaveDraft()}>
          {text('study-draft.back')}
        </Button>
      </div>
      {failure === null ? <Progress label={text('study-draft.opening')} /> : <ErrorPanel code={failure} />}
    </div>
  );
}

/** Leaves the field first, then the draft. */
function back(): void {
  const focused = document.activeElement;
  if (isTyping(focused) && focused instanceof HTMLElement) focused.blur();
  else void leaveDraft();
}

function Editor({ open }: { open: OpenDraft }) {
  const text = useText();
  const part = useStudyDraft((state) => state.part);
  const keeping = useStudyDraft((state) => state.keeping);
  const seen = useStudyDraft((state) => state.seen);
  const confirmed = useStudyDraft((state) => state.confirmed);
  const [isAsked, setAsked] = useState(false);
  const isFresh = seen?.of === open.content;
  const problems = seen?.preview?.problems ?? NO_PROBLEMS;
  const confirm = isFresh ? (seen.preview?.confirm ?? null) : null;
  const canSubmit =
    confirm !== null &&
    [confirm.words, ...confirm.images].every((digest) => confirmed.includes(digest)) &&
    !isAsked;
  const ask = () => setAsked(true);
  const hotkeys: Hotkey[] = [
    ...PARTS.map((id) => ({
      keys: [KEYS[id]],
      textId: `study-draft.part.${id}`,
      run: () => showPart(id),
    })),
    {
      keys: ['Control+Enter'],
      textId: 'study-draft.submit',
      run: ask,
      enabled: () => canSubmit,
      whileTyping: true,
    },
    { keys: ['Escape'], textId: 'study-draft.back', run: back, whileTyping: true },
  ];
  useHotkeys({ titleId: 'study-draft.title', hotkeys });
  const counts = Map.groupBy(problems, ({ path }) => partOf(path));
  return (
    <div className={styles.screen}>
      <div className={styles.head}>
        <Button keyName="Escape" icon={<ArrowLeft size={20} />} onPress={() => void leaveDraft()}>
          {text('study-draft.back')}
        </Button>
        <h1>{text('study-draft.title')}</h1>
        <p className={styles.quiet} role="status">
          {text(`report-draft.keeping.${keeping}`)}
        </p>
        <Button
          keyName="Control+Enter"
          tone="primary"
          icon={<Send size={20} />}
          isDisabled={!canSubmit}
          onPress={ask}
        >
          {text('study-draft.submit')}
        </Button>
      </div>
      {keeping === 'failed' ? (
        <Notice tone="trouble" title={text('report-draft.not-kept')}>
          <p>{text('report-draft.not-kept.todo')}</p>
        </Notice>
      ) : null}
      <div className={styles.editor}>
        <nav className={styles.parts} aria-label={text('study-draft.parts')}>
          {PARTS.map((id) => {
            const count = counts.get(id)?.length ?? 0;
            return (
              <button
                key={id}
                type="button"
                className={styles.part}
                aria-current={id === part}
                onClick={() => showPart(id)}
              >
                <KeyCap name={KEYS[id]} />
                <span>{text(`study-draft.part.${id}`)}</span>
                {count === 0 ? null : (
                  <span className={styles.partCount}>{text('report-draft.problems', { count })}</span>
                )}
              </button>
            );
          })}
        </nav>
        <section className={styles.fields} aria-label={text(`study-draft.part.${part}`)} key={part}>
          <h2>{text(`study-draft.part.${part}`)}</h2>
          {part === 'words' ? <WordsPart open={open} problems={problems} /> : null}
          {part === 'pictures' ? <PicturesPart open={open} problems={problems} /> : null}
          {part === 'question' ? <QuestionPart open={open} problems={problems} /> : null}
          {part === 'leaves' ? <LeavesPart seen={seen} isFresh={isFresh} /> : null}
        </section>
      </div>
      {isAsked ? <SubmitDialog open={open} onClose={() => setAsked(false)} /> : null}
    </div>
  );
}
