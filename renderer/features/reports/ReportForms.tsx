// What is asked before a report is sent back or taken back.
import { type FormEvent, useState } from 'react';
import { type WithdrawalReason, WITHDRAWAL_REASONS } from '../../../shared/sharing/codes.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { sendBack, withdraw } from './report-store.ts';
import styles from './ReportView.module.css';

interface FormProps {
  id: string;
  onClose: () => void;
}

export function SendBackForm({ id, onClose }: FormProps) {
  const text = useText();
  const [note, setNote] = useState('');
  const action = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (note.trim() !== '') void action.run(() => sendBack(id, note)).then((done) => done && onClose());
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextField
        label={text('reports.send-back.note')}
        value={note}
        onChange={setNote}
        maxLength={500}
        lines
        autoFocus
      />
      <Buttons failure={action.failure} isBusy={action.isBusy} doId="reports.send-back" onClose={onClose} />
    </form>
  );
}

export function WithdrawForm({ id, onClose }: FormProps) {
  const text = useText();
  const [reason, setReason] = useState<WithdrawalReason>('doubt-not-confirmed');
  const action = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void action.run(() => withdraw(id, reason)).then((done) => done && onClose());
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p>{text('reports.withdraw.what')}</p>
      <Choices
        label={text('reports.withdraw.reason')}
        value={reason}
        onChange={(chosen) => setReason(WITHDRAWAL_REASONS.find((one) => one === chosen) ?? reason)}
        choices={WITHDRAWAL_REASONS.map((one) => ({ id: one, label: text(`report.withdrawal.${one}`) }))}
        autoFocus
      />
      <Buttons failure={action.failure} isBusy={action.isBusy} doId="reports.withdraw" onClose={onClose} />
    </form>
  );
}

interface ButtonsProps {
  failure: string | null;
  isBusy: boolean;
  doId: string;
  onClose: () => void;
}

function Buttons({ failure, isBusy, doId, onClose }: ButtonsProps) {
  const text = useText();
  return (
    <>
      {failure === null ? null : <ErrorPanel code={failure} tone="look" />}
      <div className={styles.buttons}>
        <Button keyName="Escape" onPress={onClose}>
          {text('ui.cancel')}
        </Button>
        <Button type="submit" tone="primary" isDisabled={isBusy}>
          {text(doId)}
        </Button>
      </div>
    </>
  );
}
