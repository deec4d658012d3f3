// What the window knows of its station: opening, ready or failed; settings, officers, today's count.
import { create } from 'zustand';
import type { Officer, StationSettings, StationState } from '../../shared/contract/records.ts';
import { call, failureCodeOf, listen } from './bridge.ts';
import { dayIn } from './time.ts';

export interface StationStore {
  phase: 'opening' | 'ready' | 'failed';
  /** Why the store could not be opened; only while `failed`. */
  failure: string | null;
  /** The last answer of `station.state`; null until the first. */
  state: StationState | null;
  /** Travellers cleared since midnight at the station, recorded or only counted; null until known. */
  clearedToday: number | null;
}

export const useStation = create<StationStore>(() => ({
  phase: 'opening',
  failure: null,
  state: null,
  clearedToday: null,
}));

/** While the store opens, the station may answer `not-ready`; ask again after this time. */
const ASK_AGAIN_MS = 250;

/** Begins to follow the station, for as long as the window is open. */
export function startStation(): void {
  listen('station.changed', () => void askStation());
  listen('station.failed', ({ code }) => useStation.setState({ phase: 'failed', failure: code }));
  listen('history.changed', () => void refreshCleared());
  void askStation();
}

/** Asks how the station is; again by itself while the store opens. */
export async function askStation(): Promise<void> {
  try {
    takeState(await call('station.state', {}));
    await refreshCleared();
  } catch (thrown) {
    const code = failureCodeOf(thrown);
    if (code === 'not-ready') setTimeout(() => void askStation(), ASK_AGAIN_MS);
    else useStation.setState({ phase: 'failed', failure: code });
  }
}

function takeState(state: StationState): void {
  useStation.setState({ phase: 'ready', failure: null, state });
}

/** Counts today's cleared travellers again. Quiet when it fails: the count is no reason to stop an officer. */
export async function refreshCleared(): Promise<void> {
  const settings = useStation.getState().state?.settings;
  if (!settings) return;
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

/** First run: settings and the first officer in one step. @throws {CallFailed} */
export async function setUpStation(settings: StationSettings, officer: Officer): Promise<void> {
  takeState(await call('station.setup', { settings, officer }));
  await refreshCleared();
}

/** @throws {CallFailed} */
export async function saveSettings(settings: StationSettings): Promise<void> {
  takeState(await call('settings.save', settings));
}

/** Adds an officer or changes the one of the same id. @throws {CallFailed} */
export async function saveOfficer(officer: Officer): Promise<void> {
  takeState(await call('officer.save', officer));
}

/** Says who is at the counter from now on. @throws {CallFailed} */
export async function chooseOfficer(id: string): Promise<void> {
  takeState(await call('officer.choose', { id }));
}

/** The officer at the counter; null where nobody was chosen. */
export function currentOfficer(state: StationState | null): Officer | null {
  return state?.officers.find((officer) => officer.id === state.currentOfficerId) ?? null;
}
