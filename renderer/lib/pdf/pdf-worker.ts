// pdf.js in a worker of its own. What it only logs of parts that it leaves out is told to the window.
import 'pdfjs-dist/build/pdf.worker.min.mjs';
import { holeOf, type HoleMessage } from './holes.ts';

/** In place of the log, which nobody reads. */
function warn(warning: unknown): void {
  const hole = typeof warning === 'string' ? holeOf(warning) : null;
  if (hole !== null) postMessage({ hole } satisfies HoleMessage);
}
Object.assign(console, { warn });
