// A frame's colours as grey: by light, as the station's decoder makes grey of the same picture in a file.
import type { GreyImage } from '../../../shared/vision/types.ts';

/** Share of the light of each colour (ITU-R BT.709). */
const [RED, GREEN, BLUE] = [0.2126, 0.7152, 0.0722];
const FINE = 4095;

const toLight = Float32Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return FINE * (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
});
const toGrey = Uint8Array.from({ length: FINE + 1 }, (_, light) => {
  const share = light / FINE;
  return Math.round(255 * (share <= 0.0031308 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055));
});

/** Grey pixels of RGBA ones. */
export function greyFrame(width: number, height: number, rgba: Uint8ClampedArray): GreyImage {
  const data = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < data.length; i++, at += 4) {
    const light =
      RED * toLight[rgba[at]!]! + GREEN * toLight[rgba[at + 1]!]! + BLUE * toLight[rgba[at + 2]!]!;
    data[i] = toGrey[(light + 0.5) | 0]!;
  }
  return { width, height, data };
}
