// Case studies of a station for tests of the window: the station's own rules on what may leave, in memory, and the studies
// of Utopia as the station draws them.
import { createHash } from 'node:crypto';
import { StationFailure } from '../../electron/failure.ts';
import { createStudySpecimens } from '../../electron/services/study-specimens.ts';
import { sourcesOf } from '../../electron/services/study-source.ts';
import { newId } from '../../renderer/lib/id.ts';
import type { CaseView } from '../../shared/contract/cases.ts';
import type { Channel, Handlers, Request } from '../../shared/contract/channels.ts';
import type { ReportRow } from '../../shared/contract/reports.ts';
import type { CaseStudy } from '../../shared/sharing/case-study.ts';
import type { Box } from '../../shared/sharing/full.ts';
import { knownOfCase } from '../../shared/sharing/known-of-case.ts';
import { encodeReport, type FullWireReport } from '../../shared/sharing/report.ts';
import type { StudyDraft } from '../../shared/sharing/study-draft.ts';
import { pictureOfStudy, studyLeaving, wordsOfStudy } from '../../shared/sharing/study-leaving.ts';
import { PIECE } from './fake-reports.ts';
import type { FakeStation } from './fake-station.ts';

export interface FakeStudies {
  drafts: Map<string, { reportId: string; content: StudyDraft }>;
  /** Zones that the reader finds on the next pieces, in the whole picture. */
  zones: Box[];
}

export const createFakeStudies = (): FakeStudies => ({ drafts: new Map(), zones: [] });

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const specimens = createStudySpecimens();

type StudyHandlers = Pick<Handlers, Extract<Channel, `study.${string}`>>;

export function fakeStudies(station: FakeStation, viewOf: (id: string) => CaseView): StudyHandlers {
  const { studies, reports } = station;
  const me = () => station.vault.session ?? { officerId: '', name: '', role: 'officer' as const };
  const aboutOf = (reportId: string): { row: ReportRow; body: FullWireReport } => {
    const row = reports.rows.find(({ id }) => id === reportId);
    if (row === undefined) throw new StationFailure('not-found');
    if (row.state !== 'approved') throw new StationFailure('study-report');
    return { row, body: JSON.parse(reports.bodies.get(reportId) ?? '') };
  };
  const leavingOf = ({ examinationId, reportId, content }: Request<'study.preview'>) => {
    const view = viewOf(examinationId);
    const { body } = aboutOf(reportId);
    return studyLeaving(content, {
      id: newId(),
      replaces: null,
      createdAt: new Date().toISOString(),
      role: me().role,
      about: body,
      known: knownOfCase(view),
      placesOf: (imageId) => {
        const source = sourcesOf(view).find(({ id }) => id === imageId);
        const zone = source?.zone ?? null;
        return { portrait: source?.portrait ?? null, zones: zone === null ? [] : [zone] };
      },
      pieces: content.images.map(({ imageId, at, hidden }) => ({
        sha256: digest(JSON.stringify([imageId, at, hidden])),
        bytes: 70,
        mime: 'image/png',
        showsZone: studies.zones.length > 0,
      })),
    });
  };
  const confirmOf = (body: CaseStudy) => ({
    words: digest(wordsOfStudy(body)),
    images: body.images.map((image) => digest(pictureOfStudy(image))),
  });
  const own = (): CaseStudy[] =>
    reports.rows
      .filter(({ kind, state }) => kind === 'case-study' && state !== 'sent-back')
      .map(({ id }) => JSON.parse(reports.bodies.get(id) ?? '{}'));
  return {
    'study.prepare': ({ reportId }) => {
      const { row, body } = aboutOf(reportId);
      const kept = studies.drafts.get(row.examinationId);
      const { type, issuer, series } = body.document;
      return {
        examinationId: row.examinationId,
        reportId,
        content: kept?.content ?? {
          title: '',
          happened: body.narrative.happened ?? '',
          gaveAway: body.fraud.findings.map(({ note }) => note).join('\n'),
          twelveSeconds: body.fraud.tip ?? '',
          images: [],
          question: { text: '', answers: ['', ''], right: 0, because: '' },
        },
        savedAt: kept === undefined ? null : new Date().toISOString(),
        document: { type, issuer, series },
        fraud: body.fraud.types,
        pictures: sourcesOf(viewOf(row.examinationId)),
        needsApproval: reports.needsApproval,
        studies: [],
      };
    },
    'study.save-draft': ({ examinationId, reportId, content }) => {
      studies.drafts.set(examinationId, { reportId, content });
      return { savedAt: new Date().toISOString() };
    },
    'study.drafts': () => ({
      drafts: [...studies.drafts].map(([examinationId, { reportId, content }]) => ({
        examinationId,
        reportId,
        title: content.title,
        savedAt: '2026-11-22T08:00:00.000Z',
        officerName: me().name,
      })),
    }),
    'study.cut': ({ imageId, at, hidden }) => ({
      sha256: digest(JSON.stringify([imageId, at, hidden])),
      bytes: 70,
      mime: 'image/png',
      base64: PIECE,
      width: 1,
      height: 1,
      zones: studies.zones,
    }),
    'study.preview': (input) => {
      const { body, problems } = leavingOf(input);
      return { body, problems, confirm: body === null ? null : confirmOf(body) };
    },
    'study.submit': (input) => {
      const { body } = leavingOf(input);
      if (body === null) throw new StationFailure('report-problem');
      const { words, images } = confirmOf(body);
      if (![words, ...images].every((each) => input.confirmed.includes(each)))
        throw new StationFailure('study-unseen');
      const { row: about } = aboutOf(input.reportId);
      const text = encodeReport(body);
      reports.bodies.set(body.id, text);
      const row: ReportRow = {
        ...about,
        id: body.id,
        submissionId: input.id,
        kind: 'case-study',
        sha256: digest(text),
        state: reports.needsApproval ? 'to-approve' : 'approved',
        officerId: me().officerId,
        officerName: me().name,
      };
      reports.rows = [row, ...reports.rows];
      studies.drafts.delete(input.examinationId);
      return { reports: [row] };
    },
    'study.library': ({ query, from, issuer, type, fraud, limit, offset }) => {
      const brought = specimens.rows('en');
      const mine = own().map((study) => ({
        row: {
          id: study.id,
          from: 'here' as const,
          state: 'approved' as const,
          title: study.title,
          type: study.document.type,
          issuer: study.document.issuer,
          fraud: study.fraud,
          at: study.createdAt,
          agencyName: '',
          stationCode: '',
        },
        words: study.title,
      }));
      const all = [...mine, ...brought];
      const found = all.filter(
        ({ row, words }) =>
          words.toLowerCase().includes(query.toLowerCase()) &&
          (from === null || row.from === from) &&
          (issuer === null || row.issuer === issuer) &&
          (type === null || row.type === type) &&
          (fraud === null || row.fraud.includes(fraud)),
      );
      return {
        rows: found.slice(offset, offset + limit).map(({ row }) => row),
        total: found.length,
        issuers: [...new Set(all.map(({ row }) => row.issuer))],
        types: [...new Set(all.map(({ row }) => row.type))],
        frauds: [...new Set(all.flatMap(({ row }) => row.fraud))],
      };
    },
    'study.open': async ({ id }) => {
      const brought = specimens.rows('en').find(({ row }) => row.id === id)?.row;
      const drawn = await specimens.open(id, 'en');
      if (brought === undefined || drawn === undefined) throw new StationFailure('not-found');
      return { row: brought, study: drawn.study };
    },
    'study.picture': async ({ id, sha256 }) => {
      const bytes = (await specimens.open(id, 'en'))?.pictures.get(sha256);
      if (bytes === undefined) throw new StationFailure('image-unknown');
      return { mime: 'image/jpeg', base64: Buffer.from(bytes).toString('base64') };
    },
  };
}
