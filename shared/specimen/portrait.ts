// The holder's picture: a calm drawn head and shoulders from a seed, never the likeness of anybody.
import { fill } from './paint.ts';
import { faceOf, type PortraitOf } from './portrait-face.ts';
import { drawFeatures } from './portrait-features.ts';
import { drawHair, drawHairBehind } from './portrait-hair.ts';
import { drawHead, drawShoulders } from './portrait-head.ts';
import { createSheet, type RgbImage, type Sheet } from './raster.ts';
import { box } from './shapes.ts';

/** The drawing is enlarged and cut so that the face fills 70 to 80 % of the height (Doc 9303-3 §3.9). */
const CLOSER = 1.2;
const ABOVE = 5.1;

/** Draws the picture at the given width in pixels, in the 35 : 45 proportion of Doc 9303-3. */
export function drawPortrait(of: PortraitOf, widthPx: number): RgbImage {
  const face = faceOf(of);
  const scale = (widthPx / 35) * CLOSER;
  const sheet = createSheet(35, 45, scale, [226, 230, 233]);
  const ground = {
    kind: 'radial',
    from: [16, 18],
    to: [40, 44],
    stops: [
      [240, 242, 243],
      [204, 211, 218],
    ],
  } as const;
  fill(sheet, [box(0, 0, 35, 45)], ground);
  drawHairBehind(sheet, face);
  drawShoulders(sheet, face);
  const head = drawHead(sheet, face);
  drawFeatures(sheet, face, head);
  drawHair(sheet, face, head);
  return cropped(sheet, widthPx, Math.round((widthPx * 45) / 35));
}

function cropped(sheet: Sheet, width: number, height: number): RgbImage {
  const left = Math.round((sheet.width - width) / 2);
  const top = Math.round(ABOVE * sheet.scale);
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = ((row + top) * sheet.width + left) * 3;
    data.set(sheet.data.subarray(from, from + width * 3), row * width * 3);
  }
  return { width, height, data };
}
