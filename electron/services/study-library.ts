// The library of case studies: own ones, those of others, and those of Utopia; searched and read without a network.
import type { Output, Request } from '../../shared/contract/channels.ts';
import { can } from '../../shared/contract/rights.ts';
import type { ShownStudy, StudyRow } from '../../shared/contract/studies.ts';
import { type CaseStudy, caseStudy, caseStudyTexts } from '../../shared/sharing/case-study.ts';
import { IMAGE_MIMES } from '../../shared/sharing/codes.ts';
import { tokensOf } from '../../shared/sharing/fold.ts';
import { cropBytes } from '../db/reports.ts';
import { standingStudies, studyBody, type StudyStanding } from '../db/studies.ts';
import { StationFailure } from '../failure.ts';
import { readJson } from '../json.ts';
import { onDuty, type ServiceContext } from './context.ts';
import { createStudySpecimens } from './study-specimens.ts';

export interface StudyLibrary {
  library(input: Request<'study.library'>): Output<'study.library'>;
  open(input: Request<'study.open'>): Promise<Output<'study.open'>>;
  picture(input: Request<'study.picture'>): Promise<Output<'study.picture'>>;
}

/** A study with what a search looks at. */
interface Listed {
  row: StudyRow;
  folded: string;
}

const foldedWords = (text: string): string =>
  tokensOf(text)
    .map(({ folded }) => folded)
    .join(' ');

/** Every word that was typed begins a word of the study. */
function fits({ folded }: Listed, query: string): boolean {
  const padded = ` ${folded}`;
  return tokensOf(query).every((token) => padded.includes(` ${token.folded}`));
}

const shown = ({
  title,
  document,
  fraud,
  happened,
  gaveAway,
  twelveSeconds,
  images,
  question,
}: CaseStudy): ShownStudy => ({
  title,
  document,
  fraud,
  happened,
  gaveAway,
  twelveSeconds,
  images,
  question,
});

const byCode = (codes: readonly string[]): string[] => [...new Set(codes)].toSorted();

export function createStudyLibrary(context: ServiceContext): StudyLibrary {
  const { db } = context;
  const specimens = createStudySpecimens();
  /** What was read once never changes under its id. */
  const read = new Map<string, { study: CaseStudy; folded: string }>();

  function studyOf(id: string): { study: CaseStudy; folded: string } | undefined {
    const before = read.get(id);
    if (before !== undefined) return before;
    const parsed = caseStudy.safeParse(readJson(studyBody(db, id)?.toString('utf8') ?? ''));
    if (!parsed.success) return undefined;
    const texts = caseStudyTexts(parsed.data).map(({ text }) => text);
    const known = { study: parsed.data, folded: foldedWords(texts.join('\n')) };
    read.set(id, known);
    return known;
  }

  function listed(standing: StudyStanding): Listed[] {
    const known = studyOf(standing.id);
    if (known === undefined) return [];
    const { id, from, state, at, agencyName, stationCode } = standing;
    const { title, document, fraud } = known.study;
    const { type, issuer } = document;
    const row = { id, from, state, title, type, issuer, fraud, at, agencyName, stationCode };
    return [{ row, folded: `${known.folded} ${foldedWords(`${issuer} ${agencyName} ${stationCode}`)}` }];
  }

  /** Whoever makes reports sees also those that wait; everybody else those that were approved. */
  function all(): Listed[] {
    const { settings, officer } = onDuty(context);
    const seesWaiting = can(officer.role, 'report.open');
    const own = standingStudies(db).filter(({ state }) => seesWaiting || state === 'approved');
    const brought = specimens
      .rows(settings.language)
      .map(({ row, words }) => ({ row, folded: foldedWords(`${words} ${row.issuer}`) }));
    return [...own.flatMap(listed), ...brought];
  }

  function rowOf(id: string): StudyRow {
    const found = all().find(({ row }) => row.id === id);
    if (found === undefined) throw new StationFailure('not-found');
    return found.row;
  }

  async function open(id: string): Promise<Output<'study.open'>> {
    const row = rowOf(id);
    if (row.from !== 'utopia') {
      const known = studyOf(id);
      if (known === undefined) throw new StationFailure('not-found');
      return { row, study: shown(known.study) };
    }
    const drawn = await specimens.open(id, onDuty(context).settings.language);
    if (drawn === undefined) throw new StationFailure('not-found');
    return { row, study: drawn.study };
  }

  async function picture(id: string, sha256: string): Promise<Output<'study.picture'>> {
    const { row, study } = await open(id);
    // Only what the study names: the other pieces of reports are not for everybody.
    if (!study.images.some((image) => image.sha256 === sha256)) throw new StationFailure('image-unknown');
    if (row.from === 'utopia') {
      const drawn = await specimens.open(id, onDuty(context).settings.language);
      const bytes = drawn?.pictures.get(sha256);
      if (bytes === undefined) throw new StationFailure('image-unknown');
      return { mime: 'image/jpeg', base64: Buffer.from(bytes).toString('base64') };
    }
    const crop = cropBytes(db, sha256);
    const mime = IMAGE_MIMES.find((each) => each === crop?.mime);
    if (crop === undefined || mime === undefined) throw new StationFailure('image-unknown');
    return { mime, base64: crop.bytes.toString('base64') };
  }

  return {
    library({ query, from, issuer, type, fraud, limit, offset }) {
      const every = all();
      const found = every.filter(
        (each) =>
          (from === null || each.row.from === from) &&
          (issuer === null || each.row.issuer === issuer) &&
          (type === null || each.row.type === type) &&
          (fraud === null || each.row.fraud.includes(fraud)) &&
          fits(each, query),
      );
      const rows = every.map(({ row }) => row);
      return {
        rows: found.slice(offset, offset + limit).map(({ row }) => row),
        total: found.length,
        issuers: byCode(rows.map((row) => row.issuer)),
        types: [...new Set(rows.map((row) => row.type))],
        frauds: [...new Set(rows.flatMap((row) => row.fraud))],
      };
    },
    open: ({ id }) => open(id),
    picture: ({ id, sha256 }) => picture(id, sha256),
  };
}
