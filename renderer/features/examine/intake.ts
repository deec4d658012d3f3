// Everything that comes in: pictures, readers' bursts, typed and pasted rows; which document each belongs to.
import type { ImageSubmission } from '../../../shared/contract/records.ts';
import type { FormatId } from '../../../shared/mrz/formats.ts';
import type { DocumentReading } from '../../../shared/vision/types.ts';
import { call } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { originalOf, putImage, type StoredImage } from '../../lib/images.ts';
import { isPdf } from '../../lib/pdf/pdf.ts';
import type { BurstReading } from '../../lib/wedge.ts';
import { pictureOfPdf } from './pdf-pages.ts';
import { inTurn, readInto, settle } from './reading.ts';
import {
  announce,
  changeDocument,
  isCurrent,
  shownDocument,
  tellTrouble,
  useExamine,
  when,
} from './store.ts';
import { rowsOf } from './typing.ts';
import {
  type DocumentWork,
  emptyDocument,
  hasReading,
  type ImageWork,
  isEmpty,
  readingOfKeys,
} from './work.ts';

/** Files of a drop, a paste or a dialog: pictures, and PDFs of which a page becomes one. */
export function takePictures(files: readonly Blob[]): void {
  for (const file of files) {
    takeOne(async () => ((await isPdf(file)) ? pictureOfPdf(file, null) : putImage(file)), 'file');
  }
}

/** A picture that the station holds or will in a moment: from its own file dialog, a specimen, the camera. */
export function takeStored(
  stored: () => Promise<StoredImage | null>,
  source: ImageSubmission['source'],
): void {
  takeOne(stored, source);
}

/** A frame of the live camera, with the reading on which it agreed with the frame before. */
export function takeFrame(stored: () => Promise<StoredImage | null>, reading: DocumentReading): void {
  takeOne(stored, 'camera', reading);
}

/**
 * Another zone of a picture becomes a document of its own, with its own copy of the picture: a record names each
 * picture once.
 */
export function takeZone(image: ImageWork, zone: DocumentReading): void {
  useExamine.setState({ addingLight: null });
  takeOne(async () => putImage(await originalOf(image.id)), image.source, zone);
}

/** `known`: what was read in the picture already. */
function takeOne(
  store: () => Promise<StoredImage | null>,
  source: ImageSubmission['source'],
  known?: DocumentReading,
): void {
  if (isAsking()) return tellTrouble('decide-first');
  const { loaded, saving, work } = useExamine.getState();
  if (!loaded || saving) {
    const mayBeTaken = arriving();
    void whenFree().then(() => mayBeTaken() && takeOne(store, source, known));
    return;
  }
  // Counted until it stands in a document: a decision on this traveller waits for it.
  const count = (by: number) =>
    isCurrent(work.id) && useExamine.setState(({ queued }) => ({ queued: queued + by }));
  count(1);
  inTurn(work.id, async (signal) => {
    let taken: { documentId: string; image: ImageWork; toRead: boolean } | null = null;
    try {
      const isDeciding = useExamine.getState().saving;
      useExamine.setState({ busy: { step: 'store' }, ...(isDeciding ? {} : NEWS) });
      const stored = await store();
      if (stored !== null && isCurrent(work.id)) taken = takeIn(stored, source);
    } finally {
      count(-1);
    }
    if (taken === null || !taken.toRead) return;
    if (known === undefined) await readInto(taken.documentId, taken.image, signal);
    else if (isCurrent(work.id)) settle(taken.documentId, taken.image, known);
  });
}

/** What a new picture makes old. */
const NEWS = { trouble: null, saveFailure: null, askingToDrop: false } as const;

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

/** Puts a picture into its document and shows it. */
function takeIn(
  stored: StoredImage,
  source: ImageSubmission['source'],
): { documentId: string; image: ImageWork; toRead: boolean } {
  const { addingLight } = useExamine.getState();
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
  const toRead = image.light === 'white' && (addingLight === null || !hasReading(document));
  return { documentId: document.id, image, toRead };
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
  takeStored(async () => {
    const { image, pdf } = await call('shell.pickImage', {});
    return pdf === null ? image : pictureOfPdf(await originalOf(pdf), null);
  }, 'file');
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
