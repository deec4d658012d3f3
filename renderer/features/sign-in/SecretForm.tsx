// The secret of somebody who is known by name or by choice, sent to the station, and what it answers.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { SignIn } from '../../../shared/contract/vault.ts';
import { signIn } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
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

/** Whether a document reader typed this: a row of an MRZ (ICAO Doc 9303-3 §4.3), which is nobody's secret. */
const isRow = (typed: string): boolean => /^[a-z0-9<]{28,}$/iu.test(typed.trim()) && typed.includes('<<');

export function SecretForm({ who, children, aside, focusSecret = false }: SecretFormProps) {
  const text = useText();
  const [secret, setSecret] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isRead, setRead] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const secondsLeft = useSecondsLeft(refusal);
  useEffect(() => {
    // Whoever mistyped goes on typing.
    if (refusal !== null) field.current?.focus();
  }, [refusal]);
  const cannot = who === null || secret === '' || isAsking || secondsLeft > 0;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // A passport laid on the reader of a locked window is no wrong secret: ten of them would lock the name.
    if (isRow(secret)) {
      setSecret('');
      setRead(true);
      return;
    }
    if (cannot) return;
    setRead(false);
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
      {isRead ? <Notice tone="look">{text('sign-in.reader')}</Notice> : null}
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
