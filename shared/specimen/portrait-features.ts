// Eyes, nose, mouth and the lines of age of the drawn portrait.
import { intersectMasks, softenMask } from './mask.ts';
import { fill, mix, paintMask, stroke } from './paint.ts';
import { type Face, MIDDLE } from './portrait-face.ts';
import { shadeOn } from './portrait-head.ts';
import { fillMask, strokeMask, type Mask, type Rgb, type Sheet } from './raster.ts';
import { ellipse, smooth } from './shapes.ts';

/** Everything within the outline of the face but beard and hair. */
export function drawFeatures(sheet: Sheet, face: Face, head: Mask): void {
  const line = mix(face.shade, [30, 16, 18], 0.45);
  for (const way of [-1, 1]) drawEye(sheet, face, way, line);
  const { nose, noseWidth } = face;
  // The nose is told by its shadow and the two wings, not by an outline.
  shadeOn(
    sheet,
    head,
    [
      smooth([
        [MIDDLE + 0.7, face.eyes],
        [MIDDLE + 1.2, nose - 1.8],
        [MIDDLE + noseWidth + 0.3, nose - 0.2],
        [MIDDLE + 0.5, nose + 0.1],
        [MIDDLE + 0.35, nose - 2.4],
      ]),
    ],
    0.4,
    face.shade,
    0.42,
  );
  shadeOn(sheet, head, [ellipse(MIDDLE, nose + 0.55, noseWidth * 0.9, 0.4)], 0.35, face.shade, 0.5);
  shadeOn(
    sheet,
    head,
    [
      smooth([
        [MIDDLE - 0.5, face.eyes + 0.6],
        [MIDDLE + 0.15, face.eyes + 0.6],
        [MIDDLE + 0.25, nose - 0.8],
        [MIDDLE - 0.5, nose - 0.6],
      ]),
    ],
    0.4,
    mix(face.skin, [255, 250, 242], 0.55),
    0.5,
  );
  for (const way of [-1, 1]) {
    const nostril = smooth(
      [
        [MIDDLE + way * 0.42, nose + 0.26],
        [MIDDLE + way * 0.95, nose + 0.1],
        [MIDDLE + way * 1.2, nose + 0.3],
      ],
      false,
    );
    stroke(sheet, [nostril], 0.36, line, { opacity: 0.72 });
    const wing = smooth(
      [
        [MIDDLE + way * (noseWidth - 0.16), nose - 0.85],
        [MIDDLE + way * (noseWidth + 0.12), nose - 0.25],
        [MIDDLE + way * (noseWidth - 0.25), nose + 0.3],
      ],
      false,
    );
    stroke(sheet, [wing], 0.26, face.shade, { opacity: way > 0 ? 0.75 : 0.5 });
  }
  drawMouth(sheet, face, head, line);
  const lines = Math.min(1, Math.max(0, (face.age - 32) / 40));
  if (lines > 0) {
    for (const way of [-1, 1]) {
      const fold = smooth(
        [
          [MIDDLE + way * (noseWidth + 0.5), nose - 0.3],
          [MIDDLE + way * (noseWidth + 1.5), nose + 1.2],
          [MIDDLE + way * (face.mouthWidth + 0.75), face.mouth + 0.1],
        ],
        false,
      );
      const under = smooth(
        [
          [MIDDLE + way * (face.eyeGap - 1.4), face.eyes + 1.25],
          [MIDDLE + way * face.eyeGap, face.eyes + 1.75],
          [MIDDLE + way * (face.eyeGap + 1.4), face.eyes + 1.3],
        ],
        false,
      );
      paintMask(
        sheet,
        intersectMasks(softenMask(sheet, strokeMask(sheet, [fold, under], 0.3), 0.16), head),
        face.shade,
        { opacity: lines * 0.42 },
      );
    }
  }
}

function drawEye(sheet: Sheet, face: Face, way: number, line: Rgb): void {
  const x = MIDDLE + way * face.eyeGap;
  const y = face.eyes;
  const size = face.eyeSize;
  const open = size * 0.49;
  const upper: [number, number][] = [
    [x - way * size, y + 0.14],
    [x - way * size * 0.5, y - open * 0.78],
    [x + way * size * 0.1, y - open],
    [x + way * size * 0.66, y - open * 0.62],
    [x + way * size * 1.06, y - 0.02],
  ];
  const lower: [number, number][] = [
    [x + way * size * 0.5, y + open * 0.62],
    [x - way * size * 0.3, y + open * 0.7],
  ];
  const white = fillMask(sheet, [smooth([...upper, ...lower])]);
  paintMask(sheet, white, [240, 237, 233]);
  const iris = face.hair[0] > 120 && face.age < 60 ? ([86, 104, 112] as const) : ([72, 48, 34] as const);
  paintMask(
    sheet,
    intersectMasks(fillMask(sheet, [ellipse(x, y - 0.08, open * 1.06)]), white),
    mix(iris, [20, 14, 12], 0.25),
  );
  paintMask(
    sheet,
    intersectMasks(fillMask(sheet, [ellipse(x, y + 0.1, open * 0.8, open * 0.7)]), white),
    iris,
    { opacity: 0.8 },
  );
  paintMask(sheet, intersectMasks(fillMask(sheet, [ellipse(x, y - 0.08, open * 0.5)]), white), [16, 12, 12]);
  fill(sheet, [ellipse(x - 0.24, y - 0.34, 0.17)], [255, 255, 255], { opacity: 0.92 });
  paintMask(
    sheet,
    intersectMasks(softenMask(sheet, strokeMask(sheet, [smooth(upper, false)], 0.6), 0.2), white),
    [60, 40, 40],
    { opacity: 0.5 },
  );
  stroke(sheet, [smooth(upper, false)], (i, n) => 0.22 + 0.22 * Math.sin((i / n) * Math.PI), line);
  stroke(
    sheet,
    [smooth([upper[4] as [number, number], ...lower, upper[0] as [number, number]], false)],
    0.15,
    line,
    { opacity: 0.4 },
  );
  const crease = smooth(
    upper.slice(0, 5).map(([px, py]): [number, number] => [px + way * 0.1, py - 0.66]),
    false,
  );
  stroke(sheet, [crease], 0.18, face.shade, { opacity: 0.62 });
  const rise = y - open - 1.75;
  const brow = smooth(
    [
      [x - way * size * 1.16, rise + 0.22],
      [x - way * size * 0.3, rise - 0.12],
      [x + way * size * 0.6, rise - 0.26],
      [x + way * size * 1.5, rise + 0.62],
    ],
    false,
    8,
  );
  const ink = mix(face.hair, [30, 24, 22], 0.35);
  const mask = strokeMask(sheet, [brow], (i, n) => face.brow * (0.95 - 0.62 * (i / n)) * 1.35);
  paintMask(sheet, softenMask(sheet, mask, 0.12), ink, { opacity: 0.86 });
}

function drawMouth(sheet: Sheet, face: Face, head: Mask, line: Rgb): void {
  const { mouth: y, mouthWidth: w, lip } = face;
  const colour = mix(face.skin, [156, 62, 64], 0.46);
  const upper = smooth([
    [MIDDLE - w, y + 0.06],
    [MIDDLE - w * 0.36, y - lip * 0.8],
    [MIDDLE, y - lip * 0.56],
    [MIDDLE + w * 0.36, y - lip * 0.8],
    [MIDDLE + w, y + 0.06],
    [MIDDLE, y + 0.24],
  ]);
  const lower = smooth([
    [MIDDLE - w * 0.94, y + 0.1],
    [MIDDLE, y + 0.16],
    [MIDDLE + w * 0.94, y + 0.1],
    [MIDDLE + w * 0.42, y + lip * 1.06],
    [MIDDLE, y + lip * 1.2],
    [MIDDLE - w * 0.42, y + lip * 1.06],
  ]);
  paintMask(sheet, softenMask(sheet, fillMask(sheet, [lower]), 0.08), mix(colour, face.skin, 0.28));
  paintMask(sheet, softenMask(sheet, fillMask(sheet, [upper]), 0.08), mix(colour, face.shade, 0.25));
  const seam = smooth(
    [
      [MIDDLE - w * 1.04, y - 0.1],
      [MIDDLE - w * 0.4, y + 0.1],
      [MIDDLE, y + 0.2],
      [MIDDLE + w * 0.4, y + 0.1],
      [MIDDLE + w * 1.04, y - 0.1],
    ],
    false,
  );
  stroke(sheet, [seam], 0.22, line, { opacity: 0.8 });
  shadeOn(sheet, head, [ellipse(MIDDLE + 0.2, y + lip * 1.2 + 0.75, w * 0.62, 0.5)], 0.4, face.shade, 0.42);
  shadeOn(
    sheet,
    head,
    [ellipse(MIDDLE - 0.5, y + lip * 0.66, w * 0.3, 0.2)],
    0.2,
    mix(face.skin, [255, 246, 240], 0.5),
    0.4,
  );
}
