// Settings: what the administrator sets for the station, and what everybody sets for their own eyes and ears.
import { type FormEvent, useEffect, useState } from 'react';
import type { StationSettings } from '../../../shared/contract/records.ts';
import { failureCodeOf } from '../../lib/bridge.ts';
import { adjustSettings, saveSettings, useStation } from '../../lib/store-station.ts';
import { useCan, useVault } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { ChangeSecret } from '../../ui/ChangeSecret.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { DocumentTypes } from './DocumentTypes.tsx';
import { type FormValues, faultsOf, settingsOf } from './form.ts';
import { ScanFolder } from './ScanFolder.tsx';
import styles from './SettingsScreen.module.css';
import {
  type GroupProps,
  LockGroup,
  PlaceGroup,
  PolicyGroup,
  SignatureGroup,
  WindowGroup,
} from './StationForm.tsx';

export function SettingsScreen() {
  const settings = useStation((station) => station.state?.settings ?? null);
  const maySave = useCan('settings.save');
  const mayWatch = useCan('scans.watch');
  if (settings === null) return null;
  return (
    <div className={styles.screen}>
      {maySave ? (
        <StationPart key={JSON.stringify(stationPartOf(settings))} settings={settings} />
      ) : (
        <div className={styles.scroll}>
          <WindowPart settings={settings} />
          <OwnSecret />
        </div>
      )}
      <div className={styles.side}>
        {maySave ? <WindowPart settings={settings} /> : null}
        {mayWatch ? <ScanFolder /> : null}
        {maySave ? <DocumentTypes /> : null}
        {maySave ? <OwnSecret /> : null}
        <About />
      </div>
    </div>
  );
}

function About() {
  const text = useText();
  const version = useVault(({ state }) => state?.version ?? '');
  const dataFolder = useVault(({ state }) => state?.dataFolder ?? '');
  return (
    <section className={styles.about} aria-label={text('settings.about')}>
      <h2>{text('settings.about')}</h2>
      <p>{text('settings.version', { version })}</p>
      <p>{text('settings.data-folder')}</p>
      <p className={styles.folder}>{dataFolder}</p>
    </section>
  );
}

/** The secret with which whoever sits here signs in. */
function OwnSecret() {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const [isDone, setDone] = useState(false);
  const close = () => setOpen(false);
  return (
    <Panel title={text('settings.own-secret')}>
      <div className={styles.footRow}>
        <Button
          onPress={() => {
            setDone(false);
            setOpen(true);
          }}
        >
          {text('secret-field.change')}
        </Button>
        <div role="status">{isDone ? <Notice>{text('secret-field.changed')}</Notice> : null}</div>
      </div>
      <Dialog title={text('settings.own-secret')} isOpen={isOpen} onClose={close}>
        <ChangeSecret
          onDone={() => {
            close();
            setDone(true);
          }}
          aside={
            <Button keyName="Escape" onPress={close}>
              {text('ui.cancel')}
            </Button>
          }
        />
      </Dialog>
    </Panel>
  );
}

/** Taken at once: a look is chosen by looking. */
function WindowPart({ settings }: { settings: StationSettings }) {
  const text = useText();
  const [failure, setFailure] = useState<string | null>(null);
  const { theme, sound, cameraLabel } = settings;
  const adjust = async (change: Partial<Pick<StationSettings, 'theme' | 'sound' | 'cameraLabel'>>) => {
    try {
      await adjustSettings({ theme, sound, cameraLabel, ...change });
      setFailure(null);
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
    }
  };
  return (
    <div className={styles.window}>
      <WindowGroup values={settings} onChange={(change) => void adjust(change)} />
      {failure ? <ErrorPanel code={failure} /> : null}
      <p className={styles.quiet}>{text('settings.at-once')}</p>
    </div>
  );
}

/** What the form of the station changes; the rest is everybody's. */
function stationPartOf({ theme: _theme, sound: _sound, cameraLabel: _camera, ...rest }: StationSettings) {
  return rest;
}

/** How long "Saved" stays beside the button, in milliseconds. */
const SAVED_SHOWN_MS = 4000;
let savedAt = 0;

function StationPart({ settings }: { settings: StationSettings }) {
  const text = useText();
  const [values, setValues] = useState<FormValues>(settings);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [isSaved, setSaved] = useState(() => Date.now() - savedAt < SAVED_SHOWN_MS);
  useEffect(() => {
    if (!isSaved) return undefined;
    const timer = setTimeout(() => setSaved(false), SAVED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isSaved]);
  const { theme, sound, cameraLabel } = settings;
  const wanted: FormValues = { ...values, theme, sound, cameraLabel };
  const faults = faultsOf(wanted);
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(settings);
  const save = async () => {
    if (Object.keys(faults).length > 0 || isSaving || !isChanged) return;
    setSaving(true);
    // The saved settings come back as a new form, so the moment is kept outside of it.
    savedAt = Date.now();
    try {
      await saveSettings(settingsOf(wanted));
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
        <SignatureGroup {...group} />
        <LockGroup {...group} />
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
