// A station for tests of the window: answers by the contract from memory, checks what the window sends, notes calls.
import type { Failure } from '../../shared/contract/bridge.ts';
import { type Channel, contract, type Handlers } from '../../shared/contract/channels.ts';
import type {
  Draft,
  ExaminationRecord,
  HistoryRow,
  Officer,
  StationSettings,
  StationState,
} from '../../shared/contract/records.ts';
import type { ScanState } from '../../shared/contract/scans.ts';

export const OFFICER: Officer = {
  id: '01930000-0000-7000-8000-000000000001',
  name: 'J. Tan',
  role: 'officer',
};
export const SECOND_OFFICER: Officer = {
  id: '01930000-0000-7000-8000-000000000002',
  name: 'M. Perera',
  role: 'examiner',
};

export const SETTINGS: StationSettings = {
  place: 'Port North A-12',
  placeKind: 'airport',
  country: 'UTO',
  timeZone: 'Asia/Bangkok',
  stationCode: 'PN-A12',
  direction: 'arrivals',
  cameraLabel: null,
  language: 'en',
  theme: 'light',
  sound: false,
  clearedPolicy: 'counter',
};

export interface FakeStation {
  state: StationState;
  draft: Draft | null;
  rows: HistoryRow[];
  records: Map<string, ExaminationRecord>;
  clearedToday: number;
  scans: ScanState;
  /** Every call in order, as the contract parsed it. */
  calls: { channel: Channel; input: unknown }[];
  /** A channel named here is refused with the code until it is removed. */
  failures: Map<string, Failure['code']>;
  /** Replaces or adds single answers. */
  handlers: Partial<Handlers>;
  /** A call that does not fit the contract, either way; a test expects none. */
  faults: string[];
  invoke(channel: string, body: string): Promise<string>;
  /** Inputs of one channel, in order. */
  inputsOf(channel: Channel): unknown[];
}

/** A station that is set up, with two officers; pass a part of the state to change that. */
export function createFakeStation(change: Partial<StationState> = {}): FakeStation {
  const station: FakeStation = {
    state: {
      version: '0.1.0',
      dataFolder: '/home/officer/countercheck',
      stationId: '01930000-0000-7000-8000-0000000000aa',
      settings: SETTINGS,
      officers: [OFFICER, SECOND_OFFICER],
      currentOfficerId: OFFICER.id,
      shell: { kind: 'host', pickFile: false, print: false },
      ...change,
    },
    draft: null,
    rows: [],
    records: new Map(),
    clearedToday: 0,
    scans: { folder: null, afterwards: 'keep', waiting: 0, came: 0, trouble: null, left: null },
    calls: [],
    failures: new Map(),
    handlers: {},
    faults: [],
    invoke: (channel, body) => answer(station, channel, body),
    inputsOf: (channel) => station.calls.filter((one) => one.channel === channel).map((one) => one.input),
  };
  return station;
}

async function answer(station: FakeStation, channel: string, body: string): Promise<string> {
  if (!Object.hasOwn(contract, channel)) return refuse(station, channel, 'unknown-channel');
  const name = channel as Channel;
  const { input, output } = contract[name];
  const parsed = input.safeParse(JSON.parse(body));
  if (!parsed.success) {
    station.faults.push(`${channel}: ${parsed.error.issues.map((one) => one.path.join('.')).join(', ')}`);
    return refuse(station, channel, 'bad-request');
  }
  station.calls.push({ channel: name, input: parsed.data });
  const failure = station.failures.get(channel);
  if (failure) return JSON.stringify({ ok: false, error: { code: failure } });
  const handlers: Handlers = { ...defaultHandlers(station), ...station.handlers };
  const handler = handlers[name] as (given: unknown) => unknown;
  const value = await handler(parsed.data);
  const checked = output.safeParse(value);
  if (!checked.success) station.faults.push(`${channel} answer: ${checked.error.message}`);
  return JSON.stringify({ ok: true, value });
}

function refuse(station: FakeStation, channel: string, code: Failure['code']): string {
  station.faults.push(`${channel}: ${code}`);
  return JSON.stringify({ ok: false, error: { code } });
}

function defaultHandlers(station: FakeStation): Handlers {
  const changed = (change: Partial<StationState>) => {
    station.state = { ...station.state, ...change };
    return station.state;
  };
  return {
    'station.state': () => station.state,
    'station.setup': ({ settings, officer }) =>
      changed({ settings, officers: [officer], currentOfficerId: officer.id }),
    'settings.save': (settings) => changed({ settings }),
    'officer.save': (officer) =>
      changed({ officers: [...station.state.officers.filter((one) => one.id !== officer.id), officer] }),
    'officer.choose': ({ id }) => changed({ currentOfficerId: id }),
    'draft.load': () => ({ draft: station.draft }),
    'draft.save': (draft) => {
      station.draft = draft;
      return {};
    },
    'draft.discard': () => {
      station.draft = null;
      return {};
    },
    'examination.save': ({ decision, judgedOn: _judgedOn, ...draft }) => {
      const isCounted = decision.outcome === 'clear' && station.state.settings?.clearedPolicy === 'counter';
      if (isCounted) station.clearedToday += 1;
      station.draft = null;
      station.handlers['examination.undo'] ??= () => {
        station.clearedToday -= 1;
        return { draft };
      };
      const now = Date.now();
      return {
        savedAt: new Date(now).toISOString(),
        recorded: !isCounted,
        undoUntil: isCounted ? new Date(now + 60_000).toISOString() : null,
      };
    },
    'examination.undo': () => {
      throw new Error('nothing was cleared');
    },
    'decision.change': ({ examinationId, ...decision }) => {
      const record = station.records.get(examinationId);
      if (!record) throw new Error('no such record');
      const next = {
        ...record,
        decisions: [
          ...record.decisions,
          {
            ...decision,
            at: new Date().toISOString(),
            officerName: OFFICER.name,
            replaces: decision.replaces,
          },
        ],
      };
      station.records.set(examinationId, next);
      station.rows = station.rows.map((row) =>
        row.id === examinationId ? { ...row, outcome: decision.outcome, reasons: decision.reasons } : row,
      );
      return next;
    },
    'protection.record': () => ({ savedAt: new Date().toISOString() }),
    'history.search': (filter) => {
      const wanted = filter.text.toUpperCase();
      const rows = station.rows.filter(
        (row) =>
          (wanted === '' || row.number.startsWith(wanted) || row.name.includes(wanted)) &&
          (filter.state === '' || row.issuer === filter.state || row.nationality === filter.state) &&
          (filter.outcome === null || row.outcome === filter.outcome),
      );
      return {
        rows: rows.slice(filter.offset, filter.offset + filter.limit),
        total: rows.length,
        clearedToday: station.clearedToday,
      };
    },
    'history.open': ({ id }) => {
      const record = station.records.get(id);
      if (!record) throw new Error('no such record');
      return record;
    },
    'specimen.list': () => ({ specimens: [] }),
    'specimen.open': () => {
      throw new Error('no specimen');
    },
    'scans.state': () => station.scans,
    'scans.watch': (settings) => {
      station.scans = { ...station.scans, ...settings };
      return station.scans;
    },
    'scans.take': () => ({ scan: null }),
    'scans.settle': () => ({}),
    'scans.release': () => ({}),
    'scans.drop': () => {
      station.scans = { ...station.scans, waiting: 0 };
      return station.scans;
    },
    'shell.pickFolder': () => ({ folder: null }),
    'shell.pickImage': () => ({ image: null, pdf: null }),
    'shell.print': () => ({ printed: true }),
  };
}
