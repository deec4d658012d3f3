// Verifying a backup: it is restored into a folder that goes again, and what was found in it is said.
import { useState } from 'react';
import type { BackupContent } from '../../../shared/contract/backup.ts';
import type { Output } from '../../../shared/contract/channels.ts';
import { call } from '../../lib/bridge.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { BackupList } from '../../ui/BackupList.tsx';
import { Button } from '../../ui/Button.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './VaultScreen.module.css';

export function BackupVerify({ folder: known }: { folder: string }) {
  const text = useText();
  const [folder, setFolder] = useState(known);
  const [files, setFiles] = useState<Output<'backup.find'>['files'] | null>(null);
  const [words, setWords] = useState('');
  const [content, setContent] = useState<BackupContent | null>(null);
  const [isVerifying, setVerifying] = useState(false);
  const action = useAction();
  const find = () =>
    void action.run(async () => {
      setContent(null);
      setFiles((await call('backup.find', { folder: folder.trim() })).files);
    });
  const verify = (path: string) => {
    setContent(null);
    setVerifying(true);
    const recoveryKey = words.trim() === '' ? null : words;
    void action
      .run(async () => setContent(await call('backup.verify', { path, recoveryKey })))
      .finally(() => setVerifying(false));
  };
  return (
    <div className={styles.stack}>
      <p className={styles.text}>{text('backup-page.verify.what')}</p>
      <FolderField label={text('backup-page.folder')} value={folder} onChange={setFolder} />
      <TextField
        label={text('backup-page.verify.key')}
        help={text('backup-page.verify.key.help')}
        value={words}
        onChange={setWords}
        maxLength={200}
        mono
      />
      <div>
        <Button onPress={find} isDisabled={action.isBusy || folder.trim() === ''}>
          {text('backup-page.find')}
        </Button>
      </div>
      {files === null ? null : (
        <BackupList files={files} doId="backup-page.verify.do" isBusy={action.isBusy} onDo={verify} />
      )}
      {isVerifying ? (
        <>
          <Progress label={text('backup-page.step.checking')} />
          <div>
            <Button keyName="x" onPress={() => void call('backup.cancel', {}).catch(() => undefined)}>
              {text('backup-page.stop')}
            </Button>
          </div>
        </>
      ) : null}
      {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
      {content === null ? null : (
        <Notice tone={content.auditWhole ? 'plain' : 'look'} title={text('backup-page.verified')}>
          <p>
            {text('backup-page.content', {
              examinations: content.examinations,
              pictures: content.pictures,
              entries: content.auditEntries,
            })}
          </p>
          {content.missing > 0 ? <p>{text('backup-page.missing', { count: content.missing })}</p> : null}
          {content.auditWhole ? null : <p>{text('backup-page.audit-broken')}</p>}
        </Notice>
      )}
    </div>
  );
}
