// The recogniser inside the reading worker: tesseract.js from our own origin, one core, our model, nothing cached.
import { createWorker, OEM, PSM, type Worker as Tesseract } from 'tesseract.js';
import { charactersFrom, encodePgm } from '../../../shared/vision/symbols.ts';
import type { Recognise } from '../../../shared/vision/types.ts';

const LANGUAGE = 'mrz';
/** A missing or damaged file leaves tesseract.js waiting for ever; after this it counts as broken. */
const START_LIMIT_MS = 15_000;

export interface Recogniser {
  recognise: Recognise;
  /** Forgets everything that reading has left behind, so that the next document is read like the first. */
  renew: () => Promise<void>;
}

/**
 * Starts tesseract.js in its own worker.
 * @param origin where `/ocr/` is served, e.g. `app://desk`.
 */
export async function startRecogniser(origin: string): Promise<Recogniser> {
  const tesseract = await withinLimit(
    createWorker(LANGUAGE, OEM.LSTM_ONLY, {
      workerPath: `${origin}/ocr/worker.min.js`,
      // A file and not a folder: tesseract.js would choose another core by processor and read differently.
      corePath: `${origin}/ocr/tesseract-core-simd-lstm.wasm.js`,
      langPath: `${origin}/ocr`,
      workerBlobURL: false,
      cacheMethod: 'none',
      gzip: false,
      // Failures come back as rejections; without a handler they are thrown a second time where nobody catches.
      errorHandler: () => undefined,
    }),
  );
  await setUp(tesseract);
  return {
    recognise: async (strip) => {
      const picture = new Blob([encodePgm(strip) as Uint8Array<ArrayBuffer>]);
      const { data } = await tesseract.recognize(picture, {}, { text: false, blocks: true });
      return charactersFrom(data, strip.width);
    },
    renew: async () => {
      await tesseract.reinitialize(LANGUAGE, OEM.LSTM_ONLY);
      await setUp(tesseract);
    },
  };
}

/** One straightened row a call: no page layout is looked for. */
async function setUp(tesseract: Tesseract): Promise<void> {
  await tesseract.setParameters({ tessedit_pageseg_mode: PSM.RAW_LINE });
}

function withinLimit<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('recogniser-start')), START_LIMIT_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
