// Closes the own comparison for good: what this officer concludes before they see anybody else's.
import { type FormEvent, useState } from 'react';
import { BEARER_VERDICTS } from '../../../shared/contract/case-ids.ts';
import { newId } from '../../lib/id.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { enterNow } from './case-store.ts';
import styles from './CaseDialog.module.css';
import { type CaseDraft, changeDraft, dropDraft, useCaseDraft } from './outcome-draft.ts';
import { keepWriting } from './writing.ts';

interface CloseComparisonProps {
  examinationId: string;
  onClose: () => void;
}

export function CloseComparison({ examinationId, onClose }: CloseComparisonProps) {
  const text = useText();
  const [id] = useState(newId);
  const { verdict, note } = useCaseDraft(examinationId).comparison;
  const change = (part: Partial<CaseDraft['comparison']>) =>
    changeDraft(examinationId, 'comparison', (before) => ({ ...before, ...part }));
  const action = useAction();
  const close = () => {
    if (!action.isBusy) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keepWriting();
    void action.run(async () => {
      await enterNow({ kind: 'bearer-done', id, verdict, note: note.trim() });
      dropDraft(examinationId, 'comparison');
    });
  };
  return (
    <Dialog title={text('cases.face.verdict')} isOpen onClose={close}>
      <form className={`${styles.form} ${styles.sentences}`} onSubmit={submit}>
        <p>{text('cases.face.verdict.help')}</p>
        <Choices
          label={text('cases.face.verdict')}
          value={verdict}
          autoFocus
          onChange={(value) =>
            change({ verdict: BEARER_VERDICTS.find((one) => one === value) ?? 'cannot-say' })
          }
          choices={BEARER_VERDICTS.map((one) => ({ id: one, label: text(`case-report.verdict.${one}`) }))}
        />
        <TextField
          label={text('cases.note')}
          value={note}
          onChange={(words) => change({ note: words })}
          maxLength={2000}
          lines
        />
        {action.failure === null ? null : <ErrorPanel code={action.failure} />}
        <div className={styles.buttons}>
          <Button keyName="Escape" onPress={close}>
            {text('ui.cancel')}
          </Button>
          <Button type="submit" tone="primary" keyName="Enter" isDisabled={action.isBusy}>
            {text('cases.face.verdict.do')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
