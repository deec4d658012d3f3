// Camera frames for the tests: drawn documents as grey pictures, with a finger where one is wanted.
import { greyFrame } from '../../renderer/lib/live/grey-frame.ts';
import { sight, type Sighting } from '../../renderer/lib/live/sighting.ts';
import type { RgbImage } from '../../shared/specimen/raster.ts';
import { resize } from '../../shared/vision/grey.ts';
import type { GreyImage } from '../../shared/vision/types.ts';

export function greyOf({ width, height, data }: RgbImage): GreyImage {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    rgba.set(data.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
  }
  return greyFrame(width, height, rgba);
}

/** Looks at a frame as the worker does. */
export function look(frame: GreyImage, side = 960, light = false): Sighting {
  const scale = Math.min(1, side / Math.max(frame.width, frame.height));
  return sight(
    resize(frame, Math.round(frame.width * scale), Math.round(frame.height * scale)),
    scale,
    light,
  );
}

/** The frame with a finger, as wide as `wide` pixels, that comes from below and ends at (x, y). */
export function withFinger(frame: GreyImage, x: number, y: number, wide: number): GreyImage {
  const data = Uint8Array.from(frame.data);
  for (let row = Math.max(0, Math.round(y)); row < frame.height; row++) {
    const tip = Math.min(1, (row - y) / (wide / 2));
    const half = (wide / 2) * Math.sqrt(1 - (1 - tip) ** 2);
    for (let column = Math.round(x - half); column < x + half; column++) {
      if (column < 0 || column >= frame.width) continue;
      data[row * frame.width + column] = 165 - 45 * (Math.abs(column - x) / (wide / 2));
    }
  }
  return { ...frame, data };
}
