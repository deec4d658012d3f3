// Lines of text beside a known line, found by how often ink and paper alternate along them.
import type { Grid } from './grid.ts';
import { cutStrip, type StripSource } from './strips.ts';
import { inkMask } from './threshold.ts';

/** Strip scale for the search, in pixels a capital; and how far it looks either way, in capitals. */
const CAP = 12;
const LOOK = 4.5;
/** A line with fewer changes between ink and paper has no text to compare others with. */
const FEWEST_CROSSINGS = 4;

/** Distances of neighbouring text lines from a line of the grid, in capitals (downwards positive), nearest first. */
export function bandsBeside(
  source: StripSource,
  grid: Grid,
  line: number,
  from: number,
  to: number,
): number[] {
  const strip = cutStrip(source, grid, { line, from, to, cap: CAP, padding: LOOK });
  const mask = inkMask(strip, { radius: CAP, deviations: 0.3, floor: 8 });
  const { width, height } = strip;
  const crossings = Array.from({ length: height }, (_, y) => {
    let count = 0;
    for (let x = 1; x < width; x++) if (mask[y * width + x] !== mask[y * width + x - 1]) count++;
    return count;
  });
  const smooth = crossings.map((_, y) => {
    const window = crossings.slice(Math.max(0, y - 5), y + 6);
    return window.reduce((sum, count) => sum + count, 0) / window.length;
  });
  const own = smooth[Math.round(height / 2)]!;
  if (own < FEWEST_CROSSINGS) return [];
  const found: number[] = [];
  for (let y = 5; y < height - 5; y++) {
    const away = (y + 0.5 - height / 2) / CAP;
    if (Math.abs(away) < 1.25 || smooth[y]! < 0.4 * own) continue;
    const peak = smooth.slice(Math.max(0, y - 8), y + 9).every((value) => value <= smooth[y]!);
    if (peak && (found.length === 0 || away - found.at(-1)! > 1)) found.push(away);
  }
  return found.sort((a, b) => Math.abs(a) - Math.abs(b));
}
