// What leaves of a case study: made of its draft and of the report that it is about, and by nothing else. Pure: the pieces
// of pictures are handed in as the station made them.
import { type CaseStudy, caseStudy, caseStudyTexts } from './case-study.ts';
import type { Problem } from './leaving.ts';
import type { FullWireReport } from './report.ts';
import { faultsOf, type Known } from './scan.ts';
import { REPORT_SCHEMA } from './shapes.ts';
import type { StudyDraft, StudyPicture } from './study-draft.ts';
import { type KnownPlaces, type StudyPictureFault, studyPictureFaults } from './study-pictures.ts';

/** A piece as the station made it, its boxes black, and whether it still shows a zone. */
export interface StudyPiece {
  sha256: string;
  bytes: number;
  mime: CaseStudy['images'][number]['mime'];
  showsZone: boolean;
}

export interface StudyProblem extends Omit<Problem, 'code'> {
  code:
    | Problem['code']
    | StudyPictureFault
    | 'study-zone-found'
    | 'study-picture-gone'
    | 'study-same-answers';
}

export interface StudyMeans {
  /** UUIDv7 of this study, and of the one that it takes the place of. */
  id: string;
  replaces: string | null;
  /** UTC with milliseconds. */
  createdAt: string;
  role: CaseStudy['createdByRole'];
  /** Of the network, approved: what it says of the document and the fraud is what the study says. */
  about: Pick<FullWireReport, 'id' | 'language' | 'stationId' | 'agencyId' | 'document' | 'fraud'>;
  known: Known;
  placesOf: (imageId: string) => KnownPlaces;
  /** The piece of each picture, in their order; null where it cannot be made, or was not asked for. */
  pieces: readonly (StudyPiece | null)[];
}

const REQUIRED = ['title', 'happened', 'gaveAway', 'twelveSeconds'] as const;

const missing = (path: string): StudyProblem => ({ path, code: 'missing', place: null });

function missingOf(draft: StudyDraft): StudyProblem[] {
  const { question } = draft;
  const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';
  const paths = [
    ...REQUIRED.filter((name) => isBlank(draft[name])),
    ...(['text', 'because'] as const)
      .filter((name) => isBlank(question[name]))
      .map((name) => `question.${name}`),
    ...question.answers.flatMap((answer, at) => (isBlank(answer) ? [`question.answers.${at}`] : [])),
    ...(question.right < question.answers.length ? [] : ['question.right']),
  ];
  const bare = question.answers.map((answer) => answer.trim().toLowerCase());
  const same = bare.flatMap((answer, at): StudyProblem[] =>
    answer !== '' && bare.indexOf(answer) < at
      ? [{ path: `question.answers.${at}`, code: 'study-same-answers', place: null }]
      : [],
  );
  return [...paths.map(missing), ...same];
}

const faultsOfPicture = (picture: StudyPicture, { placesOf }: StudyMeans): StudyPictureFault[] =>
  studyPictureFaults(picture, placesOf(picture.imageId));

function pictureProblems(draft: StudyDraft, means: StudyMeans): StudyProblem[] {
  return draft.images.flatMap((picture, at) => {
    const faults: StudyProblem['code'][] = faultsOfPicture(picture, means);
    const piece = means.pieces[at] ?? null;
    if (faults.length === 0 && piece === null) faults.push('study-picture-gone');
    if (piece?.showsZone === true) faults.push('study-zone-found');
    return faults.map((code): StudyProblem => ({ path: `images.${at}`, code, place: null }));
  });
}

/** The texts of a draft as they leave: without blanks around them. */
function trimmed(draft: StudyDraft): StudyDraft {
  const { question } = draft;
  return {
    ...draft,
    title: draft.title.trim(),
    happened: draft.happened.trim(),
    gaveAway: draft.gaveAway.trim(),
    twelveSeconds: draft.twelveSeconds.trim(),
    question: {
      ...question,
      text: question.text.trim(),
      answers: question.answers.map((answer) => answer.trim()),
      because: question.because.trim(),
    },
  };
}

/** Makes the study: `body` as it will be sent, null where something stands in the way; `problems` what does. */
export function studyLeaving(
  content: StudyDraft,
  means: StudyMeans,
): { body: CaseStudy | null; problems: StudyProblem[] } {
  const draft = trimmed(content);
  const { about } = means;
  const document = {
    type: about.document.type,
    issuer: about.document.issuer,
    series: about.document.series,
  };
  const images = draft.images.flatMap(({ light, caption, marks }, at) => {
    const piece = means.pieces[at] ?? null;
    if (piece === null) return [];
    const { sha256, bytes, mime } = piece;
    return [{ sha256, bytes, mime, light, what: 'crop' as const, caption, marks }];
  });
  // Scanned as the author wrote it, whether or not its pictures can be made.
  const texts = caseStudyTexts({
    ...draft,
    document,
    images: draft.images.map((each) => ({ ...PIECE, ...each })),
  });
  const problems = [
    ...missingOf(draft),
    ...texts.flatMap(({ path, text }) =>
      faultsOf(text, means.known).map((fault): StudyProblem => ({ path, ...fault })),
    ),
    ...pictureProblems(draft, means),
  ];
  if (problems.length > 0) return { body: null, problems };
  const body = caseStudy.parse({
    schema: REPORT_SCHEMA,
    id: means.id,
    tier: 'T2',
    kind: 'case-study',
    replaces: means.replaces,
    createdAt: means.createdAt,
    language: about.language,
    stationId: about.stationId,
    agencyId: about.agencyId,
    to: null,
    createdByRole: means.role,
    about: about.id,
    title: draft.title,
    document,
    fraud: about.fraud.types,
    happened: draft.happened,
    gaveAway: draft.gaveAway,
    twelveSeconds: draft.twelveSeconds,
    images,
    question: draft.question,
  });
  return { body, problems };
}

/** Stands for a piece where only its texts are looked at. */
const PIECE = { sha256: '', bytes: 1, mime: 'image/jpeg', what: 'crop' } as const;

/** What an author confirms of the words of a study, as one text: the same where nothing of them was changed. */
export function wordsOfStudy(study: CaseStudy): string {
  const { title, document, fraud, happened, gaveAway, twelveSeconds, question } = study;
  return JSON.stringify([title, document, fraud, happened, gaveAway, twelveSeconds, question]);
}

/** What an author confirms of one of its pictures: the piece with its caption and marks. */
export const pictureOfStudy = ({ sha256, caption, marks }: CaseStudy['images'][number]): string =>
  JSON.stringify([sha256, caption, marks]);
