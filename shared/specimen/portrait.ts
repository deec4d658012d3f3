// The holder's picture: a calm drawn head and shoulders from a seed, never the likeness of anybody.
import { drawHair, drawHairBehind } from './portrait-hair.ts';
import { fill, mix, paintMask, stroke } from './paint.ts';
import { createRandom } from './prng.ts';
import { createSheet, fillMask, intersectMasks, softenMask, strokeMask } from './raster.ts';
import type { Mask, Polyline, Rgb, RgbImage, Sheet } from './raster.ts';
import { box, ellipse, smooth } from './shapes.ts';

/** What the picture must agree with on the document. */
export interface PortraitOf {
  readonly seed: number;
  readonly sex: 'F' | 'M' | 'X';
  /** Age in years when the picture was taken. */
  readonly age: number;
}

/** Measures and colours of one drawn face; lengths in the 35 x 45 mm frame of Doc 9303-3. */
export interface Face {
  readonly skin: Rgb;
  readonly shade: Rgb;
  readonly hair: Rgb;
  readonly cloth: Rgb;
  readonly style: 'short' | 'side' | 'long' | 'bun' | 'curls' | 'bare' | 'scarf';
  readonly beard: number;
  readonly age: number;
  /** Half width of the head at the cheekbones. */
  readonly half: number;
  readonly top: number;
  readonly chin: number;
  readonly eyes: number;
  readonly eyeGap: number;
  readonly eyeSize: number;
  readonly brow: number;
  readonly nose: number;
  readonly noseWidth: number;
  readonly mouth: number;
  readonly mouthWidth: number;
  readonly lip: number;
  readonly jaw: number;
}

const SKINS: readonly Rgb[] = [
  [242, 214, 194],
  [233, 198, 170],
  [222, 180, 146],
  [203, 155, 118],
  [176, 126, 90],
  [143, 98, 70],
  [112, 76, 56],
];
const HAIRS: readonly Rgb[] = [
  [34, 29, 30],
  [48, 38, 34],
  [72, 51, 38],
  [104, 72, 46],
  [150, 112, 70],
];
const CLOTHS: readonly Rgb[] = [
  [52, 62, 84],
  [70, 58, 78],
  [44, 78, 80],
  [96, 62, 58],
  [60, 64, 62],
  [112, 104, 92],
];

const MIDDLE = 17.5;

/** The drawing is enlarged and cut so that the face fills 70 to 80 % of the height (Doc 9303-3 §3.9). */
const CLOSER = 1.2;
const ABOVE = 5.1;

function faceOf(of: PortraitOf): Face {
  const random = createRandom(of.seed).fork('portrait');
  const tone = random.int(0, SKINS.length - 1);
  const skin = mix(SKINS[tone] as Rgb, random.pick(SKINS), 0.12);
  const dark = HAIRS[tone >= 3 ? random.int(0, 1) : random.int(0, HAIRS.length - 1)] as Rgb;
  const grey = Math.min(1, Math.max(0, (of.age - 42) / 32));
  const woman = of.sex === 'F' || (of.sex === 'X' && random.chance(0.5));
  const styles = woman
    ? (['long', 'bun', 'side', 'curls', 'long', 'scarf'] as const)
    : (['short', 'side', 'short', 'curls', of.age > 45 ? 'bare' : 'short'] as const);
  const child = of.age < 14 ? (14 - of.age) / 14 : 0;
  const chin = 33.2 - child * 1.4 + random.range(-0.5, 0.5);
  const eyes = 20.6 + child * 1.1 + random.range(-0.3, 0.3);
  return {
    skin,
    shade: mix(skin, [70, 34, 34], 0.5),
    hair: mix(dark, [186, 184, 182], grey * 0.85),
    cloth: random.pick(CLOTHS),
    style: random.pick(styles),
    beard: !woman && of.age > 22 && random.chance(0.45) ? random.range(0.35, 0.95) : 0,
    age: of.age,
    half: (woman ? 8.25 : 8.75) + random.range(-0.35, 0.35) + child * 0.3,
    top: 9.3,
    chin,
    eyes,
    eyeGap: 3.75 + random.range(-0.2, 0.22),
    eyeSize: 1.62 + random.range(-0.1, 0.12) + child * 0.22,
    brow: (woman ? 0.42 : 0.62) + random.range(-0.06, 0.1),
    nose: eyes + (chin - eyes) * (0.47 - child * 0.05) + random.range(-0.2, 0.2),
    noseWidth: 1.55 + random.range(-0.2, 0.4) - child * 0.25,
    mouth: eyes + (chin - eyes) * (0.685 - child * 0.02) + random.range(-0.15, 0.15),
    mouthWidth: 2.95 + random.range(-0.25, 0.35) - child * 0.35,
    lip: 0.72 + random.range(-0.1, 0.22),
    jaw: (woman ? 0.68 : 0.77) + random.range(-0.05, 0.05) - child * 0.02,
  };
}

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

function shadeOn(
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

function drawShoulders(sheet: Sheet, face: Face): void {
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

function drawHead(sheet: Sheet, face: Face): Mask {
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

function drawFeatures(sheet: Sheet, face: Face, head: Mask): void {
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
