// Connected pieces of ink, each with its extent along four axes.

/** One piece of ink (8-connected), in pixels of the mask. */
export interface Component {
  /** Centre of the bounding box. */
  x: number;
  y: number;
  /** The longer side of the bounding box. */
  size: number;
  /** Extents along 0, 45, 90 and 135 degrees: the height across a row of any direction follows from them. */
  extents: readonly number[];
}

export interface ComponentLimits {
  minSize: number;
  maxSize: number;
}

/** Runs of ink along the lines of the mask, with the union-find forest that joins touching runs. */
interface Runs {
  start: number[];
  end: number[];
  line: number[];
  parent: number[];
}

function rootOf(parent: number[], index: number): number {
  let i = index;
  while (parent[i]! !== i) {
    parent[i] = parent[parent[i]!]!;
    i = parent[i]!;
  }
  return i;
}

function joinRuns(mask: Uint8Array, width: number, height: number): Runs {
  const runs: Runs = { start: [], end: [], line: [], parent: [] };
  const { start, end, line, parent } = runs;
  let previous = 0;
  for (let y = 0; y < height; y++) {
    const first = start.length;
    const row = y * width;
    let above = previous;
    for (let x = 0; x < width; ) {
      if (mask[row + x] === 0) {
        x++;
        continue;
      }
      const from = x;
      while (x < width && mask[row + x] === 1) x++;
      const run = start.length;
      start.push(from);
      end.push(x - 1);
      line.push(y);
      parent.push(run);
      while (above < first && end[above]! < from - 1) above++;
      for (let other = above; other < first && start[other]! <= x; other++) {
        const a = rootOf(parent, other);
        const b = rootOf(parent, run);
        if (a < b) parent[b] = a;
        else if (b < a) parent[a] = b;
      }
    }
    previous = first;
  }
  return runs;
}

const BOUNDS = 9; // minimum and maximum of x, y, x + y, x - y, then the area

function boundsOf(runs: Runs): { count: number; bounds: Int32Array } {
  const total = runs.start.length;
  const label = new Int32Array(total).fill(-1);
  let count = 0;
  for (let i = 0; i < total; i++) {
    const root = rootOf(runs.parent, i);
    if (label[root]! < 0) label[root] = count++;
    label[i] = label[root]!;
  }
  const bounds = new Int32Array(count * BOUNDS);
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < 4; axis++) {
      bounds[i * BOUNDS + axis * 2] = 1 << 30;
      bounds[i * BOUNDS + axis * 2 + 1] = -(1 << 30);
    }
  }
  const widen = (at: number, low: number, high: number): void => {
    if (low < bounds[at]!) bounds[at] = low;
    if (high > bounds[at + 1]!) bounds[at + 1] = high;
  };
  for (let i = 0; i < total; i++) {
    const at = label[i]! * BOUNDS;
    const from = runs.start[i]!;
    const to = runs.end[i]!;
    const y = runs.line[i]!;
    widen(at, from, to);
    widen(at + 2, y, y);
    widen(at + 4, from + y, to + y);
    widen(at + 6, from - y, to - y);
    bounds[at + 8]! += to - from + 1;
  }
  return { count, bounds };
}

/** All pieces of ink whose longer side lies within the limits, in order of their first run. */
export function findComponents(
  mask: Uint8Array,
  width: number,
  height: number,
  limits: ComponentLimits,
): Component[] {
  const { count, bounds } = boundsOf(joinRuns(mask, width, height));
  const components: Component[] = [];
  for (let at = 0; at < count * BOUNDS; at += BOUNDS) {
    const span = (axis: number): number => bounds[at + axis * 2 + 1]! - bounds[at + axis * 2]! + 1;
    const [wide, high] = [span(0), span(1)];
    const size = Math.max(wide, high);
    const area = bounds[at + 8]!;
    if (size < limits.minSize || size > limits.maxSize || Math.min(wide, high) < 2 || area < 8) continue;
    components.push({
      x: (bounds[at]! + bounds[at + 1]!) / 2,
      y: (bounds[at + 2]! + bounds[at + 3]!) / 2,
      size,
      extents: [wide, span(2) * Math.SQRT1_2, high, span(3) * Math.SQRT1_2],
    });
  }
  return components;
}

/** The extent of a component along a direction (radians), between the two nearest of its four axes. */
export function extentAlong(component: Component, angle: number): number {
  const turns = angle / (Math.PI / 4);
  const low = Math.floor(turns);
  const part = turns - low;
  const extent = (axis: number): number => component.extents[axis & 3] ?? 0;
  return extent(low) * (1 - part) + extent(low + 1) * part;
}
