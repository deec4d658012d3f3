// Takes a case in hand, or over from a colleague; the trail shows who had it.
import { type FormEvent, useState } from 'react';
import type { CaseView } from '../../../shared/contract/cases.ts';
import { newId } from '../../lib/id.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { enterNow } from './case-store.ts';
import styles from './CaseDialog.module.css';

export function TakeDialog({ view, onClose }: { view: CaseView; onClose: () => void }) {
  const text = useText();
  const [id] = useState(newId);
  const action = useAction();
  const { holder } = view;
  const close = () => {
    if (!action.isBusy) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void action.run(() => enterNow({ kind: 'taken', id })).then((went) => went && onClose());
  };
  const title = text(holder === null ? 'cases.take' : 'cases.take-over');
  return (
    <Dialog title={title} isOpen onClose={close}>
      <form className={styles.form} onSubmit={submit}>
        <p>
          {holder === null ? text('cases.take.help') : text('cases.take-over.help', { name: holder.name })}
        </p>
        {action.failure === null ? null : <ErrorPanel code={action.failure} />}
        <div className={styles.buttons}>
          <Button keyName="Escape" onPress={close}>
            {text('ui.cancel')}
          </Button>
          <Button type="submit" tone="primary" keyName="Enter" autoFocus isDisabled={action.isBusy}>
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
