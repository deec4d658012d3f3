// Settings of this station and its officers, on one screen.
import { type FormEvent, useEffect, useState } from 'react';
import { failureCodeOf } from '../../lib/bridge.ts';
import { saveSettings, useStation } from '../../lib/store-station.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { type FormValues, faultsOf, formOf, settingsOf } from './form.ts';
import { Officers } from './Officers.tsx';
import { ScanFolder } from './ScanFolder.tsx';
import styles from './SettingsScreen.module.css';
import { type GroupProps, PlaceGroup, PolicyGroup, WindowGroup } from './StationForm.tsx';

export function SettingsScreen() {
  const text = useText();
  const state = useStation((station) => station.state);
  if (!state?.settings) return null;
  return (
    <div className={styles.screen}>
      <StationPart key={JSON.stringify(state.settings)} initial={formOf(state.settings)} />
      <div className={styles.side}>
        <Officers state={state} />
        <ScanFolder />
        <section className={styles.about} aria-label={text('settings.about')}>
          <h2>{text('settings.about')}</h2>
          <p>{text('settings.version', { version: state.version })}</p>
          <p>{text('settings.data-folder')}</p>
          <p className={styles.folder}>{state.dataFolder}</p>
        </section>
      </div>
    </div>
  );
}

/** How long "Saved" stays beside the button, in milliseconds. */
const SAVED_SHOWN_MS = 4000;
let savedAt = 0;

function StationPart({ initial }: { initial: FormValues }) {
  const text = useText();
  const [values, setValues] = useState(initial);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [isSaved, setSaved] = useState(() => Date.now() - savedAt < SAVED_SHOWN_MS);
  useEffect(() => {
    if (!isSaved) return undefined;
    const timer = setTimeout(() => setSaved(false), SAVED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isSaved]);
  const faults = faultsOf(values, false);
  const isChanged = JSON.stringify(values) !== JSON.stringify(initial);
  const save = async () => {
    if (Object.keys(faults).length > 0 || isSaving || !isChanged) return;
    setSaving(true);
    // The saved settings come back as a new form, so the moment is kept outside of it.
    savedAt = Date.now();
    try {
      await saveSettings(settingsOf(values));
      setFailure(null);
      setSaved(true);
    } catch (thrown) {
      savedAt = 0;
      setFailure(failureCodeOf(thrown));
    } finally {
      setSaving(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  const group: GroupProps = {
    values,
    faults,
    onChange: (part) => setValues((old) => ({ ...old, ...part })),
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.scroll}>
        <PlaceGroup {...group} />
        <PolicyGroup {...group} />
      </div>
      <div className={styles.window}>
        <WindowGroup {...group} />
      </div>
      <footer className={styles.foot}>
        {failure ? <ErrorPanel code={failure} /> : null}
        <div className={styles.footRow}>
          <Button type="submit" tone="primary" keyName="Enter" isDisabled={!isChanged || isSaving}>
            {text('ui.save')}
          </Button>
          <div role="status">
            {isSaved && !isChanged ? <Notice>{text('settings.saved')}</Notice> : null}
            {isChanged ? <span className={styles.quiet}>{text('settings.not-saved')}</span> : null}
          </div>
        </div>
      </footer>
    </form>
  );
}
