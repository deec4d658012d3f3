// Which file of a stick is to be read: first what lies in a folder for this station, then the one that was chosen.
import { type FormEvent, useState } from 'react';
import type { BundleFile } from '../../shared/contract/bundles.ts';
import { call } from '../lib/bridge.ts';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from './Button.tsx';
import styles from './FileForm.module.css';
import { FileWork } from './FileWork.tsx';
import { FolderField } from './FolderField.tsx';
import { ErrorPanel, Notice } from './Notice.tsx';
import { Select } from './Select.tsx';

interface FileChooserProps {
  /** What is read here, in a sentence. */
  what: string;
  /** Words of the button that reads the chosen file. */
  label: string;
  onRead: (path: string) => Promise<void>;
  onClose: () => void;
}

const nameOf = (path: string): string => path.split(/[\\/]/u).at(-1) ?? path;

export function FileChooser({ what, label, onRead, onClose }: FileChooserProps) {
  const text = useText();
  const [folder, setFolder] = useState('');
  const [files, setFiles] = useState<BundleFile[] | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const action = useAction();
  const close = () => {
    if (!action.isBusy) onClose();
  };

  async function act(): Promise<void> {
    if (path !== null) return onRead(path);
    const found = await call('bundle.find', { folder: folder.trim() });
    setFiles(found.files);
    setPath(found.files[0]?.path ?? null);
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (folder.trim() !== '') void action.run(act);
  };
  const change = (chosen: string) => {
    setFolder(chosen);
    setFiles(null);
    setPath(null);
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p>{what}</p>
      <FolderField
        label={text('handover.receive.folder')}
        help={text('handover.folder.help')}
        value={folder}
        onChange={change}
        isDisabled={action.isBusy}
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
          isDisabled={action.isBusy}
        />
      )}
      {action.isBusy ? <FileWork /> : null}
      {action.failure === null ? null : (
        <ErrorPanel code={action.failure} tone={action.failure === 'bundle-cancelled' ? 'look' : 'trouble'} />
      )}
      <div className={styles.buttons}>
        <Button keyName="Escape" isDisabled={action.isBusy} onPress={close}>
          {text('ui.cancel')}
        </Button>
        <Button
          type="submit"
          tone="primary"
          keyName="Enter"
          isDisabled={action.isBusy || folder.trim() === ''}
        >
          {path === null ? text('handover.receive.look') : label}
        </Button>
      </div>
    </form>
  );
}
