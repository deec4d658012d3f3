// The other way in: the recovery key opens the store, and whoever holds it becomes its administrator.
import { type FormEvent, useState } from 'react';
import { fromGroupedCode } from '../../../shared/contract/grouped-code.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { newId } from '../../lib/id.ts';
import { NO_PERSON, personFaults } from '../../lib/person-form.ts';
import { RECOVERY_BYTES } from '../../lib/recovery-words.ts';
import { recover } from '../../lib/store-vault.ts';
import { type TextOf, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { PersonFields } from '../../ui/SecretField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Entrance } from './Entrance.tsx';
import styles from './Entrance.module.css';
import { type Refusal, refusalOf, Refused, useSecondsLeft } from './Refused.tsx';

/** What is wrong with a recovery key as typed, in words: which groups, where their check says so. */
function keyFault(text: TextOf, typed: string): string | null {
  const code = fromGroupedCode(typed, RECOVERY_BYTES);
  if (code.ok) return null;
  if (code.groups.length === 0) return text('recovery.fault.length');
  return text('recovery.fault.groups', {
    count: code.groups.length,
    groups: code.groups.map((group) => group + 1).join(', '),
  });
}

export function Recover({ onBack }: { onBack: () => void }) {
  const text = useText();
  const [words, setWords] = useState('');
  const [values, setValues] = useState(NO_PERSON);
  // Minted once, so that a second press after a lost answer does not make a second administrator.
  const [id] = useState(newId);
  const [showsFaults, setShowsFaults] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isAsking, setAsking] = useState(false);
  const secondsLeft = useSecondsLeft(refusal);
  const faults = personFaults(values);
  const wrongKey = keyFault(text, words);
  const hotkeys: Hotkey[] = [{ keys: ['Escape'], textId: 'ui.back', run: onBack, whileTyping: true }];
  useHotkeys({ titleId: 'recovery.use.title', hotkeys });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setShowsFaults(true);
    if (wrongKey !== null || Object.keys(faults).length > 0 || isAsking || secondsLeft > 0) return;
    setAsking(true);
    try {
      const { name, signInName, secret } = values;
      await recover({ recoveryKey: words, administrator: { id, name, signInName, secret } });
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
      setAsking(false);
    }
  };
  return (
    <Entrance title={text('recovery.use.title')} wide>
      <p>{text('recovery.use.what')}</p>
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <div className={styles.columns}>
          <div className={styles.column}>
            <TextField
              label={text('recovery.key')}
              help={text('recovery.use.help')}
              value={words}
              onChange={setWords}
              fault={showsFaults || words.length > 40 ? wrongKey : null}
              maxLength={200}
              autoFocus
              lines
              mono
            />
            <p className={styles.quiet}>{text('recovery.use.who')}</p>
          </div>
          <div className={styles.column}>
            <PersonFields
              values={values}
              faults={showsFaults ? faults : {}}
              onChange={(change) => setValues((old) => ({ ...old, ...change }))}
            />
          </div>
        </div>
        {isAsking ? <Progress label={text('sign-in.looking')} /> : null}
        {isAsking ? null : <Refused refusal={refusal} secondsLeft={secondsLeft} />}
        <div className={styles.buttons}>
          <Button keyName="Escape" onPress={onBack}>
            {text('ui.back')}
          </Button>
          <Button type="submit" tone="primary" isDisabled={isAsking || secondsLeft > 0}>
            {text('recovery.use.do')}
          </Button>
        </div>
      </form>
    </Entrance>
  );
}
