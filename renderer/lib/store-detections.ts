// Which tab of Detections is shown. Outside the feature, because the lane and the desk lead there.
import { create } from 'zustand';
import { takePart } from './sitting.ts';
import { showScreen } from './store-screen.ts';

export const DETECTION_TABS = ['trends', 'alerts', 'studies'] as const;
export type DetectionTab = (typeof DETECTION_TABS)[number];

export const useDetections = create<{ tab: DetectionTab }>(() => ({ tab: 'trends' }));

takePart({ forget: () => useDetections.setState({ tab: 'trends' }) });

export function showDetectionTab(tab: DetectionTab): void {
  useDetections.setState({ tab });
}

/** Goes to a tab of Detections from wherever one is. */
export function showDetections(tab: DetectionTab): void {
  showDetectionTab(tab);
  showScreen('detections');
}
