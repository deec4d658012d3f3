// Alerts as the window knows them: those that the lane holds against every document, and the list of all.
import { create } from 'zustand';
import type { AlertRow } from '../../shared/contract/alerts.ts';
import type { Channel, Output } from '../../shared/contract/channels.ts';
import { can } from '../../shared/contract/rights.ts';
import type { LiveAlert } from '../../shared/examination/warned.ts';
import { call, type CallFailureCode, failureCodeOf, listen } from './bridge.ts';
import { newId } from './id.ts';
import { sittingNumber, takePart } from './sitting.ts';
import { useVault } from './store-vault.ts';

export interface AlertStore {
  /** In force here. */
  lane: readonly LiveAlert[];
  /** Null until the station has answered. */
  rows: readonly AlertRow[] | null;
  more: boolean;
  failure: CallFailureCode | null;
  /** The one that is open, as the station answered. */
  open: Output<'alert.open'> | null;
}

const NOTHING: AlertStore = { lane: [], rows: null, more: false, failure: null, open: null };

export const useAlerts = create<AlertStore>(() => NOTHING);

let isFollowing = false;

/** Begins to follow alerts, for as long as the window is open; further calls do nothing. */
export function followAlerts(): void {
  if (isFollowing) return;
  isFollowing = true;
  listen('alerts.changed', () => void askAlerts());
  takePart({ begin: () => void askAlerts(), forget: () => useAlerts.setState(NOTHING, true) });
  void askAlerts();
}

const may = (channel: Channel): boolean => can(useVault.getState().state?.session?.role ?? null, channel);

/** What was shown last stays where the station does not answer, and the next change asks again. */
async function askAlerts(): Promise<void> {
  if (!may('alert.list')) return;
  const sitting = sittingNumber();
  try {
    const [{ alerts }, { rows, more }] = await Promise.all([call('alert.lane', {}), call('alert.list', {})]);
    if (sitting === sittingNumber()) useAlerts.setState({ lane: alerts, rows, more, failure: null });
  } catch (thrown) {
    if (sitting === sittingNumber()) useAlerts.setState({ failure: failureCodeOf(thrown) });
  }
}

/** In force here, by others or by a colleague, and not opened yet by whoever sits here. */
export const unreadOf = ({ rows }: AlertStore): number =>
  (rows ?? []).filter(({ standing, isRead }) => standing === 'live' && !isRead).length;

/** Opens an alert; from now on it is read. */
export async function openAlert(id: string): Promise<void> {
  try {
    useAlerts.setState({ open: await call('alert.open', { id }), failure: null });
    await askAlerts();
  } catch (thrown) {
    useAlerts.setState({ failure: failureCodeOf(thrown) });
  }
}

export function closeAlert(): void {
  useAlerts.setState({ open: null, failure: null });
}

/** Takes an alert back, as a report is taken back. @throws {CallFailed} */
export async function withdrawAlert(
  id: string,
  reason: Parameters<typeof call<'report.withdraw'>>[1]['reason'],
): Promise<void> {
  await call('report.withdraw', { id: newId(), reportId: id, reason });
  await openAlert(id);
}
