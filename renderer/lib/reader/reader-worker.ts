// The reading worker: the shared reader with our recogniser, one picture at a time.
import { readDocument } from '../../../shared/vision/read.ts';
import type { ReaderMessage, ReadRequest } from './messages.ts';
import { startRecogniser } from './recogniser.ts';

const say = (message: ReaderMessage) => postMessage(message);

const recogniser = startRecogniser(location.origin);
recogniser.then(
  () => say({ kind: 'ready' }),
  () => say({ kind: 'broken' }),
);

async function answer({ id, image, deadlineMs }: ReadRequest): Promise<void> {
  const startedAt = performance.now();
  const recognise = await recogniser;
  const reading = await readDocument(image, recognise, {
    now: () => performance.now(),
    deadlineMs: Math.max(1, deadlineMs - (performance.now() - startedAt)),
    onProgress: (step) => say({ kind: 'step', id, step }),
  });
  say({ kind: 'done', id, reading });
}

let work: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<ReadRequest>) => {
  work = work.then(() => answer(data)).catch(() => say({ kind: 'broken' }));
};
