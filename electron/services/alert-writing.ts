// Making an alert at this station: prefilled from a report of the network that was approved, shown as it would leave, and
// submitted for approval like that report.
import { v7 as uuidv7 } from 'uuid';
import type { CaseView } from '../../shared/contract/cases.ts';
import type { Output, Request } from '../../shared/contract/channels.ts';
import type { ReportRow } from '../../shared/contract/reports.ts';
import { USUAL_ALERT_DAYS } from '../../shared/sharing/codes.ts';
import { alertLeaving, firstAlert } from '../../shared/sharing/alert-leaving.ts';
import { tierLeaks } from '../../shared/sharing/leaks.ts';
import { encodeReport, type FullWireReport, fullWireReport } from '../../shared/sharing/report.ts';
import { placeCode } from '../../shared/sharing/shapes.ts';
import { writableStations } from '../db/carried.ts';
import { loadReportRow, reportBody, reportsOf } from '../db/reports.ts';
import { StationFailure } from '../failure.ts';
import { readJson } from '../json.ts';
import { onDuty, type ServiceContext } from './context.ts';
import { requireHub } from './report-means.ts';
import { createReportWriting, type Made, type WritingMeans } from './report-writing.ts';
import { knownOfStudy } from './study-source.ts';

export interface AlertWriting {
  prepare(input: Request<'alert.prepare'>): Output<'alert.prepare'>;
  preview(input: Request<'alert.preview'>): Output<'alert.preview'>;
  submit(input: Request<'alert.submit'>): Output<'alert.submit'>;
}

export interface AlertWritingMeans extends WritingMeans {
  /** The case as whoever asks may see it; throws `not-found`. */
  openCase(examinationId: string): CaseView;
}

/** How the codes of stations begin, to the first hyphen, where that can be a place. */
function placesOf(codes: readonly string[]): string[] {
  const firsts = codes.map((code) => code.split('-')[0] ?? '');
  return [...new Set(firsts)].filter((first) => placeCode.safeParse(first).success).toSorted();
}

export function createAlertWriting(context: ServiceContext, means: AlertWritingMeans): AlertWriting {
  const { db, now } = context;
  const writing = createReportWriting(context, means);

  function openKept(examinationId: string): CaseView {
    const view = means.openCase(examinationId);
    if (view.record.erasedAt !== undefined) throw new StationFailure('erased');
    return view;
  }

  /** The report that an alert is about: of the network, let go, and in force. */
  function aboutOf(reportId: string): { row: ReportRow; body: FullWireReport } {
    const row = loadReportRow(db, reportId);
    if (row === undefined) throw new StationFailure('not-found');
    const body = fullWireReport.safeParse(readJson(reportBody(db, reportId)?.toString('utf8') ?? ''));
    const isRight = row.tier === 'T2' && row.state === 'approved' && row.standing === 'in-force';
    if (!isRight || !body.success) throw new StationFailure('alert-report');
    return { row, body: body.data };
  }

  function leavingOf({ reportId, content }: Request<'alert.preview'>, id: string) {
    const { officer, settings } = onDuty(context);
    const { row, body } = aboutOf(reportId);
    requireHub(db);
    const view = openKept(row.examinationId);
    const known = knownOfStudy(db, view, { people: means.people(), timeZone: settings.timeZone });
    return { row, ...alertLeaving(content, { id, at: now(), role: officer.role, about: body, known }) };
  }

  return {
    prepare({ reportId }) {
      const duty = onDuty(context);
      const { row, body } = aboutOf(reportId);
      const { agencyId } = requireHub(db);
      openKept(row.examinationId);
      const stations = writableStations(db);
      const agencies = new Map(stations.map((station) => [station.agencyId, station.agencyName]));
      agencies.delete(agencyId);
      const isOfReport = ({ id }: ReportRow): boolean =>
        Reflect.get(Object(readJson(reportBody(db, id)?.toString('utf8') ?? '')), 'about') === reportId;
      return {
        content: firstAlert(body, USUAL_ALERT_DAYS),
        numberRange: body.document.numberRange,
        mrzPattern: body.document.mrzPattern,
        agencies: [...agencies].map(([id, name]) => ({ id, name })),
        places: placesOf(stations.map(({ code }) => code)),
        countries: [...new Set(stations.map(({ country }) => country))].toSorted(),
        needsApproval: writing.needsApproval(duty),
        alerts: reportsOf(db, row.examinationId).filter((each) => each.kind === 'alert' && isOfReport(each)),
      };
    },
    preview(input) {
      const { body, problems } = leavingOf(input, uuidv7());
      return { body, problems };
    },
    submit(input) {
      const duty = onDuty(context);
      const request = JSON.stringify(input);
      const before = writing.repeated(input.id, request, duty.officer.id);
      const [repeated] = before?.reports ?? [];
      if (repeated !== undefined) return { report: repeated };
      const id = uuidv7();
      const { row, body, problems } = leavingOf(input, id);
      const refused = body === null ? [] : tierLeaks(body);
      const paths = [...problems.map(({ path }) => path), ...refused];
      if (body === null || paths.length > 0) throw new StationFailure('report-problem', [...new Set(paths)]);
      const audience: Made['audience'] = { tier: 'T2', agencyId: null, basisId: null };
      const bytes = Buffer.from(encodeReport(body), 'utf8');
      const made: Made[] = [{ audience, replaces: null, kind: 'alert', id, body: bytes, pieces: [] }];
      const { examinationId } = row;
      writing.write(
        duty,
        { id: input.id, examinationId, request, at: body.createdAt, made },
        () => undefined,
      );
      return { report: writing.rowOf(id) };
    },
  };
}
