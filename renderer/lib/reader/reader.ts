// Reads pictures in a worker: kept warm, renewed before its memory grows, with a time limit and a cancel.
import type { DocumentReading, ReadStep } from '../../../shared/vision/types.ts';
import type { CallFailureCode } from '../bridge.ts';
import type { ReaderMessage, ReadRequest, ReadSource } from './messages.ts';

/** Codes of the catalogue (`error.<code>.*`) for what can go wrong in reading; none says anything of a document. */
export type ReaderFailure = 'reader-timeout' | 'reader-cancelled' | 'reader-failed';

export type ReadOutcome =
  | { ok: true; reading: DocumentReading }
  | { ok: false; code: ReaderFailure | CallFailureCode };

export interface ReadJob {
  /** Aborting settles the job at once as `reader-cancelled`. */
  signal?: AbortSignal;
  onStep?: (step: ReadStep) => void;
}

/** The part of Worker that is used; tests give their own. */
export interface WorkerLike {
  postMessage(message: ReadRequest, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<ReaderMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface ReaderOptions {
  spawn: () => WorkerLike;
  /** From the request to the answer, a cold start included. */
  timeLimitMs?: number;
  /** Documents after which the worker is replaced while nobody waits. */
  renewAfter?: number;
}

export interface Reader {
  /** Starts the worker so that the first document does not wait for it. */
  warm(): void;
  /** Reads one picture; requests queue. Always settles, never rejects. Pixels are handed over. */
  read(source: ReadSource, job?: ReadJob): Promise<ReadOutcome>;
  close(): void;
}

const TIME_LIMIT_MS = 20_000;
/** What the worker keeps of the limit to bring its answer home. */
const MARGIN_MS = 1_000;
const RENEW_AFTER = 40;

/** A worker's script runs once; a worker that dies while starting twice in a row is not started a third time. */
const STARTS_IN_VAIN = 2;

export function createReader(options: ReaderOptions): Reader {
  const timeLimitMs = options.timeLimitMs ?? TIME_LIMIT_MS;
  const renewAfter = options.renewAfter ?? RENEW_AFTER;
  let worker: WorkerLike | null = null;
  let documents = 0;
  let startsInVain = 0;
  let nextId = 1;
  let current: { id: number; settle: (outcome: ReadOutcome) => void; job: ReadJob } | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const drop = () => {
    if (worker === null) return;
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
    worker = null;
    documents = 0;
  };

  const fail = () => {
    startsInVain += 1;
    drop();
    current?.settle({ ok: false, code: 'reader-failed' });
  };

  const start = (): WorkerLike => {
    if (worker !== null) return worker;
    const fresh = options.spawn();
    fresh.onerror = fail;
    fresh.onmessage = ({ data }) => {
      if (data.kind === 'ready') startsInVain = 0;
      else if (data.kind === 'broken') fail();
      else if (current?.id !== data.id) return;
      else if (data.kind === 'step') current.job.onStep?.(data.step);
      else if (data.kind === 'unread') current.settle({ ok: false, code: data.code });
      else current.settle({ ok: true, reading: data.reading });
    };
    worker = fresh;
    return fresh;
  };

  const warm = () => {
    if (startsInVain < STARTS_IN_VAIN) start();
  };

  const run = (source: ReadSource, job: ReadJob): Promise<ReadOutcome> => {
    if (job.signal?.aborted) return Promise.resolve({ ok: false, code: 'reader-cancelled' });
    const id = nextId++;
    return new Promise<ReadOutcome>((resolve) => {
      // A worker in the midst of a picture cannot be told to stop: it is replaced.
      const stop = (code: ReaderFailure) => {
        drop();
        settle({ ok: false, code });
      };
      const timer = setTimeout(stop, timeLimitMs, 'reader-timeout');
      const onAbort = () => stop('reader-cancelled');
      const settle = (outcome: ReadOutcome) => {
        clearTimeout(timer);
        job.signal?.removeEventListener('abort', onAbort);
        current = null;
        resolve(outcome);
      };
      current = { id, settle, job };
      job.signal?.addEventListener('abort', onAbort);
      try {
        const request = { id, source, deadlineMs: Math.max(1, timeLimitMs - MARGIN_MS) };
        start().postMessage(request, 'data' in source ? [source.data.buffer] : []);
        documents += 1;
      } catch {
        fail();
      }
    });
  };

  const read = (source: ReadSource, job: ReadJob = {}): Promise<ReadOutcome> => {
    const outcome = queue.then(() => run(source, job));
    queue = outcome.then(() => {
      if (documents >= renewAfter) drop();
      warm();
    });
    return outcome;
  };

  return { warm, read, close: drop };
}

/** The reader of the window, over its own worker script. */
export function createWindowReader(): Reader {
  return createReader({
    spawn: () =>
      new Worker(new URL('./reader-worker.ts', import.meta.url), { type: 'module', name: 'reader' }),
  });
}
