// The synthetic photographer: a specimen on a table, seen by a camera with its faults, the same for the same seed.
import {
  carry,
  cameraView,
  enlarge,
  type Homography,
  invert,
  multiply,
  type PlanePoint,
  shift,
} from './homography.ts';
import { addNoise, blurImage, compressLike } from './lens.ts';
import { createRandom, type Random } from './prng.ts';
import type { RgbImage } from './raster.ts';
import { type Ground, tableTop } from './table-top.ts';

/** What lies on the table: pixels, and how much of each pixel is there (255: all). */
export interface Cutout {
  readonly image: RgbImage;
  readonly cover: Uint8Array;
  /** Where the page's upper left corner lies in the picture of the cutout. */
  readonly pageAt: PlanePoint;
  /** The part that the camera is aimed at; the rest may leave the frame. */
  readonly aim: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface PhotoOptions {
  readonly seed: number;
  /** Size of the photo in pixels. */
  readonly width: number;
  readonly height: number;
  /** How far the camera leans from straight above, in degrees; the direction comes from the seed. 0 unless told. */
  readonly tiltDegrees?: number;
  /** How strong the lean shows, 0 (far lens) to 1 (near lens). 0.5 unless told. */
  readonly perspective?: number;
  /** How far the document lies askew, in degrees, clockwise. 0 unless told. */
  readonly skewDegrees?: number;
  /** Quarter turns of the document, clockwise. */
  readonly turn?: 0 | 90 | 180 | 270;
  /** Share of the photo that the document fills, by its longer fit. 0.86 unless told. */
  readonly fill?: number;
  /** Standard deviation of the lens blur in pixels of the photo. */
  readonly blurPx?: number;
  /** Standard deviation of the sensor's noise in grey levels. */
  readonly noise?: number;
  /** Strength of a lamp's reflection, 0 to 1, and where it lies on the document, 0 to 1 across and down. */
  readonly glare?: { readonly strength: number; readonly x: number; readonly y: number };
  /** Darkness of a shadow that falls across the photo, 0 to 1. */
  readonly shadow?: number;
  /** Brightness, 1 is even daylight; and warmth, -1 blue to 1 yellow. */
  readonly light?: { readonly level: number; readonly warmth: number };
  /** JPEG-like quality, 1 to 100; none unless told. */
  readonly quality?: number;
  readonly ground?: Ground;
}

export interface Photo {
  readonly image: RgbImage;
  /** From pixels of the page to pixels of the photo. */
  readonly homography: Homography;
  toPhoto(point: PlanePoint): PlanePoint;
}

/** Photographs a page by itself. */
export function photograph(page: RgbImage, options: PhotoOptions): Photo {
  const { width, height } = page;
  const cover = new Uint8Array(width * height).fill(255);
  const aim = { x: 0, y: 0, width, height };
  return photographCutout({ image: page, cover, pageAt: { x: 0, y: 0 }, aim }, options);
}

/** Photographs whatever the page is part of; places are still those of the page. */
export function photographCutout(cutout: Cutout, options: PhotoOptions): Photo {
  const { width, height } = options;
  if (!(width >= 16 && height >= 16)) throw new RangeError('a photo has at least 16 by 16 pixels');
  const random = createRandom(options.seed).fork('photograph');
  const view = viewOf(cutout, options, random.fork('view'));
  const table = tableTop(width, height, random.fork('table'), options.ground ?? 'wood');
  dropShadow(table, cutout, view, random.fork('drop'));
  layOn(table, cutout, view);
  shine(table, cutout, view, options, random.fork('light'));
  let image: RgbImage = options.blurPx ? blurImage(table, options.blurPx) : table;
  if (options.noise) image = addNoise(image, options.noise, random.fork('noise'));
  if (options.quality) image = compressLike(image, options.quality);
  const homography = multiply(view, shift(cutout.pageAt.x, cutout.pageAt.y));
  return { image, homography, toPhoto: (point) => carry(homography, point) };
}

/** From pixels of the cutout to pixels of the photo; pixel middles lie at .5. */
function viewOf({ aim }: Cutout, options: PhotoOptions, random: Random): Homography {
  const tilt = ((options.tiltDegrees ?? 0) * Math.PI) / 180;
  const direction = random.range(0, 2 * Math.PI);
  const roll = (((options.turn ?? 0) + (options.skewDegrees ?? 0)) * Math.PI) / 180;
  const distance = 1.5 / Math.max(0.1, options.perspective ?? 0.5);
  const middle = shift(-aim.x - aim.width / 2, -aim.y - aim.height / 2);
  const centred = multiply(enlarge(1 / aim.width), middle);
  const seen = multiply(
    cameraView(tilt * Math.cos(direction), tilt * Math.sin(direction), roll, distance),
    centred,
  );
  const corners = [
    { x: aim.x, y: aim.y },
    { x: aim.x + aim.width, y: aim.y },
    { x: aim.x + aim.width, y: aim.y + aim.height },
    { x: aim.x, y: aim.y + aim.height },
  ].map((corner) => carry(seen, corner));
  const left = Math.min(...corners.map((p) => p.x));
  const right = Math.max(...corners.map((p) => p.x));
  const top = Math.min(...corners.map((p) => p.y));
  const bottom = Math.max(...corners.map((p) => p.y));
  const fill = options.fill ?? 0.86;
  const factor = fill * Math.min(options.width / (right - left), options.height / (bottom - top));
  const spareX = options.width - (right - left) * factor;
  const spareY = options.height - (bottom - top) * factor;
  const x = spareX * (0.5 + random.range(-0.2, 0.2)) - left * factor;
  const y = spareY * (0.5 + random.range(-0.2, 0.2)) - top * factor;
  return multiply(shift(x, y), multiply(enlarge(factor), seen));
}

/** The part of the photo that the cutout can touch, in whole pixels. */
function reach(photo: RgbImage, image: RgbImage, view: Homography, margin: number) {
  const corners = [
    { x: 0, y: 0 },
    { x: image.width, y: 0 },
    { x: image.width, y: image.height },
    { x: 0, y: image.height },
  ].map((corner) => carry(view, corner));
  const clampX = (x: number): number => Math.min(photo.width, Math.max(0, x));
  const clampY = (y: number): number => Math.min(photo.height, Math.max(0, y));
  return {
    left: clampX(Math.floor(Math.min(...corners.map((p) => p.x)) - margin)),
    right: clampX(Math.ceil(Math.max(...corners.map((p) => p.x)) + margin)),
    top: clampY(Math.floor(Math.min(...corners.map((p) => p.y)) - margin)),
    bottom: clampY(Math.ceil(Math.max(...corners.map((p) => p.y)) + margin)),
  };
}

/** Pixels of the cutout to one pixel of the photo, at the middle. */
function minification(image: RgbImage, back: Homography, view: Homography): number {
  const middle = carry(view, { x: image.width / 2, y: image.height / 2 });
  const here = carry(back, middle);
  const beside = carry(back, { x: middle.x + 1, y: middle.y });
  const below = carry(back, { x: middle.x, y: middle.y + 1 });
  return Math.max(
    Math.hypot(beside.x - here.x, beside.y - here.y),
    Math.hypot(below.x - here.x, below.y - here.y),
  );
}

/** Samples the cutout into the photo; several samples to a pixel where it is made smaller. */
function layOn(photo: RgbImage, cutout: Cutout, view: Homography): void {
  const { image, cover } = cutout;
  const back = invert(view);
  const samples = Math.min(4, Math.max(1, Math.ceil(minification(image, back, view) - 0.35)));
  const area = reach(photo, image, view, 1);
  const each = 1 / (samples * samples);
  for (let y = area.top; y < area.bottom; y++) {
    for (let x = area.left; x < area.right; x++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let solid = 0;
      for (let k = 0; k < samples * samples; k++) {
        const px = x + ((k % samples) + 0.5) / samples;
        const py = y + (Math.floor(k / samples) + 0.5) / samples;
        const w = back[6] * px + back[7] * py + back[8];
        const u = (back[0] * px + back[1] * py + back[2]) / w - 0.5;
        const v = (back[3] * px + back[4] * py + back[5]) / w - 0.5;
        if (u <= -1 || v <= -1 || u >= image.width || v >= image.height) continue;
        const u0 = Math.floor(u);
        const v0 = Math.floor(v);
        const fu = u - u0;
        const fv = v - v0;
        const inside = u0 >= 0 && v0 >= 0 && u0 + 1 < image.width && v0 + 1 < image.height;
        const first = v0 * image.width + u0;
        if (inside && cover[first] === 255 && cover[first + image.width + 1] === 255) {
          // Wholly on the document: the usual case, written out because it decides the time a photo takes.
          const a = (1 - fu) * (1 - fv) * each;
          const b = fu * (1 - fv) * each;
          const c = (1 - fu) * fv * each;
          const d = fu * fv * each;
          const at = first * 3;
          const under = at + image.width * 3;
          const { data } = image;
          red += (data[at] as number) * a + (data[at + 3] as number) * b;
          red += (data[under] as number) * c + (data[under + 3] as number) * d;
          green += (data[at + 1] as number) * a + (data[at + 4] as number) * b;
          green += (data[under + 1] as number) * c + (data[under + 4] as number) * d;
          blue += (data[at + 2] as number) * a + (data[at + 5] as number) * b;
          blue += (data[under + 2] as number) * c + (data[under + 5] as number) * d;
          solid += each;
          continue;
        }
        for (let corner = 0; corner < 4; corner++) {
          const cx = u0 + (corner & 1);
          const cy = v0 + (corner >> 1);
          if (!inside && (cx < 0 || cy < 0 || cx >= image.width || cy >= image.height)) continue;
          const at = cy * image.width + cx;
          const amount = (corner & 1 ? fu : 1 - fu) * (corner & 2 ? fv : 1 - fv);
          const weight = (amount * (cover[at] as number) * each) / 255;
          red += (image.data[at * 3] as number) * weight;
          green += (image.data[at * 3 + 1] as number) * weight;
          blue += (image.data[at * 3 + 2] as number) * weight;
          solid += weight;
        }
      }
      if (solid === 0) continue;
      const at = (y * photo.width + x) * 3;
      const rest = 1 - solid;
      photo.data[at] = (photo.data[at] as number) * rest + red + 0.5;
      photo.data[at + 1] = (photo.data[at + 1] as number) * rest + green + 0.5;
      photo.data[at + 2] = (photo.data[at + 2] as number) * rest + blue + 0.5;
    }
  }
}

/** The soft dark rim that a thing lying on a table has. */
function dropShadow(photo: RgbImage, cutout: Cutout, view: Homography, random: Random): void {
  const { image, cover } = cutout;
  const back = invert(view);
  const soft = photo.width * 0.011;
  const lift = photo.width * 0.006;
  const [dx, dy] = [random.range(0.4, 1) * lift, random.range(0.5, 1.1) * lift];
  const area = reach(photo, image, view, soft * 2 + lift);
  const width = Math.ceil((area.right - area.left) / 4) + 1;
  const height = Math.ceil((area.bottom - area.top) / 4) + 1;
  const dark = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const point = carry(back, { x: area.left + column * 4 + 2 - dx, y: area.top + row * 4 + 2 - dy });
      const u = Math.floor(point.x);
      const v = Math.floor(point.y);
      if (u >= 0 && v >= 0 && u < image.width && v < image.height)
        dark[(row * width + column) * 3] = cover[v * image.width + u] as number;
    }
  }
  const smooth = blurImage({ width, height, data: dark }, soft / 4);
  for (let y = area.top; y < area.bottom; y++) {
    for (let x = area.left; x < area.right; x++) {
      const column = (x - area.left) >> 2;
      const row = (y - area.top) >> 2;
      const amount = 1 - ((smooth.data[(row * width + column) * 3] as number) / 255) * 0.5;
      const at = (y * photo.width + x) * 3;
      for (let c = 0; c < 3; c++) photo.data[at + c] = (photo.data[at + c] as number) * amount;
    }
  }
}

/** Light that falls off, a shadow across, a lamp's reflection, the colour of the lamp. */
function shine(
  photo: RgbImage,
  { aim }: Cutout,
  view: Homography,
  options: PhotoOptions,
  random: Random,
): void {
  const { width, height, data } = photo;
  const level = options.light?.level ?? 1;
  const warmth = options.light?.warmth ?? 0;
  const gain = [
    level * (1 + 0.1 * warmth),
    level * (1 + 0.015 * warmth),
    level * (1 - 0.12 * warmth),
  ] as const;
  const [lx, ly] = [random.range(0.25, 0.6) * width, random.range(0.15, 0.5) * height];
  const far = Math.hypot(width, height);
  const shadow = options.shadow ?? 0;
  const angle = random.range(0.3, 1.2);
  const [sx, sy] = [Math.cos(angle), Math.sin(angle)];
  const edge = sx * width * random.range(0.55, 0.72) + sy * height * random.range(0.5, 0.65);
  const soft = far * 0.07;
  const { glare } = options;
  const spot = glare
    ? carry(view, { x: aim.x + glare.x * aim.width, y: aim.y + glare.y * aim.height })
    : null;
  const spotReach = far * 0.085;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let amount = 1.04 - 0.16 * (Math.sqrt((x - lx) * (x - lx) + (y - ly) * (y - ly)) / far);
      if (shadow > 0) {
        const beyond = (sx * x + sy * y - edge) / soft;
        amount *= 1 - shadow * (beyond <= 0 ? 0 : beyond >= 1 ? 1 : beyond * beyond * (3 - 2 * beyond));
      }
      let add = 0;
      if (spot && glare) {
        const dx = (x - spot.x) / spotReach;
        const dy = ((y - spot.y) * 1.5) / spotReach;
        const distance = dx * dx + dy * dy;
        if (distance < 9) add = 255 * glare.strength * Math.exp(-distance);
      }
      const at = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) {
        const value = (data[at + c] as number) * amount * (gain[c] as number) + add;
        data[at + c] = value > 255 ? 255 : value;
      }
    }
  }
}
