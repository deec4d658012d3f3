// What the window knows of the scanner's folder: which it is, how many scans wait, what is wrong.
import { create } from 'zustand';
import type { ScanState, WatchSettings } from '../../shared/contract/scans.ts';
import { call, listen } from './bridge.ts';
import { takePart } from './sitting.ts';

export interface ScansStore {
  /** The last answer of `scans.state`; null until the first. */
  state: ScanState | null;
}

export const useScans = create<ScansStore>(() => ({ state: null }));

let isFollowing = false;

/** Begins to follow the folder, for as long as the window is open; further calls do nothing. */
export function followScans(): void {
  if (isFollowing) return;
  isFollowing = true;
  listen('scans.changed', () => void askScans());
  takePart({ begin: () => void askScans(), forget: () => useScans.setState({ state: null }) });
  void askScans();
}

/** Quiet when it fails: the folder is one way among many to take a picture. */
export async function askScans(): Promise<void> {
  try {
    useScans.setState({ state: await call('scans.state', {}) });
  } catch {
    useScans.setState({ state: null });
  }
}

/** Watches another folder, or none. @throws {CallFailed} `scan-folder-…` */
export async function saveWatch(settings: WatchSettings): Promise<void> {
  useScans.setState({ state: await call('scans.watch', settings) });
}

/** Lets go of everything that waits. @throws {CallFailed} */
export async function dropScans(): Promise<void> {
  useScans.setState({ state: await call('scans.drop', {}) });
}
