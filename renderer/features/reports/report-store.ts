// The report that is open, as it left or as it came. Actions are plain functions.
import { create } from 'zustand';
import type { Output } from '../../../shared/contract/channels.ts';
import type { WithdrawalReason } from '../../../shared/sharing/codes.ts';
import { call, type CallFailureCode, failureCodeOf, listen } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { takePart } from '../../lib/sitting.ts';

export type OpenReport =
  | { from: 'here'; answer: Output<'report.open'> }
  | { from: 'others'; answer: Output<'received.open'> };

interface ReportStore {
  open: OpenReport | null;
  /** Why the one that was asked for is not open. */
  failure: CallFailureCode | null;
}

const NOTHING: ReportStore = { open: null, failure: null };

export const useReport = create<ReportStore>(() => NOTHING);

takePart({ forget: () => useReport.setState(NOTHING, true) });

async function show(ask: () => Promise<OpenReport>): Promise<void> {
  try {
    useReport.setState({ open: await ask(), failure: null });
  } catch (thrown) {
    useReport.setState({ failure: failureCodeOf(thrown) });
  }
}

export const openReport = (id: string): Promise<void> =>
  show(async () => ({ from: 'here', answer: await call('report.open', { id }) }));

export const openReceived = (id: string): Promise<void> =>
  show(async () => ({ from: 'others', answer: await call('received.open', { id }) }));

let isFollowing = false;

/** Begins to show what becomes of the open report, for as long as the window is open; further calls do nothing. */
export function followReport(): void {
  if (isFollowing) return;
  isFollowing = true;
  listen('reports.changed', () => void showAgain());
}

/** Quiet when it fails or when another was opened meanwhile: what is shown stays. */
async function showAgain(): Promise<void> {
  const { open } = useReport.getState();
  if (open?.from !== 'here') return;
  try {
    const answer = await call('report.open', { id: open.answer.report.id });
    if (useReport.getState().open === open) useReport.setState({ open: { from: 'here', answer } });
  } catch {
    // As before.
  }
}

export function closeReport(): void {
  useReport.setState({ open: null, failure: null });
}

/** @throws {CallFailed} `report-own`, `already-saved` */
export async function approve(id: string): Promise<void> {
  await call('report.approve', { id });
  await openReport(id);
}

/** @throws {CallFailed} `already-saved` */
export async function sendBack(id: string, note: string): Promise<void> {
  await call('report.send-back', { id, note });
  await openReport(id);
}

/** Takes back a report that was sent; the withdrawal is a report of its own. @throws {CallFailed} */
export async function withdraw(reportId: string, reason: WithdrawalReason): Promise<void> {
  await call('report.withdraw', { id: newId(), reportId, reason });
  await openReport(reportId);
}
