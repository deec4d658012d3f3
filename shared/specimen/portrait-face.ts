// The measures and colours of a drawn face, from a seed, a sex and an age.
import { mix } from './paint.ts';
import { createRandom } from './prng.ts';
import type { Rgb } from './raster.ts';

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

/** The vertical middle of the frame, in millimetres. */
export const MIDDLE = 17.5;

/** The face of a seed. */
export function faceOf(of: PortraitOf): Face {
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
