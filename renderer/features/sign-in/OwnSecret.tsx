// Signed in with a secret that somebody else chose: nothing else is possible before it is changed.
import { Entrance } from './Entrance.tsx';
import styles from './Entrance.module.css';
import { useText } from '../../text/TextProvider.tsx';
import { lockNow } from '../../lib/store-vault.ts';
import { Button } from '../../ui/Button.tsx';
import { ChangeSecret } from '../../ui/ChangeSecret.tsx';

export function OwnSecret({ name }: { name: string }) {
  const text = useText();
  return (
    <Entrance title={text('sign-in.own-secret.title', { name })}>
      <p className={styles.quiet}>{text('sign-in.own-secret.why')}</p>
      <ChangeSecret
        aside={<Button onPress={() => void lockNow()}>{text('sign-in.own-secret.not-now')}</Button>}
      />
    </Entrance>
  );
}
