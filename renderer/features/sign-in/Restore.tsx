// A station from a backup, where none is yet: the folder, the backup, the recovery key that belongs to it.
import { useState } from 'react';
import type { Output } from '../../../shared/contract/channels.ts';
import { call } from '../../lib/bridge.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { askVault } from '../../lib/store-vault.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { BackupList } from '../../ui/BackupList.tsx';
import { Button } from '../../ui/Button.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Entrance } from './Entrance.tsx';
import styles from './Entrance.module.css';

export function Restore({ onBack }: { onBack: () => void }) {
  const text = useText();
  const [folder, setFolder] = useState('');
  const [words, setWords] = useState('');
  const [files, setFiles] = useState<Output<'backup.find'>['files'] | null>(null);
  const [done, setDone] = useState<Output<'backup.restore'> | null>(null);
  const [isRestoring, setRestoring] = useState(false);
  const action = useAction();
  const back: Hotkey = {
    keys: ['Escape'],
    textId: 'ui.back',
    run: onBack,
    whileTyping: true,
    enabled: () => !action.isBusy && done === null,
  };
  useHotkeys({ titleId: 'restore.title', hotkeys: [back] });
  const find = () =>
    void action.run(async () => setFiles((await call('backup.find', { folder: folder.trim() })).files));
  const restore = (path: string) => {
    setRestoring(true);
    void action
      .run(async () => setDone(await call('backup.restore', { path, recoveryKey: words })))
      .finally(() => setRestoring(false));
  };
  if (done !== null) {
    const { content, erasedAgain } = done;
    return (
      <Entrance title={text('restore.done')}>
        <p>
          {text('backup-page.content', {
            examinations: content.examinations,
            pictures: content.pictures,
            entries: content.auditEntries,
          })}
        </p>
        {erasedAgain > 0 ? <p>{text('restore.erased', { count: erasedAgain })}</p> : null}
        {content.missing > 0 ? (
          <Notice tone="look">
            <p>{text('backup-page.missing', { count: content.missing })}</p>
          </Notice>
        ) : null}
        <p>{text('restore.then')}</p>
        <div className={styles.buttons}>
          <Button tone="primary" keyName="Enter" onPress={() => void askVault().then(onBack)} autoFocus>
            {text('sign-in.do')}
          </Button>
        </div>
      </Entrance>
    );
  }
  return (
    <Entrance title={text('restore.title')} wide>
      <p>{text('restore.what')}</p>
      <FolderField label={text('restore.folder')} value={folder} onChange={setFolder} autoFocus />
      <TextField
        label={text('recovery.key')}
        help={text('restore.key.help')}
        value={words}
        onChange={setWords}
        maxLength={200}
        lines
        mono
      />
      {files === null ? null : (
        <BackupList
          files={files}
          doId="restore.do"
          isBusy={action.isBusy || words.trim() === ''}
          onDo={restore}
        />
      )}
      {isRestoring ? <Progress label={text('backup-page.step.restoring')} /> : null}
      {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
      <div className={styles.buttons}>
        <Button keyName="Escape" onPress={onBack} isDisabled={action.isBusy}>
          {text('ui.back')}
        </Button>
        <Button onPress={find} isDisabled={action.isBusy || folder.trim() === ''}>
          {text('backup-page.find')}
        </Button>
      </div>
    </Entrance>
  );
}
