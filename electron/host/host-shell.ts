// The plain Node host's side of the Shell port: the browser prints and picks files itself, and there is no keystore.
import type { Shell } from '../shell.ts';
import { createPdfPrinter } from './print-pdf.ts';

const notHere = (): Promise<never> => Promise.reject(new Error('not-available'));

/** What the host can do for the station: a PDF where there is a browser. The window uses what its browser offers. */
export function hostShell(browser: string | null): Shell {
  return {
    kind: 'host',
    can: { wrapKey: false, print: false, pdf: browser !== null, pickFile: false, notify: false },
    wrapKey: notHere,
    unwrapKey: notHere,
    print: () => Promise.resolve(false),
    printPdf: browser === null ? notHere : createPdfPrinter(browser),
    pickFile: () => Promise.resolve(null),
    pickFolder: () => Promise.resolve(null),
    notify: () => Promise.resolve(),
  };
}
