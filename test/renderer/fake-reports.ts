// Reports, outbox and hub of a station for tests of the window: the station's own rules on drafts and tiers, in memory.
import { createHash } from 'node:crypto';
import { shippedProcedure } from '../../electron/services/procedures.ts';
import { StationFailure } from '../../electron/failure.ts';
import { newId } from '../../renderer/lib/id.ts';
import type { BundleRecipients } from '../../shared/contract/bundles.ts';
import type { CaseView } from '../../shared/contract/cases.ts';
import type { Channel, Handlers, Request } from '../../shared/contract/channels.ts';
import type { ReceivedRow, ReportAbout, ReportFilter, ReportRow } from '../../shared/contract/reports.ts';
import type { HubState, LegalBasis, OutboxState } from '../../shared/contract/sync.ts';
import { allItems } from '../../shared/procedures/procedure.ts';
import { fullReportFrom } from '../../shared/sharing/from-case.ts';
import type { Audience, FullReport } from '../../shared/sharing/full.ts';
import { knownOfCase } from '../../shared/sharing/known-of-case.ts';
import { leaving, type Left } from '../../shared/sharing/leaving.ts';
import { encodeReport } from '../../shared/sharing/report.ts';
import type { FakeStation } from './fake-station.ts';

export const PARTNER = {
  id: '01930000-0000-4000-8000-0000000000b1',
  name: 'Border Police of Ruritania',
  country: 'UTO',
  stations: 2,
};
export const BASIS: LegalBasis = {
  id: '01930000-0000-7000-8000-0000000000b2',
  agencyId: PARTNER.id,
  kind: 'mou',
  reference: 'MoU 12/2025, section 4',
  from: '2025-01-01',
  until: null,
};
const STATION_AT_HUB = '01930000-0000-4000-8000-0000000000b3';
const AGENCY = '01930000-0000-4000-8000-0000000000b4';

/** One pixel. */
export const PIECE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export interface FakeReports {
  drafts: Map<string, FullReport>;
  rows: ReportRow[];
  bodies: Map<string, string>;
  received: { row: ReceivedRow; body: string }[];
  bases: LegalBasis[];
  hub: HubState;
  outbox: OutboxState;
  /** Whom a file can be for. */
  stations: BundleRecipients['stations'];
  /** Whether somebody else is to approve what is submitted. */
  needsApproval: boolean;
}

/** A station of the own agency, one of the partner, and one of an agency on which nothing is on file. */
const STATIONS: BundleRecipients['stations'] = [
  {
    id: '01930000-0000-4000-8000-0000000000c4',
    code: 'PN-B2',
    place: 'Port of Nowhere',
    agencyId: AGENCY,
    agencyName: 'Immigration Service of Utopia',
    isOwnAgency: true,
    hasBasis: true,
  },
  {
    id: '01930000-0000-4000-8000-0000000000c5',
    code: 'RU-01',
    place: 'Strelsau',
    agencyId: PARTNER.id,
    agencyName: PARTNER.name,
    isOwnAgency: false,
    hasBasis: true,
  },
  {
    id: '01930000-0000-4000-8000-0000000000c6',
    code: 'FR-07',
    place: 'Graustark',
    agencyId: '01930000-0000-4000-8000-0000000000c7',
    agencyName: 'Customs of Graustark',
    isOwnAgency: false,
    hasBasis: false,
  },
];

/** A station that is enrolled, with one partner on whom a basis is on file. */
export function createFakeReports(): FakeReports {
  return {
    drafts: new Map(),
    rows: [],
    bodies: new Map(),
    received: [],
    bases: [BASIS],
    hub: {
      hub: {
        address: 'https://hub.example',
        hubId: '01930000-0000-4000-8000-0000000000b5',
        agencyId: AGENCY,
        agencyName: 'Immigration Service of Utopia',
        stationId: STATION_AT_HUB,
        enrolledAt: '2026-11-20T08:00:00.000Z',
        clockOffsetMs: 0,
        fingerprint: 'Q2hl-Y2sg-dGhp',
      },
      partners: [PARTNER],
    },
    outbox: {
      waiting: 0,
      parked: 0,
      sent: 0,
      oldestAt: null,
      lastReceiptAt: null,
      hold: 'free',
      reason: null,
      until: null,
      rows: [],
    },
    stations: STATIONS,
    needsApproval: true,
  };
}

/** Whether a list that is narrowed so shows a report of this. */
const isOf = (about: ReportAbout | null, { issuer, type, fraud }: ReportFilter): boolean =>
  (issuer === undefined || about?.issuer === issuer) &&
  (type === undefined || about?.type === type) &&
  (fraud === undefined || about?.fraud.includes(fraud) === true);

const audiencesOf = ({ bases, hub }: FakeReports): Audience[] =>
  hub.hub === null
    ? []
    : [
        ...bases.map(({ id, agencyId }): Audience => ({ tier: 'T1', agencyId, basisId: id })),
        { tier: 'T2' },
        { tier: 'T3' },
      ];

function leftOf(
  reports: FakeReports,
  view: CaseView,
  content: FullReport,
  audience: Audience,
  replaces: string | null,
): Left {
  const basis = audience.tier === 'T1' ? reports.bases.find(({ id }) => id === audience.basisId) : undefined;
  return leaving(content, audience, {
    id: newId(),
    replaces,
    createdAt: new Date().toISOString(),
    stationId: STATION_AT_HUB,
    agencyId: AGENCY,
    basis: basis === undefined ? null : { kind: basis.kind, reference: basis.reference },
    token: () => null,
    known: knownOfCase(view),
  });
}

export const digestOfText = (text: string): string => createHash('sha256').update(text).digest('hex');

const PROCEDURE = shippedProcedure();

type Area = 'report' | 'received' | 'outbox' | 'hub' | 'basis' | 'bundle';
type ByHand = 'case.hand-over' | 'case.receive' | 'case.acknowledge' | 'case.take-back';
type ReportHandlers = Pick<Handlers, Extract<Channel, `${Area}.${string}`> | ByHand>;

export function fakeReports(station: FakeStation, viewOf: (id: string) => CaseView): ReportHandlers {
  const { reports } = station;
  const me = () => station.vault.session ?? { officerId: '', name: '', role: 'officer' as const };
  const rowOf = (id: string): ReportRow => {
    const row = reports.rows.find((one) => one.id === id);
    if (row === undefined) throw new StationFailure('not-found');
    return row;
  };
  const change = (id: string, part: Partial<ReportRow>): ReportRow => {
    const row = { ...rowOf(id), ...part };
    reports.rows = reports.rows.map((one) => (one.id === id ? row : one));
    return row;
  };
  const decided = (decisionNote: string | null): Partial<ReportRow> => ({
    decidedAt: new Date().toISOString(),
    decidedBy: me().name,
    decisionNote,
  });
  function made(
    { id: submissionId, examinationId, content }: Request<'report.submit'>,
    audience: Audience,
    replaces: string | null,
  ): ReportRow {
    const { body, problems } = leftOf(reports, viewOf(examinationId), content, audience, replaces);
    if (body === null || problems.length > 0) throw new StationFailure('report-problem', ['content']);
    const text = encodeReport(body);
    reports.bodies.set(body.id, text);
    return {
      id: body.id,
      submissionId,
      examinationId,
      tier: audience.tier,
      agencyId: audience.tier === 'T1' ? audience.agencyId : null,
      kind: body.kind,
      replaces,
      state: reports.needsApproval ? 'to-approve' : 'approved',
      at: new Date().toISOString(),
      officerId: me().officerId,
      officerName: me().name,
      needsApproval: reports.needsApproval,
      decidedAt: null,
      decidedBy: null,
      decisionNote: null,
      sha256: digestOfText(text),
      bytes: Buffer.byteLength(text),
      sending: reports.needsApproval ? null : 'waiting',
      sentAt: null,
      standing: 'in-force',
      erased: false,
      about: { issuer: body.document.issuer, type: body.document.type, fraud: body.fraud.types },
    };
  }
  return {
    'report.prepare': ({ examinationId }) => {
      const view = viewOf(examinationId);
      const facts = { country: 'UTO', placeKind: 'airport', direction: 'arrivals', language: 'en' };
      const first = fullReportFrom(
        view,
        { ...facts, role: me().role, day: '2026-11-22', hour: 14 },
        allItems(PROCEDURE),
      );
      const kept = reports.drafts.get(examinationId);
      return {
        content: kept ?? first.full,
        suggested: first.suggested,
        savedAt: kept === undefined ? null : new Date().toISOString(),
        reports: reports.rows.filter((row) => row.examinationId === examinationId),
        audiences: audiencesOf(reports),
        needsApproval: reports.needsApproval,
      };
    },
    'report.save-draft': ({ examinationId, content }) => {
      reports.drafts.set(examinationId, content);
      return { savedAt: new Date().toISOString() };
    },
    'report.crop': ({ imageId, at }) => ({
      sha256: digestOfText(`${imageId} ${JSON.stringify(at)}`),
      bytes: 70,
      mime: 'image/png',
      base64: PIECE,
    }),
    'report.preview': ({ examinationId, content, audience }) => {
      const { body, sealedPart, problems } = leftOf(reports, viewOf(examinationId), content, audience, null);
      return { body, sealedPart, problems };
    },
    'report.submit': (input) => {
      const rows = input.audiences.map(({ audience, replaces }) => made(input, audience, replaces));
      reports.rows = [...rows, ...reports.rows];
      return { reports: rows };
    },
    'report.withdraw': ({ reportId }) => ({ reports: [change(reportId, { standing: 'withdrawn' })] }),
    'report.list': ({ show, limit, offset, ...filter }) => {
      const fits = ({ state, sentAt, about }: ReportRow): boolean =>
        (show === 'all' || state === 'to-approve' || (show === 'open' && sentAt === null)) &&
        isOf(about, filter);
      const rows = reports.rows.filter(fits).slice(offset, offset + limit);
      return { rows, more: false };
    },
    'report.open': ({ id }) => ({
      report: rowOf(id),
      text: reports.bodies.get(id) ?? '',
      sealedPart: null,
      images: [],
    }),
    'report.image': () => ({ mime: 'image/png', base64: PIECE }),
    'report.approve': ({ id }) => {
      if (rowOf(id).officerId === me().officerId) throw new StationFailure('report-own');
      return { report: change(id, { ...decided(null), state: 'approved', sending: 'waiting' }) };
    },
    'report.send-back': ({ id, note }) => ({
      report: change(id, { ...decided(note), state: 'sent-back' }),
    }),
    'received.list': ({ limit, offset, ...filter }) => {
      const rows = reports.received.map(({ row }) => row).filter(({ about }) => isOf(about, filter));
      return { rows: rows.slice(offset, offset + limit), more: rows.length > offset + limit };
    },
    'received.open': ({ id }) => {
      const found = reports.received.find(({ row }) => row.id === id);
      if (found === undefined) throw new StationFailure('not-found');
      return { report: found.row, body: JSON.parse(found.body) as never, sealedPart: null };
    },
    'outbox.state': () => reports.outbox,
    'outbox.retry': ({ seq }) => {
      const rows = reports.outbox.rows.map((row) =>
        row.seq === seq ? { ...row, state: 'waiting' as const } : row,
      );
      reports.outbox = { ...reports.outbox, rows };
      return reports.outbox;
    },
    'outbox.pause': () => (reports.outbox = { ...reports.outbox, hold: 'paused' }),
    'outbox.resume': () => (reports.outbox = { ...reports.outbox, hold: 'free' }),
    'outbox.send-now': () => reports.outbox,
    'hub.state': () => reports.hub,
    'hub.enrol': () => reports.hub,
    'hub.leave': () => (reports.hub = { ...reports.hub, hub: null }),
    'bundle.recipients': () => ({ hub: true, stations: reports.stations }),
    'bundle.state': () => ({ running: null }),
    'bundle.cancel': () => ({ running: null }),
    'bundle.find': ({ folder }) => ({ files: [{ path: `${folder}/reports.ccb`, bytes: 40_000 }] }),
    'bundle.write': ({ folder }) => ({
      path: `${folder}/reports.ccb`,
      bytes: 40_000,
      sha256: 'ab'.repeat(32),
      bundleId: newId(),
      reports: 2,
      images: 1,
      leftOut: 0,
    }),
    'bundle.read': () => ({
      bundleId: newId(),
      from: { kind: 'hub', id: newId(), code: null },
      at: '2026-11-22T07:00:00.000Z',
      receipts: 2,
      reports: 1,
      known: 1,
      refused: 3,
      refusals: [
        { reason: 'changed', count: 1 },
        { reason: 'unknown-sender', count: 2 },
      ],
    }),
    'case.hand-over': ({ folder }) => ({
      path: `${folder}/case.ccb`,
      bytes: 900_000,
      sha256: 'ab'.repeat(32),
      handoverId: newId(),
      missing: 0,
    }),
    'case.receive': () => ({
      kind: 'opened',
      examinationId: newId(),
      handoverId: newId(),
      stationCode: 'PN-B2',
      known: false,
      entries: 3,
    }),
    'case.acknowledge': ({ folder }) => ({
      path: `${folder}/word.ccb`,
      bytes: 900,
      sha256: 'cd'.repeat(32),
    }),
    'case.take-back': () => ({}),
    'basis.list': () => ({ bases: reports.bases }),
    'basis.save': ({ bases }) => {
      reports.bases = bases;
      return { bases };
    },
  };
}
