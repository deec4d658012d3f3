// The recogniser under Node: our model from its folder, run by the shared network in this very thread.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRowRecogniser } from '../../../shared/vision/network/recognise.ts';
import type { Recognise } from '../../../shared/vision/types.ts';

export type RecogniserErrorCode = 'recogniser-failed' | 'recogniser-closed';

/** Raised when the model cannot be read, or the recogniser was closed; the next question tries the model again. */
export class RecogniserError extends Error {
  readonly code: RecogniserErrorCode;
  constructor(code: RecogniserErrorCode) {
    super(code);
    this.code = code;
  }
}

export interface RecogniserOptions {
  /** Folder that holds `mrz.traineddata`. */
  modelFolder: string;
}

export interface Recogniser {
  recognise: Recognise;
  /** Loads the model ahead of the first question. */
  warm: () => Promise<void>;
  /** What is asked from now on rejects with `recogniser-closed`; the model's memory is given back. */
  close: () => Promise<void>;
}

/** A recogniser whose model is loaded with the first question. A row keeps no trace of the rows before it. */
export function createRecogniser({ modelFolder }: RecogniserOptions): Recogniser {
  let loading: Promise<Recognise> | null = null;
  let closed = false;
  const load = async (): Promise<Recognise> => {
    try {
      return createRowRecogniser(await readFile(join(modelFolder, 'mrz.traineddata')));
    } catch {
      // A failed start must not be kept for the next question.
      loading = null;
      throw new RecogniserError('recogniser-failed');
    }
  };
  const loaded = async (): Promise<Recognise> => {
    if (closed) throw new RecogniserError('recogniser-closed');
    loading ??= load();
    const recognise = await loading;
    if (closed) throw new RecogniserError('recogniser-closed');
    return recognise;
  };
  return {
    recognise: async (strip) => (await loaded())(strip),
    warm: async () => {
      await loaded();
    },
    close: async () => {
      closed = true;
      loading = null;
    },
  };
}
