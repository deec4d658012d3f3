// What stands on the canvas of a large picture, as a test sees it: places of a colour, in shares of the canvas.
import type { Locator } from 'playwright-core';

export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The box around all pixels near to a colour; null where there is none. */
export function placeOf(canvas: Locator, colour: readonly [number, number, number]): Promise<Place | null> {
  return canvas.evaluate((element, [red, green, blue]) => {
    const own = element as HTMLCanvasElement;
    const { width, height } = own;
    const { data } = own.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
    let [left, top, right, bottom] = [width, height, -1, -1];
    for (let at = 0; at < data.length; at += 4) {
      const far = Math.hypot((data[at] ?? 0) - red, (data[at + 1] ?? 0) - green, (data[at + 2] ?? 0) - blue);
      if (far > 40 || data[at + 3] !== 255) continue;
      const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
    }
    if (right < 0) return null;
    const share = (value: number, side: number): number => Math.round((value / side) * 1_000) / 1_000;
    return {
      x: share(left, width),
      y: share(top, height),
      width: share(right - left, width),
      height: share(bottom - top, height),
    };
  }, colour);
}

/** The colour in which what was read is outlined (`--outline-mrz`). */
export const OUTLINE = [255, 178, 36] as const;
