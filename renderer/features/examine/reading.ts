// Reading the pictures of the lane: one after the other, left by Esc or a decision, and taken up again.
import type { DocumentReading, GreyImage } from '../../../shared/vision/types.ts';
import { failureCodeOf } from '../../lib/bridge.ts';
import { createWindowReader, type Reader } from '../../lib/reader/reader.ts';
import {
  announce,
  changeDocument,
  type ExamineStore,
  shownDocument,
  shownImage,
  tellTrouble,
  useExamine,
} from './store.ts';
import { takeTicket, type Ticket } from './ticket.ts';
import { hasReading, type ImageWork, readingOfImage } from './work.ts';

let reader: Reader | null = null;
let cancel: AbortController | null = null;
/** Pictures are taken and read one after the other, in the order in which they came. */
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

/**
 * Does something with a picture of this traveller once those before it are done. A traveller who was decided on or
 * dropped by then gets nothing more. The signal is that of `cancelReading`.
 */
export function inTurn(ticket: Ticket, job: (signal: AbortSignal) => Promise<void>): Promise<void> {
  line = line.then(async () => {
    if (!ticket.isInLane()) return;
    const control = new AbortController();
    cancel = control;
    try {
      await job(control.signal);
    } catch (thrown) {
      if (ticket.isInLane()) tellTrouble(failureCodeOf(thrown));
    } finally {
      cancel = null;
      useExamine.setState({ busy: null });
    }
  });
  return line;
}

/** Reads a picture that stands in a document, unless a decision is being saved: that does not wait for a reading. */
export async function readInto(
  ticket: Ticket,
  documentId: string,
  image: ImageWork,
  signal: AbortSignal,
): Promise<void> {
  if (ticket.standing() !== 'here' || signal.aborted) return;
  const found = await readStored(ticket, image.id, signal);
  if (found !== null && ticket.standing() === 'here') settle(documentId, image, found);
}

/** Puts what was read in a picture to its document. */
export function settle(documentId: string, image: ImageWork, found: DocumentReading): void {
  if (found.status === 'not-found') settleUnread(documentId, image, found.outOfTime);
  else settleRead(documentId, image, found);
}

/** Reads one frame of the live camera; null where the reader failed. It changes nothing in the lane. */
export async function readFrame(frame: GreyImage): Promise<DocumentReading | null> {
  warmReader();
  const outcome = await reader?.read(frame);
  return outcome?.ok === true ? outcome.reading : null;
}

/** Whether the picture on show can be read: its document has no reading, and nothing is under way. */
export function canReadAgain(state: ExamineStore): boolean {
  const isFree = state.busy === null && state.queued === 0 && !state.saving;
  return isFree && shownImage(state) !== null && !hasReading(shownDocument(state));
}

/** Key E: reads the picture on show, be it that its reading was stopped or that nothing was found. */
export function readAgain(): void {
  const state = useExamine.getState();
  const image = shownImage(state);
  if (image === null || !canReadAgain(state)) return;
  useExamine.setState({ trouble: null, askingToDrop: false });
  readWaiting(shownDocument(state).id, image);
}

/** After a draft came back: what its last window had no time to read. */
export function readRestored(): void {
  for (const document of useExamine.getState().work.documents) {
    const image = document.images.find((one) => one.light === 'white');
    if (image !== undefined && !hasReading(document)) readWaiting(document.id, image);
  }
}

function readWaiting(documentId: string, image: ImageWork): void {
  const ticket = takeTicket();
  void inTurn(ticket, (signal) => readInto(ticket, documentId, image, signal));
}

async function readStored(ticket: Ticket, id: string, signal: AbortSignal): Promise<DocumentReading | null> {
  warmReader();
  useExamine.setState({ busy: { step: 'pixels' } });
  // Started above.
  const outcome = await reader?.read(
    { imageId: id },
    {
      signal,
      onStep: (step) => {
        if (ticket.isInLane()) useExamine.setState({ busy: { step } });
      },
    },
  );
  if (outcome === undefined || ticket.standing() !== 'here') return null;
  if (outcome.ok) return outcome.reading;
  if (outcome.code === 'reader-cancelled') announce('examine.cancelled');
  else tellTrouble(outcome.code);
  return null;
}

/** A picture without a zone beside a document that was read is one more picture of that document. */
function settleUnread(documentId: string, image: ImageWork, outOfTime: boolean): void {
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
  else tellTrouble(outOfTime ? 'mrz-out-of-time' : 'mrz-not-found');
}

function settleRead(
  documentId: string,
  image: ImageWork,
  found: Extract<DocumentReading, { status: 'read' }>,
): void {
  const { work, others } = useExamine.getState();
  const { documents } = work;
  if (found.others !== undefined) {
    useExamine.setState({ others: { ...others, [image.id]: found.others } });
    announce('zones.offered', { count: found.others.length });
  }
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
