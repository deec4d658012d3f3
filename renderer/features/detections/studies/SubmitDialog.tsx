// The last question before a case study is made for good: who gets it, and whether somebody else must approve it.
import { useState } from 'react';
import { newId } from '../../../lib/id.ts';
import { useAction } from '../../../lib/use-action.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { ErrorPanel } from '../../../ui/Notice.tsx';
import { type OpenDraft, submit } from './draft-store.ts';
import styles from './Studies.module.css';

export function SubmitDialog({ open, onClose }: { open: OpenDraft; onClose: () => void }) {
  const text = useText();
  const action = useAction();
  const [id] = useState(newId);
  const isReplacing = open.studies.some(
    ({ state, standing }) => state === 'approved' && standing === 'in-force',
  );
  const go = () => void action.run(() => submit(id));
  return (
    <Dialog
      title={text('study-draft.submit')}
      isOpen
      onClose={onClose}
      hotkeys={[{ keys: ['Control+Enter'], textId: 'study-draft.submit', run: go }]}
      hotkeysTitleId="study-draft.submit"
      footer={
        <>
          <Button keyName="Escape" onPress={onClose}>
            {text('ui.cancel')}
          </Button>
          <Button keyName="Control+Enter" tone="primary" isDisabled={action.isBusy} onPress={go}>
            {text('study-draft.submit')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{text('study-draft.submit.what')}</p>
        {isReplacing ? <p>{text('study-draft.submit.replaces')}</p> : null}
        {open.needsApproval ? <p>{text('study-draft.submit.approval')}</p> : null}
        {action.failure === null ? null : <ErrorPanel code={action.failure} tone="look" />}
      </div>
    </Dialog>
  );
}
