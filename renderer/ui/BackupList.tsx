// The backups in a folder, newest first, each with a button that does something with it.
import type { Output } from '../../shared/contract/channels.ts';
import { dateTimeIn } from '../lib/time.ts';
import { useStation } from '../lib/store-station.ts';
import { useLanguage, useText } from '../text/TextProvider.tsx';
import { megabytes } from './backup-words.ts';
import styles from './BackupList.module.css';
import { Button } from './Button.tsx';
import { EmptyState } from './EmptyState.tsx';

type BackupFile = Output<'backup.find'>['files'][number];

interface BackupListProps {
  files: readonly BackupFile[];
  /** Catalogue id of the word on each button. */
  doId: string;
  isBusy: boolean;
  onDo: (path: string) => void;
}

export function BackupList({ files, doId, isBusy, onDo }: BackupListProps) {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation((station) => station.state?.settings?.timeZone);
  if (files.length === 0) return <EmptyState title={text('backup-page.none-here')} />;
  return (
    <ul className={styles.list}>
      {files.map(({ path, bytes, madeAt, version }) => (
        <li key={path} className={styles.file}>
          <div className={styles.words}>
            <p className={styles.made}>
              {text('backup-page.file', {
                time: dateTimeIn(timeZone ?? 'UTC', new Date(madeAt), language),
                zone: timeZone ?? 'UTC',
                size: megabytes(bytes),
                version,
              })}
            </p>
            <p className={styles.path}>{path}</p>
          </div>
          <Button onPress={() => onDo(path)} isDisabled={isBusy}>
            {text(doId)}
          </Button>
        </li>
      ))}
    </ul>
  );
}
