// What was kept of the last traveller; it stays until the next document arrives.
import { Check } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { nextTraveller, savedTextId, undo } from './decisions.ts';
import styles from './SavedLine.module.css';
import type { SavedNote } from './store.ts';

export function SavedLine({ saved }: { saved: SavedNote }) {
  const text = useText();
  return (
    <div className={styles.saved}>
      <p className={styles.title}>
        <Check size={22} aria-hidden="true" />
        {text('examine.saved')}
      </p>
      <p>{text(savedTextId(saved.outcome, saved.recorded))}</p>
      <Undo saved={saved} />
      <Button keyName="n" onPress={nextTraveller}>
        {text('examine.next')}
      </Button>
    </div>
  );
}

function Undo({ saved }: { saved: SavedNote }) {
  const text = useText();
  const seconds = useSecondsUntil(saved.undoUntil);
  if (seconds === 0) return null;
  return (
    <Button keyName="u" onPress={() => void undo()}>
      {text('examine.undo', { seconds })}
    </Button>
  );
}

const TICK_MS = 500;

/** Whole seconds left until a moment; counts down to 0. */
function useSecondsUntil(moment: string | null): number {
  // Half seconds of the clock: coarse enough to be the same within one rendering.
  const now = useSyncExternalStore(
    (changed) => {
      const timer = setInterval(changed, TICK_MS);
      return () => clearInterval(timer);
    },
    () => Math.floor(Date.now() / TICK_MS) * TICK_MS,
  );
  return moment === null ? 0 : Math.max(0, Math.ceil((Date.parse(moment) - now) / 1000));
}
