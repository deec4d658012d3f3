// The draft of a case's report: groups at the edge, their fields in the middle, at the right what leaves for whom.
import { ArrowLeft, Send } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReportProblem } from '../../../shared/contract/reports.ts';
import { type Hotkey, isTyping, useHotkeys } from '../../lib/hotkeys.ts';
import { endReportDraft } from '../../lib/store-report-draft.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { audienceKey, type Open, waitsFor } from './draft.ts';
import { leaveDraft, openDraft, showAudience, showGroup, tick, useDraft } from './draft-store.ts';
import { EDITOR, placeOf } from './editor-fields.ts';
import { FieldRow } from './FieldRow.tsx';
import { LeavesPane } from './LeavesPane.tsx';
import styles from './ReportEditor.module.css';
import { SubmitDialog } from './SubmitDialog.tsx';

const NO_PROBLEMS: readonly ReportProblem[] = [];

export function ReportEditor({ examinationId }: { examinationId: string }) {
  const open = useDraft((state) => state.open);
  const failure = useDraft((state) => state.failure);
  useEffect(() => {
    void openDraft(examinationId);
  }, [examinationId]);
  return open === null ? <Opening failure={failure} /> : <Editor key={examinationId} open={open} />;
}

function Opening({ failure }: { failure: string | null }) {
  const text = useText();
  const back = () => endReportDraft();
  useHotkeys({
    titleId: 'report-draft.title',
    hotkeys: [{ keys: ['Escape'], textId: 'report-draft.back', run: back }],
  });
  return (
    <>
      <div className={styles.head}>
        <Button keyName="Escape" icon={<ArrowLeft size={20} />} onPress={back}>
          {text('report-draft.back')}
        </Button>
      </div>
      {failure === null ? <Progress label={text('report-draft.opening')} /> : <ErrorPanel code={failure} />}
    </>
  );
}

/** Leaves the field first, then the draft. */
function back(): void {
  const focused = document.activeElement;
  if (isTyping(focused) && focused instanceof HTMLElement) focused.blur();
  else void leaveDraft();
}

function editorHotkeys(open: Open, shown: string, canSubmit: boolean, ask: () => void): Hotkey[] {
  const keys = open.audiences.map(audienceKey);
  const next = keys[(keys.indexOf(shown) + 1) % Math.max(1, keys.length)];
  const groups = EDITOR.map(({ id, key }) => ({
    keys: [key],
    textId: `report.group.${id}`,
    run: () => showGroup(id),
  }));
  return [
    ...groups,
    {
      keys: ['v'],
      textId: 'report-draft.key.next',
      run: () => next !== undefined && showAudience(next),
      enabled: () => next !== undefined,
    },
    {
      keys: ['x'],
      textId: 'report-draft.key.tick',
      run: () => tick(shown, !useDraft.getState().ticked.includes(shown)),
      enabled: () => keys.includes(shown) && !waitsFor(open, shown),
    },
    { keys: ['Control+Enter'], textId: 'report-draft.submit', run: ask, enabled: () => canSubmit },
    { keys: ['Escape'], textId: 'report-draft.back', run: back, whileTyping: true },
  ];
}

function Editor({ open }: { open: Open }) {
  const text = useText();
  const group = useDraft((state) => state.group);
  const keeping = useDraft((state) => state.keeping);
  const shown = useDraft((state) => state.shown);
  const ticked = useDraft((state) => state.ticked);
  const seen = useDraft((state) => state.seen[shown]);
  const [isAsked, setAsked] = useState(false);
  const problems = seen?.preview?.problems ?? NO_PROBLEMS;
  const canSubmit = ticked.length > 0 && !isAsked;
  const ask = () => setAsked(true);
  useHotkeys({
    titleId: 'report-draft.title',
    hotkeys: editorHotkeys(open, shown, canSubmit, ask),
  });
  const current = EDITOR.find(({ id }) => id === group) ?? EDITOR[0];
  const counts = new Map<string, number>();
  for (const { path } of problems) {
    const place = placeOf(path)?.group;
    if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return (
    <>
      <div className={styles.head}>
        <Button keyName="Escape" icon={<ArrowLeft size={20} />} onPress={() => void leaveDraft()}>
          {text('report-draft.back')}
        </Button>
        <h1>{text('report-draft.title')}</h1>
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
          {text('report-draft.submit')}
        </Button>
      </div>
      {keeping === 'failed' ? (
        <Notice tone="trouble" title={text('report-draft.not-kept')}>
          <p>{text('report-draft.not-kept.todo')}</p>
        </Notice>
      ) : null}
      <div className={styles.body}>
        <nav className={styles.groups} aria-label={text('report-draft.groups')}>
          {EDITOR.map(({ id, key }) => (
            <button
              key={id}
              type="button"
              className={styles.group}
              aria-current={id === group}
              onClick={() => showGroup(id)}
            >
              <KeyCap name={key} />
              <span>{text(`report.group.${id}`)}</span>
              {counts.has(id) ? (
                <span className={styles.count}>
                  {text('report-draft.problems', { count: counts.get(id) ?? 0 })}
                </span>
              ) : null}
            </button>
          ))}
        </nav>
        <section className={styles.fields} aria-label={text(`report.group.${group}`)} key={group}>
          <h2>{text(`report.group.${group}`)}</h2>
          {current?.fields
            .filter(({ isShown }) => isShown?.(open.content) ?? true)
            .map((field) => (
              <FieldRow key={field.path} field={field} content={open.content} problems={problems} />
            ))}
        </section>
        <LeavesPane open={open} />
      </div>
      {isAsked ? <SubmitDialog open={open} ticked={ticked} onClose={() => setAsked(false)} /> : null}
    </>
  );
}
