// What lens, sensor and file do to a picture: blur, noise, the blocks of a compressed file.
import type { Random } from './prng.ts';
import type { RgbImage } from './raster.ts';

/** Gaussian blur, standard deviation in pixels; separable, edges repeated. */
export function blurImage(image: RgbImage, sigma: number): RgbImage {
  const { width, height } = image;
  const radius = Math.max(1, Math.round(sigma * 2.4));
  const kernel = new Float32Array(2 * radius + 1);
  let total = 0;
  for (let i = -radius; i <= radius; i++) {
    const weight = Math.exp((-i * i) / (2 * sigma * sigma));
    kernel[i + radius] = weight;
    total += weight;
  }
  for (let i = 0; i < kernel.length; i++) kernel[i] = (kernel[i] as number) / total;
  const across = new Float32Array(image.data.length);
  const row = new Float32Array((width + 2 * radius) * 3);
  for (let y = 0; y < height; y++) {
    for (let x = -radius; x < width + radius; x++) {
      const from = (y * width + Math.min(width - 1, Math.max(0, x))) * 3;
      const to = (x + radius) * 3;
      for (let c = 0; c < 3; c++) row[to + c] = image.data[from + c] as number;
    }
    const start = y * width * 3;
    for (let k = 0; k < kernel.length; k++) {
      const weight = kernel[k] as number;
      for (let i = 0; i < width * 3; i++) {
        across[start + i] = (across[start + i] as number) + (row[i + k * 3] as number) * weight;
      }
    }
  }
  const out = new Uint8Array(image.data.length);
  const line = new Float32Array(width * 3);
  for (let y = 0; y < height; y++) {
    line.fill(0);
    for (let k = -radius; k <= radius; k++) {
      const from = Math.min(height - 1, Math.max(0, y + k)) * width * 3;
      const weight = kernel[k + radius] as number;
      for (let i = 0; i < width * 3; i++)
        line[i] = (line[i] as number) + (across[from + i] as number) * weight;
    }
    for (let i = 0; i < width * 3; i++) out[y * width * 3 + i] = (line[i] as number) + 0.5;
  }
  return { width, height, data: out };
}

/** Sensor noise: mostly of brightness, a little of colour; standard deviation in grey levels. */
export function addNoise(image: RgbImage, deviation: number, random: Random): RgbImage {
  // A table of normal deviates, entered at random places: as good to the eye, and many times faster.
  const table = Float32Array.from({ length: 4099 }, () => random.normal());
  const data = new Uint8Array(image.data.length);
  let at = 0;
  for (let i = 0; i < data.length; i += 3) {
    if (i % 3072 === 0) at = random.int(0, 4098);
    at = (at + 1) % 4099;
    const grey = (table[at] as number) * deviation;
    for (let c = 0; c < 3; c++) {
      const colour = (table[(at * 7 + c * 1361) % 4099] as number) * deviation * 0.35;
      const value = (image.data[i + c] as number) + grey + colour + 0.5;
      data[i + c] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
  return { width: image.width, height: image.height, data };
}

/** Quantisation of brightness in JPEG files (ITU-T T.81 annex K, table K.1). */
const LUMA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

const COSINES = Float32Array.from({ length: 64 }, (_, i) => {
  const [frequency, place] = [i >> 3, i & 7];
  return Math.cos(((2 * place + 1) * frequency * Math.PI) / 16) * (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5;
});

/** Brightness through the blocks of a JPEG file of that quality (1 to 100); colours in blocks of two by two pixels. */
export function compressLike(image: RgbImage, quality: number): RgbImage {
  const { width, height } = image;
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  const steps = LUMA.map((step) => Math.min(255, Math.max(1, Math.floor((step * scale + 50) / 100))));
  const data = new Uint8Array(image.data);
  const block = new Float32Array(64);
  const half = new Float32Array(64);
  const luma = new Float32Array(64);
  for (let by = 0; by < height; by += 8) {
    for (let bx = 0; bx < width; bx += 8) {
      for (let i = 0; i < 64; i++) {
        const x = Math.min(width - 1, bx + (i & 7));
        const y = Math.min(height - 1, by + (i >> 3));
        const at = (y * width + x) * 3;
        luma[i] =
          0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
        block[i] = (luma[i] as number) - 128;
      }
      transform(block, half, false);
      for (let i = 0; i < 64; i++) {
        const step = steps[i] as number;
        block[i] = Math.round((block[i] as number) / step) * step;
      }
      transform(block, half, true);
      writeBlock(data, width, height, bx, by, block, luma);
    }
  }
  return { width, height, data };
}

/** Cosine transform of a block of 8 x 8 in place, or its way back. */
function transform(block: Float32Array, half: Float32Array, back: boolean): void {
  for (let pass = 0; pass < 2; pass++) {
    const [from, to] = pass === 0 ? [block, half] : [half, block];
    for (let row = 0; row < 8; row++) {
      for (let i = 0; i < 8; i++) {
        let sum = 0;
        for (let k = 0; k < 8; k++)
          sum += (from[row * 8 + k] as number) * (COSINES[back ? k * 8 + i : i * 8 + k] as number);
        to[i * 8 + row] = sum;
      }
    }
  }
}

/** New brightness, colour differences averaged over two by two pixels. */
function writeBlock(
  data: Uint8Array,
  width: number,
  height: number,
  bx: number,
  by: number,
  block: Float32Array,
  luma: Float32Array,
): void {
  for (let i = 0; i < 64; i += 1) {
    const column = i & 7;
    const row = i >> 3;
    if ((column & 1) === 1 || (row & 1) === 1) continue;
    for (let c = 0; c < 3; c++) {
      let difference = 0;
      let count = 0;
      for (let k = 0; k < 4; k++) {
        const x = bx + column + (k & 1);
        const y = by + row + (k >> 1);
        if (x >= width || y >= height) continue;
        difference +=
          (data[(y * width + x) * 3 + c] as number) - (luma[i + (k & 1) + (k >> 1) * 8] as number);
        count += 1;
      }
      for (let k = 0; k < 4; k++) {
        const x = bx + column + (k & 1);
        const y = by + row + (k >> 1);
        if (x >= width || y >= height) continue;
        const value = (block[i + (k & 1) + (k >> 1) * 8] as number) + 128 + difference / count + 0.5;
        data[(y * width + x) * 3 + c] = value < 0 ? 0 : value > 255 ? 255 : value;
      }
    }
  }
}
