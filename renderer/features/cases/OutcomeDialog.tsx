// Concludes a case: what it is, why, what follows, and what was not checked.
import { type KeyboardEvent, useState } from 'react';
import { CASE_DISPOSITIONS, CASE_OUTCOMES, DOUBTING_OUTCOMES } from '../../../shared/contract/case-ids.ts';
import type { CaseDisposition, CaseOutcome } from '../../../shared/contract/cases.ts';
import { dispositionWord, outcomeWord } from '../../../shared/procedures/words.ts';
import { newId } from '../../lib/id.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices, SwitchField } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { AsylumPrompt } from '../../ui/protection/AsylumPrompt.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { enterNow } from './case-store.ts';
import { type CaseWork, placeKey } from './case-work.ts';
import styles from './CaseDialog.module.css';
import { NotChecked, useItemName } from './ItemNames.tsx';
import { changeDraft, dropDraft, type OutcomeDraft, useCaseDraft } from './outcome-draft.ts';

interface OutcomeDialogProps {
  work: CaseWork;
  examinationId: string;
  onClose: () => void;
}

export function OutcomeDialog({ work, examinationId, onClose }: OutcomeDialogProps) {
  const text = useText();
  const [id] = useState(newId);
  const { outcome: draft } = useCaseDraft(examinationId);
  const action = useAction();
  // What was decided is on its way: whether it arrived is told here.
  const close = () => {
    if (!action.isBusy) onClose();
  };
  const change = (part: Partial<OutcomeDraft>) =>
    changeDraft(examinationId, 'outcome', (before) => ({ ...before, ...part }));
  const { outcome, dispositions, left, note } = draft;
  const reasons = work.differing.filter((place) => !left.includes(placeKey(place)));
  const isDoubting = outcome !== null && DOUBTING_OUTCOMES.has(outcome);
  const lacksReason = isDoubting && reasons.length === 0 && note.trim() === '';
  const conclude = () => {
    if (outcome === null || lacksReason) return;
    void action
      .run(() => enterNow({ kind: 'outcome', id, outcome, dispositions, reasons, note: note.trim() }))
      .then((went) => {
        if (!went) return;
        dropDraft(examinationId, 'outcome');
        onClose();
      });
  };
  return (
    <Dialog
      title={text('cases.give-outcome')}
      isOpen
      onClose={close}
      wide
      hotkeys={[{ keys: ['Control+Enter'], textId: 'cases.outcome.do', run: conclude, whileTyping: true }]}
      footer={
        <>
          <Button keyName="Escape" onPress={close}>
            {text('ui.cancel')}
          </Button>
          <Button
            tone="primary"
            keyName="Control+Enter"
            isDisabled={outcome === null || lacksReason || action.isBusy}
            onPress={conclude}
          >
            {text('cases.outcome.do')}
          </Button>
        </>
      }
    >
      <OutcomeParts
        work={work}
        draft={draft}
        lacksReason={lacksReason}
        change={change}
        onConclude={conclude}
      />
      {action.failure === null ? null : <ErrorPanel code={action.failure} />}
    </Dialog>
  );
}

interface OutcomePartsProps {
  work: CaseWork;
  draft: OutcomeDraft;
  lacksReason: boolean;
  change: (part: Partial<OutcomeDraft>) => void;
  onConclude: () => void;
}

function OutcomeParts({ work, draft, lacksReason, change, onConclude }: OutcomePartsProps) {
  const text = useText();
  const nameOf = useItemName(work);
  const { outcome, dispositions, left, note } = draft;
  // A choice that has the focus keeps Enter to itself: this key goes before it.
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !event.ctrlKey || event.repeat) return;
    event.preventDefault();
    event.stopPropagation();
    onConclude();
  };
  return (
    <div className={`${styles.form} ${styles.sentences}`} {...{ onKeyDownCapture }}>
      <div className={styles.columns}>
        <div className={styles.form}>
          <Choices
            label={text('cases.outcome')}
            value={outcome ?? ''}
            autoFocus
            onChange={(value) => change({ outcome: asOutcome(value) })}
            choices={CASE_OUTCOMES.map((one) => ({ id: one, label: text(outcomeWord(one)) }))}
          />
          <fieldset className={styles.part}>
            <legend>{text('case-report.reasons')}</legend>
            {work.differing.length === 0 ? (
              <p className={styles.quiet}>{text('case-report.no-reasons')}</p>
            ) : null}
            {work.differing.map((place) => {
              const key = placeKey(place);
              return (
                <SwitchField
                  key={key}
                  label={nameOf(place)}
                  help={work.answers.get(key)?.note}
                  isOn={!left.includes(key)}
                  onChange={(isOn) =>
                    change({ left: isOn ? left.filter((one) => one !== key) : [...left, key] })
                  }
                />
              );
            })}
            {lacksReason ? (
              <Notice tone="look">
                <p>{text('cases.outcome.no-reason')}</p>
              </Notice>
            ) : null}
          </fieldset>
          <NotChecked work={work} places={work.notChecked} />
        </div>
        <fieldset className={styles.part}>
          <legend>{text('case-report.next')}</legend>
          {CASE_DISPOSITIONS.map((one) => (
            <SwitchField
              key={one}
              label={text(dispositionWord(one))}
              isOn={dispositions.includes(one)}
              onChange={(isOn) => change({ dispositions: toggled(dispositions, one, isOn) })}
            />
          ))}
          <AsylumPrompt dispositions={dispositions} />
        </fieldset>
      </div>
      <TextField
        label={text('cases.note')}
        help={text('cases.outcome.note.help')}
        value={note}
        onChange={(words) => change({ note: words })}
        maxLength={2000}
        lines
      />
    </div>
  );
}

function asOutcome(value: string): CaseOutcome | null {
  return CASE_OUTCOMES.find((one) => one === value) ?? null;
}

function toggled(all: readonly CaseDisposition[], one: CaseDisposition, isOn: boolean): CaseDisposition[] {
  return CASE_DISPOSITIONS.filter((each) => (each === one ? isOn : all.includes(each)));
}
