// What the reader is doing, once it takes long enough to wonder.
import { useEffect, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { useText } from '../../text/TextProvider.tsx';
import styles from './BusyLine.module.css';
import { cancelReading } from './reading.ts';
import { useExamine } from './store.ts';

/** Most documents are read in this time; a line that flashes would only disturb. */
const QUIET_MS = 300;

export function BusyLine() {
  const step = useExamine((state) => state.busy?.step ?? null);
  const waiting = useExamine((state) => state.queued - (state.busy?.step === 'store' ? 1 : 0));
  const isBusy = step !== null;
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isBusy) return;
    const timer = setTimeout(setLong, QUIET_MS, true);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isBusy]);
  const text = useText();
  if (step === null || !isLong) return null;
  return (
    <div className={styles.busy}>
      <div>
        <Progress label={text(`examine.step.${step}`)} />
        {waiting > 0 ? <p className={styles.waiting}>{text('examine.queued', { count: waiting })}</p> : null}
      </div>
      <Button keyName="Escape" onPress={cancelReading}>
        {text('examine.stop')}
      </Button>
    </div>
  );
}
