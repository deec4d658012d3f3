// Another secret of one's own: the one before, and the new one twice.
import { type FormEvent, type ReactNode, useState } from 'react';
import { failureCodeOf } from '../lib/bridge.ts';
import { secretFaults } from '../lib/person-form.ts';
import { changeSecret } from '../lib/store-vault.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from './Button.tsx';
import { ErrorPanel } from './Notice.tsx';
import { Progress } from './Progress.tsx';
import { NewSecret, SecretField } from './SecretField.tsx';
import styles from './SecretField.module.css';

interface ChangeSecretProps {
  /** Buttons before the one that changes it. */
  aside?: ReactNode;
  onDone?: () => void;
}

export function ChangeSecret({ aside, onDone }: ChangeSecretProps) {
  const text = useText();
  const [old, setOld] = useState('');
  const [values, setValues] = useState({ secret: '', again: '' });
  const [showsFaults, setShowsFaults] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const faults = secretFaults(values);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setShowsFaults(true);
    if (old === '' || Object.keys(faults).length > 0 || isSaving) return;
    setSaving(true);
    try {
      await changeSecret({ secret: old, newSecret: values.secret });
      onDone?.();
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
    }
    setSaving(false);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <SecretField
        label={text('secret-field.old')}
        value={old}
        onChange={setOld}
        fault={showsFaults && old === '' ? text('secret-field.fault.old') : null}
        autoFocus
      />
      <NewSecret
        values={values}
        faults={showsFaults ? faults : {}}
        onChange={(change) => setValues((before) => ({ ...before, ...change }))}
      />
      {isSaving ? <Progress label={text('secret-field.changing')} /> : null}
      {failure === null || isSaving ? null : <ErrorPanel code={failure} tone="look" />}
      <div className={styles.buttons}>
        {aside}
        <Button type="submit" tone="primary" keyName="Enter" isDisabled={isSaving}>
          {text('secret-field.change')}
        </Button>
      </div>
    </form>
  );
}
