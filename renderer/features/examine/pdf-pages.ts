// A PDF on its way into the lane: a single page at once, of several those that the officer chooses.
import { create } from 'zustand';
import { failureCodeOf } from '../../lib/bridge.ts';
import { putImage, type StoredImage } from '../../lib/images.ts';
import { openPdf, type PdfScan } from '../../lib/pdf/pdf.ts';
import { announce } from './store.ts';
import { followScan, giveBack, settleScan } from './taken-scans.ts';
import type { Ticket } from './ticket.ts';

/** A PDF whose pages are to be chosen from, and for whom it was opened. */
interface OpenPdf {
  pdf: PdfScan;
  /** Of a PDF from the scanner's folder. */
  scanId: string | null;
  ticket: Ticket;
}

interface PagesStore {
  open: OpenPdf | null;
}

export const usePages = create<PagesStore>(() => ({ open: null }));

/**
 * The picture of a PDF's only page, kept in the station; null where it has several: they are offered then.
 * @param scanId of a PDF from the scanner's folder, which the station wants to hear of; else null
 */
export async function pictureOfPdf(
  file: Blob,
  scanId: string | null,
  ticket: Ticket,
): Promise<StoredImage | null> {
  try {
    const pdf = await openPdf(file);
    if (pdf.pages > 1) {
      offer({ pdf, scanId, ticket });
      return null;
    }
    return await onlyPage(pdf, scanId);
  } catch (thrown) {
    // What cannot be drawn now will not be drawn later: its file stays where it is, and nobody waits for it.
    if (scanId !== null && failureCodeOf(thrown).startsWith('pdf-')) await settleScan(scanId, null);
    throw thrown;
  }
}

async function onlyPage(pdf: PdfScan, scanId: string | null): Promise<StoredImage> {
  try {
    const image = await putImage(await pdf.picture(1));
    if (scanId !== null) await settleScan(scanId, image.id, true);
    return image;
  } finally {
    pdf.close();
  }
}

/** Whether the pages of this scan are on show: it is given back or settled from there. */
export function isOffered(scanId: string): boolean {
  return usePages.getState().open?.scanId === scanId;
}

function offer(open: OpenPdf): void {
  // Whoever is just being decided on is asked nothing more.
  if (open.ticket.standing() !== 'here') return open.pdf.close();
  leavePages();
  usePages.setState({ open });
  announce('pdf.choose', { count: open.pdf.pages });
  void open.ticket.over().then(() => {
    if (usePages.getState().open !== open) return;
    usePages.setState({ open: null });
    open.pdf.close();
    if (open.scanId !== null) void giveBack(open.scanId);
  });
}

/** Esc: nothing of the PDF is taken. One from the scanner's folder is left there. */
export function leavePages(): void {
  const { open } = usePages.getState();
  if (open === null) return;
  usePages.setState({ open: null });
  open.pdf.close();
  if (open.scanId !== null) {
    void settleScan(open.scanId, null);
    announce('pdf.left');
  }
}

/**
 * Takes the chosen pages, first to last, as so many pictures of the traveller for whom the PDF was opened.
 * @param take puts one picture in line, as for a dropped file; answers whether it stands in a document
 */
export function takePages(
  pages: readonly number[],
  take: (stored: () => Promise<StoredImage | null>, ticket: Ticket) => Promise<boolean>,
): void {
  const { open } = usePages.getState();
  if (open === null || pages.length === 0) return;
  usePages.setState({ open: null });
  void takeEach(open, pages, take);
}

async function takeEach(
  { pdf, scanId, ticket }: OpenPdf,
  pages: readonly number[],
  take: Parameters<typeof takePages>[1],
): Promise<void> {
  let kept = 0;
  const stored = async (page: number, isLast: boolean): Promise<StoredImage> => {
    const image = await putImage(await pdf.picture(page));
    kept += 1;
    // Only now, and as whole only with every page: a file that the policy removes must hold nothing more.
    if (isLast && scanId !== null) await settleScan(scanId, image.id, kept === pdf.pages);
    return image;
  };
  // Pages still in line when the traveller is decided on or dropped are not drawn any more.
  void ticket.over().then(() => pdf.close());
  const stand = await Promise.all(
    pages.map((page, at) => take(() => stored(page, at === pages.length - 1), ticket)),
  );
  pdf.close();
  if (scanId !== null) await followScan(scanId, ticket, stand.includes(true));
}
