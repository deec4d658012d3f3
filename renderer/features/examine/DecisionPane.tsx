// Right: the face, what to look at, the decision; the questions of D and K take the place of all three.
import { Check, CircleHelp, Shield, SkipForward } from 'lucide-react';
import { clockIn } from '../../lib/time.ts';
import { useStation } from '../../lib/store-station.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import styles from './DecisionPane.module.css';
import { pressClear, pressOpen } from './decisions.ts';
import { FacePanel } from './FacePanel.tsx';
import type { Judged } from './judged.ts';
import { QuickCard } from './QuickCard.tsx';
import { ReasonPicker } from './ReasonPicker.tsx';
import { ScansWaiting } from './ScansWaiting.tsx';
import { SeenBefore } from './SeenBefore.tsx';
import { useExamine } from './store.ts';
import { type DocumentWork, isEmpty } from './work.ts';

export function DecisionPane({ document, judged }: { document: DocumentWork; judged: Judged | null }) {
  const text = useText();
  const picker = useExamine((state) => state.picker);
  const isAsking = picker === 'doubt' || picker === 'skip';
  return (
    <div className={styles.side} data-asking={isAsking || undefined}>
      {isAsking ? null : (
        <>
          <FacePanel document={document} judged={judged} />
          <QuickCard document={document} judged={judged} />
        </>
      )}
      <Panel flush label={text('examine.decision')} className={styles.pane}>
        {isAsking ? <ReasonPicker kind={picker} /> : <Decisions />}
        <Below judged={judged} />
      </Panel>
    </div>
  );
}

function Below({ judged }: { judged: Judged | null }) {
  const text = useText();
  const saving = useExamine((state) => state.saving);
  const queued = useExamine((state) => state.queued);
  const failed = useExamine((state) => state.saveFailure !== null);
  return (
    <div className={styles.below}>
      {saving ? (
        <Progress
          label={queued > 0 ? text('examine.saving.pictures', { count: queued }) : text('examine.saving')}
        />
      ) : null}
      {failed ? <p className={styles.failed}>{text('examine.not-saved')}</p> : null}
      <ScansWaiting />
      <SeenBefore judged={judged} otherwise={<Kept />} />
    </div>
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
  if (empty || keeping === 'failed') return <p className={styles.kept} />;
  return (
    <p className={styles.kept}>
      {restoredAt === null
        ? text(`examine.draft.${keeping === 'kept' ? 'kept' : 'waiting'}`)
        : text('examine.restored', { time: clockIn(zone, new Date(restoredAt), language) })}
    </p>
  );
}
