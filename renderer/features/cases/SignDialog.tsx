// The outcome as a second officer reads it before signing, or as somebody reads it who opens the case again.
import { type FormEvent, useState } from 'react';
import { dispositionWord, outcomeWord } from '../../../shared/procedures/words.ts';
import { newId } from '../../lib/id.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { enterNow, me } from './case-store.ts';
import { type CaseWork, type Of, placeKey } from './case-work.ts';
import styles from './CaseDialog.module.css';
import { NotChecked, useItemName } from './ItemNames.tsx';
import { changeDraft, dropDraft, useCaseDraft } from './outcome-draft.ts';
import { useTimeText } from './use-case-now.ts';

interface SignDialogProps {
  examinationId: string;
  outcome: Of<'outcome'>;
  work: CaseWork;
  isReopening: boolean;
  onClose: () => void;
}

export function SignDialog({ examinationId, outcome, work, isReopening, onClose }: SignDialogProps) {
  const text = useText();
  const timeText = useTimeText();
  const [id] = useState(newId);
  const { reason } = useCaseDraft(examinationId);
  const setReason = (words: string) => changeDraft(examinationId, 'reason', () => words);
  const action = useAction();
  const close = () => {
    if (!action.isBusy) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReopening && reason.trim() === '') return;
    const entry = isReopening
      ? ({ kind: 'reopened', id, reason: reason.trim() } as const)
      : ({ kind: 'signed', id, entryId: outcome.id } as const);
    void action
      .run(() => enterNow(entry))
      .then((went) => {
        if (!went) return;
        if (isReopening) dropDraft(examinationId, 'reason');
        onClose();
      });
  };
  return (
    <Dialog title={text(isReopening ? 'cases.reopen' : 'cases.sign')} isOpen onClose={close}>
      <form className={styles.form} onSubmit={submit}>
        <div>
          <p className={styles.words}>{text(outcomeWord(outcome.outcome))}</p>
          <p className={styles.quiet}>
            {text('cases.given-by', { name: outcome.officerName, time: timeText(outcome.at) })}
          </p>
        </div>
        <Said outcome={outcome} work={work} />
        {isReopening ? (
          <TextField
            label={text('cases.reopen.reason')}
            help={text('cases.reopen.help')}
            value={reason}
            onChange={setReason}
            maxLength={500}
            lines
            autoFocus
          />
        ) : (
          <p>{text('cases.sign.help', { name: me().name })}</p>
        )}
        {action.failure === null ? null : <ErrorPanel code={action.failure} />}
        <div className={styles.buttons}>
          <Button keyName="Escape" onPress={close}>
            {text('ui.cancel')}
          </Button>
          <Button
            type="submit"
            tone="primary"
            keyName="Enter"
            autoFocus={!isReopening}
            isDisabled={action.isBusy || (isReopening && reason.trim() === '')}
          >
            {text(isReopening ? 'cases.reopen' : 'cases.sign.do')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Said({ outcome, work }: { outcome: Of<'outcome'>; work: CaseWork }) {
  const text = useText();
  const nameOf = useItemName(work);
  const { reasons, dispositions, note, notChecked } = outcome;
  return (
    <>
      <div className={styles.part}>
        <p className={styles.label}>{text('case-report.reasons')}</p>
        {reasons.length === 0 ? <p className={styles.quiet}>{text('case-report.no-reasons')}</p> : null}
        <ul>
          {reasons.map((place) => (
            <li key={placeKey(place)}>
              {nameOf(place)}
              <p className={styles.quiet}>{work.answers.get(placeKey(place))?.note ?? ''}</p>
            </li>
          ))}
        </ul>
      </div>
      {dispositions.length === 0 ? null : (
        <div className={styles.part}>
          <p className={styles.label}>{text('case-report.next')}</p>
          <ul>
            {dispositions.map((one) => (
              <li key={one}>{text(dispositionWord(one))}</li>
            ))}
          </ul>
        </div>
      )}
      {note === '' ? null : <p>{note}</p>}
      <NotChecked work={work} places={notChecked} />
    </>
  );
}
