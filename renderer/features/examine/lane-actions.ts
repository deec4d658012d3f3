// Small actions of the lane that belong to no other file: starting over, choosing what is shown, noting what a page says.
import type { Print } from '../../../shared/examination/print.ts';
import { dropForm } from '../../lib/store-protection.ts';
import { turnedOn } from '../../lib/turn.ts';
import { dropDraft } from './draft-keeping.ts';
import { cancelReading } from './reading.ts';
import { announce, changeDocument, shownImage, useExamine } from './store.ts';
import { withPrint } from './work.ts';

/** Key X: the first press asks, the second drops everything in the lane. */
export function pressDrop(): void {
  if (useExamine.getState().saving) return;
  if (!useExamine.getState().askingToDrop) {
    useExamine.setState({ askingToDrop: true });
    announce('examine.drop.ask');
    return;
  }
  cancelReading();
  dropForm(useExamine.getState().work.id);
  dropDraft();
}

export function showDocument(documentId: string): void {
  useExamine.setState({
    documentId,
    askedFor: documentId,
    imageId: null,
    cell: null,
    finding: null,
    zoomed: false,
    askingToDrop: false,
  });
}

export function showImage(imageId: string): void {
  useExamine.setState({ imageId, zoomed: false });
}

/** Key T: the picture on show a quarter further, for the eye alone. */
export function turnImage(): void {
  const state = useExamine.getState();
  const image = shownImage(state);
  if (image === null) return;
  useExamine.setState({ turns: { ...state.turns, [image.id]: turnedOn(state.turns[image.id] ?? 0) } });
}

/** The place of one finding alone; pressed again, of all findings to look at. */
export function showFinding(index: number): void {
  useExamine.setState(({ finding }) => ({ finding: finding === index ? null : index }));
}

/** Notes what the page of a document says. It is judged at once, kept with the draft and saved with the record. */
export function sayOfPage(documentId: string, print: Print): void {
  changeDocument(documentId, (one) =>
    one.reading === null ? one : { ...one, reading: withPrint(one.reading, print) },
  );
  // The list of findings may be another one now.
  useExamine.setState({ finding: null });
}
