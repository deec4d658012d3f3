// The first-line lane: left the document, middle what was read and what to look at, right the decision.
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { playCue } from '../../lib/sound.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { followProcedure } from '../../lib/store-procedure.ts';
import { useStation } from '../../lib/store-station.ts';
import { useText } from '../../text/TextProvider.tsx';
import heard from '../../ui/spoken.module.css';
import { DecisionPane } from './DecisionPane.tsx';
import { Detective } from './detective/Detective.tsx';
import styles from './ExamineScreen.module.css';
import { FindingsStrip } from './FindingsStrip.tsx';
import { Handover } from './Handover.tsx';
import { laneHotkeys } from './lane-keys.ts';
import { ImagePane } from './ImagePane.tsx';
import { type Judged, useJudged } from './judged.ts';
import { useAskLists } from './listed.ts';
import { listenAlways } from './listening.ts';
import { shownPage } from './pages.ts';
import { PdfPages } from './PdfPages.tsx';
import { PrintPage } from './print/PrintPage.tsx';
import { ProtectPage } from './ProtectPage.tsx';
import { ReadingPane } from './ReadingPane.tsx';
import { announce, shownDocument, useExamine } from './store.ts';
import { VisaPage } from './visa/VisaPage.tsx';
import { type DocumentWork, hasReading } from './work.ts';

export function ExamineScreen() {
  const picker = useExamine((state) => state.picker);
  const document = useExamine(shownDocument);
  const judged = useJudged(document);
  const page = useExamine(shownPage);
  useEffect(listenAlways, []);
  useEffect(followProcedure, []);
  useAskLists();
  useToldReading(document, judged);
  const hotkeys = useMemo<Hotkey[]>(() => laneHotkeys(judged), [judged]);
  useHotkeys({ titleId: 'examine.keys', hotkeys }, picker === null);
  const lane = useRef<HTMLDivElement>(null);
  useScrolling(lane);
  return (
    <>
      {picker === 'protect' ? (
        <ProtectPage />
      ) : (
        <div ref={lane} className={styles.lane} data-waiting={judged === null || undefined}>
          {/* What a page covers stays as it is, so that Esc comes back to the same place. */}
          <div className={styles.work} inert={page === 'detective' || page === 'visa'}>
            <ImagePane document={document} judged={judged} />
            <div className={styles.work} inert={page === 'print'}>
              <ReadingPane document={document} judged={judged} />
            </div>
            <FindingsStrip document={document} judged={judged} />
          </div>
          {page === null ? null : (
            <div className={page === 'print' ? styles.overReading : styles.over}>
              {page === 'print' ? <PrintPage key={document.id} document={document} judged={judged} /> : null}
              {page === 'visa' ? <VisaPage document={document} /> : null}
              {page === 'detective' ? <Detective document={document} judged={judged} /> : null}
            </div>
          )}
          <DecisionPane document={document} judged={judged} />
        </div>
      )}
      <PdfPages />
      <Handover />
      <Announcer />
    </>
  );
}

/** Where the window is enlarged so far that the lane does not fit, it is scrolled by keys whatever has the focus. */
function useScrolling(lane: RefObject<HTMLDivElement | null>): void {
  const isLarge = () => lane.current !== null && lane.current.scrollHeight > lane.current.clientHeight + 1;
  const by = (pages: number) => () => {
    const box = lane.current;
    box?.scrollBy({ top: pages * 0.8 * box.clientHeight });
  };
  const hotkeys: Hotkey[] = [
    { keys: ['PageDown'], textId: 'lane.key.down', run: by(1), enabled: isLarge, repeats: true },
    { keys: ['PageUp'], textId: 'lane.key.up', run: by(-1), enabled: isLarge, repeats: true },
  ];
  useHotkeys({ titleId: 'examine.keys', hotkeys });
}

/** Rows as they were read that have been told: coming back to a document is no news. */
const told = new WeakSet<readonly string[]>();

/** A soft cue and a spoken word when a reading arrives; not again when the officer corrects it. */
function useToldReading(document: DocumentWork, judged: Judged | null): void {
  const sound = useStation((station) => station.state?.settings?.sound ?? false);
  const reading = document.reading;
  // The rows as read name the reading: a correction leaves them as they are.
  const arrived =
    reading !== null && reading.source !== 'typed' && hasReading(document) ? reading.rawLines : null;
  const look = judged?.findings.filter((finding) => finding.severity === 'look').length ?? 0;
  // What a list says belongs to the reading: it comes within milliseconds, and is told with it.
  const isWhole = judged?.isAsked ?? true;
  useEffect(() => {
    if (arrived === null || !isWhole || told.has(arrived)) return;
    told.add(arrived);
    playCue(look > 0 ? 'look' : 'read', sound);
    announce('examine.read', { count: look });
  }, [arrived, isWhole, look, sound]);
}

function Announcer() {
  const text = useText();
  const said = useExamine((state) => state.announcement);
  return (
    <p className={heard.spoken} role="status" aria-live="polite">
      {/* A new element each time: the same words twice would change nothing, and nothing would be said. */}
      {said === null ? null : <span key={said.number}>{text(said.id, said.values)}</span>}
    </p>
  );
}
