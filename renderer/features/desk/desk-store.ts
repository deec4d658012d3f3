// The day that is shown, what waits for approval, and how logs stand. Asked anew whenever the station says that it changed.
import { create } from 'zustand';
import type { DeskDay, LogState } from '../../../shared/contract/logs.ts';
import type { ReportRow } from '../../../shared/contract/reports.ts';
import { call, failureCodeOf, listen } from '../../lib/bridge.ts';
import { takePart } from '../../lib/sitting.ts';

export const DESK_TABS = ['day', 'log'] as const;
export type DeskTab = (typeof DESK_TABS)[number];

interface DeskStore {
  tab: DeskTab;
  /** `YYYY-MM-DD`; null for today, whichever day that is. */
  asked: string | null;
  day: DeskDay | null;
  queue: readonly ReportRow[];
  /** More wait than are listed. */
  more: boolean;
  logs: LogState | null;
  failure: string | null;
}

const NOTHING: DeskStore = {
  tab: 'day',
  asked: null,
  day: null,
  queue: [],
  more: false,
  logs: null,
  failure: null,
};
/** As many as one answer gives. */
const MOST_QUEUED = 200;
/** Records, reports and the outbox may change many times a second. */
const ASK_EVERY_MS = 500;

export const useDesk = create<DeskStore>(() => NOTHING);

// Answers may come back out of order; only that of the newest question counts.
let question = 0;

takePart({
  forget: () => {
    question += 1;
    useDesk.setState(NOTHING, true);
  },
});

export function showDeskTab(tab: DeskTab): void {
  useDesk.setState({ tab });
}

/** Shows a day, today by null; what was shown stays until the answer is there. */
export function showDay(asked: string | null): void {
  useDesk.setState({ asked });
  void refreshDesk();
}

export async function refreshDesk(): Promise<void> {
  question += 1;
  const mine = question;
  const { asked } = useDesk.getState();
  try {
    const [day, { rows, more }] = await Promise.all([
      call('desk.day', { day: asked }),
      call('report.list', { show: 'to-approve', limit: MOST_QUEUED, offset: 0 }),
    ]);
    if (mine === question) useDesk.setState({ day, queue: rows, more, failure: null });
  } catch (thrown) {
    if (mine === question) useDesk.setState({ failure: failureCodeOf(thrown) });
  }
}

export async function refreshLogs(): Promise<void> {
  try {
    useDesk.setState({ logs: await call('log.state', {}) });
  } catch (thrown) {
    useDesk.setState({ failure: failureCodeOf(thrown) });
  }
}

export function keepLogs(logs: LogState): void {
  useDesk.setState({ logs });
}

/** Follows the day while the screen is shown; answers how to stop. */
export function followDesk(): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = null;
      void refreshDesk();
    }, ASK_EVERY_MS);
  };
  const stops = [
    listen('history.changed', soon),
    listen('reports.changed', soon),
    listen('received.changed', soon),
    listen('outbox.changed', soon),
    listen('log.changed', () => void refreshLogs()),
  ];
  void refreshDesk();
  void refreshLogs();
  return () => {
    for (const stop of stops) stop();
    if (timer !== null) clearTimeout(timer);
  };
}

/** The calendar day so many days after another, both `YYYY-MM-DD`. */
export function dayBeside(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
