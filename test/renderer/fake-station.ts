// A station for tests of the window: answers by the contract from memory, checks what the window sends, notes calls.
import { failureOf, StationFailure } from '../../electron/failure.ts';
import type { BackupContent, BackupState } from '../../shared/contract/backup.ts';
import type { Failure } from '../../shared/contract/bridge.ts';
import type { CaseEntry } from '../../shared/contract/cases.ts';
import { type Channel, contract, type Handlers } from '../../shared/contract/channels.ts';
import type {
  Draft,
  ExaminationRecord,
  HistoryRow,
  Officer,
  StationSettings,
  StationState,
} from '../../shared/contract/records.ts';
import { toGroupedCode } from '../../shared/contract/grouped-code.ts';
import type { Contact } from '../../shared/contract/directory.ts';
import type { LegalHold, RetentionRule } from '../../shared/contract/retention.ts';
import type { ScanState } from '../../shared/contract/scans.ts';
import type { FirstOfficer, NewPerson, Person, Session, VaultState } from '../../shared/contract/vault.ts';
import { createFakeAlerts, type FakeAlerts, fakeAlerts } from './fake-alerts.ts';
import { caseViewOf, fakeCases } from './fake-cases.ts';
import { createFakeLists, type FakeLists, fakeLists } from './fake-lists.ts';
import { createFakeDesk, type FakeDesk, fakeDesk } from './fake-desk.ts';
import { createFakeReports, type FakeReports, fakeReports } from './fake-reports.ts';
import { createFakeStudies, type FakeStudies, fakeStudies } from './fake-studies.ts';
import { createFakeTrends, type FakeTrends, fakeTrends } from './fake-trends.ts';

export const OFFICER: Officer = {
  id: '01930000-0000-7000-8000-000000000001',
  name: 'J. Tan',
  role: 'supervisor',
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
  idleMinutes: 5,
  secondSignature: 'by-staff',
  reportApproval: 'by-staff',
};

export const ADMINISTRATOR: Officer = {
  id: '01930000-0000-7000-8000-000000000003',
  name: 'A. Keys',
  role: 'administrator',
};

/** A recovery key of the right shape. */
export const RECOVERY_KEY = toGroupedCode(Uint8Array.from({ length: 32 }, (_, at) => at * 7 + 1));

/** Signed in as somebody, some minutes ago. */
export function sessionOf(officer: Officer, change: Partial<Session> = {}): Session {
  const { id, name, role } = officer;
  return {
    officerId: id,
    name,
    role,
    signedInAt: '2026-11-22T06:00:00.000Z',
    mustChange: false,
    ...change,
  };
}

const NEW_PERSON = {
  signInName: '',
  canSignIn: true,
  mustChange: true,
  lockedOut: false,
  leftAt: null,
};

const RULES: RetentionRule[] = [
  { id: 'cleared', outcomes: ['clear'], days: 30 },
  { id: 'referred', outcomes: ['referred'], days: 1095 },
];

const BACKUP_CONTENT: BackupContent = {
  stationId: '01930000-0000-7000-8000-0000000000aa',
  madeAt: '2026-11-21T20:00:00.000Z',
  version: '0.1.0',
  examinations: 120,
  pictures: 260,
  missing: 0,
  auditEntries: 400,
  auditWhole: true,
};

const ANCHOR = {
  stationId: '01930000-0000-7000-8000-0000000000aa',
  seq: 12,
  at: '2026-11-22T07:00:00.000Z',
  code: toGroupedCode(Uint8Array.from({ length: 25 }, (_, at) => at * 5 + 3)),
  line: '{}',
};

export interface FakeStation {
  contacts: Contact[];
  holds: LegalHold[];
  backup: BackupState;
  vault: VaultState;
  people: Person[];
  state: StationState;
  draft: Draft | null;
  rows: HistoryRow[];
  records: Map<string, ExaminationRecord>;
  /** Entries of the second line by examination. */
  cases: Map<string, CaseEntry[]>;
  /** Its hub, and what goes there and comes from it. */
  reports: FakeReports;
  studies: FakeStudies;
  trends: FakeTrends;
  alerts: FakeAlerts;
  lists: FakeLists;
  desk: FakeDesk;
  clearedToday: number;
  scans: ScanState;
  /** Every call in order, as the contract parsed it. */
  calls: { channel: Channel; input: unknown }[];
  /** A channel named here is refused with the code until it is removed. */
  failures: Map<string, Failure['code'] | Failure>;
  /** Replaces or adds single answers. */
  handlers: Partial<Handlers>;
  /** A call that does not fit the contract, either way; a test expects none. */
  faults: string[];
  invoke(channel: string, body: string): Promise<string>;
  /** Inputs of one channel, in order. */
  inputsOf(channel: Channel): unknown[];
}

/** A station that is set up, with a supervisor at the window; pass parts of its states to change that. */
export function createFakeStation(
  change: Partial<StationState> = {},
  vault: Partial<VaultState> = {},
): FakeStation {
  const station: FakeStation = {
    vault: {
      phase: 'open',
      version: '0.1.0',
      dataFolder: '/home/officer/countercheck',
      shell: { kind: 'host', pickFile: false, print: false },
      keystore: false,
      people: [OFFICER, SECOND_OFFICER, ADMINISTRATOR],
      session: sessionOf(OFFICER),
      idleMinutes: 5,
      oldPictures: null,
      waiting: null,
      ...vault,
    },
    people: [OFFICER, SECOND_OFFICER, ADMINISTRATOR].map((officer) => ({
      ...officer,
      signInName: officer.name.toLowerCase().replace('. ', ''),
      canSignIn: true,
      mustChange: false,
      lockedOut: false,
      leftAt: null,
    })),
    state: {
      stationId: '01930000-0000-7000-8000-0000000000aa',
      settings: SETTINGS,
      ...change,
    },
    holds: [],
    contacts: [],
    backup: {
      folder: null,
      everyHours: 24,
      keep: 7,
      last: null,
      dueAt: null,
      running: null,
      trouble: null,
    },
    draft: null,
    rows: [],
    records: new Map(),
    cases: new Map(),
    reports: createFakeReports(),
    studies: createFakeStudies(),
    trends: createFakeTrends(),
    alerts: createFakeAlerts(),
    lists: createFakeLists(),
    desk: createFakeDesk(),
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
  if (failure) {
    const error = typeof failure === 'string' ? { code: failure } : failure;
    return JSON.stringify({ ok: false, error });
  }
  const handlers: Handlers = { ...defaultHandlers(station), ...station.handlers };
  const handler = handlers[name] as (given: unknown) => unknown;
  let value: unknown;
  try {
    value = await handler(parsed.data);
  } catch (error) {
    // What the station's own rules refuse is an answer; anything else is a fault of the test.
    if (!(error instanceof StationFailure)) throw error;
    return JSON.stringify({ ok: false, error: failureOf(error) });
  }
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
  const opened = (change: Partial<VaultState>) => {
    station.vault = { ...station.vault, ...change };
    return station.vault;
  };
  const changePerson = (id: string, change: Partial<Person>) => {
    station.people = station.people.map((one) => (one.id === id ? { ...one, ...change } : one));
    return { people: station.people };
  };
  const first = (administrator: NewPerson, officer: FirstOfficer | null, settings: StationSettings) => {
    const own: Officer = { id: administrator.id, name: administrator.name, role: 'administrator' };
    const others = officer === null ? [] : [{ id: officer.id, name: officer.name, role: officer.role }];
    changed({ settings });
    const session = sessionOf(own);
    return {
      vault: opened({ phase: 'open', session, people: [own, ...others] }),
      recoveryKey: RECOVERY_KEY,
    };
  };
  return {
    ...fakeCases(station),
    ...fakeDesk(station.desk),
    ...fakeAlerts(station),
    ...fakeLists(station.lists),
    ...fakeReports(station, (id) => caseViewOf(station, id)),
    ...fakeStudies(station, (id) => caseViewOf(station, id)),
    ...fakeTrends(station.trends),
    'station.state': () => station.state,
    'vault.state': () => station.vault,
    'vault.sign-in': ({ name, officerId }) => {
      const person = station.people.find((one) => one.id === officerId || one.signInName === name);
      const { mustChange = false } = person ?? {};
      const session = sessionOf(person ?? OFFICER, { signedInAt: new Date().toISOString(), mustChange });
      return opened({ phase: 'open', session });
    },
    'vault.lock': () => opened({ phase: 'locked', session: null }),
    'vault.touch': () => ({}),
    'vault.recover': ({ administrator: { id, name } }) =>
      opened({ phase: 'open', session: sessionOf({ id, name, role: 'administrator' }) }),
    'vault.new-recovery-key': () => ({ recoveryKey: RECOVERY_KEY }),
    'vault.change-secret': () => {
      const { session } = station.vault;
      return opened({ session: session === null ? null : { ...session, mustChange: false } });
    },
    'vault.change-key': () => station.vault,
    'people.list': () => ({ people: station.people }),
    'people.save': ({ id, name, role, signInName }) => {
      const before = station.people.find((one) => one.id === id);
      const person = { ...(before ?? NEW_PERSON), id, name, role, signInName };
      station.people = [...station.people.filter((one) => one.id !== id), person];
      return { people: station.people };
    },
    'people.leave': ({ id }) => changePerson(id, { leftAt: new Date().toISOString(), canSignIn: false }),
    'people.release': ({ id }) => changePerson(id, { lockedOut: false }),
    'people.new-secret': ({ id }) => changePerson(id, { mustChange: true, lockedOut: false }),
    'station.setup': ({ settings, administrator, officer }) => first(administrator, officer, settings),
    'station.upgrade': ({ administrator, officer }) => first(administrator, officer, SETTINGS),
    'settings.save': (settings) => changed({ settings }),
    'settings.adjust': (change) =>
      changed({ settings: { ...(station.state.settings ?? SETTINGS), ...change } }),
    'draft.load': () => ({ draft: station.draft, begunBy: null }),
    'draft.take': () => {
      if (station.draft === null) throw new Error('no draft');
      return { draft: station.draft };
    },
    'draft.leave': () => ({}),
    'audit.verify': () => ({
      ok: true,
      entries: 12,
      signedFrom: 1,
      anchors: 0,
      restoredAt: [],
      breaks: [],
      more: 0,
    }),
    'audit.anchor': () => ANCHOR,
    'audit.day-log': ({ day }) => ({
      day: day ?? '2026-11-22',
      stationCode: SETTINGS.stationCode,
      place: SETTINGS.place,
      outcomes: { clear: 0, referred: 2, skip: 1 },
      clearedCounted: 40,
      refused: { signIns: 2, lockOuts: 1, recoveries: 0 },
      officers: [OFFICER.name],
      firstEntry: 3,
      anchor: ANCHOR,
    }),
    'retention.rules': () => ({ rules: RULES, setAt: null, setBy: null }),
    'retention.save-rules': ({ rules }) => ({
      rules,
      setAt: '2026-11-22T07:00:00.000Z',
      setBy: ADMINISTRATOR.name,
    }),
    'retention.preview': () => ({
      at: '2026-11-22T07:00:00.000Z',
      rules: RULES.map((rule) => ({ ...rule, due: 1, held: 0 })),
      received: 0,
      total: RULES.length,
      ids: RULES.map((_, at) => `01930000-0000-7000-8000-00000000010${at}`),
      digest: 'ab'.repeat(32),
    }),
    'retention.run': () => ({ erased: RULES.length, drafts: 0, pictures: 4, received: 0 }),
    'hold.list': () => ({ holds: station.holds }),
    'hold.set': ({ id, examinationId, reason }) => {
      const at = new Date().toISOString();
      station.holds = [...station.holds, { id, examinationId, at, officerName: OFFICER.name, reason }];
      return { holds: station.holds };
    },
    'hold.release': ({ id }) => {
      station.holds = station.holds.filter((hold) => hold.id !== id);
      return { holds: station.holds };
    },
    'backup.state': () => station.backup,
    'backup.plan': (plan) => {
      station.backup = { ...station.backup, ...plan };
      return station.backup;
    },
    'backup.create': ({ folder }) => ({
      path: `${folder ?? '/media/stick'}/countercheck.ccbackup`,
      bytes: 12_000_000,
      content: BACKUP_CONTENT,
      removed: 0,
    }),
    'backup.cancel': () => {
      station.backup = { ...station.backup, running: null };
      return station.backup;
    },
    'backup.verify': () => BACKUP_CONTENT,
    'backup.find': ({ folder }) => ({
      files: [
        {
          path: `${folder}/countercheck.ccbackup`,
          bytes: 12_000_000,
          stationId: station.state.stationId,
          madeAt: '2026-11-21T20:00:00.000Z',
          version: '0.1.0',
        },
      ],
    }),
    'backup.restore': () => {
      opened({ phase: 'sealed', session: null });
      return { content: BACKUP_CONTENT, erasedAgain: 1 };
    },
    'case.export': ({ folder }) => ({
      path: `${folder}/case`,
      files: 6,
      bytes: 900_000,
      manifestSha256: 'cd'.repeat(32),
      missing: 0,
    }),
    'diagnostics.save': ({ folder }) => ({ path: `${folder}/diagnostics.json`, bytes: 4_000 }),
    'health.state': () => ({ warnings: [], freeMegabytes: null }),
    'clock.confirm': () => ({ warnings: [], freeMegabytes: null }),
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
    'directory.list': () => ({ contacts: station.contacts }),
    'directory.save': ({ contacts }) => {
      station.contacts = contacts;
      return { contacts };
    },
    'case.print': ({ folder }) => ({
      path: folder === null ? null : `${folder}/case-0123456789ab-20261122T080000Z.pdf`,
      bytes: 20_000,
      sha256: 'ab'.repeat(32),
      page: folder === null ? '<!doctype html><html lang="en"><body><p>a report</p></body></html>' : null,
      missing: 0,
    }),
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
