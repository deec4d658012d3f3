// What a case study is made from: pictures of the case with what the station knows to be where on them, the words of the
// report that it is about, and everybody whom it must not name.
import type { CaseView } from '../../shared/contract/cases.ts';
import type { Person } from '../../shared/contract/vault.ts';
import type { StudySource } from '../../shared/contract/studies.ts';
import { FORMATS, type FormatId } from '../../shared/mrz/formats.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { type Box, fullReport } from '../../shared/sharing/full.ts';
import { knownOfCase } from '../../shared/sharing/known-of-case.ts';
import { knownOf } from '../../shared/sharing/leaving.ts';
import { itemWord } from '../../shared/sharing/preview.ts';
import type { FullWireReport } from '../../shared/sharing/report.ts';
import type { Known } from '../../shared/sharing/scan.ts';
import type { StudyDraft } from '../../shared/sharing/study-draft.ts';
import { STUDY_LENGTHS } from '../../shared/sharing/study-limits.ts';
import type { KnownPlaces } from '../../shared/sharing/study-pictures.ts';
import { boundsOf, portraitPart } from '../../shared/vision/portrait-place.ts';
import type { Quad } from '../../shared/vision/types.ts';
import type { Db } from '../db/open.ts';
import { loadReportDraft } from '../db/report-drafts.ts';
import { dayIn } from './context.ts';

/** The words of an id in the language of the station; null where there are none. */
export type StudyWords = (id: string) => string | null;

type Document = CaseView['record']['documents'][number];

/** Within a picture; null where nothing of it lies there. */
function within(box: Box, { width, height }: { width: number; height: number }): Box | null {
  const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
  const right = Math.min(width, box.x + box.width);
  const bottom = Math.min(height, box.y + box.height);
  return right - x >= 1 && bottom - y >= 1 ? { x, y, width: right - x, height: bottom - y } : null;
}

function formatOf({ reading, judgedOn }: Document): FormatId | null {
  const parsed = parseMrz([...(reading?.lines ?? [])], { today: judgedOn });
  return parsed.ok ? parsed.format : null;
}

/** Zone and portrait on the picture that a document was read from; of a mirrored one the portrait is not told. */
function placesIn(
  document: Document,
  image: Document['images'][number],
): { zone: Box | null; portrait: Box | null } {
  const { reading } = document;
  if (reading === null || reading.outline === null || reading.imageId !== image.id)
    return { zone: null, portrait: null };
  const [a, b, c, d] = reading.outline;
  const outline: Quad = [a, b, c, d];
  const format = formatOf(document);
  const part =
    format === null || reading.mirrored === true
      ? null
      : portraitPart(format, outline, FORMATS[format].columns);
  return {
    zone: within(boundsOf(outline), image),
    portrait: part === null ? null : within(boundsOf(part.corners), image),
  };
}

/** All pictures of a case, those added at second line behind those of the documents. */
export function sourcesOf({ record, entries }: CaseView): StudySource[] {
  const read = record.documents.flatMap((document) =>
    document.images.map((image) => ({ image, ...placesIn(document, image) })),
  );
  const added = entries.flatMap((entry) =>
    entry.kind === 'image' ? [{ image: entry.image, zone: null, portrait: null }] : [],
  );
  return [...read, ...added].map(({ image: { id, light, width, height }, zone, portrait }) => ({
    id,
    light,
    width,
    height,
    zone,
    portrait,
  }));
}

export function placesOn(view: CaseView, imageId: string): KnownPlaces {
  const source = sourcesOf(view).find(({ id }) => id === imageId);
  const zone = source?.zone ?? null;
  return { portrait: source?.portrait ?? null, zones: zone === null ? [] : [zone] };
}

const GIVES_AWAY: ReadonlySet<string> = new Set(['differs', 'not-present']);

/** What was found, one thing a line: as the officer noted it, else by the words of what was looked at. */
function foundIn({ fraud }: FullWireReport, words: StudyWords): string {
  const noted = fraud.findings
    .filter(({ result }) => GIVES_AWAY.has(result))
    .flatMap(({ item, note }) => (note === '' ? (words(itemWord(item)) ?? []) : note));
  const lines = [...new Set([...noted, ...fraud.anchors.map(({ description }) => description)])];
  return lines.filter((line) => line !== '').join('\n');
}

/** A study as far as its report tells it. */
export function firstStudy(report: FullWireReport, words: StudyWords): StudyDraft {
  return {
    title: '',
    happened: (report.narrative.happened ?? '').slice(0, STUDY_LENGTHS.happened),
    gaveAway: foundIn(report, words).slice(0, STUDY_LENGTHS.gaveAway),
    twelveSeconds: report.fraud.tip ?? '',
    images: [],
    question: { text: '', answers: ['', ''], right: 0, because: '' },
  };
}

/** Whoever the case knows, everybody of the station, what the report's own draft says of persons, and the days it happened. */
export function knownOfStudy(
  db: Db,
  view: CaseView,
  { people, timeZone }: { people: readonly Person[]; timeZone: string },
): Known {
  const { record } = view;
  const known = knownOfCase(view);
  const named: Known = {
    ...known,
    names: [...known.names, ...people.map(({ name }) => name)],
    dates: [
      ...known.dates,
      dayIn(timeZone, new Date(record.startedAt)),
      dayIn(timeZone, new Date(record.savedAt)),
    ],
  };
  const draft = fullReport.safeParse(loadReportDraft(db, record.id)?.content);
  return draft.success ? knownOf(draft.data, named, 'T2') : named;
}
