// One case for a court: written in clear into a folder that is named, with the digest that goes with it.
import { type FormEvent, useState } from 'react';
import type { Output } from '../../../shared/contract/channels.ts';
import { call } from '../../lib/bridge.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import styles from './ChangeDecision.module.css';

interface ExportDialogProps {
  examinationId: string;
  isOpen: boolean;
  onClose: () => void;
}

export function ExportDialog({ examinationId, isOpen, onClose }: ExportDialogProps) {
  const text = useText();
  return (
    <Dialog title={text('case-export.title')} isOpen={isOpen} onClose={onClose}>
      {isOpen ? <ExportForm examinationId={examinationId} onClose={onClose} /> : null}
    </Dialog>
  );
}

function ExportForm({ examinationId, onClose }: Omit<ExportDialogProps, 'isOpen'>) {
  const text = useText();
  const [folder, setFolder] = useState('');
  const [done, setDone] = useState<Output<'case.export'> | null>(null);
  const action = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (folder.trim() === '') return;
    void action.run(async () => setDone(await call('case.export', { examinationId, folder: folder.trim() })));
  };
  if (done !== null) {
    return (
      <div className={styles.form}>
        <Notice>
          <p>{text('case-export.done', { files: done.files, path: done.path })}</p>
        </Notice>
        {done.missing > 0 ? (
          <Notice tone="look">
            <p>{text('case-export.missing', { count: done.missing })}</p>
          </Notice>
        ) : null}
        <p>{text('case-export.digest')}</p>
        <p className={styles.digest}>{done.manifestSha256.replaceAll(/(.{8})(?=.)/gu, '$1 ')}</p>
        <div className={styles.buttons}>
          <Button keyName="Escape" tone="primary" onPress={onClose} autoFocus>
            {text('ui.close')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p>{text('case-export.what')}</p>
      <FolderField
        label={text('backup-page.folder')}
        help={text('backup-page.folder.help')}
        value={folder}
        onChange={setFolder}
        autoFocus
      />
      {action.isBusy ? <Progress label={text('backup-page.step.exporting')} /> : null}
      {action.failure ? <ErrorPanel code={action.failure} /> : null}
      <div className={styles.buttons}>
        <Button keyName="Escape" onPress={onClose}>
          {text('ui.cancel')}
        </Button>
        <Button
          type="submit"
          tone="primary"
          keyName="Enter"
          isDisabled={action.isBusy || folder.trim() === ''}
        >
          {text('case-export.do')}
        </Button>
      </div>
    </form>
  );
}
