// What the window knows of its station while somebody is signed in: settings, today's count.
import { create } from 'zustand';
import { can } from '../../shared/contract/rights.ts';
import type { StationSettings, StationState } from '../../shared/contract/records.ts';
import { call, listen } from './bridge.ts';
import { takePart } from './sitting.ts';
import { roleNow } from './store-vault.ts';
import { dayIn } from './time.ts';

export interface StationStore {
  /**
   * The last answer of `station.state`; null until somebody has signed in. It stays while the window is locked, for the
   * look, the language and the time zone; nothing of a traveller stands in it.
   */
  state: StationState | null;
  /** Travellers cleared since midnight at the station, recorded or only counted; null until known. */
  clearedToday: number | null;
}

export const useStation = create<StationStore>(() => ({ state: null, clearedToday: null }));

/** Begins to follow the station, for as long as the window is open. */
export function startStation(): void {
  listen('station.changed', () => void askStation());
  listen('history.changed', () => void refreshCleared());
  takePart({
    begin: () => void askStation(),
    forget: () => useStation.setState({ clearedToday: null }),
  });
}

/** Asks how the station is set. Quiet when it fails: whoever signed out is told elsewhere. */
export async function askStation(): Promise<void> {
  if (roleNow() === null) return;
  try {
    useStation.setState({ state: await call('station.state', {}) });
    await refreshCleared();
  } catch {
    // The settings of before stay.
  }
}

/** Counts today's cleared travellers again. Quiet when it fails: the count is no reason to stop an officer. */
export async function refreshCleared(): Promise<void> {
  const settings = useStation.getState().state?.settings;
  if (!settings || !can(roleNow(), 'history.search')) return;
  const today = dayIn(settings.timeZone, new Date());
  try {
    const found = await call('history.search', {
      text: '',
      state: '',
      from: today,
      to: today,
      outcome: 'clear',
      limit: 1,
      offset: 0,
    });
    useStation.setState({ clearedToday: found.total + found.clearedToday });
  } catch {
    useStation.setState({ clearedToday: null });
  }
}

/** @throws {CallFailed} */
export async function saveSettings(settings: StationSettings): Promise<void> {
  useStation.setState({ state: await call('settings.save', settings) });
}

/** What whoever sits here may set for their eyes and ears. @throws {CallFailed} */
export async function adjustSettings(
  change: Pick<StationSettings, 'theme' | 'sound' | 'cameraLabel'>,
): Promise<void> {
  useStation.setState({ state: await call('settings.adjust', change) });
}
