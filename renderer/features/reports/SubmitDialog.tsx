// The last question before reports are made for good: to whom, and who approves them.
import { useState } from 'react';
import { newId } from '../../lib/id.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import type { Open } from './draft.ts';
import { submit } from './draft-store.ts';
import { useAudienceName } from './LeavesPane.tsx';
import styles from './ReportView.module.css';

interface SubmitDialogProps {
  open: Open;
  ticked: readonly string[];
  onClose: () => void;
}

export function SubmitDialog({ open, ticked, onClose }: SubmitDialogProps) {
  const text = useText();
  const nameOf = useAudienceName();
  const action = useAction();
  // The same request again, where its answer was lost.
  const [id] = useState(newId);
  const send = () => void action.run(() => submit(id));
  return (
    <Dialog
      title={text('report-draft.submit')}
      isOpen
      onClose={onClose}
      hotkeysTitleId="report-draft.submit"
      hotkeys={[{ keys: ['Control+Enter'], textId: 'report-draft.submit.do', run: send }]}
      footer={
        <>
          <Button keyName="Escape" onPress={onClose}>
            {text('ui.cancel')}
          </Button>
          <Button
            keyName="Control+Enter"
            tone="primary"
            isDisabled={action.isBusy}
            onPress={send}
            // The one thing that is asked here.
            autoFocus
          >
            {text('report-draft.submit.do')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{text('report-draft.submit.for')}</p>
        <ul className={styles.list}>
          {ticked.map((key) => (
            <li key={key}>{nameOf(key)}</li>
          ))}
        </ul>
        <p>{text(open.needsApproval ? 'report-draft.submit.approval' : 'report-draft.submit.at-once')}</p>
        <p>{text('report-draft.submit.for-good')}</p>
        {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
      </div>
    </Dialog>
  );
}
