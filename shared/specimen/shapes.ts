// Outlines in millimetres: circles, rounded boxes, smooth closed curves.
import type { Polyline } from './raster.ts';

/** A rectangle; clockwise. */
export function box(x: number, y: number, width: number, height: number): Polyline {
  return [x, y, x + width, y, x + width, y + height, x, y + height];
}

/** An ellipse in `count` sides; clockwise unless `reverse`, which makes it a hole. */
export function ellipse(
  cx: number,
  cy: number,
  rx: number,
  ry: number = rx,
  options: { reverse?: boolean; count?: number; turn?: number } = {},
): Polyline {
  const count = options.count ?? 64;
  const turn = options.turn ?? 0;
  const points: number[] = [];
  for (let i = 0; i < count; i++) {
    const angle = ((options.reverse ? -i : i) / count) * 2 * Math.PI;
    const x = Math.cos(angle) * rx;
    const y = Math.sin(angle) * ry;
    points.push(cx + x * Math.cos(turn) - y * Math.sin(turn), cy + x * Math.sin(turn) + y * Math.cos(turn));
  }
  return points;
}

/** A rectangle with round corners; clockwise unless `reverse`. */
export function roundedBox(
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  reverse = false,
): Polyline {
  const points: [number, number][] = [];
  const corners: [number, number, number][] = [
    [x + width - radius, y + radius, -90],
    [x + width - radius, y + height - radius, 0],
    [x + radius, y + height - radius, 90],
    [x + radius, y + radius, 180],
  ];
  for (const [cx, cy, start] of corners) {
    for (let i = 0; i <= 10; i++) {
      const angle = ((start + i * 9) * Math.PI) / 180;
      points.push([cx + Math.cos(angle) * radius, cy + Math.sin(angle) * radius]);
    }
  }
  if (reverse) points.reverse();
  return points.flat();
}

/** A smooth curve through points (centripetal enough for drawings: Catmull-Rom), closed or open. */
export function smooth(points: readonly (readonly [number, number])[], closed = true, steps = 10): Polyline {
  const count = points.length;
  const at = (index: number): readonly [number, number] =>
    (closed ? points[(index + count) % count] : points[Math.min(count - 1, Math.max(0, index))]) ?? [0, 0];
  const out: number[] = [];
  const spans = closed ? count : count - 1;
  for (let i = 0; i < spans; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let k = 0; k < steps; k++) {
      const t = k / steps;
      out.push(spline(a[0], b[0], c[0], d[0], t), spline(a[1], b[1], c[1], d[1], t));
    }
  }
  if (!closed) out.push(...at(count - 1));
  return out;
}

function spline(a: number, b: number, c: number, d: number, t: number): number {
  return (
    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)
  );
}

/** Mirrors a line at the vertical x = `axis`. */
export function mirrored(line: Polyline, axis: number): Polyline {
  const points: number[] = [];
  for (let i = line.length - 2; i >= 0; i -= 2)
    points.push(2 * axis - (line[i] as number), line[i + 1] as number);
  return points;
}
