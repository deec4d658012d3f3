// Brightness, contrast and mid-tones of a picture, for the eye alone: a table of what each tone is shown as.

/** Each from -1 to 1; 0 leaves the picture as it came. */
export interface Levels {
  brightness: number;
  contrast: number;
  mid: number;
}

export const AS_IT_CAME: Levels = { brightness: 0, contrast: 0, mid: 0 };

export function areChanged({ brightness, contrast, mid }: Levels): boolean {
  return brightness !== 0 || contrast !== 0 || mid !== 0;
}

const STEPS = 32;

/** What tones 0 to 1, in even steps, are shown as; as SVG's `tableValues` takes it. */
export function toneTable({ brightness, contrast, mid }: Levels): string {
  const values = Array.from({ length: STEPS + 1 }, (_, step) => {
    const lit = (step / STEPS) ** (4 ** -mid);
    const tone = (lit - 0.5) * 6 ** contrast + 0.5 + brightness * 0.7;
    return Math.min(1, Math.max(0, tone)).toFixed(4);
  });
  return values.join(' ');
}
