// A PDF on its way into the lane: a single page at once, of several those that the officer chooses.
import { create } from 'zustand';
import { call } from '../../lib/bridge.ts';
import { putImage, type StoredImage } from '../../lib/images.ts';
import { openPdf, type PdfScan } from '../../lib/pdf/pdf.ts';
import { announce, isCurrent, useExamine, when } from './store.ts';

interface PagesStore {
  /** Whose pages are on show to be chosen from. */
  open: { pdf: PdfScan; scanId: string | null; examination: string } | null;
}

export const usePages = create<PagesStore>(() => ({ open: null }));

/**
 * The picture of a PDF's only page, kept in the station; null where it has several: they are offered then.
 * @param scanId of a PDF from the scanner's folder, which the station wants to hear of; else null
 */
export async function pictureOfPdf(file: Blob, scanId: string | null): Promise<StoredImage | null> {
  const examination = useExamine.getState().work.id;
  try {
    const pdf = await openPdf(file);
    if (pdf.pages > 1) {
      offer({ pdf, scanId, examination });
      return null;
    }
    try {
      return await keepPage(pdf, 1, scanId);
    } finally {
      pdf.close();
    }
  } catch (thrown) {
    // What cannot be drawn now will not be drawn later: its file stays where it is.
    if (scanId !== null) await settle(scanId, null);
    throw thrown;
  }
}

function offer(open: NonNullable<PagesStore['open']>): void {
  leavePages();
  if (!isCurrent(open.examination)) {
    open.pdf.close();
    return;
  }
  usePages.setState({ open });
  announce('pdf.choose', { count: open.pdf.pages });
}

async function keepPage(pdf: PdfScan, page: number, scanId: string | null): Promise<StoredImage> {
  const image = await putImage(await pdf.picture(page));
  if (scanId !== null) await settle(scanId, image.id);
  return image;
}

/** Quiet when it fails: a scan that the station has not heard of waits again. */
async function settle(id: string, imageId: string | null): Promise<void> {
  await call('scans.settle', { id, imageId }).catch(() => undefined);
}

/** Esc: nothing of the PDF is taken. One from the scanner's folder is left there. */
export function leavePages(): void {
  const { open } = usePages.getState();
  if (open === null) return;
  usePages.setState({ open: null });
  open.pdf.close();
  if (open.scanId !== null) {
    void settle(open.scanId, null);
    announce('pdf.left');
  }
}

/**
 * Takes the chosen pages, first to last, as so many pictures of the traveller for whom the PDF was opened.
 * @param take puts one picture in line, as for a dropped file
 */
export function takePages(
  pages: readonly number[],
  take: (stored: () => Promise<StoredImage | null>) => void,
): void {
  const { open } = usePages.getState();
  if (open === null || pages.length === 0) return;
  const { pdf, scanId, examination } = open;
  usePages.setState({ open: null });
  if (!isCurrent(examination)) return pdf.close();
  const last = pages.at(-1);
  for (const [at, page] of pages.entries()) {
    take(async () => {
      try {
        return await keepPage(pdf, page, at === 0 ? scanId : null);
      } finally {
        if (page === last) pdf.close();
      }
    });
  }
  // Pages still in line when the traveller is decided on are not drawn any more.
  void when(({ work }) => work.id !== examination).then(() => pdf.close());
}
