// What is done to coverage masks: cut to another shape, softened.
import { EMPTY_MASK, type Mask, type Sheet } from './raster.ts';

/** The part of a mask inside another one. */
export function intersectMasks(mask: Mask, inside: Mask): Mask {
  const data = new Uint8Array(mask.data.length);
  for (let row = 0; row < mask.height; row++) {
    const other = row + mask.y - inside.y;
    if (other < 0 || other >= inside.height) continue;
    for (let column = 0; column < mask.width; column++) {
      const beside = column + mask.x - inside.x;
      if (beside < 0 || beside >= inside.width) continue;
      const at = row * mask.width + column;
      data[at] = ((mask.data[at] as number) * (inside.data[other * inside.width + beside] as number)) / 255;
    }
  }
  return { ...mask, data };
}

/** The same shape with soft edges: three box blurs, near a Gaussian of the given radius; grows past its box. */
export function softenMask(sheet: Sheet, mask: Mask, radiusMm: number): Mask {
  const radius = Math.max(1, Math.round(radiusMm * sheet.scale * 0.6));
  const pad = radius * 3;
  const width = mask.width + 2 * pad;
  const height = mask.height + 2 * pad;
  let data = new Uint8Array(width * height);
  for (let row = 0; row < mask.height; row++) {
    data.set(mask.data.subarray(row * mask.width, (row + 1) * mask.width), (row + pad) * width + pad);
  }
  for (let pass = 0; pass < 3; pass++) {
    data = boxBlurRows(data, width, height, radius);
    data = transpose(boxBlurRows(transpose(data, width, height), height, width, radius), height, width);
  }
  return cropToSheet(sheet, { x: mask.x - pad, y: mask.y - pad, width, height, data });
}

function boxBlurRows(data: Uint8Array, width: number, height: number, radius: number) {
  const out = new Uint8Array(data.length);
  const share = 1 / (2 * radius + 1);
  for (let row = 0; row < height; row++) {
    const at = row * width;
    let sum = 0;
    for (let i = 0; i < Math.min(radius, width); i++) sum += data[at + i] as number;
    for (let i = 0; i < width; i++) {
      if (i + radius < width) sum += data[at + i + radius] as number;
      if (i - radius - 1 >= 0) sum -= data[at + i - radius - 1] as number;
      out[at + i] = sum * share + 0.5;
    }
  }
  return out;
}

function transpose(data: Uint8Array, width: number, height: number) {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) out[x * height + y] = data[y * width + x] as number;
  }
  return out;
}

function cropToSheet(sheet: Sheet, mask: Mask): Mask {
  const x = Math.max(0, mask.x);
  const y = Math.max(0, mask.y);
  const width = Math.min(sheet.width, mask.x + mask.width) - x;
  const height = Math.min(sheet.height, mask.y + mask.height) - y;
  if (width <= 0 || height <= 0) return EMPTY_MASK;
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (row + y - mask.y) * mask.width + (x - mask.x);
    data.set(mask.data.subarray(from, from + width), row * width);
  }
  return { x, y, width, height, data };
}
