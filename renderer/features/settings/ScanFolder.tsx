// The folder where a page scanner saves: which it is, what becomes of its files, and what is wrong with it.
import { type FormEvent, useEffect, useState } from 'react';
import type { WatchSettings } from '../../../shared/contract/scans.ts';
import { call, failureCodeOf } from '../../lib/bridge.ts';
import { dropScans, followScans, saveWatch, useScans } from '../../lib/store-scans.ts';
import { useVault } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ScanFolder.module.css';

type Afterwards = WatchSettings['afterwards'];

const AFTERWARDS: readonly Afterwards[] = ['keep', 'remove'];

export function ScanFolder() {
  const text = useText();
  const state = useScans((scans) => scans.state);
  useEffect(followScans, []);
  return (
    <Panel title={text('folder.title')}>
      {state === null ? null : (
        <Form
          key={`${state.folder} ${state.afterwards}`}
          initial={{ folder: state.folder, afterwards: state.afterwards }}
          trouble={state.trouble}
        />
      )}
      {state !== null && state.waiting > 0 ? <Waiting count={state.waiting} /> : null}
    </Panel>
  );
}

function Form({ initial, trouble }: { initial: WatchSettings; trouble: string | null }) {
  const text = useText();
  const canPick = useVault((vault) => vault.state?.shell.pickFile ?? false);
  const [folder, setFolder] = useState(initial.folder ?? '');
  const [afterwards, setAfterwards] = useState(initial.afterwards);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const isChanged = folder.trim() !== (initial.folder ?? '') || afterwards !== initial.afterwards;
  const wrong = failure ?? (isChanged ? null : trouble);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged || isSaving) return;
    setSaving(true);
    try {
      await saveWatch({ folder: folder.trim() === '' ? null : folder.trim(), afterwards });
      setFailure(null);
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
    } finally {
      setSaving(false);
    }
  };
  const pick = async () => {
    try {
      const picked = await call('shell.pickFolder', {});
      if (picked.folder !== null) setFolder(picked.folder);
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)} noValidate>
      <div className={styles.path}>
        <TextField
          label={text('folder.path')}
          help={text('folder.path.help')}
          value={folder}
          onChange={setFolder}
          maxLength={1000}
          mono
        />
        {canPick ? <Button onPress={() => void pick()}>{text('folder.choose')}</Button> : null}
      </div>
      {wrong === null ? null : (
        <div ref={intoView} key={wrong}>
          <ErrorPanel code={wrong} tone="look" />
        </div>
      )}
      <Choices
        label={text('folder.afterwards')}
        value={afterwards}
        onChange={(id) => setAfterwards(id as Afterwards)}
        choices={AFTERWARDS.map((id) => ({ id, label: text(`folder.afterwards.${id}`) }))}
      />
      <div className={styles.foot}>
        <Button type="submit" tone="primary" isDisabled={!isChanged || isSaving}>
          {text('folder.apply')}
        </Button>
        {isChanged ? <span className={styles.quiet}>{text('settings.not-saved')}</span> : null}
        {!isChanged && initial.folder !== null && trouble === null ? (
          <Notice>{text('folder.watched')}</Notice>
        ) : null}
      </div>
    </form>
  );
}

/** On a small screen what is wrong would come up below the edge. */
function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** What no examination has taken yet; an officer may let it go. */
function Waiting({ count }: { count: number }) {
  const text = useText();
  const [failure, setFailure] = useState<string | null>(null);
  const drop = async () => {
    try {
      await dropScans();
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
    }
  };
  return (
    <div className={styles.waiting}>
      <div>
        <p>{text('folder.waiting', { count })}</p>
        <p className={styles.quiet}>{text('folder.drop.help')}</p>
      </div>
      <Button onPress={() => void drop()}>{text('folder.drop')}</Button>
      {failure === null ? null : <ErrorPanel code={failure} />}
    </div>
  );
}
