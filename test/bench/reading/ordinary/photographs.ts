// Pictures of no page at all: a drawn face, a landscape with a town, a bare table, noise, and a picture in dots.
import { drawPortrait } from '../../../../shared/specimen/portrait.ts';
import type { Random } from '../../../../shared/specimen/prng.ts';
import type { Rgb, RgbImage } from '../../../../shared/specimen/raster.ts';
import { GROUNDS, tableTop } from '../../../../shared/specimen/table-top.ts';

const WIDTH = 1600;
const HEIGHT = 1200;

type Shade = (x: number, y: number) => Rgb;

function shaded(width: number, height: number, shade: Shade): RgbImage {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(shade(x, y), (y * width + x) * 3);
  }
  return { width, height, data: new Uint8Array(data.buffer) };
}

function portrait(random: Random, width: number): RgbImage {
  const sex = random.pick(['F', 'M'] as const);
  return drawPortrait({ seed: random.int(1, 1_000_000), sex, age: random.int(18, 80) }, width);
}

/** A line of hills: the height of its edge at x. */
function ridge(random: Random, base: number, tall: number): (x: number) => number {
  const waves = Array.from({ length: 5 }, (_, i) => ({
    length: random.range(0.6, 1.4) * (900 / (i + 1)),
    phase: random.range(0, 7),
    height: tall / (i + 1),
  }));
  return (x) => base - waves.reduce((sum, w) => sum + w.height * Math.sin(x / w.length + w.phase), 0);
}

/** Houses in a row, their windows on one pitch each: rows of equal marks, as a zone is. */
function town(random: Random): Shade {
  const houses: { left: number; right: number; top: number; wall: Rgb; pitch: number; dark: number[] }[] = [];
  for (let left = random.int(0, 200); left < WIDTH - 150; ) {
    const right = left + random.int(150, 700);
    const tone = random.int(110, 215);
    const wall: Rgb = [tone, tone - random.int(0, 14), tone - random.int(0, 30)];
    const dark = Array.from({ length: 400 }, () => random.int(30, 95));
    houses.push({ left, right, top: random.int(520, 800), wall, pitch: random.int(14, 34), dark });
    left = right + random.int(0, 60);
  }
  return (x, y) => {
    const house = houses.find(({ left, right, top }) => x >= left && x < right && y >= top && y < 1010);
    if (house === undefined) return SKY;
    const column = Math.floor((x - house.left) / house.pitch);
    const row = Math.floor((y - house.top) / (house.pitch * 1.7));
    const across = (x - house.left) / house.pitch - column;
    const down = (y - house.top) / (house.pitch * 1.7) - row;
    if (across < 0.3 || across > 0.75 || down < 0.3 || down > 0.8) return house.wall;
    const tone = house.dark[(row * 31 + column) % house.dark.length] ?? 60;
    return [tone, tone, tone + 8];
  };
}

const SKY: Rgb = [0, 0, 0];

function landscape(random: Random): RgbImage {
  const hills = [ridge(random, 560, 90), ridge(random, 700, 60), ridge(random, 820, 40)];
  const houses = random.chance(0.6) ? town(random) : () => SKY;
  const water = random.range(0.02, 0.08);
  return shaded(WIDTH, HEIGHT, (x, y) => {
    const house = houses(x, y);
    if (house !== SKY) return house;
    if (y > 1000) {
      const tone =
        95 + 35 * Math.sin(y * water * 3 + 4 * Math.sin(x * 0.004)) * Math.sin(x * 0.01 + y * water);
      return [tone * 0.75, tone * 0.95, tone * 1.15];
    }
    const hill = hills.findLastIndex((edge) => y > edge(x));
    if (hill >= 0) return [70 - hill * 12, 100 - hill * 14, 95 - hill * 26];
    return [120 + y * 0.12, 160 + y * 0.08, 215];
  });
}

function noise(random: Random): RgbImage {
  const [width, height] = [random.int(600, WIDTH), random.int(500, HEIGHT)];
  const isColour = random.chance(0.4);
  const grain = random.pick([1, 1, 2, 4]);
  const isBinary = random.chance(0.3);
  const tone = () => (isBinary ? 255 * random.int(0, 1) : random.int(0, 255));
  const columns = Math.ceil(width / grain);
  const grains: Rgb[] = Array.from({ length: columns * Math.ceil(height / grain) }, () => {
    const value = tone();
    return isColour ? [value, tone(), tone()] : [value, value, value];
  });
  return shaded(
    width,
    height,
    (x, y) => grains[Math.floor(y / grain) * columns + Math.floor(x / grain)] ?? SKY,
  );
}

/** A face in the dots of a newspaper. */
function halftone(random: Random): RgbImage {
  const picture = portrait(random, 900);
  const pitch = random.range(5, 12);
  const angle = random.pick([0, 15, 45, 75]) * (Math.PI / 180);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return shaded(picture.width, picture.height, (x, y) => {
    const u = (x * cos + y * sin) / pitch;
    const v = (y * cos - x * sin) / pitch;
    const screen = 0.5 + 0.25 * (Math.cos(2 * Math.PI * u) + Math.cos(2 * Math.PI * v));
    const light = (picture.data[(y * picture.width + x) * 3 + 1] ?? 0) / 255;
    return light > screen ? [238, 236, 230] : [30, 30, 32];
  });
}

export const PHOTOGRAPHS = {
  face: (random) => portrait(random, random.int(500, 1100)),
  landscape,
  desk: (random) => tableTop(WIDTH, HEIGHT, random, random.pick(GROUNDS)),
  noise,
  halftone,
} satisfies Record<string, (random: Random) => RgbImage>;
