// The desk and the logs of a station as a test sets them.
import type { Handlers } from '../../shared/contract/channels.ts';
import type { DeskDay, LogState, WrittenLog } from '../../shared/contract/logs.ts';

export interface FakeDesk {
  day: DeskDay;
  logs: LogState;
  written: WrittenLog;
}

const FOLDER = '/media/stick';
const hours = (): DeskDay['hours'] =>
  Array.from({ length: 24 }, (_, hour) => ({
    clear: hour < 5 ? 0 : (hour * 7) % 19,
    referred: hour % 6 === 0 && hour > 0 ? 2 : 0,
    skip: hour === 11 ? 1 : 0,
  }));

const sum = (of: keyof DeskDay['outcomes'], all: DeskDay['hours']): number =>
  all.reduce((before, each) => before + each[of], 0);

export function createFakeDesk(): FakeDesk {
  const all = hours();
  return {
    day: {
      day: '2026-11-22',
      stationCode: 'SUV-A12',
      place: 'Suvarnabhumi A-12',
      shifts: ['06:00', '14:00', '22:00'],
      outcomes: { clear: sum('clear', all), referred: sum('referred', all), skip: sum('skip', all) },
      clearedCounted: 214,
      hours: all,
      byShift: [
        { clear: 70, referred: 4, skip: 1 },
        { clear: 76, referred: 2, skip: 0 },
        { clear: 21, referred: 0, skip: 0 },
      ],
      cases: { opened: 6, closed: 4, open: 3 },
      reports: { submitted: 3, approved: 2, sentBack: 0, sent: 1, toApprove: 0 },
      alerts: { approved: 1, received: 2 },
      outbox: { waiting: 1, parked: 0, oldestAt: '2026-11-22T06:12:00.000Z', hold: 'waits' },
    },
    logs: {
      plan: {
        folder: null,
        at: '00:30',
        formats: ['csv', 'xlsx'],
        tier: 'T2',
        shifts: ['06:00', '14:00', '22:00'],
      },
      last: null,
      due: 0,
      running: null,
      trouble: null,
      posts: ['SUV-A12', 'SUV-A13'],
    },
    written: {
      files: [
        { path: `${FOLDER}/log-SUV-A12-2026-11-22.csv`, format: 'csv', bytes: 9000, sha256: 'ab'.repeat(32) },
      ],
      manifest: `${FOLDER}/log-SUV-A12-2026-11-22.manifest.json`,
      manifestSha256: 'cd'.repeat(32),
      totals: {
        records: 174,
        outcomes: { clear: 167, referred: 6, skip: 1 },
        clearedCounted: 214,
        examined: 388,
      },
      anchor: '{}',
    },
  };
}

type DeskHandlers = Pick<Handlers, 'desk.day' | 'log.state' | 'log.plan' | 'log.export' | 'log.cancel'>;

export function fakeDesk(desk: FakeDesk): DeskHandlers {
  return {
    'desk.day': ({ day }) => ({ ...desk.day, day: day ?? desk.day.day }),
    'log.state': () => desk.logs,
    'log.plan': (plan) => {
      desk.logs = { ...desk.logs, plan };
      return desk.logs;
    },
    'log.export': () => desk.written,
    'log.cancel': () => desk.logs,
  };
}
