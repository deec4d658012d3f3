// A strip above every screen while something is about to go wrong: what, what is safe, what to do. It stops nobody.
import { useEffect, useState } from 'react';
import type { HealthState, WarningCode } from '../../shared/contract/health.ts';
import { call, listen } from '../lib/bridge.ts';
import { useStill } from '../lib/stillness.ts';
import { useSync } from '../lib/store-sync.ts';
import { useCan } from '../lib/store-vault.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import styles from './HealthBanner.module.css';

const NOTHING: HealthState = { warnings: [], freeMegabytes: null };
/** What somebody can answer. */
const CLOCK: ReadonlySet<WarningCode> = new Set(['clock-set-back', 'clock-ahead']);
/** Ours alone, and what is entered may be lost. */
const GRAVE: ReadonlySet<WarningCode> = new Set(['folder-locked', 'disk-full']);

export function HealthBanner() {
  const text = useText();
  const mayConfirm = useCan('clock.confirm');
  const [health, setHealth] = useState(NOTHING);
  // Somebody ends the stop, or the hub says it: that is told before the station looks again.
  const hold = useSync(({ outbox }) => outbox?.hold ?? null);
  const [closed, setClosed] = useState<ReadonlySet<WarningCode>>(new Set());
  const isStill = useStill();
  const [shown, setShown] = useState<readonly WarningCode[]>([]);
  useEffect(() => {
    let isOver = false;
    const ask = async () => {
      try {
        const answer = await call('health.state', {});
        if (isOver) return;
        setHealth(answer);
        // What is over and comes again is told again.
        setClosed((before) => new Set([...before].filter((code) => answer.warnings.includes(code))));
      } catch {
        // Whatever keeps the station from answering is told elsewhere.
      }
    };
    void ask();
    const stop = listen('health.changed', () => void ask());
    return () => {
      isOver = true;
      stop();
    };
  }, [hold]);
  // A refusal changes nothing: the strip stays.
  const confirm = () => void call('clock.confirm', {}).then(setHealth, () => undefined);
  const open = health.warnings.filter((code) => !closed.has(code));
  // The strip moves everything below it: for as long as a face is looked at it stays as it is.
  if (!isStill && shown.join() !== open.join()) setShown(open);
  if (shown.length === 0) return null;
  return (
    <section className={styles.strip} aria-label={text('health.label')}>
      {shown.map((code) => (
        <Notice
          key={code}
          tone={GRAVE.has(code) ? 'trouble' : 'look'}
          title={text(`health.${code}.happened`, { free: health.freeMegabytes ?? 0 })}
          actions={
            <>
              {mayConfirm && CLOCK.has(code) ? (
                <Button tone="quiet" onPress={confirm}>
                  {text('health.clock.confirm')}
                </Button>
              ) : null}
              <Button tone="quiet" onPress={() => setClosed((before) => new Set([...before, code]))}>
                {text('ui.close')}
              </Button>
            </>
          }
        >
          <p>
            <span>{text(`health.${code}.safe`)}</span> <span>{text(`health.${code}.todo`)}</span>
          </p>
        </Notice>
      ))}
    </section>
  );
}
