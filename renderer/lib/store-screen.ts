// Which screen is shown. A state and not an address: there is no history entry to go back to.
import { create } from 'zustand';

export type ScreenId =
  | 'examine'
  | 'cases'
  | 'history'
  | 'reports'
  | 'detections'
  | 'desk'
  | 'vault'
  | 'settings';

export const useScreen = create<{ screen: ScreenId }>(() => ({ screen: 'examine' }));

export function showScreen(screen: ScreenId): void {
  useScreen.setState({ screen });
}
