// The arms of Utopia: the crescent island of the book with its tower and star, waves below, between two branches.
import { fill, stroke } from './paint.ts';
import type { Paint, Polyline, Sheet } from './raster.ts';
import { ellipse, mirrored, smooth } from './shapes.ts';

/** Draws the arms with their middle at (x, y) and the given height, all in millimetres, in one ink on one ground. */
export function drawCrest(
  sheet: Sheet,
  x: number,
  y: number,
  height: number,
  ink: Paint,
  ground: Paint | null,
  opacity = 1,
): void {
  const unit = height / 100;
  const place = (line: Polyline): Polyline => line.map((v, i) => (i % 2 === 0 ? x : y) + v * unit);
  const put = (lines: readonly Polyline[], paint: Paint = ink): void =>
    fill(sheet, lines.map(place), paint, { opacity });
  const rule = (lines: readonly Polyline[], width: number, paint: Paint = ink): void =>
    stroke(sheet, lines.map(place), width * unit, paint, { opacity });
  const shield = smooth(
    [
      [-27, -34],
      [-14, -32],
      [0, -36],
      [14, -32],
      [27, -34],
      [27, -4],
      [22, 14],
      [0, 32],
      [-22, 14],
      [-27, -4],
    ],
    true,
    8,
  );
  if (ground) put([shield], ground);
  rule([[...shield, ...shield.slice(0, 2)]], 1.8);
  rule([[...scaled(shield, 0.9, 0, -0.5), ...scaled(shield, 0.9, 0, -0.5).slice(0, 2)]], 0.7);

  // The island: a crescent, open to the top, that cradles the tower.
  put([crescent(0, -2, 17.5, 13.5, 6)]);
  put([[-3.4, 8, -2.5, -12, 2.5, -12, 3.4, 8]]);
  put([[-4, -12.4, -4, -15.6, 4, -15.6, 4, -12.4]]);
  put([
    smooth(
      [
        [-3, -16],
        [0, -21.5],
        [3, -16],
      ],
      true,
      6,
    ),
  ]);
  put([star(0, -27, 3.6)]);
  for (const side of [-1, 1]) {
    for (const [dx, dy] of [
      [7, -4],
      [9, 0],
      [9, 4],
    ] as const) {
      rule([[side * 4.4, -14, side * (4.4 + dx), -14 + dy]], 0.7);
    }
  }
  for (let row = 0; row < 3; row++) {
    const half = 17 - row * 5.2;
    const wave: number[] = [];
    for (let i = 0; i <= 40; i++) {
      const along = -half + (2 * half * i) / 40;
      wave.push(along, 17.6 + row * 4 + Math.sin((along / 6.2) * 2 * Math.PI + row) * 0.9);
    }
    rule([wave], 1.1);
  }
  drawBranches(put, rule);
  drawRibbon(put, rule, ground);
}

function drawBranches(
  put: (lines: readonly Polyline[]) => void,
  rule: (lines: readonly Polyline[], width: number) => void,
): void {
  const stem: number[] = [];
  const leaves: Polyline[] = [];
  for (let i = 0; i <= 30; i++) {
    const angle = ((100 + (i / 30) * 128) * Math.PI) / 180;
    stem.push(Math.cos(angle) * 38, 2 + Math.sin(angle) * 40);
  }
  for (let i = 0; i < 10; i++) {
    const angle = ((112 + i * 12) * Math.PI) / 180;
    const px = Math.cos(angle) * 38;
    const py = 2 + Math.sin(angle) * 40;
    const size = 6.6 - i * 0.22;
    for (const lean of [-0.62, 0.62]) {
      leaves.push(leaf(px, py, angle + Math.PI / 2 + lean, size));
    }
  }
  leaves.push(leaf(stem[60] as number, stem[61] as number, (228 * Math.PI) / 180 + Math.PI / 2, 5.5));
  rule([stem, mirrored(stem, 0)], 0.9);
  put(leaves);
  put(leaves.map((line) => mirrored(line, 0)));
}

function drawRibbon(
  put: (lines: readonly Polyline[], paint?: Paint) => void,
  rule: (lines: readonly Polyline[], width: number) => void,
  ground: Paint | null,
): void {
  const upper = smooth(
    [
      [-24, 41],
      [-10, 45.5],
      [0, 46.6],
      [10, 45.5],
      [24, 41],
    ],
    false,
    8,
  );
  const lower = smooth(
    [
      [24, 46.4],
      [10, 50.5],
      [0, 51.6],
      [-10, 50.5],
      [-24, 46.4],
    ],
    false,
    8,
  );
  if (ground) put([[...upper, ...lower]], ground);
  rule([[...upper, ...lower, ...upper.slice(0, 2)]], 0.9);
  const letters: Polyline[] = [];
  for (let i = -5; i <= 5; i++)
    letters.push(ellipse(i * 3.7, 49.1 - ((i * i) / 25) * 4.4, 0.9, 0.9, { count: 12 }));
  put(letters);
}

function leaf(x: number, y: number, angle: number, length: number): Polyline {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return smooth(
    [
      [0, 0],
      [0.45, -0.21],
      [1, 0],
      [0.45, 0.21],
    ],
    true,
    6,
  ).map((_, i, all) => {
    const u = (all[i - (i % 2)] as number) * length;
    const v = (all[i - (i % 2) + 1] as number) * length;
    return i % 2 === 0 ? x + u * cos - v * sin : y + u * sin + v * cos;
  });
}

function crescent(x: number, y: number, outer: number, inner: number, rise: number): Polyline {
  const points: number[] = [];
  for (let i = 0; i <= 40; i++) {
    const angle = ((-20 + (i / 40) * 220) * Math.PI) / 180;
    points.push(x + Math.cos(angle) * outer, y + Math.sin(angle) * outer * 0.86);
  }
  for (let i = 40; i >= 0; i--) {
    const angle = ((-14 + (i / 40) * 208) * Math.PI) / 180;
    points.push(x + Math.cos(angle) * inner, y - rise * 0.72 + Math.sin(angle) * inner * 0.78);
  }
  return points;
}

function star(x: number, y: number, radius: number): Polyline {
  const points: number[] = [];
  for (let i = 0; i < 10; i++) {
    const angle = ((i * 36 - 90) * Math.PI) / 180;
    const reach = i % 2 === 0 ? radius : radius * 0.42;
    points.push(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
  }
  return points;
}

function scaled(line: Polyline, factor: number, dx: number, dy: number): Polyline {
  return line.map((v, i) => v * factor + (i % 2 === 0 ? dx : dy));
}
