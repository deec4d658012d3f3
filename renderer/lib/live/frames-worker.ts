// Looks at camera frames beside the window, so that neither the live picture nor a reading waits for it.
import { greyFrame } from './grey-frame.ts';
import type { FramesAnswer, FramesRequest } from './messages.ts';
import { type Glance, sight } from './sighting.ts';

let newest: ImageBitmap | null = null;
let kept: ImageBitmap | null = null;
const small = new OffscreenCanvas(1, 1);
const whole = new OffscreenCanvas(1, 1);

function pixels(
  canvas: OffscreenCanvas,
  frame: ImageBitmap,
  width: number,
  height: number,
): Uint8ClampedArray {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  if (context === null) throw new Error('no canvas');
  // Down to a half each pixel has its part as it is; further down the better way must see to that.
  context.imageSmoothingQuality = 2 * width >= frame.width ? 'low' : 'medium';
  context.drawImage(frame, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}

function look(id: number, frame: ImageBitmap, { side, light }: Glance): FramesAnswer {
  newest?.close();
  newest = frame;
  const scale = Math.min(1, side / Math.max(frame.width, frame.height));
  const width = Math.max(1, Math.round(frame.width * scale));
  const height = Math.max(1, Math.round(frame.height * scale));
  const grey = greyFrame(width, height, pixels(small, frame, width, height));
  return { kind: 'seen', id, sighting: sight(grey, scale, light) };
}

function keep(id: number): FramesAnswer {
  if (newest === null) return { kind: 'kept', id, image: null };
  kept?.close();
  kept = newest;
  newest = null;
  const { width, height } = kept;
  return { kind: 'kept', id, image: greyFrame(width, height, pixels(whole, kept, width, height)) };
}

async function file(id: number): Promise<FramesAnswer> {
  if (kept === null) return { kind: 'file', id, file: null };
  pixels(whole, kept, kept.width, kept.height);
  return { kind: 'file', id, file: await whole.convertToBlob({ type: 'image/png' }) };
}

function answer(request: FramesRequest): FramesAnswer | Promise<FramesAnswer> {
  if (request.kind === 'look') return look(request.id, request.frame, request.glance);
  return request.kind === 'keep' ? keep(request.id) : file(request.id);
}

async function reply(request: FramesRequest): Promise<void> {
  let said: FramesAnswer;
  try {
    said = await answer(request);
  } catch {
    said = { kind: 'failed', id: request.id };
  }
  postMessage(said, { transfer: said.kind === 'kept' && said.image ? [said.image.data.buffer] : [] });
}

let work: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<FramesRequest>) => {
  work = work.then(() => reply(data));
};
