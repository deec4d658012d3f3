// The secret of somebody who is known by name or by choice, sent to the station, and what it answers.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { SignIn } from '../../../shared/contract/vault.ts';
import { signIn } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { SecretField } from '../../ui/SecretField.tsx';
import styles from './Entrance.module.css';
import { type Refusal, refusalOf, Refused, useSecondsLeft } from './Refused.tsx';

interface SecretFormProps {
  /** Whose secret it is; null while they have not said. */
  who: Pick<SignIn, 'name'> | Pick<SignIn, 'officerId'> | null;
  /** Fields before the secret. */
  children?: ReactNode;
  /** Buttons before the one that signs in. */
  aside?: ReactNode;
  /** Puts the focus into the secret. */
  focusSecret?: boolean;
}

export function SecretForm({ who, children, aside, focusSecret = false }: SecretFormProps) {
  const text = useText();
  const [secret, setSecret] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isAsking, setAsking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const secondsLeft = useSecondsLeft(refusal);
  useEffect(() => {
    // Whoever mistyped goes on typing.
    if (refusal !== null) field.current?.focus();
  }, [refusal]);
  const cannot = who === null || secret === '' || isAsking || secondsLeft > 0;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (cannot) return;
    setAsking(true);
    try {
      await signIn({ ...who, secret });
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
    }
    setSecret('');
    setAsking(false);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      {children}
      <SecretField
        label={text('secret-field.label')}
        value={secret}
        onChange={setSecret}
        autoFocus={focusSecret}
        inputRef={field}
      />
      {isAsking ? (
        <Progress label={text('sign-in.looking')} />
      ) : (
        <Refused refusal={refusal} secondsLeft={secondsLeft} />
      )}
      <div className={styles.buttons}>
        {aside}
        <Button type="submit" tone="primary" size="big" keyName="Enter" isDisabled={cannot}>
          {text('sign-in.do')}
        </Button>
      </div>
    </form>
  );
}
