// The reading worker: the shared reader with our recogniser, one picture at a time.
import { readDocument } from '../../../shared/vision/read.ts';
import type { GreyImage } from '../../../shared/vision/types.ts';
import { failureCodeOf } from '../bridge.ts';
import { greyOf } from '../images.ts';
import type { ReaderMessage, ReadRequest } from './messages.ts';
import { startRecogniser } from './recogniser.ts';

const say = (message: ReaderMessage) => postMessage(message);

const recogniser = startRecogniser(location.origin);
recogniser.then(
  () => say({ kind: 'ready' }),
  () => say({ kind: 'broken' }),
);

async function answer({ id, source, deadlineMs }: ReadRequest): Promise<void> {
  const startedAt = performance.now();
  const recognise = await recogniser;
  let image: GreyImage;
  try {
    image = 'imageId' in source ? await greyOf(source.imageId) : source;
  } catch (thrown) {
    say({ kind: 'unread', id, code: failureCodeOf(thrown) });
    return;
  }
  const reading = await readDocument(image, recognise, {
    now: () => performance.now(),
    deadlineMs: Math.max(1, deadlineMs - (performance.now() - startedAt)),
    onProgress: (step) => say({ kind: 'step', id, step }),
  });
  giveBack(image);
  say({ kind: 'done', id, reading });
}

/**
 * Frees the pixels at once: a worker that rests is collected late, and the next picture would find this one still there.
 * Only handing them over frees them also from the engine's own side; nobody takes what is sent here.
 */
function giveBack({ data: { buffer } }: GreyImage): void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  if (buffer instanceof ArrayBuffer) port1.postMessage(null, [buffer]);
  port1.close();
}

let work: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<ReadRequest>) => {
  work = work.then(() => answer(data)).catch(() => say({ kind: 'broken' }));
};
