// New frames of a playing video, one at a time: whoever is slow gets the latest, and nothing queues.

export interface VideoFrames {
  /** The next new frame; null after a while in which none came or none was wanted. */
  next(): Promise<ImageBitmap | null>;
  /** Milliseconds for which a frame has been waited for in vain. */
  silentMs(): number;
}

/** More than eight looks a second would only cost processor time. */
const EVERY_MS = 120;
/** So long is waited for a frame before the pause is told. */
const PATIENCE_MS = 2_000;

/** @param isPaused asked before each frame */
export function framesOf(video: HTMLVideoElement, isPaused: () => boolean): VideoFrames {
  let lastAt = Number.NEGATIVE_INFINITY;
  let waitingSince: number | null = null;
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

  const newFrame = (): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        video.cancelVideoFrameCallback(handle);
        resolve(false);
      }, PATIENCE_MS);
      let handle = 0;
      const ask = () => {
        handle = video.requestVideoFrameCallback(() => {
          if (performance.now() - lastAt < EVERY_MS) return ask();
          clearTimeout(timer);
          resolve(true);
        });
      };
      ask();
    });

  return {
    next: async () => {
      if (isPaused()) {
        waitingSince = null;
        await wait(EVERY_MS);
        return null;
      }
      waitingSince ??= performance.now();
      const came = await newFrame();
      // A window that is covered or small gets no frames; that says nothing of the camera.
      if (came || document.hidden) waitingSince = null;
      if (!came || isPaused()) return null;
      lastAt = performance.now();
      return createImageBitmap(video).catch(() => null);
    },
    silentMs: () => (waitingSince === null ? 0 : performance.now() - waitingSince),
  };
}
