// Right: the decision, its questions in the same place, and what became of the last one.
import { Check, CircleHelp, Shield, SkipForward } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { clockIn } from '../../lib/time.ts';
import { useStation } from '../../lib/store-station.ts';
import styles from './DecisionPane.module.css';
import { nextTraveller, pressClear, pressOpen, savedTextId, undo } from './decisions.ts';
import { ReasonPicker } from './ReasonPicker.tsx';
import { ScansWaiting } from './ScansWaiting.tsx';
import { type SavedNote, useExamine } from './store.ts';
import { isEmpty } from './work.ts';

export function DecisionPane() {
  const text = useText();
  const picker = useExamine((state) => state.picker);
  const saving = useExamine((state) => state.saving);
  const queued = useExamine((state) => state.queued);
  const failed = useExamine((state) => state.saveFailure !== null);
  return (
    <Panel flush label={text('examine.decision')} className={styles.pane}>
      {picker === 'doubt' || picker === 'skip' ? <ReasonPicker kind={picker} /> : <Decisions />}
      <div className={styles.below}>
        {saving ? (
          <Progress
            label={queued > 0 ? text('examine.saving.pictures', { count: queued }) : text('examine.saving')}
          />
        ) : null}
        {failed ? <p className={styles.failed}>{text('examine.not-saved')}</p> : null}
        <ScansWaiting />
        <Kept />
        <SavedLine />
      </div>
    </Panel>
  );
}

function Decisions() {
  const text = useText();
  const loaded = useExamine((state) => state.loaded);
  const saving = useExamine((state) => state.saving);
  const canClear = useExamine((state) => !isEmpty(state.work) && state.busy === null && state.queued === 0);
  const isProtected = useExamine((state) => state.protection?.recorded === true);
  const blocked = !loaded || saving;
  return (
    <div className={styles.decisions}>
      <Button
        keyName="c"
        size="big"
        icon={<Check />}
        isDisabled={blocked || isProtected || !canClear}
        onPress={pressClear}
      >
        {text('examine.decide.clear')}
      </Button>
      <Button
        keyName="d"
        size="big"
        icon={<CircleHelp />}
        isDisabled={blocked}
        onPress={() => pressOpen('doubt')}
      >
        {text('examine.decide.doubt')}
      </Button>
      <Button
        keyName="p"
        size="big"
        icon={<Shield />}
        isDisabled={blocked}
        onPress={() => pressOpen('protect')}
      >
        {text('examine.decide.protect')}
      </Button>
      <Button
        keyName="k"
        size="big"
        icon={<SkipForward />}
        isDisabled={blocked || isProtected}
        onPress={() => pressOpen('skip')}
      >
        {text('examine.decide.skip')}
      </Button>
      {isProtected && !saving ? <p>{text('examine.protect.already')}</p> : null}
    </div>
  );
}

/** Whether what is in the lane would survive a lost current. */
function Kept() {
  const text = useText();
  const language = useLanguage();
  const zone = useStation((station) => station.state?.settings?.timeZone ?? 'UTC');
  const keeping = useExamine((state) => state.keeping);
  const restoredAt = useExamine((state) => state.restoredAt);
  const empty = useExamine((state) => isEmpty(state.work));
  if (empty || keeping === 'failed') return null;
  return (
    <p className={styles.kept}>
      {restoredAt === null
        ? text(`examine.draft.${keeping === 'kept' ? 'kept' : 'waiting'}`)
        : text('examine.restored', { time: clockIn(zone, new Date(restoredAt), language) })}
    </p>
  );
}

/** What was kept of the last traveller; it stays until the next document arrives. */
function SavedLine() {
  const text = useText();
  const saved = useExamine((state) => state.saved);
  const empty = useExamine((state) => isEmpty(state.work));
  if (saved === null) {
    return empty ? null : <p className={styles.hint}>{text('examine.decide-first')}</p>;
  }
  return (
    <div className={styles.saved}>
      <p className={styles.savedTitle}>
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
