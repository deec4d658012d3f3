// The detective's page: the rows large and shaded by protection, what may be behind a finding, what would repair it.
import { EyeOff } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Finding } from '../../../../shared/examination/findings.ts';
import { type Hotkey, useHotkeys } from '../../../lib/hotkeys.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import type { Judged } from '../judged.ts';
import type { CellAt } from '../marks.ts';
import { PageFrame } from '../PageFrame.tsx';
import { closePage } from '../pages.ts';
import { useExamine } from '../store.ts';
import type { DocumentWork } from '../work.ts';
import { type Case, caseOf, firstFor, moved, startOf } from './case.ts';
import styles from './Detective.module.css';
import { ExplanationDetail, ExplanationList, NothingToExplain } from './Explanations.tsx';
import { PlaceLine } from './PlaceLine.tsx';
import { Legend, ZoneGrid } from './ZoneGrid.tsx';

export function Detective({ document, judged }: { document: DocumentWork; judged: Judged | null }) {
  const index = useExamine((state) => state.finding);
  const work = document.reading;
  const found = useMemo(
    () => (work === null || judged === null ? null : caseOf(work, judged)),
    [work, judged],
  );
  const finding = judged?.findings[index ?? 0];
  if (judged === null || found === null) return <Unread finding={finding} />;
  return <Open key={index} document={document} judged={judged} found={found} finding={finding} />;
}

interface OpenProps {
  document: DocumentWork;
  judged: Judged;
  found: Case;
  finding: Finding | undefined;
}

function Open({ document, judged, found, finding }: OpenProps) {
  const text = useText();
  const { explanations, reading } = found;
  const [chosen, setChosen] = useState(() => firstFor(explanations, finding));
  const [at, setAt] = useState<CellAt>(() => startOf(explanations[chosen], finding));
  const page = useRef<HTMLElement>(null);
  const explanation = explanations[chosen];
  const choose = (index: number) => {
    const next = explanations[index];
    if (next === undefined) return;
    setChosen(index);
    setAt(startOf(next, finding));
  };
  // The chosen explanation has the focus; where there is none, the rows have it.
  useEffect(() => {
    const begin = [`[data-explanation="${chosen}"]`, '[role="gridcell"][tabindex="0"]']
      .map((selector) => page.current?.querySelector<HTMLElement>(selector))
      .find((element) => element instanceof HTMLElement);
    begin?.focus();
  }, [chosen]);
  const step = (by: number) => setAt((old) => moved(reading.lines, old, by));
  const columns = reading.lines[0]?.length ?? 1;
  const key = (name: string, id: string, run: () => void, more?: Partial<Hotkey>): Hotkey => ({
    keys: [name],
    textId: `detective-screen.key.${id}`,
    run,
    repeats: true,
    ...more,
  });
  useHotkeys({
    titleId: 'detective-screen.keys',
    level: 2,
    hotkeys: [
      key('ArrowLeft', 'left', () => step(-1)),
      key('ArrowRight', 'right', () => step(1)),
      key('ArrowUp', 'up', () => (inRows() ? step(-columns) : choose(chosen - 1)), { enabled: inPage }),
      key('ArrowDown', 'down', () => (inRows() ? step(columns) : choose(chosen + 1)), { enabled: inPage }),
      {
        keys: explanations.slice(0, 9).map((_, number) => String(number + 1)),
        textId: 'detective-screen.key.choose',
        run: (event) => choose(Number(event.key) - 1),
      },
      key('Enter', 'correct', () => closePage(at), { enabled: inPage, repeats: false }),
      { keys: ['Escape'], textId: 'examine.page.key.back', run: () => closePage() },
    ],
  });
  return (
    <PageFrame
      ref={page}
      titleId="detective-title"
      title={text(titleOf(finding))}
      aside={
        <Button keyName="Enter" onPress={() => closePage(at)}>
          {text('detective-screen.correct')}
        </Button>
      }
    >
      <ZoneGrid
        found={found}
        digits={judged.digits}
        lit={finding?.places ?? []}
        repair={explanation?.repair ?? []}
        at={at}
        onMove={setAt}
      />
      <div className={styles.below}>
        <PlaceLine document={document} found={found} at={at} />
        <Legend />
      </div>
      <div className={styles.behind}>
        {explanation === undefined ? (
          <NothingToExplain finding={finding} />
        ) : (
          <>
            <ExplanationList explanations={explanations} chosen={chosen} onChoose={choose} />
            <ExplanationDetail key={chosen} explanation={explanation} document={document} />
          </>
        )}
      </div>
      <p className={styles.unseen}>
        <EyeOff size={18} aria-hidden="true" />
        {text(found.unseen)}
      </p>
    </PageFrame>
  );
}

const inRows = () => globalThis.document.activeElement?.matches('[role="gridcell"]') === true;
/** Enter belongs to a button that has the focus. */
const inPage = () =>
  globalThis.document.activeElement?.matches('[role="gridcell"], [data-explanation], body') === true;

const titleOf = (finding: Finding | undefined): string => finding?.text.title ?? 'detective-screen.title';

/** Rows that have the shape of no format: there is nothing to compute with. */
function Unread({ finding }: { finding: Finding | undefined }) {
  const text = useText();
  const page = useRef<HTMLElement>(null);
  useEffect(() => page.current?.focus(), []);
  useHotkeys({
    titleId: 'detective-screen.keys',
    level: 2,
    hotkeys: [{ keys: ['Escape'], textId: 'examine.page.key.back', run: () => closePage() }],
  });
  return (
    <PageFrame ref={page} titleId="detective-title" title={text(titleOf(finding))} takesFocus>
      <p>{text('detective-screen.unread')}</p>
      {finding?.text.retake === undefined ? null : <p>{text(finding.text.retake)}</p>}
    </PageFrame>
  );
}
