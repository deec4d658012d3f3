// The window before its station is there: the empty frame, and why the store could not be opened.
import { useEffect, useState } from 'react';
import { askVault } from '../lib/store-vault.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { ErrorPanel } from '../ui/Notice.tsx';
import { Progress } from '../ui/Progress.tsx';
import styles from './Opening.module.css';

/** Nothing is said about an opening that is over before it could be read. */
const SAY_SO_AFTER_MS = 400;

export function Opening() {
  const text = useText();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SAY_SO_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={styles.opening}>
      <div className={styles.bar} />
      <div className={styles.rail} />
      <main className={styles.middle}>{isSlow ? <Progress label={text('app.opening')} /> : null}</main>
    </div>
  );
}

export function StationFailed({ code }: { code: string }) {
  const text = useText();
  return (
    <main className={styles.failed}>
      <h1>{text(code === 'unreachable' ? 'app.failed.no-answer' : 'app.failed.title')}</h1>
      <ErrorPanel
        code={code}
        // What lies on the disk does not mend itself; a station that did not answer may answer now.
        actions={
          code === 'unreachable' ? (
            <Button onPress={() => void askVault()}>{text('ui.try-again')}</Button>
          ) : undefined
        }
      />
      <p className={styles.code}>{text('app.failed.code', { code })}</p>
    </main>
  );
}
