// Of which report a case study is being written. A report asks for it, the library shows it: neither knows the other.
import { create } from 'zustand';
import { takePart } from './sitting.ts';
import { showDetectionTab } from './store-detections.ts';
import { type ScreenId, showScreen, useScreen } from './store-screen.ts';

interface Wish {
  /** The report that the study is about; null where none is being written. */
  about: string | null;
  /** Where it was asked for: leaving the draft leads back there. */
  from: ScreenId;
}

const NOTHING: Wish = { about: null, from: 'detections' };

export const useStudyWish = create<Wish>(() => NOTHING);

takePart({ forget: () => useStudyWish.setState(NOTHING, true) });

/** Opens the draft of the study of a report. */
export function writeStudy(reportId: string): void {
  useStudyWish.setState({ about: reportId, from: useScreen.getState().screen });
  showDetectionTab('studies');
  showScreen('detections');
}

/** The draft is no longer open; `to` instead of where it was asked for. */
export function endStudyDraft(to: ScreenId = useStudyWish.getState().from): void {
  useStudyWish.setState(NOTHING, true);
  showScreen(to);
}
