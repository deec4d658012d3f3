// The first start on a machine: one screen, then the officer works.
import { type FormEvent, useState } from 'react';
import { failureCodeOf } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { setUpStation } from '../../lib/store-station.ts';
import { languageFor } from '../../text/catalogue.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './FirstRun.module.css';
import { emptyForm, type FormValues, faultsOf, ROLES, settingsOf } from './form.ts';
import { type GroupProps, PlaceGroup, PolicyGroup, WindowGroup } from './StationForm.tsx';

export function FirstRun() {
  const text = useText();
  const [values, setValues] = useState<FormValues>(() => emptyForm(languageFor(navigator.languages)));
  // Minted once, so that a second press after a lost answer does not make a second officer.
  const [officerId] = useState(newId);
  const [showsFaults, setShowsFaults] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const faults = faultsOf(values, true);
  const shown = showsFaults ? faults : {};
  const change = (part: Partial<FormValues>) => setValues((old) => ({ ...old, ...part }));
  const save = async () => {
    setShowsFaults(true);
    if (Object.keys(faults).length > 0 || isSaving) return;
    setSaving(true);
    try {
      const officer = { id: officerId, name: values.officerName.trim(), role: values.officerRole };
      await setUpStation(settingsOf(values), officer);
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
      setSaving(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  const group: GroupProps = { values, faults: shown, onChange: change };
  return (
    <main className={styles.page}>
      <form className={styles.sheet} onSubmit={submit} noValidate>
        <header className={styles.head}>
          <h1>{text('settings.first-run.title')}</h1>
          <p>{text('settings.first-run.help')}</p>
        </header>
        <div className={styles.columns}>
          <div className={styles.column}>
            <PlaceGroup {...group} focusFirst />
            <PolicyGroup {...group} />
          </div>
          <div className={styles.column}>
            <fieldset className={styles.group}>
              <legend>{text('settings.group.officer')}</legend>
              <TextField
                label={text('settings.officer-name')}
                value={values.officerName}
                onChange={(officerName) => change({ officerName })}
                fault={shown.officerName ? text(shown.officerName) : null}
                maxLength={120}
              />
              <Choices
                label={text('settings.officer-role')}
                value={values.officerRole}
                onChange={(id) => change({ officerRole: id as FormValues['officerRole'] })}
                choices={ROLES.map((id) => ({ id, label: text(`role.${id}`) }))}
              />
            </fieldset>
            <WindowGroup {...group} />
          </div>
        </div>
        <footer className={styles.foot}>
          {failure ? <ErrorPanel code={failure} /> : null}
          <div className={styles.footRow}>
            {Object.keys(shown).length > 0 ? (
              <Notice tone="look">
                <p>{text('settings.missing', { count: Object.keys(shown).length })}</p>
              </Notice>
            ) : (
              <p className={styles.quiet}>{text('settings.first-run.later')}</p>
            )}
            <Button type="submit" tone="primary" size="big" keyName="Enter" isDisabled={isSaving}>
              {text('settings.first-run.save')}
            </Button>
          </div>
        </footer>
      </form>
    </main>
  );
}
