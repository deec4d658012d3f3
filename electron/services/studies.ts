// Writing a case study at this station: prefilled from a report of the network, kept as a draft, its pictures made as they
// would leave, and submitted once its author has confirmed every part.
import { v7 as uuidv7 } from 'uuid';
import type { CaseView } from '../../shared/contract/cases.ts';
import type { Output, Request } from '../../shared/contract/channels.ts';
import type { ReportRow } from '../../shared/contract/reports.ts';
import type { CaseStudy } from '../../shared/sharing/case-study.ts';
import { tierLeaks } from '../../shared/sharing/leaks.ts';
import { encodeReport, type FullWireReport, fullWireReport } from '../../shared/sharing/report.ts';
import { studyDraft, type StudyDraft } from '../../shared/sharing/study-draft.ts';
import {
  pictureOfStudy,
  studyLeaving,
  type StudyPiece,
  type StudyProblem,
  wordsOfStudy,
} from '../../shared/sharing/study-leaving.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { loadReportRow, type NewCrop, reportBody, reportsOf } from '../db/reports.ts';
import { loadStudyDraft, saveStudyDraft, studyDrafts } from '../db/studies.ts';
import { StationFailure } from '../failure.ts';
import { readJson } from '../json.ts';
import { onDuty, type ServiceContext } from './context.ts';
import { createReportWriting, type Made, type WritingMeans } from './report-writing.ts';
import { requireHub } from './report-means.ts';
import { reportWords } from './report-words.ts';
import { createStudyPieces, type StudyPieces } from './study-pieces.ts';
import { firstStudy, knownOfStudy, placesOn, sourcesOf, type StudyWords } from './study-source.ts';

export interface StudyService {
  prepare(input: Request<'study.prepare'>): Output<'study.prepare'>;
  saveDraft(input: Request<'study.save-draft'>): Output<'study.save-draft'>;
  drafts(): Output<'study.drafts'>;
  cut(input: Request<'study.cut'>): Promise<Output<'study.cut'>>;
  preview(input: Request<'study.preview'>): Promise<Output<'study.preview'>>;
  submit(input: Request<'study.submit'>): Promise<Output<'study.submit'>>;
}

export interface StudyMeans extends WritingMeans {
  /** The case as whoever asks may see it; throws `not-found`. */
  openCase(examinationId: string): CaseView;
  /** With the words of an agency's own types. */
  procedure(): Output<'procedure.get'>;
}

type Content = Request<'study.preview'>;

interface Leaving {
  body: CaseStudy | null;
  problems: StudyProblem[];
}

const isStudy = ({ kind }: ReportRow): boolean => kind === 'case-study';

/** Digests of what an author confirms, part by part. */
const confirmOf = (body: CaseStudy): { words: string; images: string[] } => ({
  words: sha256(wordsOfStudy(body)),
  images: body.images.map((image) => sha256(pictureOfStudy(image))),
});

export function createStudyService(context: ServiceContext, means: StudyMeans): StudyService {
  const { db, images, now } = context;
  const writing = createReportWriting(context, means);
  const pieces = createStudyPieces(images);

  function openKept(examinationId: string): CaseView {
    const view = means.openCase(examinationId);
    if (view.record.erasedAt !== undefined) throw new StationFailure('erased');
    return view;
  }

  /** The report that a study is about: of the network, let go, and in force. */
  function aboutOf(reportId: string): { row: ReportRow; body: FullWireReport } {
    const row = loadReportRow(db, reportId);
    if (row === undefined) throw new StationFailure('not-found');
    const body = fullWireReport.safeParse(readJson(reportBody(db, reportId)?.toString('utf8') ?? ''));
    const isRight = row.tier === 'T2' && row.state === 'approved' && row.standing === 'in-force';
    if (!isRight || !body.success) throw new StationFailure('study-report');
    return { row, body: body.data };
  }

  function aboutIn({ examinationId, reportId }: Pick<Content, 'examinationId' | 'reportId'>): FullWireReport {
    const { row, body } = aboutOf(reportId);
    if (row.examinationId !== examinationId) throw new StationFailure('bad-request', ['reportId']);
    return body;
  }

  /** The study of this case that a new one takes the place of. */
  const replacedIn = (examinationId: string): string | null =>
    reportsOf(db, examinationId).find(
      (row) => isStudy(row) && row.state === 'approved' && row.standing === 'in-force',
    )?.id ?? null;

  /** What leaves of a draft, with its pieces as `piecesOf` gives them. */
  async function leavingOf<P extends StudyPiece>(
    input: Content,
    piecesOf: (...asked: Parameters<StudyPieces['of']>) => Promise<(P | null)[]>,
  ): Promise<Leaving & { pieces: (P | null)[] }> {
    const { examinationId, content } = input;
    const about = aboutIn(input);
    requireHub(db);
    const view = openKept(examinationId);
    const { officer, settings } = onDuty(context);
    const placesOf = (imageId: string) => placesOn(view, imageId);
    const made = await piecesOf(view, content.images, placesOf);
    const at = now();
    const known = knownOfStudy(db, view, { people: means.people(), timeZone: settings.timeZone });
    const left = studyLeaving(content, {
      id: uuidv7(),
      replaces: replacedIn(examinationId),
      createdAt: at.toISOString(),
      role: officer.role,
      about,
      known,
      placesOf,
      pieces: made,
    });
    return { ...left, pieces: made };
  }

  /** Words of what was looked at, in the language of the station. */
  function wordsNow(): StudyWords {
    const { language, timeZone } = onDuty(context).settings;
    const { words } = means.procedure();
    const { say } = reportWords(language, timeZone, words[language] ?? words['en'] ?? {});
    return (id) => {
      const said = say(id);
      return said === id ? null : said;
    };
  }

  function keptOf(examinationId: string): { content: StudyDraft; savedAt: string } | null {
    const saved = loadStudyDraft(db, examinationId);
    const parsed = studyDraft.safeParse(saved?.content);
    return saved === undefined || !parsed.success ? null : { content: parsed.data, savedAt: saved.savedAt };
  }

  return {
    prepare({ reportId }) {
      const duty = onDuty(context);
      const { row, body } = aboutOf(reportId);
      const { examinationId } = row;
      const view = openKept(examinationId);
      const kept = keptOf(examinationId);
      return {
        examinationId,
        reportId,
        content: kept?.content ?? firstStudy(body, wordsNow()),
        savedAt: kept?.savedAt ?? null,
        document: { type: body.document.type, issuer: body.document.issuer, series: body.document.series },
        fraud: body.fraud.types,
        pictures: sourcesOf(view),
        needsApproval: writing.needsApproval(duty),
        studies: reportsOf(db, examinationId).filter(isStudy),
      };
    },
    saveDraft({ examinationId, reportId, content }) {
      const { officer } = onDuty(context);
      openKept(examinationId);
      aboutIn({ examinationId, reportId });
      const savedAt = now().toISOString();
      saveStudyDraft(db, { examinationId, reportId, officerId: officer.id, savedAt, content });
      return { savedAt };
    },
    drafts() {
      const drafts = studyDrafts(db).flatMap(({ content, ...rest }) => {
        const parsed = studyDraft.safeParse(content);
        return parsed.success ? [{ ...rest, title: parsed.data.title }] : [];
      });
      return { drafts };
    },
    cut: ({ examinationId, imageId, at, hidden }) =>
      pieces.cut(openKept(examinationId), { imageId, at, hidden }),
    async preview(input) {
      const { body, problems } = await leavingOf(input, pieces.looked);
      return { body, problems, confirm: body === null ? null : confirmOf(body) };
    },
    async submit(input) {
      const duty = onDuty(context);
      const { id, examinationId, confirmed } = input;
      const request = JSON.stringify(input);
      const before = writing.repeated(id, request, duty.officer.id);
      if (before !== undefined) return before;
      const { body, problems, pieces: made } = await leavingOf(input, pieces.of);
      const refused = (paths: readonly string[]): StationFailure =>
        new StationFailure('report-problem', [...new Set(paths)]);
      if (body === null) throw refused(problems.map(({ path }) => path));
      const leaks = tierLeaks(body);
      if (leaks.length > 0) throw refused(leaks);
      const { words, images: shown } = confirmOf(body);
      const seen = new Set(confirmed);
      if (![words, ...shown].every((digest) => seen.has(digest))) throw new StationFailure('study-unseen');
      const named = new Map(
        made.flatMap((piece) => (piece === null ? [] : [[piece.sha256, piece] as const])),
      );
      const crops: NewCrop[] = [...named.values()].map(({ sha256: digest, mime, jpeg }) => ({
        sha256: digest,
        mime,
        bytes: jpeg,
      }));
      const one: Made = {
        audience: { tier: 'T2', agencyId: null, basisId: null },
        replaces: body.replaces,
        kind: 'case-study',
        id: body.id,
        body: Buffer.from(encodeReport(body), 'utf8'),
        pieces: crops,
      };
      const at = body.createdAt;
      writing.write(duty, { id, examinationId, request, at, made: [one] }, () => {
        // The case may have been erased, or the report taken back, while its pictures were made.
        openKept(examinationId);
        aboutIn(input);
        const { reportId, content } = input;
        saveStudyDraft(db, { examinationId, reportId, officerId: duty.officer.id, savedAt: at, content });
      });
      return { reports: [writing.rowOf(body.id)] };
    },
  };
}
