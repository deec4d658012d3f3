// Alerts of a station as a test sets them: the station's own rules on what leaves, in memory.
import { StationFailure } from '../../electron/failure.ts';
import { newId } from '../../renderer/lib/id.ts';
import type { AlertRow } from '../../shared/contract/alerts.ts';
import type { Handlers, Output, Request } from '../../shared/contract/channels.ts';
import type { ReportRow } from '../../shared/contract/reports.ts';
import type { Alert } from '../../shared/sharing/alert.ts';
import { alertLeaving, firstAlert } from '../../shared/sharing/alert-leaving.ts';
import { encodeReport, fullWireReport } from '../../shared/sharing/report.ts';
import { alertOf } from '../hub/wire-reports.ts';
import { PARTNER } from './fake-reports.ts';
import type { FakeStation } from './fake-station.ts';

export interface FakeAlerts {
  rows: AlertRow[];
  bodies: Map<string, Alert>;
  /** What the hub says of who read an own alert; null where it does not answer. */
  reads: Output<'alert.reads'>['elsewhere'] | null;
}

export const createFakeAlerts = (): FakeAlerts => ({ rows: [], bodies: new Map(), reads: [] });

/** An alert of the partner that nobody has opened, in force. */
export function addAlert(own: FakeAlerts, alert: Partial<Alert> = {}, row: Partial<AlertRow> = {}): string {
  const author = { stationId: crypto.randomUUID(), agencyId: PARTNER.id };
  const body = alertOf(author, newId(), alert);
  const { id, createdAt: at, tip, fits, expiresAt } = body;
  own.bodies.set(id, body);
  own.rows = [
    {
      id,
      origin: 'others',
      agencyName: PARTNER.name,
      stationCode: 'RU-01',
      at,
      tip,
      fits,
      expiresAt,
      standing: 'live',
      isRead: false,
      ...row,
    },
    ...own.rows,
  ];
  return id;
}

type AlertHandlers = Pick<Handlers, Extract<keyof Handlers, `alert.${string}`>>;

export function fakeAlerts(station: FakeStation): AlertHandlers {
  const { alerts: own, reports } = station;
  const me = () => station.vault.session ?? { officerId: '', name: '', role: 'officer' as const };
  const rowOf = (id: string): AlertRow => {
    const row = own.rows.find((one) => one.id === id);
    if (row === undefined) throw new StationFailure('not-found');
    return row;
  };
  const aboutOf = (reportId: string): { row: ReportRow; body: ReturnType<typeof fullWireReport.parse> } => {
    const row = reports.rows.find((one) => one.id === reportId);
    if (row === undefined) throw new StationFailure('not-found');
    if (row.tier !== 'T2' || row.state !== 'approved') throw new StationFailure('alert-report');
    return { row, body: fullWireReport.parse(JSON.parse(reports.bodies.get(reportId) ?? '')) };
  };
  const leavingOf = ({ reportId, content }: Request<'alert.preview'>) =>
    alertLeaving(content, {
      id: newId(),
      at: new Date(),
      role: me().role,
      about: aboutOf(reportId).body,
      known: { names: ['ERIKSSON'], numbers: [], dates: [] },
    });
  return {
    'alert.prepare': ({ reportId }) => {
      const { body } = aboutOf(reportId);
      return {
        content: firstAlert(body, 30),
        numberRange: body.document.numberRange,
        mrzPattern: body.document.mrzPattern,
        agencies: [{ id: PARTNER.id, name: PARTNER.name }],
        places: ['PN', 'RU'],
        countries: ['UTO'],
        needsApproval: reports.needsApproval,
        alerts: [],
      };
    },
    'alert.preview': leavingOf,
    'alert.submit': (input) => {
      const { body, problems } = leavingOf(input);
      if (body === null || problems.length > 0) throw new StationFailure('report-problem', ['tip']);
      const before = aboutOf(input.reportId).row;
      const report: ReportRow = {
        ...before,
        id: body.id,
        submissionId: input.id,
        kind: 'alert',
        about: null,
        state: reports.needsApproval ? 'to-approve' : 'approved',
      };
      reports.rows = [report, ...reports.rows];
      reports.bodies.set(body.id, encodeReport(body));
      own.bodies.set(body.id, body);
      const { id, createdAt: at, tip, fits, expiresAt } = body;
      const standing = reports.needsApproval ? 'waiting' : 'live';
      const origin = { origin: 'here', agencyName: '', stationCode: '', isRead: true } as const;
      own.rows = [{ ...origin, id, at, tip, fits, expiresAt, standing }, ...own.rows];
      return { report };
    },
    'alert.list': () => ({ rows: own.rows, more: false }),
    'alert.open': ({ id }) => {
      const body = own.bodies.get(id);
      if (body === undefined) throw new StationFailure('not-found');
      own.rows = own.rows.map((row) => (row.id === id ? { ...row, isRead: true } : row));
      const here = [{ name: me().name, role: me().role, at: new Date().toISOString() }];
      return { row: rowOf(id), body, readers: { here, elsewhere: [] } };
    },
    'alert.reads': () => ({ elsewhere: own.reads ?? [], isHeard: own.reads !== null }),
    'alert.lane': () => ({
      alerts: own.rows
        .filter(({ standing }) => standing === 'live')
        .map(({ id, tip, agencyName: from, expiresAt, fits }) => ({ id, tip, from, expiresAt, ...fits })),
    }),
  };
}
