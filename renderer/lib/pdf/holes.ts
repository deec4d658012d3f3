// What pdf.js only logs when it goes on without a part of a page: it tells nobody else, and draws the page with a hole.

/** Why a part is missing; `error.<code>.*`. */
export type HoleCode = 'pdf-damaged' | 'pdf-page-too-large';

/** Sent by the worker of pdf.js beside its own messages, for each part that is missing. */
export interface HoleMessage {
  hole: HoleCode;
}

/** As the version that we pin says it; `test/renderer/pdf.test.ts` draws a page for each kind. */
const MISSING = [
  // The whole picture, or a whole step of the page.
  /^Image dimensions/u,
  /^Unable to decode/u,
  /^Filter "/u,
  /^(getOperatorList|getContentStream|handleTilingType|parseShading) - ignoring/u,
  // A part of a picture.
  /^decodeScan - unexpected MCU data/u,
  / -- ignoring the rest of the image data/u,
  /^JpegImage\.parse - reached the end/u,
];
/** Words about the page and not on it. */
const HARMLESS = /^getOperatorList - ignoring (beginMarkedContentProps|annotation data)/u;

/** What a warning says of a part that is missing; null where all is drawn. */
export function holeOf(warning: string): HoleCode | null {
  const said = warning.replace(/^Warning: /u, '');
  if (said.startsWith('Image exceeded')) return 'pdf-page-too-large';
  return !HARMLESS.test(said) && MISSING.some((pattern) => pattern.test(said)) ? 'pdf-damaged' : null;
}
