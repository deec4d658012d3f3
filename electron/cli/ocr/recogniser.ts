// The recogniser under Node: tesseract.js in a thread of its own, with a deadline, a cancel and renewal.
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { charactersFrom, encodePgm, type RecognisedBlocks } from '../../../shared/vision/symbols.ts';
import type { Recognise } from '../../../shared/vision/types.ts';

export type RecogniserErrorCode = 'recogniser-timeout' | 'recogniser-failed' | 'recogniser-closed';

/** Raised when the recogniser could not answer; the next question starts a new thread. */
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
  /** Longest wait for the start of the thread; a missing model would otherwise never be told. */
  startMs?: number;
  /** Longest wait for one strip. */
  stripMs?: number;
  /** Documents after which the thread is replaced, before its memory grows. */
  renewAfter?: number;
  /** The thread's file, where it does not lie beside this one. */
  threadFile?: string;
}

export interface Recogniser {
  recognise: Recognise;
  /** Before each document: a fresh state, so that a reading never depends on the documents before it. */
  beginDocument: () => Promise<void>;
  /** Stops at once; a strip under way rejects with `recogniser-closed`. */
  close: () => Promise<void>;
}

interface Answer {
  jobId: string;
  status: 'resolve' | 'reject' | 'progress';
  data: unknown;
}

/** One running thread and the questions it has not answered. */
interface Thread {
  ask: (action: string, payload: unknown, limitMs: number) => Promise<unknown>;
  stop: (code: RecogniserErrorCode) => Promise<void>;
}

const MODEL = 'mrz';
/** Tesseract's page segmentation 13: one raw line, no layout analysis. */
const RAW_LINE = '13';
/** Its engine mode 1: the neural network alone. */
const NETWORK_ONLY = 1;

function startThread(file: string, onEnd: () => void): Thread {
  // What the library prints must not get between the lines of our own output.
  const worker = new Worker(file, { stdout: true, stderr: true });
  worker.stdout.resume();
  worker.stderr.resume();
  const waiting = new Map<string, { resolve: (data: unknown) => void; reject: (error: Error) => void }>();
  let jobs = 0;
  let ended: RecogniserErrorCode | null = null;
  const end = (code: RecogniserErrorCode): void => {
    ended ??= code;
    onEnd();
    for (const { reject } of waiting.values()) reject(new RecogniserError(code));
    waiting.clear();
  };
  worker.on('message', (answer: Answer) => {
    const job = waiting.get(answer.jobId);
    if (job === undefined || answer.status === 'progress') return;
    waiting.delete(answer.jobId);
    if (answer.status === 'resolve') job.resolve(answer.data);
    else job.reject(new RecogniserError('recogniser-failed'));
  });
  worker.on('error', () => end('recogniser-failed'));
  worker.on('exit', () => end('recogniser-failed'));
  const stop = async (code: RecogniserErrorCode): Promise<void> => {
    end(code);
    await worker.terminate();
  };
  return {
    stop,
    ask: (action, payload, limitMs) =>
      new Promise((resolve, reject) => {
        if (ended !== null) {
          reject(new RecogniserError(ended));
          return;
        }
        const jobId = String(++jobs);
        const timer = setTimeout(() => void stop('recogniser-timeout'), limitMs);
        const settle =
          <T>(settled: (value: T) => void) =>
          (value: T): void => {
            clearTimeout(timer);
            settled(value);
          };
        waiting.set(jobId, { resolve: settle(resolve), reject: settle(reject) });
        worker.postMessage({ workerId: 'mrz', jobId, action, payload });
      }),
  };
}

/** A recogniser whose thread starts with the first question. Calls are answered one after the other. */
export function createRecogniser(options: RecogniserOptions): Recogniser {
  const { startMs = 20_000, stripMs = 10_000, renewAfter = 100 } = options;
  const here = import.meta.url;
  const sibling = new URL(`./tesseract-thread${here.endsWith('.ts') ? '.ts' : '.js'}`, here);
  const file = options.threadFile ?? fileURLToPath(sibling);
  let current: Promise<Thread> | null = null;
  let running: Thread | null = null;
  let documents = 0;
  let closed = false;

  const initialise = async (thread: Thread): Promise<void> => {
    await thread.ask('initialize', { langs: MODEL, oem: NETWORK_ONLY, config: {} }, startMs);
    await thread.ask('setParameters', { params: { tessedit_pageseg_mode: RAW_LINE } }, startMs);
  };

  const start = async (): Promise<Thread> => {
    const thread = startThread(file, () => {
      if (running === thread) {
        running = null;
        current = null;
      }
    });
    running = thread;
    const language = { langPath: options.modelFolder, gzip: false, cacheMethod: 'none', lstmOnly: true };
    await thread.ask('load', { options: { lstmOnly: true, logging: false } }, startMs);
    await thread.ask('loadLanguage', { langs: MODEL, options: language }, startMs);
    await initialise(thread);
    return thread;
  };

  const thread = (): Promise<Thread> => {
    if (closed) return Promise.reject(new RecogniserError('recogniser-closed'));
    if (current === null) {
      const starting = start();
      current = starting;
      // A failed start must not be kept for the next question.
      starting.catch(() => {
        void running?.stop('recogniser-failed');
        if (current === starting) current = null;
      });
    }
    return current;
  };

  return {
    recognise: async (strip) => {
      const ready = await thread();
      const payload = { image: encodePgm(strip), options: {}, output: { text: false, blocks: true } };
      const page = (await ready.ask('recognize', payload, stripMs)) as RecognisedBlocks;
      return charactersFrom(page, strip.width);
    },
    beginDocument: async () => {
      documents++;
      if (documents > renewAfter) {
        documents = 1;
        await running?.stop('recogniser-closed');
      }
      const warm = current !== null;
      const ready = await thread();
      if (warm) await initialise(ready);
    },
    close: async () => {
      closed = true;
      await running?.stop('recogniser-closed');
    },
  };
}
