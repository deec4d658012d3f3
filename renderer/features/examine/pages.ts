// Pages over the document of the lane: opened by a key, left with Esc to the very place from which they were opened.
import { isVisa } from '../../../shared/examination/visa.ts';
import { parseMrz } from '../../../shared/mrz/parse.ts';
import type { CellAt } from './marks.ts';
import { type ExamineStore, type PageKind, shownDocument, useExamine } from './store.ts';
import { hasReading } from './work.ts';

/** The page on show; one of a document that is no longer on show is gone with it. */
export function shownPage(state: ExamineStore): PageKind | null {
  const { page } = state;
  return page !== null && page.documentId === shownDocument(state).id ? page.kind : null;
}

/** Where the officer was when the first page opened. */
let before: { element: Element | null; cell: CellAt | null } = { element: null, cell: null };

function canOpenPage(): boolean {
  const state = useExamine.getState();
  return hasReading(shownDocument(state)) && state.picker === null && !state.saving;
}

/** The format of a document does not depend on the day. */
const ANY_DAY = '2000-01-01';

/** Whether one of the traveller's documents is a visa label. */
export function holdsVisa({ work }: ExamineStore): boolean {
  return work.documents.some(({ reading }) => {
    const read = reading === null ? null : parseMrz(reading.lines, { today: ANY_DAY });
    return read?.ok === true && isVisa(read);
  });
}

/** Opens a page over the document on show; a finding's index shows its place there. */
export function openPage(kind: PageKind, finding?: number): void {
  if (!canOpenPage()) return;
  const state = useExamine.getState();
  if (shownPage(state) === null) before = { element: document.activeElement, cell: state.cell };
  useExamine.setState({
    page: { kind, documentId: shownDocument(state).id },
    cell: null,
    ...(finding === undefined ? {} : { finding }),
  });
}

/** Back to the lane: the focus stands where it stood, or at a place of the rows. */
export function closePage(at?: CellAt): void {
  useExamine.setState({ page: null, cell: at ?? before.cell });
  const { element } = before;
  before = { element: null, cell: null };
  if (at !== undefined) return;
  // What lies below a page takes no focus until the page is gone.
  requestAnimationFrame(() => {
    if (element instanceof HTMLElement && element.isConnected) element.focus();
  });
}
