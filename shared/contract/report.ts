// The report of one case on paper: a PDF in a folder, or a page for the window's own print dialogue.
import { z } from 'zod';
import { id } from './records.ts';

export const printedCase = z.object({
  /** The new PDF; null where the page is for the print dialogue. */
  path: z.string().nullable(),
  bytes: z.int(),
  /** SHA-256 of the PDF, or of the page, hex. */
  sha256: z.string(),
  /** The whole page, for the print dialogue; null where a PDF was written. */
  page: z.string().nullable(),
  /** Pictures that could not be read. */
  missing: z.int(),
});

export const reportChannels = {
  /**
   * Writes the report into this folder as a new PDF, where the shell can make one (`station.state`: `shell.pdf`;
   * otherwise `pdf-unavailable`); without a folder it answers the page for the print dialogue. Audited as an export.
   */
  'case.print': {
    input: z.object({ examinationId: id, folder: z.string().max(1000).nullable() }),
    output: printedCase,
  },
} as const;

export type PrintedCase = z.infer<typeof printedCase>;
