// The colours of each kind of document: paper, tints of the ground, inks of the line work and of the text.
import type { SpecimenKind } from './kinds.ts';
import type { Gradient, Rgb } from './raster.ts';

export interface Theme {
  readonly paper: Rgb;
  /** Pale washes from left to right. */
  readonly washes: readonly Rgb[];
  /** Inks of the fine lines from left to right, as in split-fountain printing. */
  readonly inks: readonly Rgb[];
  /** Second ink of rosettes. */
  readonly second: Rgb;
  /** Third ink of rosettes. */
  readonly third: Rgb;
  /** Labels, crest, titles. */
  readonly deep: Rgb;
  /** The word SPECIMEN. */
  readonly mark: Rgb;
}

/** Personal data and the machine readable zone. */
export const DATA_INK: Rgb = [24, 24, 28];

export const THEMES: Readonly<Record<SpecimenKind, Theme>> = {
  passport: {
    paper: [251, 250, 245],
    washes: [
      [219, 236, 234],
      [233, 233, 243],
      [247, 229, 231],
      [250, 238, 220],
    ],
    inks: [
      [44, 132, 138],
      [86, 96, 164],
      [176, 84, 126],
      [196, 132, 60],
    ],
    second: [162, 70, 112],
    third: [196, 134, 48],
    deep: [24, 58, 92],
    mark: [186, 36, 48],
  },
  'id-card': {
    paper: [249, 250, 251],
    washes: [
      [214, 230, 242],
      [226, 226, 244],
      [238, 226, 242],
      [222, 240, 236],
    ],
    inks: [
      [36, 104, 164],
      [96, 84, 168],
      [148, 80, 150],
      [48, 140, 128],
    ],
    second: [116, 74, 156],
    third: [32, 142, 136],
    deep: [30, 46, 104],
    mark: [186, 36, 48],
  },
  'id-card-td2': {
    paper: [250, 250, 246],
    washes: [
      [222, 238, 222],
      [238, 240, 222],
      [248, 238, 216],
      [232, 236, 226],
    ],
    inks: [
      [56, 128, 88],
      [128, 140, 60],
      [186, 128, 50],
      [84, 124, 112],
    ],
    second: [170, 104, 42],
    third: [54, 116, 118],
    deep: [26, 74, 56],
    mark: [176, 40, 44],
  },
  'visa-a': {
    paper: [252, 250, 244],
    washes: [
      [250, 234, 216],
      [248, 226, 224],
      [240, 226, 238],
      [226, 232, 244],
    ],
    inks: [
      [198, 122, 48],
      [188, 82, 88],
      [138, 82, 148],
      [72, 108, 168],
    ],
    second: [72, 106, 160],
    third: [188, 84, 70],
    deep: [94, 40, 58],
    mark: [40, 70, 150],
  },
  'visa-b': {
    paper: [250, 250, 250],
    washes: [
      [226, 232, 246],
      [220, 240, 240],
      [228, 242, 224],
      [246, 240, 220],
    ],
    inks: [
      [76, 92, 172],
      [40, 136, 144],
      [82, 144, 76],
      [186, 142, 48],
    ],
    second: [42, 128, 140],
    third: [96, 84, 160],
    deep: [34, 64, 96],
    mark: [182, 44, 56],
  },
};

/** Colours run across the document, as where inks of a split fountain flow together. */
export function acrossOf(colours: readonly Rgb[], widthMm: number, heightMm: number): Gradient {
  return { kind: 'linear', from: [0, heightMm * 0.35], to: [widthMm, heightMm * 0.65], stops: colours };
}
