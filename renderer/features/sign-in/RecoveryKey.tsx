// The new recovery key, this once: to be printed or written down, and two of its groups asked back.
import { Printer } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { tidyCode } from '../../../shared/contract/grouped-code.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { printPage } from '../../lib/print.ts';
import { askedGroups, groupsOf } from '../../lib/recovery-words.ts';
import { useStation } from '../../lib/store-station.ts';
import { confirmRecoveryKey, type NewRecoveryKey } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Entrance } from './Entrance.tsx';
import styles from './Entrance.module.css';

export function RecoveryKey({ recovery }: { recovery: NewRecoveryKey }) {
  const text = useText();
  const groups = groupsOf(recovery.words);
  const [asked] = useState(() => askedGroups(groups.length, Math.random));
  const [typed, setTyped] = useState(['', '']);
  const [showsFaults, setShowsFaults] = useState(false);
  const settings = useStation((station) => station.state?.settings);
  const isRight = (at: number): boolean => tidyCode(typed[at] ?? '') === groups[asked[at] ?? 0];
  const print = () => void printPage();
  const hotkeys: Hotkey[] = [{ keys: ['Control+p'], textId: 'recovery.print', run: print }];
  useHotkeys({ titleId: 'recovery.title', hotkeys });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShowsFaults(true);
    if (isRight(0) && isRight(1)) void confirmRecoveryKey();
  };
  return (
    <Entrance title={text('recovery.title')} wide>
      <p className={styles.screenOnly}>{text('recovery.what')}</p>
      {settings ? (
        <p className={styles.paper}>
          {text('recovery.paper', { place: settings.place, code: settings.stationCode })}
        </p>
      ) : null}
      <ol className={styles.key} aria-label={text('recovery.key')}>
        {groups.map((group, at) => (
          // Two groups of a key may be alike; each is known by its place.
          <li key={`${at} ${group}`} className={styles.group}>
            <span className={styles.number}>{at + 1}</span>
            {group}
          </li>
        ))}
      </ol>
      <form className={`${styles.form} ${styles.screenOnly}`} onSubmit={submit} noValidate>
        <p>{text('recovery.type-back')}</p>
        <div className={styles.columns}>
          {asked.map((group, at) => (
            <TextField
              key={group}
              label={text('recovery.group', { number: group + 1 })}
              value={typed[at] ?? ''}
              onChange={(value) => setTyped((old) => old.map((one, place) => (place === at ? value : one)))}
              fault={showsFaults && !isRight(at) ? text('recovery.group.fault') : null}
              maxLength={20}
              autoFocus={at === 0}
              mono
            />
          ))}
        </div>
        {recovery.nextName === null ? null : (
          <p className={styles.quiet}>{text('recovery.then', { name: recovery.nextName })}</p>
        )}
        <div className={styles.buttons}>
          <Button keyName="Control+p" icon={<Printer size={20} />} onPress={print}>
            {text('recovery.print')}
          </Button>
          <Button type="submit" tone="primary" size="big" keyName="Enter">
            {text('recovery.confirm')}
          </Button>
        </div>
      </form>
    </Entrance>
  );
}
