// Everything that comes in: pictures, readers' bursts, typed and pasted rows; which document each belongs to.
import type { ImageSubmission } from '../../../shared/contract/records.ts';
import type { FormatId } from '../../../shared/mrz/formats.ts';
import type { DocumentReading } from '../../../shared/vision/types.ts';
import { call, failureCodeOf } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { greyOf, putImage, type StoredImage } from '../../lib/images.ts';
import { createWindowReader, type Reader } from '../../lib/reader/reader.ts';
import type { BurstReading } from '../../lib/wedge.ts';
import { announce, changeDocument, shownDocument, useExamine, when } from './store.ts';
import { rowsOf } from './typing.ts';
import {
  type DocumentWork,
  emptyDocument,
  hasReading,
  type ImageWork,
  isEmpty,
  readingOfImage,
  readingOfKeys,
} from './work.ts';

let reader: Reader | null = null;
let cancel: AbortController | null = null;
/** Pictures are taken one after the other, in the order in which they came. */
let line: Promise<void> = Promise.resolve();

/** Starts the reading worker so that the first document does not wait for it. */
export function warmReader(): void {
  reader ??= createWindowReader();
  reader.warm();
}

/** Esc: whatever is being read is left; the picture itself stays. */
export function cancelReading(): void {
  cancel?.abort();
}

/** Files of a drop, a paste or a dialog. */
export function takePictures(pictures: readonly Blob[]): void {
  for (const picture of pictures) takeOne(() => putImage(picture), 'file');
}

/** A picture that the station holds or will in a moment: from its own file dialog, a specimen, the camera. */
export function takeStored(
  stored: () => Promise<StoredImage | null>,
  source: ImageSubmission['source'],
): void {
  takeOne(stored, source);
}

function takeOne(store: () => Promise<StoredImage | null>, source: ImageSubmission['source']): void {
  if (isAsking()) return tellTrouble('decide-first');
  const mayBeTaken = arriving();
  line = line.then(whenFree).then(async () => {
    if (!mayBeTaken()) return;
    const examination = useExamine.getState().work.id;
    const control = new AbortController();
    cancel = control;
    try {
      useExamine.setState({ trouble: null, saveFailure: null, askingToDrop: false, busy: { step: 'store' } });
      const stored = await store();
      if (stored !== null && isCurrent(examination)) await takeIn(stored, source, control.signal);
    } catch (thrown) {
      if (isCurrent(examination)) tellTrouble(failureCodeOf(thrown));
    } finally {
      cancel = null;
      useExamine.setState({ busy: null });
    }
  });
}

/** Once the draft of before is there and no save is under way. */
function whenFree(): Promise<void> {
  return when(({ loaded, saving }) => loaded && !saving);
}

/** A question is open: the next traveller's document must not slip into this examination. */
function isAsking(): boolean {
  const { picker, saving } = useExamine.getState();
  return picker !== null && !saving;
}

/**
 * Notes whose document arrives now; asked again once the lane is free, whether it may be taken. Whoever was decided
 * on meanwhile gets nothing more; what comes during a save is the next traveller's, and is refused where that fails.
 */
function arriving(): () => boolean {
  const { loaded, saving, work } = useExamine.getState();
  return () => {
    const isSame = isCurrent(work.id);
    if (saving && isSame) tellTrouble('decide-first');
    return !loaded || isSame !== saving;
  };
}

function isCurrent(examination: string): boolean {
  return useExamine.getState().work.id === examination;
}

function tellTrouble(code: string): void {
  useExamine.setState({ trouble: code });
  announce(`error.${code}.happened`);
}

async function takeIn(
  stored: StoredImage,
  source: ImageSubmission['source'],
  signal: AbortSignal,
): Promise<void> {
  const { addingLight, work } = useExamine.getState();
  const image: ImageWork = {
    id: stored.id,
    light: addingLight ?? 'white',
    source,
    size: { width: stored.width, height: stored.height },
  };
  const document = addingLight === null ? documentForNew() : shownDocument(useExamine.getState());
  changeDocument(document.id, (one) => ({ ...one, images: [...one.images, image] }));
  useExamine.setState({
    documentId: document.id,
    imageId: image.id,
    addingLight: null,
    saved: null,
    finding: null,
  });
  // Only a white picture shows the zone as print; and a document that was read keeps its reading.
  if (image.light !== 'white' || (addingLight !== null && hasReading(document))) return;
  // A decision that waited for this picture does not wait for its reading.
  if (useExamine.getState().saving) return;

  const found = await readStored(stored.id, work.id, signal);
  if (found === null || !isCurrent(work.id)) return;
  if (found.status === 'not-found') settleUnread(document.id, image);
  else settleRead(document.id, image, found);
}

/** The document that a new picture or reading belongs to until it is known better: an untouched one, else a new one. */
function documentForNew(): DocumentWork {
  const shown = shownDocument(useExamine.getState());
  return shown.images.length === 0 && !hasReading(shown) ? shown : addDocument();
}

/** Key A: the next picture or reading is another document of the same traveller. */
export function addDocument(): DocumentWork {
  const state = useExamine.getState();
  const untouched = state.work.documents.find((one) => one.images.length === 0 && !hasReading(one));
  const document = untouched ?? emptyDocument(newId());
  const documents = untouched === undefined ? [...state.work.documents, document] : state.work.documents;
  useExamine.setState({
    work: { ...state.work, documents },
    documentId: document.id,
    imageId: null,
    cell: null,
    finding: null,
    zoomed: false,
  });
  return document;
}

async function readStored(
  id: string,
  examination: string,
  signal: AbortSignal,
): Promise<DocumentReading | null> {
  warmReader();
  useExamine.setState({ busy: { step: 'pixels' } });
  const grey = await greyOf(id, signal).catch((thrown: unknown) => {
    if (signal.aborted) return null;
    throw thrown;
  });
  if (grey === null || reader === null || signal.aborted) return null;
  useExamine.setState({ busy: { step: 'locate' } });
  const outcome = await reader.read(grey, {
    signal,
    onStep: (step) => {
      if (isCurrent(examination)) useExamine.setState({ busy: { step } });
    },
  });
  if (!isCurrent(examination) || useExamine.getState().saving) return null;
  if (outcome.ok) return outcome.reading;
  if (outcome.code === 'reader-cancelled') announce('examine.cancelled');
  else tellTrouble(outcome.code);
  return null;
}

/** A picture without a zone beside a document that was read is one more picture of that document. */
function settleUnread(documentId: string, image: ImageWork): void {
  const { documents } = useExamine.getState().work;
  const at = documents.findIndex((one) => one.id === documentId);
  const before = documents[at - 1];
  const alone = documents[at]?.images.length === 1 && !hasReading(documents[at]);
  if (before !== undefined && alone && hasReading(before)) {
    moveImage(documentId, before.id, image);
    announce('examine.added-image');
    return;
  }
  if (documents[at] !== undefined && hasReading(documents[at])) announce('examine.added-image');
  else tellTrouble('mrz-not-found');
}

function settleRead(
  documentId: string,
  image: ImageWork,
  found: Extract<DocumentReading, { status: 'read' }>,
): void {
  const { documents } = useExamine.getState().work;
  const same = documents.find(
    (one) => one.id !== documentId && one.reading?.lines.join() === found.lines.join(),
  );
  if (same !== undefined) {
    moveImage(documentId, same.id, image);
    announce('examine.added-image');
    return;
  }
  changeDocument(documentId, (one) => ({ ...one, reading: readingOfImage(found, image) }));
  useExamine.setState({ imageId: image.id, cell: null });
}

function moveImage(fromId: string, toId: string, image: ImageWork): void {
  const { work } = useExamine.getState();
  const documents = work.documents
    .map((one) => {
      if (one.id === toId) return { ...one, images: [...one.images, image] };
      return one.id === fromId ? { ...one, images: one.images.filter(({ id }) => id !== image.id) } : one;
    })
    .filter((one) => one.id !== fromId || one.images.length > 0 || hasReading(one));
  useExamine.setState({ work: { ...work, documents }, documentId: toId, imageId: image.id });
}

/** A reader device's burst: the reading of the document on show if it has none, else of another document. */
export function takeBurst({ lines, rawLines }: BurstReading): void {
  takeWhenFree(() => takeKeys('wedge', lines, rawLines));
}

/** Whole rows by paste. */
export function takePasted(lines: string[]): void {
  takeWhenFree(() => takeKeys('typed', lines, lines));
}

function takeWhenFree(take: () => void): void {
  if (isAsking()) return tellTrouble('decide-first');
  const mayBeTaken = arriving();
  void whenFree().then(() => mayBeTaken() && take());
}

function takeKeys(source: 'wedge' | 'typed', lines: string[], rawLines: string[]): void {
  const state = useExamine.getState();
  const { documents } = state.work;
  const same = documents.find((one) => one.reading?.lines.join() === lines.join());
  if (same !== undefined) {
    useExamine.setState({ documentId: same.id, imageId: null });
    announce('examine.read-again');
    return;
  }
  const shown = shownDocument(state);
  const document = hasReading(shown) ? addDocument() : shown;
  changeDocument(document.id, (one) => ({ ...one, reading: readingOfKeys(source, lines, rawLines) }));
  useExamine.setState({
    documentId: document.id,
    trouble: null,
    saved: null,
    saveFailure: null,
    askingToDrop: false,
    cell: null,
    finding: null,
  });
}

/** Key M: the rows of the document on show, empty ones where nothing was read, ready to type. */
export function beginTyping(format: FormatId): void {
  const shown = shownDocument(useExamine.getState());
  if (!hasReading(shown)) {
    changeDocument(shown.id, (one) => ({ ...one, reading: readingOfKeys('typed', rowsOf([], format)) }));
  }
  useExamine.setState({ cell: { row: 0, column: 0 }, trouble: null, saved: null, askingToDrop: false });
}

/** A burst that is no MRZ. */
export function refuseBurst(): void {
  tellTrouble('reader-device');
}

/** Key F where the shell has a file dialog of its own. */
export function pickWithShell(): void {
  takeStored(async () => (await call('shell.pickImage', {})).image, 'file');
}

/** Draws a specimen in the station and takes it like any other picture. */
export function openSpecimen(id: string): void {
  takeStored(() => call('specimen.open', { id }), 'specimen');
}

/** Whether the lane can take a first picture: nothing in it and nothing on its way. */
export function isWaiting(): boolean {
  const { work, busy, loaded } = useExamine.getState();
  return loaded && busy === null && isEmpty(work);
}
