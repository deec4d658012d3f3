// Backups: how they stand, one now, the plan for more, one verified; and the diagnostics bundle.
import { useEffect, useState } from 'react';
import type { BackupState } from '../../../shared/contract/backup.ts';
import { call, listen } from '../../lib/bridge.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { useStation } from '../../lib/store-station.ts';
import { useCan } from '../../lib/store-vault.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useAction } from '../../lib/use-action.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { megabytes } from '../../ui/backup-words.ts';
import { Button } from '../../ui/Button.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { BackupPlanForm } from './BackupPlanForm.tsx';
import { BackupVerify } from './BackupVerify.tsx';
import styles from './VaultScreen.module.css';

export function BackupPage() {
  const text = useText();
  const mayPlan = useCan('backup.plan');
  const [state, setState] = useState<BackupState | null>(null);
  const { run, failure } = useAction();
  useEffect(() => {
    void run(async () => setState(await call('backup.state', {})));
    return listen('backup.changed', () => void call('backup.state', {}).then(setState, () => undefined));
  }, [run]);
  if (state === null) return failure ? <ErrorPanel code={failure} /> : null;
  return (
    <>
      <NowPart state={state} />
      {mayPlan ? (
        <Panel title={text('backup-page.plan')}>
          <BackupPlanForm
            key={`${state.folder} ${state.everyHours} ${state.keep}`}
            plan={state}
            onSaved={setState}
          />
        </Panel>
      ) : null}
      <Panel title={text('backup-page.verify')}>
        <BackupVerify folder={state.folder ?? ''} />
      </Panel>
      <DiagnosticsPart />
    </>
  );
}

function NowPart({ state }: { state: BackupState }) {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation((station) => station.state?.settings?.timeZone ?? 'UTC');
  const [folder, setFolder] = useState('');
  const [done, setDone] = useState<string | null>(null);
  const action = useAction();
  const { last, dueAt, running, trouble } = state;
  const time = (at: string) => dateTimeIn(timeZone, new Date(at), language);
  const named = folder.trim() === '' ? null : folder.trim();
  const make = () =>
    void action.run(async () => {
      setDone(null);
      const made = await call('backup.create', { folder: named });
      const { examinations, pictures } = made.content;
      setDone(
        text('backup-page.made', { examinations, pictures, size: megabytes(made.bytes), path: made.path }),
      );
    });
  return (
    <Panel title={text('backup-page.now')}>
      <div className={styles.stack}>
        <p className={styles.text}>{text('backup-page.what')}</p>
        {last === null ? (
          <Notice tone="look">
            <p>{text('backup-page.last.none')}</p>
          </Notice>
        ) : (
          <p>
            {text('backup-page.last', {
              time: time(last.at),
              examinations: last.examinations,
              size: megabytes(last.bytes),
            })}
          </p>
        )}
        {last !== null && last.missing > 0 ? (
          <Notice tone="look">
            <p>{text('backup-page.missing', { count: last.missing })}</p>
          </Notice>
        ) : null}
        <p className={styles.quiet}>
          {dueAt === null ? text('backup-page.due.none') : text('backup-page.due', { time: time(dueAt) })}
        </p>
        {trouble === null ? null : <ErrorPanel code={trouble} />}
        <FolderField
          label={text('backup-page.folder')}
          help={text(state.folder === null ? 'backup-page.folder.help' : 'backup-page.folder.plan')}
          value={folder}
          onChange={setFolder}
        />
        <div>
          <Button
            onPress={make}
            isDisabled={action.isBusy || running !== null || (named === null && state.folder === null)}
          >
            {text('backup-page.create')}
          </Button>
        </div>
        {running === null ? null : <UnderWay running={running} />}
        {action.isBusy && running === null ? <Progress label={text('backup-page.step.writing')} /> : null}
        {action.failure ? (
          <ErrorPanel
            code={action.failure}
            tone={action.failure === 'backup-cancelled' ? 'look' : 'trouble'}
          />
        ) : null}
        <div role="status">{done === null ? null : <Notice>{done}</Notice>}</div>
      </div>
    </Panel>
  );
}

/** How far it is, and its end: nothing half made stays, so nobody is asked twice. */
function UnderWay({ running }: { running: NonNullable<BackupState['running']> }) {
  const text = useText();
  const { run, isBusy } = useAction();
  const stop = () => void run(async () => void (await call('backup.cancel', {})));
  useHotkeys({
    titleId: 'backup-page.now',
    hotkeys: [{ keys: ['x'], textId: 'backup-page.stop', run: stop }],
  });
  return (
    <>
      <Progress label={text(`backup-page.step.${running.step}`)} value={running.share} />
      <div>
        <Button keyName="x" onPress={stop} isDisabled={isBusy}>
          {text('backup-page.stop')}
        </Button>
      </div>
    </>
  );
}

function DiagnosticsPart() {
  const text = useText();
  const [folder, setFolder] = useState('');
  const [path, setPath] = useState<string | null>(null);
  const action = useAction();
  const save = () =>
    void action.run(async () => {
      setPath(null);
      setPath((await call('diagnostics.save', { folder: folder.trim() })).path);
    });
  return (
    <Panel title={text('diagnostics.title')}>
      <div className={styles.stack}>
        <p className={styles.text}>{text('diagnostics.what')}</p>
        <FolderField label={text('backup-page.folder')} value={folder} onChange={setFolder} />
        <div>
          <Button onPress={save} isDisabled={action.isBusy || folder.trim() === ''}>
            {text('diagnostics.save')}
          </Button>
        </div>
        {action.failure ? <ErrorPanel code={action.failure} /> : null}
        <div role="status">
          {path === null ? null : <Notice>{text('diagnostics.saved', { path })}</Notice>}
        </div>
      </div>
    </Panel>
  );
}
