// The keys of this station: another recovery key, and another key for everything, as after a leaver.
import { type FormEvent, useState } from 'react';
import { changeKey, newRecoveryKey, useVault } from '../../lib/store-vault.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { SecretField } from '../../ui/SecretField.tsx';
import styles from './VaultScreen.module.css';

type Asked = 'recovery' | 'key';

export function KeysPage() {
  const text = useText();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isChanged, setChanged] = useState(false);
  const old = useVault(({ state }) => state?.oldPictures ?? null);
  const keystore = useVault(({ state }) => state?.keystore ?? false);
  const close = () => setAsked(null);
  return (
    <>
      <Panel title={text('vault-page.recovery.title')}>
        <div className={styles.stack}>
          <p className={styles.text}>{text('vault-page.recovery.what')}</p>
          <div>
            <Button onPress={() => setAsked('recovery')}>{text('vault-page.recovery.new')}</Button>
          </div>
        </div>
      </Panel>
      <Panel title={text('vault-page.key.title')}>
        <div className={styles.stack}>
          <p className={styles.text}>{text('vault-page.key.what')}</p>
          <div>
            <Button
              isDisabled={old !== null}
              onPress={() => {
                setChanged(false);
                setAsked('key');
              }}
            >
              {text('vault-page.key.change')}
            </Button>
          </div>
          {old === null ? null : (
            <>
              <Progress
                label={text('vault-page.key.pictures', { left: old.left, total: old.total })}
                value={old.total === 0 ? 1 : (old.total - old.left) / old.total}
              />
              <p className={styles.small}>{text('vault-page.key.pictures.what')}</p>
            </>
          )}
          <div role="status">{isChanged ? <Notice>{text('vault-page.key.changed')}</Notice> : null}</div>
        </div>
      </Panel>
      <Panel title={text('vault-page.keystore.title')}>
        <p className={styles.text}>{text(keystore ? 'vault-page.keystore.yes' : 'vault-page.keystore.no')}</p>
      </Panel>
      <Dialog
        title={text(asked === 'key' ? 'vault-page.key.change' : 'vault-page.recovery.new')}
        isOpen={asked !== null}
        onClose={close}
      >
        {asked === null ? null : (
          <Prove
            key={asked}
            asked={asked}
            onClose={close}
            onDone={() => {
              close();
              setChanged(asked === 'key');
            }}
          />
        )}
      </Dialog>
    </>
  );
}

interface ProveProps {
  asked: Asked;
  onClose: () => void;
  onDone: () => void;
}

/** The secret once more: whoever finds the window open must not take the station over. */
function Prove({ asked, onClose, onDone }: ProveProps) {
  const text = useText();
  const [secret, setSecret] = useState('');
  const action = useAction();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (secret === '') return;
    const done = await action.run(() => (asked === 'key' ? changeKey(secret) : newRecoveryKey(secret)));
    setSecret('');
    if (done) onDone();
  };
  return (
    <form className={styles.stack} onSubmit={(event) => void submit(event)} noValidate>
      <p>{text(`vault-page.${asked}.ask`)}</p>
      <SecretField label={text('secret-field.label')} value={secret} onChange={setSecret} autoFocus />
      {action.isBusy ? <Progress label={text(`vault-page.${asked}.working`)} /> : null}
      {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
      <div className={styles.end}>
        <Button keyName="Escape" onPress={onClose}>
          {text('ui.cancel')}
        </Button>
        <Button type="submit" tone="primary" keyName="Enter" isDisabled={action.isBusy || secret === ''}>
          {text(`vault-page.${asked}.do`)}
        </Button>
      </div>
    </form>
  );
}
