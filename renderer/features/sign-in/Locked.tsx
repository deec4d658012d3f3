// While nobody is at the window: the names, one key for each, and the secret. Nothing of any traveller.
import { useEffect, useState } from 'react';
import type { Officer } from '../../../shared/contract/records.ts';
import { call, failureCodeOf } from '../../lib/bridge.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { lockNow, useVault } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { Entrance } from './Entrance.tsx';
import styles from './Entrance.module.css';
import { Recover } from './Recover.tsx';
import { SecretForm } from './SecretForm.tsx';
import { Waiting } from './Waiting.tsx';

/** As many names as there are digits have a key of their own; the others are reached by the arrows. */
const KEYS = 9;
const NOBODY: readonly Officer[] = [];

/** How often a locked window asks whether its station is still there, in milliseconds. */
const ASK_EVERY_MS = 5_000;

/** Whether the station answers no more: a window of one that has ended must not look as if it waited for a secret. */
function useGone(): boolean {
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    const timer = setInterval(
      () =>
        void call('vault.state', {}).then(
          () => setGone(false),
          (thrown) => setGone(failureCodeOf(thrown) === 'unreachable'),
        ),
      ASK_EVERY_MS,
    );
    return () => clearInterval(timer);
  }, []);
  return isGone;
}

export function Locked() {
  const text = useText();
  const people = useVault(({ state }) => state?.people ?? NOBODY);
  const waiting = useVault((vault) => vault.waiting);
  const lockFailure = useVault((vault) => vault.lockFailure);
  const isStopped = useVault(({ state }) => state?.hubStopped === true);
  const isGone = useGone();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [isRecovering, setRecovering] = useState(false);
  const chosen = people.find(({ id }) => id === chosenId);
  const hotkeys: Hotkey[] = [
    ...people.slice(0, KEYS).map(({ id }, at) => ({
      keys: [String(at + 1)],
      textId: 'sign-in.choose',
      run: () => setChosenId(id),
    })),
    { keys: ['Escape'], textId: 'sign-in.other-name', run: () => setChosenId(null), whileTyping: true },
  ];
  useHotkeys({ titleId: 'sign-in.keys', hotkeys }, !isRecovering);
  if (isRecovering) return <Recover onBack={() => setRecovering(false)} />;
  return (
    <Entrance title={text('sign-in.locked.title')} wide>
      <div className={styles.columns}>
        <div>
          <p>{text('sign-in.locked.who')}</p>
          <OptionList
            // The focus comes back to the list where a name was given up.
            key={chosenId === null ? 'choosing' : 'chosen'}
            label={text('sign-in.locked.who')}
            options={people.map(({ id, name, role }, at) => ({
              id,
              label: name,
              aside: text(`role.${role}`),
              ...(at < KEYS ? { keyName: String(at + 1) } : {}),
            }))}
            selectedId={chosenId}
            onChoose={setChosenId}
            autoFocus={chosenId === null}
          />
        </div>
        <div className={styles.column}>
          {chosen === undefined ? (
            <>
              <p className={styles.quiet}>{text('sign-in.locked.choose')}</p>
              <div className={styles.lines}>
                <p>{text('sign-in.forgotten')}</p>
              </div>
              <div>
                <Button tone="quiet" onPress={() => setRecovering(true)}>
                  {text('sign-in.with-recovery-key')}
                </Button>
              </div>
            </>
          ) : (
            <SecretForm
              key={chosen.id}
              who={{ officerId: chosen.id }}
              focusSecret
              aside={
                <Button keyName="Escape" onPress={() => setChosenId(null)}>
                  {text('sign-in.other-name')}
                </Button>
              }
            >
              <h2>{chosen.name}</h2>
            </SecretForm>
          )}
        </div>
      </div>
      {lockFailure === null ? null : (
        <ErrorPanel
          code={lockFailure}
          actions={<Button onPress={() => void lockNow()}>{text('ui.try-again')}</Button>}
        />
      )}
      {isStopped ? (
        <Notice tone="look" title={text('health.hub-stopped.happened')}>
          <p>{text('health.hub-stopped.safe')}</p>
          <p>{text('health.hub-stopped.todo')}</p>
        </Notice>
      ) : null}
      {isGone ? <ErrorPanel code="unreachable" /> : null}
      <Waiting {...waiting} />
    </Entrance>
  );
}
