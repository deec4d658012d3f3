// A file that is being written to a stick or read from one: how far it is, and its end by hand.
import { Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { BundleState } from '../../shared/contract/bundles.ts';
import { call, listen } from '../lib/bridge.ts';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from './Button.tsx';
import styles from './FileForm.module.css';
import { Progress } from './Progress.tsx';

/** Asks how far it is for as long as it is on show; quiet where the station does not answer. */
function useRunning(): BundleState['running'] {
  const [running, setRunning] = useState<BundleState['running']>(null);
  useEffect(() => {
    let isOn = true;
    const ask = () =>
      void call('bundle.state', {}).then(
        (state) => isOn && setRunning(state.running),
        () => undefined,
      );
    const letGo = listen('bundle.changed', ask);
    ask();
    return () => {
      isOn = false;
      letGo();
    };
  }, []);
  return running;
}

export function FileWork() {
  const text = useText();
  const running = useRunning();
  const action = useAction();
  const stop = () => void action.run(async () => void (await call('bundle.cancel', {})));
  if (running === null) return <Progress label={text('handover.working')} />;
  const { step, share } = running;
  return (
    <div className={styles.work}>
      <Progress label={text(`stick.step.${step}`)} value={share} />
      {/* Nothing ends the taking in: half of a file would be here. */}
      {step === 'reading' ? null : (
        <Button icon={<Square size={20} />} isDisabled={action.isBusy} onPress={stop}>
          {text('stick.stop')}
        </Button>
      )}
    </div>
  );
}
