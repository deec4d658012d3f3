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
import { announce, changeDocument, shownDocument, tellTrouble, useExamine } from './store.ts';
import { takeTicket, type Ticket } from './ticket.ts';
import { rowsOf } from './typing.ts';
import { type DocumentWork, emptyDocument, hasReading, type ImageWork, readingOfKeys } from './work.ts';

/** Files of a drop, a paste or a dialog: pictures, and PDFs of which a page becomes one. */
export function takePictures(files: readonly Blob[]): void {
  const ticket = takeTicket();
  for (const file of files) {
    const stored = async () => ((await isPdf(file)) ? pictureOfPdf(file, null, ticket) : putImage(file));
    void takeOne(ticket, stored, 'file');
  }
}

/**
 * A picture that the station holds or will in a moment: from its own file dialog, a specimen, the camera, a scan.
 * Answers whether it stands in a document; `ticket` is that of its beginning where it began before.
 */
export function takeStored(
  stored: () => Promise<StoredImage | null>,
  source: ImageSubmission['source'],
  ticket: Ticket = takeTicket(),
): Promise<boolean> {
  return takeOne(ticket, stored, source);
}

/**
 * A frame of the live camera, with the reading on which it agreed with the frame before; the ticket is that of both.
 * Answers whether it stands in a document.
 */
export function takeFrame(
  stored: () => Promise<StoredImage | null>,
  reading: DocumentReading,
  ticket: Ticket,
): Promise<boolean> {
  return takeOne(ticket, stored, 'camera', reading);
}

/**
 * Another zone of a picture becomes a document of its own, with its own copy of the picture: a record names each
 * picture once.
 */
export function takeZone(image: ImageWork, zone: DocumentReading): void {
  useExamine.setState({ addingLight: null });
  void takeOne(takeTicket(), async () => putImage(await originalOf(image.id)), image.source, zone);
}

/** `known`: what was read in the picture already. Answers, as soon as it is sure, whether it stands in a document. */
async function takeOne(
  ticket: Ticket,
  store: () => Promise<StoredImage | null>,
  source: ImageSubmission['source'],
  known?: DocumentReading,
): Promise<boolean> {
  if (ticket.standing() === 'waiting') await ticket.known;
  if (!mayTake(ticket)) return false;
  // Counted until it stands in a document: a decision on this traveller waits for it.
  const count = (by: number) =>
    ticket.isInLane() && useExamine.setState(({ queued }) => ({ queued: queued + by }));
  count(1);
  return new Promise((resolve) => {
    const turn = inTurn(ticket, async (signal) => {
      let taken: Taken | null = null;
      try {
        const isDeciding = useExamine.getState().saving;
        useExamine.setState({ busy: { step: 'store' }, ...(isDeciding ? {} : NEWS) });
        const stored = await store();
        if (stored !== null && ticket.isInLane()) taken = takeIn(stored, source);
      } finally {
        count(-1);
      }
      resolve(taken !== null);
      if (taken === null || !taken.toRead) return;
      if (known === undefined) await readInto(ticket, taken.documentId, taken.image, signal);
      else settle(taken.documentId, taken.image, known);
    });
    // A turn that failed or never came.
    void turn.then(() => resolve(false));
  });
}

/** What a new picture makes old. */
const NEWS = { trouble: null, saveFailure: null, askingToDrop: false } as const;

/**
 * Whether something may be given to its traveller now. Told is what the officer would look for in vain: what came while
 * a question was open, where the next traveller's document must not slip into this examination.
 */
function mayTake(ticket: Ticket): boolean {
  const standing = ticket.standing();
  const { picker } = useExamine.getState();
  if (standing === 'undecided' || (standing === 'here' && picker !== null)) tellTrouble('decide-first');
  return standing === 'here' && picker === null;
}

/** A picture as it stands in its document. */
interface Taken {
  documentId: string;
  image: ImageWork;
  toRead: boolean;
}

/** Puts a picture into its document and shows it. */
function takeIn(stored: StoredImage, source: ImageSubmission['source']): Taken {
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
  void takeWhenFree(() => takeKeys('wedge', lines, rawLines));
}

/** Whole rows by paste. */
export function takePasted(lines: string[]): void {
  void takeWhenFree(() => takeKeys('typed', lines, lines));
}

async function takeWhenFree(take: () => void): Promise<void> {
  const ticket = takeTicket();
  if (ticket.standing() === 'waiting') await ticket.known;
  if (mayTake(ticket)) take();
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
  const ticket = takeTicket();
  const picked = async () => {
    const { image, pdf } = await call('shell.pickImage', {});
    return pdf === null ? image : pictureOfPdf(await originalOf(pdf), null, ticket);
  };
  void takeStored(picked, 'file', ticket);
}

/** Draws a specimen in the station and takes it like any other picture. */
export function openSpecimen(id: string): void {
  void takeStored(() => call('specimen.open', { id }), 'specimen');
}
