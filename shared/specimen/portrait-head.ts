// Shoulders, neck, ears and the modelled head of the drawn portrait.
import { intersectMasks, softenMask } from './mask.ts';
import { fill, mix, paintMask, stroke } from './paint.ts';
import { type Face, MIDDLE } from './portrait-face.ts';
import { fillMask, type Mask, type Polyline, type Rgb, type Sheet } from './raster.ts';
import { ellipse, smooth } from './shapes.ts';

/** Soft shade or light in the form of a shape, only where the head is. */
export function shadeOn(
  sheet: Sheet,
  inside: Mask,
  shape: readonly Polyline[],
  soft: number,
  colour: Rgb,
  amount: number,
): void {
  const mask = intersectMasks(softenMask(sheet, fillMask(sheet, shape), soft), inside);
  paintMask(sheet, mask, colour, { opacity: amount });
}

/** Neck and garment. */
export function drawShoulders(sheet: Sheet, face: Face): void {
  const broad = face.age < 14 ? 12.4 : 15.2;
  const neck = face.half * 0.56;
  const jawLine = face.chin - 4.6;
  const throat = smooth([
    [MIDDLE - neck, jawLine],
    [MIDDLE + neck, jawLine],
    [MIDDLE + neck + 0.2, 35.8],
    [MIDDLE + neck + 0.9, 37.4],
    [MIDDLE, 43],
    [MIDDLE - neck - 0.9, 37.4],
    [MIDDLE - neck - 0.2, 35.8],
  ]);
  const throatMask = fillMask(sheet, [throat]);
  paintMask(sheet, throatMask, mix(face.skin, face.shade, 0.2));
  shadeOn(
    sheet,
    throatMask,
    [ellipse(MIDDLE + 0.8, face.chin - 0.4, face.half * 0.78, 3.4)],
    1.0,
    face.shade,
    0.62,
  );
  const cloth = smooth([
    [MIDDLE - broad - 3, 47],
    [MIDDLE - broad, 40.8],
    [MIDDLE - broad * 0.62, 38.2],
    [MIDDLE - neck - 1.3, 35.9],
    [MIDDLE - neck * 0.7, 38.9],
    [MIDDLE, 41],
    [MIDDLE + neck * 0.7, 38.9],
    [MIDDLE + neck + 1.3, 35.9],
    [MIDDLE + broad * 0.62, 38.2],
    [MIDDLE + broad, 40.8],
    [MIDDLE + broad + 3, 47],
    [MIDDLE, 52],
  ]);
  const clothMask = fillMask(sheet, [cloth]);
  const light = mix(face.cloth, [255, 255, 255], 0.16);
  paintMask(sheet, clothMask, {
    kind: 'linear',
    from: [6, 38],
    to: [32, 46],
    stops: [light, face.cloth, mix(face.cloth, [0, 0, 0], 0.3)],
  });
  const collar = smooth(
    [
      [MIDDLE - neck - 1.3, 35.9],
      [MIDDLE - neck * 0.72, 39.1],
      [MIDDLE, 41.3],
      [MIDDLE + neck * 0.72, 39.1],
      [MIDDLE + neck + 1.3, 35.9],
    ],
    false,
  );
  stroke(sheet, [collar], 0.75, mix(face.cloth, [255, 255, 255], 0.34));
  shadeOn(sheet, clothMask, [ellipse(MIDDLE + 1.5, 39.4, 7.5, 1.6)], 1.2, [10, 10, 20], 0.28);
}

/** Ears and head; returns the head's shape for what is drawn upon it. */
export function drawHead(sheet: Sheet, face: Face): Mask {
  const { half, top, chin, jaw } = face;
  const cheek = face.eyes + 2.4;
  const side: [number, number][] = [
    [half * 0.62, top + 1.3],
    [half * 0.96, top + 5.4],
    [half, face.eyes - 0.5],
    [half * 0.965, cheek],
    [half * (jaw + 0.13), face.mouth - 0.4],
    [half * jaw * 0.78, chin - 2.3],
    [half * 0.3, chin - 0.25],
  ];
  const outline = smooth([
    [MIDDLE, top],
    ...side.map(([dx, y]): [number, number] => [MIDDLE + dx, y]),
    [MIDDLE, chin],
    ...side.map(([dx, y]): [number, number] => [MIDDLE - dx, y]).reverse(),
  ]);
  for (const way of [-1, 1]) {
    const ear = smooth([
      [MIDDLE + way * half * 0.93, face.eyes - 1],
      [MIDDLE + way * (half + 1.25), face.eyes - 0.9],
      [MIDDLE + way * (half + 1.15), face.eyes + 1.7],
      [MIDDLE + way * (half + 0.35), face.eyes + 3.5],
      [MIDDLE + way * half * 0.9, face.eyes + 3],
    ]);
    fill(sheet, [ear], mix(face.skin, face.shade, way > 0 ? 0.34 : 0.14));
    const fold = smooth(
      [
        [MIDDLE + way * (half + 0.75), face.eyes - 0.2],
        [MIDDLE + way * (half + 0.6), face.eyes + 1.2],
        [MIDDLE + way * (half + 0.2), face.eyes + 2.2],
      ],
      false,
    );
    stroke(sheet, [fold], 0.34, mix(face.skin, face.shade, 0.5), { opacity: 0.7 });
  }
  const head = fillMask(sheet, [outline]);
  const bright = mix(face.skin, [255, 248, 238], 0.2);
  paintMask(sheet, head, {
    kind: 'linear',
    from: [MIDDLE - half, top + 4],
    to: [MIDDLE + half, chin - 3],
    stops: [bright, face.skin, face.skin, mix(face.skin, face.shade, 0.3)],
  });
  // Light falls from the upper left: the right side, the sockets and the underside of the jaw lie in shade.
  shadeOn(
    sheet,
    head,
    [
      smooth([
        [MIDDLE + half * 0.72, top + 5],
        [MIDDLE + half * 1.2, top + 6],
        [MIDDLE + half * 1.1, chin],
        [MIDDLE + half * 0.35, chin + 0.8],
        [MIDDLE + half * 0.66, face.mouth - 1],
      ]),
    ],
    1.3,
    face.shade,
    0.36,
  );
  shadeOn(
    sheet,
    head,
    [
      smooth([
        [MIDDLE - half * 1.15, face.eyes + 1],
        [MIDDLE - half * 0.84, cheek + 1.4],
        [MIDDLE - half * 0.45, chin - 1],
        [MIDDLE - half, chin + 0.4],
      ]),
    ],
    1.1,
    face.shade,
    0.2,
  );
  for (const way of [-1, 1]) {
    shadeOn(
      sheet,
      head,
      [ellipse(MIDDLE + way * face.eyeGap, face.eyes - 0.35, 2.5, 1.5)],
      0.75,
      face.shade,
      0.3,
    );
    shadeOn(
      sheet,
      head,
      [ellipse(MIDDLE + way * half * 0.56, cheek + 1.5, 2.1, 1.5)],
      1,
      mix(face.skin, [206, 96, 84], 0.5),
      0.26,
    );
  }
  shadeOn(
    sheet,
    head,
    [ellipse(MIDDLE - 1.6, top + 5.8, 4.2, 2.4)],
    1.5,
    mix(face.skin, [255, 250, 242], 0.5),
    0.5,
  );
  shadeOn(
    sheet,
    head,
    [ellipse(MIDDLE - 0.3, chin - 1.6, 1.6, 0.9)],
    0.7,
    mix(face.skin, [255, 250, 242], 0.4),
    0.3,
  );
  return head;
}
