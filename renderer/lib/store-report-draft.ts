// Which case's report is being written. A case asks for it, the reports screen shows it: neither knows the other.
import { create } from 'zustand';
import { takePart } from './sitting.ts';
import { type ScreenId, showScreen, useScreen } from './store-screen.ts';

interface Wish {
  /** The case whose report is being written; null where none is. */
  draftOf: string | null;
  /** The report that was open when its correction was asked for. */
  corrects: string | null;
  /** Where it was asked for: leaving the draft leads back there. */
  from: ScreenId;
}

const NOTHING: Wish = { draftOf: null, corrects: null, from: 'reports' };

export const useReportDraft = create<Wish>(() => NOTHING);

takePart({ forget: () => useReportDraft.setState(NOTHING, true) });

/** Opens the draft of a case's report; with `corrects` it will take the place of one that was sent. */
export function writeReport(examinationId: string, corrects: string | null = null): void {
  useReportDraft.setState({ draftOf: examinationId, corrects, from: useScreen.getState().screen });
  showScreen('reports');
}

/** The draft is no longer open; `to` instead of where it was asked for. */
export function endReportDraft(to: ScreenId = useReportDraft.getState().from): void {
  useReportDraft.setState(NOTHING, true);
  showScreen(to);
}
