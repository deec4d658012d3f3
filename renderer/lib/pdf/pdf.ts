// PDF scans in the window: opened in a worker of their own, one page at a time drawn and given as a picture.
import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { CallFailed, type CallFailureCode } from '../bridge.ts';
import type { HoleCode, HoleMessage } from './holes.ts';

/** An open PDF. Every failure is a `CallFailed` with a code `pdf-…`. */
export interface PdfScan {
  readonly pages: number;
  /** One page at 300 dots an inch as a JPEG file. `page` from 1. */
  picture(page: number): Promise<Blob>;
  /** One page small, its longer side `side` pixels. */
  thumbnail(page: number, side: number): Promise<Blob>;
  /** Ends the worker and frees all that it held; may be called twice. */
  close(): void;
}

/** Where the build puts the parts of pdf.js that are loaded by address; see vite.config.ts. */
const PLACE = '/pdf/';
const DOTS_PER_INCH = 300;
/** A page is measured in points. */
const POINTS_PER_INCH = 72;
/** A3 at 300 dots an inch and a margin; larger pages, mostly photographs measured in points, are drawn to so many. */
const MOST_PIXELS = 18_000_000;
/** Below this scale, in pixels a point, print of a document would be lost. */
const LEAST_SCALE = 0.5;
/** A picture inside a page. More would not fit into memory; the page is refused then, never drawn with a hole. */
const MOST_IMAGE_PIXELS = 80_000_000;
const MOST_PAGES = 100;
const MOST_BYTES = 64 * 1024 * 1024;
const TIME_LIMIT_MS = 30_000;
const JPEG_QUALITY = 0.95;

/** How JPEG, PNG, WebP and TIFF begin: a picture that holds the mark of a PDF in its notes is a picture. */
const PICTURE = /^(\u00ff\u00d8|\u2030PNG|RIFF|II\*|MM)/;

/** Whether a file is a PDF, by its first bytes alone: a name is never believed. */
export async function isPdf(file: Blob): Promise<boolean> {
  try {
    const head = new TextDecoder('latin1').decode(await file.slice(0, 1024).arrayBuffer());
    return head.includes('%PDF-') && !PICTURE.test(head);
  } catch {
    // A file that was moved or is locked is whatever the next step makes of it.
    return false;
  }
}

/** Opens a PDF. @throws {CallFailed} with a code `pdf-…` */
export async function openPdf(file: Blob): Promise<PdfScan> {
  if (file.size > MOST_BYTES) throw failed('pdf-too-large');
  const bytes = await file.arrayBuffer().catch(() => {
    throw new CallFailed({ code: 'image-unreadable' });
  });
  const { getDocument, PDFWorker, VerbosityLevel } = await import('pdfjs-dist');
  // A worker for each file: whatever a file does to it ends with the file.
  const port = new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module', name: 'pdf' });
  const worker = PDFWorker.create({ port });
  const place = `${location.origin}${PLACE}`;
  const loading: PDFDocumentLoadingTask = getDocument({
    data: bytes,
    worker,
    // Its warnings are how the worker learns of a part that is missing; see holes.ts.
    verbosity: VerbosityLevel.WARNINGS,
    cMapUrl: `${place}cmaps/`,
    standardFontDataUrl: `${place}standard_fonts/`,
    wasmUrl: `${place}wasm/`,
    useWorkerFetch: true,
    // The window's policy allows no WebAssembly; the decoders lie beside as plain JavaScript.
    useWasm: false,
    // Text beside the scan in a font that the file does not hold; Liberation's licence does not fit ours.
    useSystemFonts: true,
    maxImageSize: MOST_IMAGE_PIXELS,
    // It would stop in the middle of a page and give that as the whole one; so it goes on, and says what is missing.
    stopAtErrors: false,
    enableXfa: false,
    disableWorkerRendering: true,
  });
  let isClosed = false;
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    void loading.destroy().catch(() => undefined);
    worker.destroy();
    port.terminate();
  };
  try {
    const document = await inTime(loading.promise);
    if (document.numPages > MOST_PAGES) throw failed('pdf-too-many-pages');
    return scanOf(document, port, close);
  } catch (thrown) {
    close();
    throw failureOf(thrown);
  }
}

function scanOf(document: PDFDocumentProxy, port: Worker, close: () => void): PdfScan {
  /** Told by the worker of the page that is being drawn. */
  let hole: HoleCode | null = null;
  port.addEventListener('message', ({ data }: MessageEvent<Partial<HoleMessage>>) => {
    hole = data.hole ?? hole;
  });
  /** Pages with a part missing, once it was told: for a page that is drawn again nothing is decoded anew. */
  const torn = new Map<number, HoleCode>();
  /** One page at a time: a page at 300 dots an inch takes 35 MB. */
  let line: Promise<unknown> = Promise.resolve();
  const inLine = (number: number, make: (page: PDFPageProxy) => Promise<Blob>): Promise<Blob> => {
    const next = line.then(async () => {
      try {
        const page = await inTime(document.getPage(number));
        try {
          hole = null;
          const picture = await inTime(make(page));
          const missing = hole ?? torn.get(number);
          if (missing === undefined) return picture;
          // A page with a part missing would be evidence of nothing.
          torn.set(number, missing);
          throw failed(missing);
        } finally {
          page.cleanup();
        }
      } catch (thrown) {
        throw failureOf(thrown);
      }
    });
    line = next.catch(() => undefined);
    return next;
  };
  return {
    pages: document.numPages,
    picture: (number) => inLine(number, (page) => draw(page, scaleOf(page))),
    thumbnail: (number, side) => inLine(number, (page) => draw(page, thumbnailScale(page, side))),
    close,
  };
}

/** Pixels a point. @throws {CallFailed} `pdf-page-too-large` */
function scaleOf(page: PDFPageProxy): number {
  const { width, height } = page.getViewport({ scale: 1 });
  const scale = Math.min(DOTS_PER_INCH / POINTS_PER_INCH, Math.sqrt(MOST_PIXELS / (width * height)));
  if (!(scale >= LEAST_SCALE)) throw failed('pdf-page-too-large');
  return scale;
}

function thumbnailScale(page: PDFPageProxy, side: number): number {
  const { width, height } = page.getViewport({ scale: 1 });
  return side / Math.max(width, height);
}

async function draw(page: PDFPageProxy, scale: number): Promise<Blob> {
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  try {
    // As for paper: drawn at once, also while the window is hidden and nothing is painted.
    await page.render({ canvas, viewport, intent: 'print' }).promise;
    return await new Promise<Blob>((resolve, reject) => {
      const take = (blob: Blob | null) =>
        blob === null ? reject(failed('pdf-page-too-large')) : resolve(blob);
      canvas.toBlob(take, 'image/jpeg', JPEG_QUALITY);
    });
  } finally {
    // Its memory goes now and not when somebody looks for garbage.
    canvas.width = 0;
    canvas.height = 0;
  }
}

const failed = (code: CallFailureCode): CallFailed => new CallFailed({ code });

function failureOf(thrown: unknown): CallFailed {
  if (thrown instanceof CallFailed) return thrown;
  const [name, message] = thrown instanceof Error ? [thrown.name, thrown.message] : ['', ''];
  if (name === 'PasswordException') return failed('pdf-encrypted');
  if (message.includes('maximum allowed size')) return failed('pdf-page-too-large');
  return failed('pdf-damaged');
}

/** What takes longer will not come. The worker ends when the file is closed. */
function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(failed('pdf-timeout')), TIME_LIMIT_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
