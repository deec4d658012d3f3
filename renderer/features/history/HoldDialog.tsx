// A legal hold on one record: no rule erases it until a supervisor releases it.
import { type FormEvent, useState } from 'react';
import type { ExaminationRecord } from '../../../shared/contract/records.ts';
import { call } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ChangeDecision.module.css';
import { openRecord } from './store.ts';

interface HoldDialogProps {
  record: ExaminationRecord;
  isOpen: boolean;
  onClose: () => void;
}

export function HoldDialog({ record, isOpen, onClose }: HoldDialogProps) {
  const text = useText();
  return (
    <Dialog title={text('hold-page.set')} isOpen={isOpen} onClose={onClose}>
      {isOpen ? <HoldForm record={record} onClose={onClose} /> : null}
    </Dialog>
  );
}

function HoldForm({ record, onClose }: Omit<HoldDialogProps, 'isOpen'>) {
  const text = useText();
  const [id] = useState(newId);
  const [reason, setReason] = useState('');
  const action = useAction();
  const isHeld = record.holdId !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void action.run(async () => {
      if (record.holdId !== undefined) await call('hold.release', { id: record.holdId });
      else if (reason.trim() !== '') await call('hold.set', { id, examinationId: record.id, reason });
      else return;
      onClose();
      await openRecord(record.id);
    });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p>{text(isHeld ? 'hold-page.held' : 'hold-page.set.what')}</p>
      {isHeld ? null : (
        <TextField
          label={text('hold-page.reason')}
          help={text('hold-page.reason.help')}
          value={reason}
          onChange={setReason}
          maxLength={500}
          autoFocus
        />
      )}
      {action.failure ? <ErrorPanel code={action.failure} /> : null}
      <div className={styles.buttons}>
        <Button keyName="Escape" onPress={onClose}>
          {text('ui.cancel')}
        </Button>
        <Button
          type="submit"
          tone="primary"
          {...(isHeld ? {} : { keyName: 'Enter' })}
          isDisabled={action.isBusy || (!isHeld && reason.trim() === '')}
        >
          {text(isHeld ? 'hold-page.release' : 'ui.save')}
        </Button>
      </div>
    </form>
  );
}
