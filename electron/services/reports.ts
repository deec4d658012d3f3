// Reports at this station: prepared from a case, previewed for each audience, submitted for good, approved, taken back.
import { v7 as uuidv7 } from 'uuid';
import type { CaseView } from '../../shared/contract/cases.ts';
import type { Output, Request } from '../../shared/contract/channels.ts';
import type { ReportRow } from '../../shared/contract/reports.ts';
import { DETACHED_KINDS, IMAGE_MIMES } from '../../shared/sharing/codes.ts';
import { tierLeaks } from '../../shared/sharing/leaks.ts';
import { type Audience, fullReport } from '../../shared/sharing/full.ts';
import { knownOfCase } from '../../shared/sharing/known-of-case.ts';
import { withdrawalOf } from '../../shared/sharing/leaving.ts';
import { encodeReport, type WireReport } from '../../shared/sharing/report.ts';
import { MAX_REPORT_BYTES } from '../../shared/sharing/shapes.ts';
import type { Known } from '../../shared/sharing/scan.ts';
import { cropBytes, cropsOf, listReports, type NewCrop, reportBody, reportsOf } from '../db/reports.ts';
import { loadReportDraft, saveReportDraft } from '../db/report-drafts.ts';
import { StationFailure } from '../failure.ts';
import type { BasisService } from './bases.ts';
import { onDuty, type ServiceContext } from './context.ts';
import type { ProcedureService } from './procedures.ts';
import {
  audiencesOf,
  firstDraft,
  madeOf,
  ownSealedPart,
  pieceOf,
  piecesOf,
  picturesOf,
  requireHub,
  shownPiece,
} from './report-means.ts';
import { createReportWriting, type Made, type WritingMeans } from './report-writing.ts';

export interface ReportService {
  prepare(input: Request<'report.prepare'>): Output<'report.prepare'>;
  saveDraft(input: Request<'report.save-draft'>): Output<'report.save-draft'>;
  crop(input: Request<'report.crop'>): Promise<Output<'report.crop'>>;
  preview(input: Request<'report.preview'>): Output<'report.preview'>;
  submit(input: Request<'report.submit'>): Promise<Output<'report.submit'>>;
  withdraw(input: Request<'report.withdraw'>): Output<'report.withdraw'>;
  list(input: Request<'report.list'>): Output<'report.list'>;
  open(input: Request<'report.open'>): Output<'report.open'>;
  image(input: Request<'report.image'>): Output<'report.image'>;
  approve(input: Request<'report.approve'>): Output<'report.approve'>;
  sendBack(input: Request<'report.send-back'>): Output<'report.send-back'>;
}

export interface ReportMeans extends WritingMeans {
  /** The case as whoever asks may see it; throws `not-found`. */
  openCase(examinationId: string): CaseView;
  procedures: Pick<ProcedureService, 'current'>;
  bases: BasisService;
}

const isDetached = (kind: string): boolean => DETACHED_KINDS.some((each) => each === kind);

const partnerOf = (audience: Audience): Made['audience'] =>
  audience.tier === 'T1' ? audience : { tier: audience.tier, agencyId: null, basisId: null };

/** Without alerts and case studies, and what takes them back: they take the place of no report. */
function reportsAlone(rows: readonly ReportRow[]): ReportRow[] {
  const detached = new Set(rows.filter(({ kind }) => isDetached(kind)).map(({ id }) => id));
  return rows.filter(({ kind, replaces }) => !isDetached(kind) && !detached.has(replaces ?? ''));
}

function bytesOf(report: WireReport): Buffer {
  const body = Buffer.from(encodeReport(report), 'utf8');
  if (body.length > MAX_REPORT_BYTES) throw new StationFailure('report-problem', ['content']);
  return body;
}

export function createReportService(context: ServiceContext, means: ReportMeans): ReportService {
  const { db, images, now } = context;
  const { openCase, procedures, people, bases } = means;
  const writing = createReportWriting(context, means);
  const { rowOf, needsApproval, repeated } = writing;

  function openKept(examinationId: string): CaseView {
    const view = openCase(examinationId);
    if (view.record.erasedAt !== undefined) throw new StationFailure('erased');
    return view;
  }

  /** Whoever the case knows, and everybody of the station: none of it may stand in what leaves in the open. */
  function knownIn(view: CaseView): Known {
    const known = knownOfCase(view);
    return { ...known, names: [...known.names, ...people().map(({ name }) => name)] };
  }

  /** One report of a submission. Throws `report-problem` with its place and the places in it. */
  function makeOne(
    { examinationId, content, audiences }: Request<'report.submit'>,
    index: number,
    pieces: ReadonlyMap<string, NewCrop>,
    at: Date,
  ): Made {
    const asked = audiences[index];
    if (asked === undefined) throw new StationFailure('bad-request', ['audiences']);
    const { audience, replaces } = asked;
    const making = { content, audience, replaces, known: knownIn(openKept(examinationId)), at };
    const { body, problems } = madeOf(db, bases, making, { sealed: true });
    const refused = (paths: readonly string[]): StationFailure =>
      new StationFailure('report-problem', [`audiences.${index}`, ...new Set(paths)]);
    if (body === null || problems.length > 0) throw refused(problems.map(({ path }) => path));
    const leaks = tierLeaks(body);
    if (leaks.length > 0) throw refused(leaks);
    const { id, kind } = body;
    const named = body.images.flatMap(({ sha256 }) => pieces.get(sha256) ?? []);
    return { audience: partnerOf(audience), replaces, id, kind, body: bytesOf(body), pieces: named };
  }

  return {
    prepare({ examinationId }) {
      const duty = onDuty(context);
      const view = openKept(examinationId);
      const saved = loadReportDraft(db, examinationId);
      const kept = fullReport.safeParse(saved?.content);
      const first = firstDraft(view, duty, procedures.current());
      return {
        content: kept.success ? kept.data : first.full,
        suggested: first.suggested,
        savedAt: kept.success ? (saved?.savedAt ?? null) : null,
        reports: reportsAlone(reportsOf(db, examinationId)),
        audiences: audiencesOf(db, bases),
        needsApproval: needsApproval(duty),
      };
    },
    saveDraft({ examinationId, content }) {
      const { officer } = onDuty(context);
      openKept(examinationId);
      const at = now().toISOString();
      saveReportDraft(db, { examinationId, officerId: officer.id, at, content });
      return { savedAt: at };
    },
    async crop({ examinationId, imageId, at }) {
      if (!picturesOf(openKept(examinationId)).has(imageId)) throw new StationFailure('image-unknown');
      return shownPiece(await pieceOf(images, imageId, at));
    },
    preview({ examinationId, content, audience }) {
      const known = knownIn(openKept(examinationId));
      const making = { content, audience, replaces: null, known, at: now() };
      const { body, sealedPart, problems } = madeOf(db, bases, making, { sealed: false });
      return { body, sealedPart, problems };
    },
    async submit(input) {
      const duty = onDuty(context);
      const { id, examinationId, content, audiences } = input;
      const request = JSON.stringify(input);
      const before = repeated(id, request, duty.officer.id);
      if (before !== undefined) return before;
      requireHub(db);
      const names = audiences.map(({ audience }) => `${audience.tier} ${partnerOf(audience).agencyId}`);
      if (new Set(names).size < names.length) throw new StationFailure('bad-request', ['audiences']);
      const pieces = await piecesOf(images, openKept(examinationId), content);
      const at = now();
      const made = audiences.map((_each, index) => makeOne(input, index, pieces, at));
      writing.write(duty, { id, examinationId, request, at: at.toISOString(), made }, () =>
        saveReportDraft(db, { examinationId, officerId: duty.officer.id, at: at.toISOString(), content }),
      );
      return { reports: made.map((each) => rowOf(each.id)) };
    },
    withdraw(input) {
      const duty = onDuty(context);
      const { id: submissionId, reportId, reason } = input;
      const request = JSON.stringify(input);
      const before = repeated(submissionId, request, duty.officer.id);
      if (before !== undefined) return before;
      const { stationId, agencyId } = requireHub(db);
      const { tier, agencyId: to, examinationId } = rowOf(reportId);
      const at = now().toISOString();
      const { language } = duty.settings;
      const id = uuidv7();
      const body = bytesOf(
        withdrawalOf(
          { id: reportId, tier, language, to, stationId, agencyId },
          { id, createdAt: at, reason, createdByRole: duty.officer.role },
        ),
      );
      const audience = { tier, agencyId: to, basisId: null };
      const made: Made[] = [{ audience, replaces: reportId, kind: 'withdrawal', id, body, pieces: [] }];
      writing.write(duty, { id: submissionId, examinationId, request, at, made }, () => undefined);
      return { reports: [rowOf(id)] };
    },
    list(input) {
      const rows = listReports(db, { ...input, limit: input.limit + 1 });
      return { rows: rows.slice(0, input.limit), more: rows.length > input.limit };
    },
    open({ id }) {
      const report = rowOf(id);
      const text = reportBody(db, id)?.toString('utf8') ?? '';
      return { report, text, sealedPart: ownSealedPart(db, text), images: cropsOf(db, id) };
    },
    image({ sha256 }) {
      const crop = cropBytes(db, sha256);
      const mime = IMAGE_MIMES.find((each) => each === crop?.mime);
      if (crop === undefined || mime === undefined) throw new StationFailure('image-unknown');
      return { mime, base64: crop.bytes.toString('base64') };
    },
    approve({ id }) {
      const duty = onDuty(context);
      const row = rowOf(id);
      // A repeated request whose answer was lost.
      if (row.state === 'approved') return { report: row };
      if (row.state === 'sent-back') throw new StationFailure('already-saved');
      if (row.needsApproval && row.officerId === duty.officer.id) throw new StationFailure('report-own');
      if (row.erased) throw new StationFailure('erased');
      writing.approve(duty, id, now().toISOString());
      return { report: rowOf(id) };
    },
    sendBack({ id, note }) {
      const duty = onDuty(context);
      const row = rowOf(id);
      const isRepeated =
        row.state === 'sent-back' && row.decisionNote === note && row.decidedBy === duty.officer.name;
      if (isRepeated) return { report: row };
      if (row.state !== 'to-approve') throw new StationFailure('already-saved');
      writing.sendBack(duty, id, note, now().toISOString());
      return { report: rowOf(id) };
    },
  };
}
