// What came on a stick from another station: a case, one that comes back, or the word that one arrived.
import { type FormEvent, useState } from 'react';
import type { BundleFile } from '../../../shared/contract/bundles.ts';
import type { ReceivedHandover } from '../../../shared/contract/handover.ts';
import { call } from '../../lib/bridge.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './CaseDialog.module.css';
import { openCase } from './case-store.ts';

const nameOf = (path: string): string => path.split(/[\\/]/u).at(-1) ?? path;

export function ReceiveDialog({ onClose }: { onClose: () => void }) {
  const text = useText();
  const [folder, setFolder] = useState('');
  const [files, setFiles] = useState<BundleFile[] | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const [done, setDone] = useState<ReceivedHandover | null>(null);
  const action = useAction();

  /** First what lies in the folder for this station, then the file that was chosen. */
  async function act(): Promise<void> {
    if (files !== null && path !== null) {
      setDone(await call('case.receive', { path }));
      return;
    }
    const found = await call('bundle.find', { folder: folder.trim() });
    setFiles(found.files);
    setPath(found.files[0]?.path ?? null);
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (folder.trim() !== '' || path !== null) void action.run(act);
  };
  const change = (chosen: string) => {
    setFolder(chosen);
    setFiles(null);
    setPath(null);
  };

  if (done !== null) {
    const { kind, known, stationCode: station, entries, examinationId } = done;
    const go = () => {
      onClose();
      void openCase(examinationId);
    };
    return (
      <Dialog title={text('handover.receive')} isOpen onClose={onClose}>
        <div className={styles.form}>
          <Notice>
            <p>{text(known ? 'handover.known' : `handover.received.${kind}`, { station, entries })}</p>
          </Notice>
          <div className={styles.buttons}>
            <Button keyName="Escape" onPress={onClose}>
              {text('ui.close')}
            </Button>
            <Button tone="primary" onPress={go} autoFocus>
              {text('handover.open')}
            </Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={text('handover.receive')} isOpen onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <p>{text('handover.receive.what')}</p>
        <FolderField
          label={text('handover.receive.folder')}
          help={text('handover.folder.help')}
          value={folder}
          onChange={change}
          autoFocus
        />
        {files === null ? null : files.length === 0 ? (
          <Notice tone="look">
            <p>{text('handover.receive.none')}</p>
          </Notice>
        ) : (
          <Select
            label={text('handover.receive.file')}
            choices={files.map((file) => ({ id: file.path, label: nameOf(file.path) }))}
            value={path}
            onChange={setPath}
          />
        )}
        {action.isBusy ? <Progress label={text('handover.working')} /> : null}
        {action.failure === null ? null : <ErrorPanel code={action.failure} />}
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
            {text(path === null ? 'handover.receive.look' : 'handover.receive')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
