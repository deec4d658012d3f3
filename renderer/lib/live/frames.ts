// The window's side of the worker that looks at camera frames.
import type { GreyImage } from '../../../shared/vision/types.ts';
import type { FramesAnswer, FramesRequest } from './messages.ts';
import type { Glance, Sighting } from './sighting.ts';

/** Everything rejects once the worker is closed or has died. */
export interface Frames {
  /** Finds the zone in a frame. The frame is handed over. */
  look(frame: ImageBitmap, glance: Glance): Promise<Sighting>;
  /** Holds on to the frame that was looked at last and gives its grey pixels. */
  keep(): Promise<GreyImage>;
  /** The kept frame as a PNG file: without loss, as it was read. */
  file(): Promise<Blob>;
  close(): void;
}

class FramesFailed extends Error {}

interface Waiting {
  settle: (answer: FramesAnswer) => void;
  fail: () => void;
}

export function startFrames(): Frames {
  const worker = new Worker(new URL('./frames-worker.ts', import.meta.url), {
    type: 'module',
    name: 'frames',
  });
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let isClosed = false;
  const close = () => {
    isClosed = true;
    worker.terminate();
    for (const { fail } of waiting.values()) fail();
    waiting.clear();
  };
  worker.onerror = close;
  worker.onmessage = ({ data }: MessageEvent<FramesAnswer>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'failed') one?.fail();
    else one?.settle(data);
  };
  const ask = (request: FramesRequest, transfer: Transferable[] = []) =>
    new Promise<FramesAnswer>((resolve, reject) => {
      const fail = () => reject(new FramesFailed());
      if (isClosed) return fail();
      waiting.set(request.id, { settle: resolve, fail });
      worker.postMessage(request, transfer);
    });
  return {
    look: async (frame, glance) => {
      const answer = await ask({ kind: 'look', id: nextId++, frame, glance }, [frame]);
      if (answer.kind !== 'seen') throw new FramesFailed();
      return answer.sighting;
    },
    keep: async () => {
      const answer = await ask({ kind: 'keep', id: nextId++ });
      if (answer.kind !== 'kept' || answer.image === null) throw new FramesFailed();
      return answer.image;
    },
    file: async () => {
      const answer = await ask({ kind: 'file', id: nextId++ });
      if (answer.kind !== 'file' || answer.file === null) throw new FramesFailed();
      return answer.file;
    },
    close,
  };
}
