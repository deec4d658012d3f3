// Another secret of one's own: the one before, and the new one twice.
import { type FormEvent, type ReactNode, useState } from 'react';
import { secretFaults } from '../lib/person-form.ts';
import { changeSecret } from '../lib/store-vault.ts';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from './Button.tsx';
import { ErrorPanel } from './Notice.tsx';
import { Progress } from './Progress.tsx';
import { NewSecret } from './SecretField.tsx';
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
  const { run, isBusy, failure } = useAction();
  const faults = secretFaults(values, '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShowsFaults(true);
    if (old === '' || Object.keys(faults).length > 0) return;
    void run(async () => {
      await changeSecret({ secret: old, newSecret: values.secret });
      onDone?.();
    });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <NewSecret
        old={{
          label: text('secret-field.old'),
          value: old,
          onChange: setOld,
          fault: showsFaults && old === '' ? text('secret-field.fault.old') : null,
          autoFocus: true,
        }}
        values={values}
        faults={showsFaults ? faults : {}}
        onChange={(change) => setValues((before) => ({ ...before, ...change }))}
      />
      {isBusy ? <Progress label={text('secret-field.changing')} /> : null}
      {failure ? <ErrorPanel code={failure} tone="look" /> : null}
      <div className={styles.buttons}>
        {aside}
        <Button type="submit" tone="primary" keyName="Enter" isDisabled={isBusy}>
          {text('secret-field.change')}
        </Button>
      </div>
    </form>
  );
}
