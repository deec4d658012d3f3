// What is asked before an own case study is taken back: the withdrawal is approved and sent like every message.
import { type FormEvent, useState } from 'react';
import { type WithdrawalReason, WITHDRAWAL_REASONS } from '../../../../shared/sharing/codes.ts';
import { call } from '../../../lib/bridge.ts';
import { newId } from '../../../lib/id.ts';
import { useAction } from '../../../lib/use-action.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Choices } from '../../../ui/Choices.tsx';
import { ErrorPanel } from '../../../ui/Notice.tsx';
import { closeStudy, refreshLibrary } from './library-store.ts';
import styles from './Studies.module.css';

export function TakeBackForm({ id, onClose }: { id: string; onClose: () => void }) {
  const text = useText();
  const [reason, setReason] = useState<WithdrawalReason>('doubt-not-confirmed');
  const [requestId] = useState(newId);
  const action = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void action.run(async () => {
      await call('report.withdraw', { id: requestId, reportId: id, reason });
      closeStudy();
      await refreshLibrary();
    });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p>{text('studies.take-back.what')}</p>
      <Choices
        label={text('reports.withdraw.reason')}
        value={reason}
        onChange={(chosen) => setReason(WITHDRAWAL_REASONS.find((one) => one === chosen) ?? reason)}
        choices={WITHDRAWAL_REASONS.map((one) => ({ id: one, label: text(`report.withdrawal.${one}`) }))}
        autoFocus
      />
      {action.failure === null ? null : <ErrorPanel code={action.failure} tone="look" />}
      <div className={styles.buttons}>
        <Button keyName="Escape" onPress={onClose}>
          {text('ui.cancel')}
        </Button>
        <Button type="submit" tone="primary" isDisabled={action.isBusy}>
          {text('reports.withdraw')}
        </Button>
      </div>
    </form>
  );
}
