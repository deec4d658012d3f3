// Plane to plane maps of a pinhole camera: from four corners, inverse, and a point carried over.

/** Nine numbers, rows first: (x, y, 1) of one plane to homogeneous coordinates of the other. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

export interface PlanePoint {
  readonly x: number;
  readonly y: number;
}

/** Carries a point from the first plane to the second. */
export function carry(h: Homography, point: PlanePoint): PlanePoint {
  const w = h[6] * point.x + h[7] * point.y + h[8];
  return { x: (h[0] * point.x + h[1] * point.y + h[2]) / w, y: (h[3] * point.x + h[4] * point.y + h[5]) / w };
}

/** The product: first `b`, then `a`. */
export function multiply(a: Homography, b: Homography): Homography {
  const [a0, a1, a2, a3, a4, a5, a6, a7, a8] = a;
  const [b0, b1, b2, b3, b4, b5, b6, b7, b8] = b;
  const row = (x: number, y: number, z: number): [number, number, number] => [
    x * b0 + y * b3 + z * b6,
    x * b1 + y * b4 + z * b7,
    x * b2 + y * b5 + z * b8,
  ];
  return [...row(a0, a1, a2), ...row(a3, a4, a5), ...row(a6, a7, a8)];
}

/** The way back. Throws a RangeError for a map that loses a dimension. */
export function invert(h: Homography): Homography {
  const [a, b, c, d, e, f, g, k, i] = h;
  const determinant = a * (e * i - f * k) - b * (d * i - f * g) + c * (d * k - e * g);
  if (Math.abs(determinant) < 1e-12) throw new RangeError('the map cannot be inverted');
  const share = (value: number) => value / determinant;
  return [
    share(e * i - f * k),
    share(c * k - b * i),
    share(b * f - c * e),
    share(f * g - d * i),
    share(a * i - c * g),
    share(c * d - a * f),
    share(d * k - e * g),
    share(b * g - a * k),
    share(a * e - b * d),
  ];
}

/** Moves by (x, y). */
export function shift(x: number, y: number): Homography {
  return [1, 0, x, 0, 1, y, 0, 0, 1];
}

/** Enlarges by one factor. */
export function enlarge(factor: number): Homography {
  return [factor, 0, 0, 0, factor, 0, 0, 0, 1];
}

/**
 * The picture of a plane that a camera sees: the plane turns about its own middle by `roll` in itself, `tilt` about the
 * horizontal and `swing` about the vertical (radians), at `distance` plane widths from the lens. Coordinates of the plane
 * are centred and in plane widths; so are those of the picture.
 */
export function cameraView(tilt: number, swing: number, roll: number, distance: number): Homography {
  const [ct, st] = [Math.cos(tilt), Math.sin(tilt)];
  const [cs, ss] = [Math.cos(swing), Math.sin(swing)];
  const [cr, sr] = [Math.cos(roll), Math.sin(roll)];
  // Columns of Rx(tilt) · Ry(swing) · Rz(roll) for the plane's x and y axes.
  const ax = [cs * cr, ct * sr + st * ss * cr, st * sr - ct * ss * cr];
  const ay = [-cs * sr, ct * cr - st * ss * sr, st * cr + ct * ss * sr];
  return [
    ax[0] as number,
    ay[0] as number,
    0,
    ax[1] as number,
    ay[1] as number,
    0,
    (ax[2] as number) / distance,
    (ay[2] as number) / distance,
    1,
  ];
}
