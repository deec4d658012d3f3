// The examination in the lane as plain data: documents, images, readings, and every change to them as a function.
import type {
  DocumentSubmission,
  Draft,
  ImageSubmission,
  PrintSubmission,
  ReadingSource,
  ReadingSubmission,
} from '../../../shared/contract/records.ts';
import type { Quad, ReadZone } from '../../../shared/vision/types.ts';

/** An image of the draft; its size is known once it was taken or shown, and a draft does not keep it. */
export interface ImageWork extends ImageSubmission {
  size: { width: number; height: number } | null;
}

/** A reading as it will be submitted, with the cells' places in the picture where the reader has just told them. */
export interface ReadingWork extends ReadingSubmission {
  quads: Quad[][] | null;
}

export interface DocumentWork {
  id: string;
  images: ImageWork[];
  reading: ReadingWork | null;
}

export interface Work {
  id: string;
  startedAt: string;
  documents: DocumentWork[];
}

type Correction = ReadingSubmission['corrections'][number];

/** The rule name of a character changed by hand. */
export const BY_OFFICER = 'officer';
/** The rule name of a sign that the keyboard layout turned into another. */
export const BY_LAYOUT = 'keyboard-layout';
/** Last place of the widest row. */
const LAST_COLUMN = 43;
/** Most corrections that one submission may carry. */
const MOST_CORRECTIONS = 200;

export function emptyDocument(id: string): DocumentWork {
  return { id, images: [], reading: null };
}

/** A reading that says something: rows begun by hand and still empty are none. */
export function hasReading(document: DocumentWork): boolean {
  return document.reading?.lines.some((line) => line !== '') === true;
}

function isFilled(document: DocumentWork): boolean {
  return document.images.length > 0 || hasReading(document);
}

/** True while nothing of a traveller is in the lane. */
export function isEmpty(work: Work): boolean {
  return !work.documents.some(isFilled);
}

/** The draft as the station keeps it; documents that hold nothing are left out, one at least remains. */
export function toDraft(work: Work): Draft {
  const filled = work.documents.filter(isFilled);
  const documents = (filled.length > 0 ? filled : work.documents.slice(0, 1)).map(toSubmission);
  return { id: work.id, startedAt: work.startedAt, documents };
}

function toSubmission(document: DocumentWork): DocumentSubmission {
  const { id, images, reading } = document;
  return {
    id,
    images: images.map(({ size: _size, ...image }) => image),
    reading: reading === null || !hasReading(document) ? null : withoutQuads(reading),
  };
}

function withoutQuads({ quads: _quads, ...reading }: ReadingWork): ReadingSubmission {
  return reading;
}

export function fromDraft(draft: Draft): Work {
  return {
    id: draft.id,
    startedAt: draft.startedAt,
    documents: draft.documents.map((document) => ({
      id: document.id,
      images: document.images.map((image) => ({ ...image, size: null })),
      reading: document.reading === null ? null : { ...document.reading, quads: null },
    })),
  };
}

/** The picture that a place of the draft names, as the station names it: `documents.0.images.1`; null for any other. */
export function imageAt(draft: Draft, place: string): string | null {
  const [, document = '', image = ''] = /^documents\.(\d+)\.images\.(\d+)$/u.exec(place) ?? [];
  return draft.documents[Number.parseInt(document, 10)]?.images[Number.parseInt(image, 10)]?.id ?? null;
}

/** The work without some pictures; what was read in one of them stays, with no place in a picture. */
export function withoutImages(work: Work, ids: readonly string[]): Work {
  const isGone = (id: string | null) => id !== null && ids.includes(id);
  const documents = work.documents.map(({ id, images, reading }) => ({
    id,
    images: images.filter((image) => !isGone(image.id)),
    reading: isGone(reading?.imageId ?? null) ? withoutImage(reading) : reading,
  }));
  return { ...work, documents };
}

function withoutImage(reading: ReadingWork | null): ReadingWork | null {
  return reading === null ? null : { ...reading, imageId: null, outline: null, quads: null };
}

/** The work as it begins: its time counts from what came first, not from when the lane was cleared. */
export function begun(before: Work, after: Work, now: string): Work {
  return isEmpty(before) && !isEmpty(after) ? { ...after, startedAt: now } : after;
}

/** The work with one document changed. */
export function withDocument(work: Work, id: string, change: (document: DocumentWork) => DocumentWork): Work {
  return { ...work, documents: work.documents.map((one) => (one.id === id ? change(one) : one)) };
}

/** What the reader found in an image, as a reading. */
export function readingOfImage(found: ReadZone, image: Pick<ImageSubmission, 'id' | 'source'>): ReadingWork {
  return {
    source: image.source === 'file' ? 'image' : image.source,
    lines: found.lines,
    rawLines: found.rawLines.slice(0, 8).map((line) => line.slice(0, 200)),
    // What was taken out beside the zone may lie past its last place.
    corrections: found.corrections
      .slice(0, MOST_CORRECTIONS)
      .map((correction) => ({ ...correction, column: Math.min(correction.column, LAST_COLUMN) })),
    lowConfidence: found.lowConfidence,
    confidence: Math.max(0, Math.min(1, found.confidence)),
    outline: found.outline,
    imageId: image.id,
    ...(found.mirrored === true ? { mirrored: true } : {}),
    quads: found.characters.map((row) => row.map((character) => character.quad)),
  };
}

/** Rows of a reader device or of the keyboard. Where the rows as shown differ, every change is recorded. */
export function readingOfKeys(
  source: Extract<ReadingSource, 'wedge' | 'typed'>,
  lines: string[],
  rawLines: string[] = lines,
): ReadingWork {
  const kept = lines.slice(0, 3).map((line) => line.slice(0, 60));
  const shown = rawLines.slice(0, 8).map((line) => line.slice(0, 200));
  const sameShape = shown.map((row) => row.length).join() === kept.map((row) => row.length).join();
  return {
    source,
    lines: kept,
    rawLines: shown,
    corrections: sameShape ? differences(shown.map(upper), kept, BY_LAYOUT).slice(0, MOST_CORRECTIONS) : [],
    lowConfidence: [],
    confidence: null,
    outline: null,
    imageId: null,
    quads: null,
  };
}

function upper(row: string): string {
  return row.toUpperCase().length === row.length ? row.toUpperCase() : row;
}

/** Place by place what stands otherwise; a missing place counts as empty. */
function differences(before: readonly string[], after: readonly string[], rule: string): Correction[] {
  const found: Correction[] = [];
  for (let row = 0; row < Math.min(3, Math.max(before.length, after.length)); row++) {
    const [old, now] = [before[row] ?? '', after[row] ?? ''];
    for (let column = 0; column < Math.min(44, Math.max(old.length, now.length)); column++) {
      const [from, to] = [old[column] ?? '', now[column] ?? ''];
      if (from !== to) found.push({ row, column, from, to, rule, reason: `correction.${rule}` });
    }
  }
  return found;
}

/** The rows as they were before the officer changed anything by hand. */
export function linesBeforeHand(reading: ReadingSubmission): string[] {
  const byHand = reading.corrections.filter((correction) => correction.rule === BY_OFFICER);
  if (byHand.length === 0) return reading.lines;
  const rows = Math.max(reading.lines.length, ...byHand.map((correction) => correction.row + 1));
  return Array.from({ length: rows }, (_, row) => {
    const now = [...(reading.lines[row] ?? '')];
    for (const { column, from } of byHand.filter((one) => one.row === row)) now[column] = from;
    return now.join('');
  }).filter((line, row) => line !== '' || row < reading.lines.length);
}

/** The reading with more of what its page says; `undefined` for what shall count as not looked at. */
export function withPrint(reading: ReadingWork, change: PrintSubmission): ReadingWork {
  const { print: before, ...rest } = reading;
  const said = Object.entries({ ...before, ...change }).filter(([, text]) => text !== undefined);
  return said.length === 0 ? rest : { ...rest, print: Object.fromEntries(said) };
}

/**
 * The reading after the officer's hand: for a typed one the rows are simply these; any other keeps what was read
 * as corrections, and where it was not sure stays in the record as it was read.
 */
export function withLines(reading: ReadingWork, lines: string[]): ReadingWork {
  if (reading.source === 'typed') return { ...reading, lines, rawLines: lines };
  const byMachine = reading.corrections.filter((correction) => correction.rule !== BY_OFFICER);
  const byHand = differences(linesBeforeHand(reading), lines, BY_OFFICER);
  return { ...reading, lines, corrections: [...byMachine, ...byHand].slice(0, MOST_CORRECTIONS) };
}
