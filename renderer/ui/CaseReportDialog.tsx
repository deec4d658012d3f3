// The report of a case on paper: a PDF in a folder where one can be made here, the print dialogue anywhere.
import { Printer } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { PrintedCase } from '../../shared/contract/report.ts';
import { call } from '../lib/bridge.ts';
import { printSheet } from '../lib/print-sheet.ts';
import { useStation } from '../lib/store-station.ts';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from './Button.tsx';
import styles from './CaseReportDialog.module.css';
import { Dialog } from './Dialog.tsx';
import { FolderField } from './FolderField.tsx';
import { ErrorPanel, Notice } from './Notice.tsx';
import { Progress } from './Progress.tsx';

interface CaseReportDialogProps {
  /** Id of the examination, which is that of the case. */
  examinationId: string;
  isOpen: boolean;
  onClose: () => void;
}

export function CaseReportDialog({ examinationId, isOpen, onClose }: CaseReportDialogProps) {
  const text = useText();
  return (
    <Dialog title={text('case-report.dialog.title')} isOpen={isOpen} onClose={onClose}>
      {isOpen ? <ReportForm examinationId={examinationId} onClose={onClose} /> : null}
    </Dialog>
  );
}

function ReportForm({ examinationId, onClose }: Omit<CaseReportDialogProps, 'isOpen'>) {
  const text = useText();
  const makesPdf = useStation(({ state }) => state?.shell.pdf === true);
  const [folder, setFolder] = useState('');
  const [done, setDone] = useState<PrintedCase | null>(null);
  const action = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!makesPdf || folder.trim() === '') return;
    void action.run(async () => setDone(await call('case.print', { examinationId, folder: folder.trim() })));
  };
  const print = () =>
    void action.run(async () => {
      const { page } = await call('case.print', { examinationId, folder: null });
      if (page !== null) await printSheet(page);
    });
  if (done !== null) return <Done printed={done} onClose={onClose} />;
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p>{text('case-report.dialog.what')}</p>
      {makesPdf ? (
        <FolderField
          label={text('backup-page.folder')}
          help={text('case-report.dialog.folder.help')}
          value={folder}
          onChange={setFolder}
          autoFocus
        />
      ) : (
        <p>{text('case-report.dialog.no-pdf')}</p>
      )}
      {action.isBusy ? <Progress label={text('case-report.dialog.working')} /> : null}
      {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
      <div className={styles.buttons}>
        <Button keyName="Escape" onPress={onClose}>
          {text('ui.cancel')}
        </Button>
        <Button
          icon={<Printer size={20} />}
          onPress={print}
          isDisabled={action.isBusy}
          autoFocus={!makesPdf}
          tone={makesPdf ? 'plain' : 'primary'}
        >
          {text('case-report.dialog.print')}
        </Button>
        {makesPdf ? (
          <Button
            type="submit"
            tone="primary"
            keyName="Enter"
            isDisabled={action.isBusy || folder.trim() === ''}
          >
            {text('case-report.dialog.do')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

function Done({ printed, onClose }: { printed: PrintedCase; onClose: () => void }) {
  const text = useText();
  return (
    <div className={styles.form}>
      <Notice>
        <p>{text('case-report.dialog.done', { path: printed.path ?? '' })}</p>
      </Notice>
      {printed.missing > 0 ? (
        <Notice tone="look">
          <p>{text('case-report.dialog.missing', { count: printed.missing })}</p>
        </Notice>
      ) : null}
      <p>{text('case-report.dialog.digest')}</p>
      <p className={styles.digest}>{printed.sha256.replaceAll(/(.{8})(?=.)/gu, '$1 ')}</p>
      <div className={styles.buttons}>
        <Button keyName="Escape" tone="primary" onPress={onClose} autoFocus>
          {text('ui.close')}
        </Button>
      </div>
    </div>
  );
}
