// The case on paper: a PDF in a folder that is named, where the shell makes one, or the print dialogue.
import { Printer } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { PrintedCase } from '../../../shared/contract/report.ts';
import { call } from '../../lib/bridge.ts';
import { printSheet } from '../../lib/print-sheet.ts';
import { useVault } from '../../lib/store-vault.ts';
import { type Action, useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { sendOrFail } from './case-store.ts';
import styles from './CaseDialog.module.css';

interface PrintDialogProps {
  title: string;
  examinationId: string;
  onClose: () => void;
}

export function PrintDialog({ title, examinationId, onClose }: PrintDialogProps) {
  const text = useText();
  const [done, setDone] = useState<PrintedCase | null>(null);
  const action = useAction();
  // Where the paper lies, and by what it is known, is told once: nobody leaves before.
  const close = () => {
    if (!action.isBusy) onClose();
  };
  return (
    <Dialog title={title} isOpen onClose={close}>
      {done === null ? (
        <PrintForm
          examinationId={examinationId}
          action={action}
          onClose={close}
          onPrinted={onClose}
          onDone={setDone}
        />
      ) : (
        <div className={styles.form}>
          <Notice>
            <p>{text('cases.print.done', { path: done.path ?? '' })}</p>
          </Notice>
          {done.missing > 0 ? (
            <Notice tone="look">
              <p>{text('cases.print.missing', { count: done.missing })}</p>
            </Notice>
          ) : null}
          <p>{text('cases.print.digest')}</p>
          <p className={styles.digest}>{done.sha256.replaceAll(/(.{8})(?=.)/gu, '$1 ')}</p>
          <div className={styles.buttons}>
            <Button keyName="Escape" tone="primary" onPress={onClose} autoFocus>
              {text('ui.close')}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

interface PrintFormProps {
  examinationId: string;
  action: Action;
  onClose: () => void;
  onPrinted: () => void;
  onDone: (done: PrintedCase) => void;
}

function PrintForm({ examinationId, action, onClose, onPrinted, onDone }: PrintFormProps) {
  const text = useText();
  const canPdf = useVault(({ state }) => state?.shell.pdf === true);
  const [folder, setFolder] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!canPdf || folder.trim() === '') return;
    void action.run(async () => {
      await sendOrFail(examinationId);
      onDone(await call('case.print', { examinationId, folder: folder.trim() }));
    });
  };
  const print = () =>
    void action
      .run(async () => {
        await sendOrFail(examinationId);
        const { page } = await call('case.print', { examinationId, folder: null });
        if (page !== null) await printSheet(page);
      })
      .then((went) => went && onPrinted());
  return (
    <form className={styles.form} onSubmit={save} noValidate>
      <p>{text('cases.print.what')}</p>
      {canPdf ? (
        <FolderField
          label={text('backup-page.folder')}
          help={text('backup-page.folder.help')}
          value={folder}
          onChange={setFolder}
          autoFocus
        />
      ) : null}
      {action.isBusy ? <Progress label={text('cases.print.busy')} /> : null}
      {action.failure === null ? null : <ErrorPanel code={action.failure} />}
      <div className={styles.buttons}>
        <Button keyName="Escape" onPress={onClose}>
          {text('ui.cancel')}
        </Button>
        <Button
          icon={<Printer size={20} />}
          onPress={print}
          isDisabled={action.isBusy}
          {...(canPdf ? {} : { tone: 'primary' as const, autoFocus: true })}
        >
          {text('cases.print.paper')}
        </Button>
        {canPdf ? (
          <Button
            type="submit"
            tone="primary"
            keyName="Enter"
            isDisabled={action.isBusy || folder.trim() === ''}
          >
            {text('cases.print.save')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
