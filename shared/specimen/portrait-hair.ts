// Hair, beard and head covering of the drawn portrait.
import { intersectMasks, softenMask } from './mask.ts';
import { fill, mix, paintMask, stroke } from './paint.ts';
import { type Face, MIDDLE } from './portrait-face.ts';
import { createRandom } from './prng.ts';
import { fillMask, type Mask, type Polyline, type Sheet } from './raster.ts';
import { ellipse, smooth } from './shapes.ts';

type Points = [number, number][];

function place(points: Points): Polyline {
  return smooth(points.map(([dx, y]): [number, number] => [MIDDLE + dx, y]));
}

/** What lies behind the neck: long hair, a knot, the back of a scarf. */
export function drawHairBehind(sheet: Sheet, face: Face): void {
  const { half, top } = face;
  const dark = mix(face.hair, [12, 10, 12], 0.35);
  if (face.style === 'long') {
    const side: Points = [
      [half * 0.7, top - 0.6],
      [half * 1.22, face.eyes - 4],
      [half * 1.32, face.eyes + 5],
      [half * 1.42, face.chin + 2.5],
      [half * 1.1, face.chin + 6.4],
    ];
    fill(
      sheet,
      [place([[0, top - 1.6], ...side, ...side.map(([dx, y]): [number, number] => [-dx, y]).reverse()])],
      dark,
    );
  } else if (face.style === 'bun') {
    fill(sheet, [ellipse(MIDDLE + 0.6, top - 1.2, 3.7, 3)], dark);
  } else if (face.style === 'curls') {
    const random = createRandom(Math.round(half * 1000)).fork('curls');
    const curls: Polyline[] = [];
    for (let i = 0; i <= 26; i++) {
      const angle = Math.PI * (0.93 + (i / 26) * 1.14);
      curls.push(
        ellipse(
          MIDDLE + Math.cos(angle) * (half + 0.7),
          face.eyes - 3 + Math.sin(angle) * 9.2,
          random.range(1.7, 2.3),
        ),
      );
    }
    fill(sheet, curls, dark);
  }
}

/** Hair over the forehead and temples, beard, or a scarf around the face. */
export function drawHair(sheet: Sheet, face: Face, head: Mask): void {
  drawBeard(sheet, face, head);
  if (face.style === 'scarf') {
    drawScarf(sheet, face);
    return;
  }
  const { half, top, eyes } = face;
  const shapes: Record<Exclude<Face['style'], 'scarf'>, Points> = {
    short: [
      [0, top - 1.9],
      [half * 0.62, top - 1.2],
      [half * 1.03, top + 3],
      [half * 1.07, eyes - 1.6],
      [half * 0.97, eyes - 0.1],
      [half * 0.92, eyes - 2.6],
      [half * 0.82, top + 5],
      [half * 0.5, top + 3.2],
      [0, top + 2.7],
      [-half * 0.5, top + 3.4],
      [-half * 0.82, top + 5],
      [-half * 0.92, eyes - 2.6],
      [-half * 0.97, eyes - 0.1],
      [-half * 1.07, eyes - 1.6],
      [-half * 1.03, top + 3],
      [-half * 0.62, top - 1.2],
    ],
    side: [
      [-half * 0.5, top - 1.4],
      [half * 0.3, top - 2.1],
      [half * 0.92, top + 0.6],
      [half * 1.1, top + 5],
      [half * 1.05, eyes + 0.6],
      [half * 0.92, eyes - 1.6],
      [half * 0.82, top + 5.6],
      [half * 0.2, top + 3.8],
      [-half * 0.42, top + 1.9],
      [-half * 0.82, top + 5],
      [-half * 0.92, eyes - 1.6],
      [-half * 1.05, eyes + 0.6],
      [-half * 1.1, top + 5],
      [-half * 0.94, top + 0.9],
    ],
    long: [
      [0, top - 1.7],
      [half * 0.72, top - 0.8],
      [half * 1.14, top + 4.5],
      [half * 1.2, eyes + 3.5],
      [half * 1.13, face.chin - 1],
      [half * 1.02, eyes + 4],
      [half * 0.93, eyes - 1],
      [half * 0.62, top + 3.9],
      [0, top + 1.2],
      [-half * 0.62, top + 3.9],
      [-half * 0.93, eyes - 1],
      [-half * 1.02, eyes + 4],
      [-half * 1.13, face.chin - 1],
      [-half * 1.2, eyes + 3.5],
      [-half * 1.14, top + 4.5],
      [-half * 0.72, top - 0.8],
    ],
    bun: [
      [0, top - 1],
      [half * 0.68, top - 0.2],
      [half * 1.05, top + 4.6],
      [half * 1.04, eyes - 0.2],
      [half * 0.9, eyes - 2.4],
      [half * 0.56, top + 3.4],
      [0, top + 2.3],
      [-half * 0.56, top + 3.4],
      [-half * 0.9, eyes - 2.4],
      [-half * 1.04, eyes - 0.2],
      [-half * 1.05, top + 4.6],
      [-half * 0.68, top - 0.2],
    ],
    curls: [
      [0, top - 1.6],
      [half * 0.7, top - 0.6],
      [half * 1.06, top + 4],
      [half * 1.04, eyes - 0.6],
      [half * 0.9, eyes - 2],
      [half * 0.72, top + 4.6],
      [half * 0.34, top + 3.6],
      [0, top + 4.2],
      [-half * 0.36, top + 3.5],
      [-half * 0.72, top + 4.7],
      [-half * 0.9, eyes - 2],
      [-half * 1.04, eyes - 0.6],
      [-half * 1.06, top + 4],
      [-half * 0.7, top - 0.6],
    ],
    bare: [],
  };
  if (face.style === 'bare') {
    for (const way of [-1, 1]) {
      const crown: Points = [
        [way * half * 0.93, top + 4.6],
        [way * half * 1.07, top + 6.6],
        [way * half * 1.09, eyes - 1.4],
        [way * half * 1.03, eyes + 0.7],
        [way * half * 0.95, eyes - 0.6],
        [way * half * 0.96, top + 7.4],
      ];
      paintMask(sheet, softenMask(sheet, fillMask(sheet, [place(crown)]), 0.3), face.hair, { opacity: 0.9 });
    }
    return;
  }
  const hair = fillMask(sheet, [place(shapes[face.style])]);
  const shadow = softenMask(sheet, hair, 0.5);
  paintMask(
    sheet,
    intersectMasks({ ...shadow, y: shadow.y + Math.round(sheet.scale * 0.35) }, head),
    face.shade,
    { opacity: 0.5 },
  );
  const bright = mix(face.hair, [255, 240, 225], 0.16);
  paintMask(sheet, hair, {
    kind: 'linear',
    from: [MIDDLE - half, top],
    to: [MIDDLE + half, eyes],
    stops: [bright, face.hair, mix(face.hair, [8, 6, 8], 0.45)],
  });
  // A few strands give direction; more would only make noise at print size.
  const strands: Polyline[] = [];
  for (let i = -6; i <= 6; i++) {
    const lean = i / 6;
    strands.push(
      smooth(
        [
          [MIDDLE + lean * half * 0.42, top - 1],
          [MIDDLE + lean * half * 0.86, top + 2.6],
          [MIDDLE + lean * half * 1.04, eyes - 2.4],
        ],
        false,
      ),
    );
  }
  paintMask(sheet, intersectMasks(lineMask(sheet, strands), hair), mix(face.hair, [255, 236, 214], 0.3), {
    opacity: 0.32,
  });
}

function lineMask(sheet: Sheet, lines: readonly Polyline[]): Mask {
  const thin = lines.map((line): Polyline => {
    const back: number[] = [];
    for (let i = line.length - 2; i >= 0; i -= 2)
      back.push((line[i] as number) + 0.22, (line[i + 1] as number) + 0.05);
    return [...line, ...back];
  });
  return softenMask(sheet, fillMask(sheet, thin), 0.1);
}

function drawBeard(sheet: Sheet, face: Face, head: Mask): void {
  if (face.beard === 0) return;
  const { half, mouth, chin, nose, mouthWidth } = face;
  const ring = place([
    [half * 1.02, face.eyes + 2],
    [half * 0.99, mouth],
    [half * 0.72, chin - 0.9],
    [0, chin + 0.8],
    [-half * 0.72, chin - 0.9],
    [-half * 0.99, mouth],
    [-half * 1.02, face.eyes + 2],
    [-half * 0.76, mouth - 1.8],
    [-mouthWidth - 0.9, nose + 1.1],
    [0, nose + 0.9],
    [mouthWidth + 0.9, nose + 1.1],
    [half * 0.76, mouth - 1.8],
  ]);
  const lips = ellipse(MIDDLE, mouth + 0.2, mouthWidth * 0.98, face.lip * 1.35, { reverse: true });
  const soft = intersectMasks(softenMask(sheet, fillMask(sheet, [ring, lips]), 0.42), head);
  paintMask(sheet, soft, mix(face.hair, face.shade, 0.25), { opacity: face.beard * 0.82 });
}

function drawScarf(sheet: Sheet, face: Face): void {
  const { half, top, chin, eyes } = face;
  const cloth = mix(face.cloth, [255, 255, 255], 0.28);
  const outer = place([
    [0, top - 2.3],
    [half * 0.8, top - 1],
    [half * 1.28, top + 5],
    [half * 1.3, eyes + 4],
    [half * 1.16, chin],
    [half * 1.5, chin + 5.5],
    [half * 1.1, 47],
    [-half * 1.1, 47],
    [-half * 1.5, chin + 5.5],
    [-half * 1.16, chin],
    [-half * 1.3, eyes + 4],
    [-half * 1.28, top + 5],
    [-half * 0.8, top - 1],
  ]);
  const opening = place([
    [0, top + 2.4],
    [-half * 0.6, top + 3.4],
    [-half * 0.9, eyes - 2],
    [-half * 0.9, eyes + 3],
    [-half * 0.6, chin - 3.4],
    [-half * 0.26, chin - 0.7],
    [0, chin - 0.4],
    [half * 0.26, chin - 0.7],
    [half * 0.6, chin - 3.4],
    [half * 0.9, eyes + 3],
    [half * 0.9, eyes - 2],
    [half * 0.6, top + 3.4],
  ]);
  fill(sheet, [outer, opening], {
    kind: 'linear',
    from: [8, 8],
    to: [29, 42],
    stops: [mix(cloth, [255, 255, 255], 0.25), cloth, mix(cloth, [0, 0, 0], 0.34)],
  });
  const folds: Polyline[] = [
    smooth(
      [
        [MIDDLE - half * 1.02, eyes],
        [MIDDLE - half * 0.9, chin - 1],
        [MIDDLE - 1, chin + 2.6],
      ],
      false,
    ),
    smooth(
      [
        [MIDDLE + half * 1.12, eyes],
        [MIDDLE + half, chin - 0.5],
        [MIDDLE + 2, chin + 4],
        [MIDDLE - 5, chin + 7],
      ],
      false,
    ),
    smooth(
      [
        [MIDDLE + half * 0.4, top - 1],
        [MIDDLE + half * 1.06, top + 5],
        [MIDDLE + half * 1.12, eyes + 1],
      ],
      false,
    ),
  ];
  stroke(sheet, folds, 0.34, mix(cloth, [0, 0, 0], 0.45), { opacity: 0.55 });
}
