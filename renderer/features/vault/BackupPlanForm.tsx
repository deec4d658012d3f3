// The plan of backups: how often, where to, and how many are kept.
import { type FormEvent, useState } from 'react';
import type { BackupPlan, BackupState } from '../../../shared/contract/backup.ts';
import { call } from '../../lib/bridge.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './VaultScreen.module.css';

const MOST = { everyHours: 168, keep: 100 } as const;

interface BackupPlanFormProps {
  plan: BackupPlan;
  onSaved: (state: BackupState) => void;
}

export function BackupPlanForm({ plan, onSaved }: BackupPlanFormProps) {
  const text = useText();
  const [folder, setFolder] = useState(plan.folder ?? '');
  const [everyHours, setEveryHours] = useState(String(plan.everyHours));
  const [keep, setKeep] = useState(String(plan.keep));
  const action = useAction();
  const wanted: BackupPlan = {
    folder: folder.trim() === '' ? null : folder.trim(),
    everyHours: Number(everyHours),
    keep: Number(keep),
  };
  const fault = (field: keyof typeof MOST): string | null =>
    wanted[field] >= 1 && wanted[field] <= MOST[field]
      ? null
      : text('backup-page.plan.fault', { most: MOST[field] });
  const isChanged =
    wanted.folder !== plan.folder || wanted.everyHours !== plan.everyHours || wanted.keep !== plan.keep;
  const cannot = action.isBusy || !isChanged || fault('everyHours') !== null || fault('keep') !== null;
  const digits = (typed: string): string => typed.replaceAll(/\D/gu, '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!cannot) void action.run(async () => onSaved(await call('backup.plan', wanted)));
  };
  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <FolderField
        label={text('backup-page.plan.folder')}
        help={text('backup-page.plan.folder.help')}
        value={folder}
        onChange={setFolder}
      />
      <div className={styles.fields}>
        <TextField
          label={text('backup-page.plan.every')}
          value={everyHours}
          onChange={(typed) => setEveryHours(digits(typed))}
          fault={fault('everyHours')}
          inputMode="numeric"
          maxLength={3}
        />
        <TextField
          label={text('backup-page.plan.keep')}
          value={keep}
          onChange={(typed) => setKeep(digits(typed))}
          fault={fault('keep')}
          inputMode="numeric"
          maxLength={3}
        />
      </div>
      {action.failure ? <ErrorPanel code={action.failure} /> : null}
      <div>
        <Button type="submit" tone="primary" keyName="Enter" isDisabled={cannot}>
          {text('ui.save')}
        </Button>
      </div>
    </form>
  );
}
