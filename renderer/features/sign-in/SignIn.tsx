// After a start: whoever comes first types their sign-in name and their secret, and the store opens.
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useVault } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Entrance } from './Entrance.tsx';
import styles from './Entrance.module.css';
import { Recover } from './Recover.tsx';
import { SecretForm } from './SecretForm.tsx';
import { Waiting } from './Waiting.tsx';

export function SignIn() {
  const text = useText();
  const [isRecovering, setRecovering] = useState(false);
  const [name, setName] = useState('');
  const [isRead, setRead] = useState(false);
  const version = useVault(({ state }) => state?.version ?? '');
  const waiting = useVault(({ state }) => state?.waiting ?? null);
  // A document reader types fillers, and no name has any: the window of a closed store shows nothing of a traveller.
  const type = (typed: string) => {
    const isReader = typed.includes('<');
    if (isReader) setRead(true);
    setName(isReader ? '' : typed);
  };
  if (isRecovering) return <Recover onBack={() => setRecovering(false)} />;
  return (
    <Entrance title={text('sign-in.title')}>
      <p>{text('sign-in.sealed')}</p>
      {waiting === null ? null : <Waiting {...waiting} />}
      <SecretForm
        who={name.trim() === '' ? null : { name: name.trim() }}
        aside={
          <Button tone="quiet" icon={<KeyRound size={20} />} onPress={() => setRecovering(true)}>
            {text('sign-in.with-recovery-key')}
          </Button>
        }
      >
        <TextField
          label={text('person.sign-in-name')}
          value={name}
          onChange={type}
          maxLength={60}
          autoFocus
        />
        {isRead ? <Notice tone="look">{text('sign-in.reader')}</Notice> : null}
      </SecretForm>
      <div className={styles.lines}>
        <p>{text('sign-in.forgotten')}</p>
        <p>{text('settings.version', { version })}</p>
      </div>
    </Entrance>
  );
}
