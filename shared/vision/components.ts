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
  count: number;
  start: Int32Array;
  end: Int32Array;
  line: Int32Array;
  parent: Int32Array;
}

function rootOf(parent: Int32Array, index: number): number {
  let i = index;
  while (parent[i]! !== i) {
    parent[i] = parent[parent[i]!]!;
    i = parent[i]!;
  }
  return i;
}

const FIRST_ROOM = 1 << 14;

function grown(runs: Runs): Runs {
  const longer = (values: Int32Array): Int32Array => {
    const out = new Int32Array(2 * values.length);
    out.set(values);
    return out;
  };
  const { count, start, end, line, parent } = runs;
  return { count, start: longer(start), end: longer(end), line: longer(line), parent: longer(parent) };
}

/** Finds the runs line by line and joins each to those it touches in the line above, corners included. */
function joinRuns(mask: Uint8Array, width: number, height: number): Runs {
  const room = (): Int32Array => new Int32Array(FIRST_ROOM);
  let runs: Runs = { count: 0, start: room(), end: room(), line: room(), parent: room() };
  let previous = 0;
  let next = mask.indexOf(1);
  for (let y = 0; y < height; y++) {
    const first = runs.count;
    const row = y * width;
    let above = previous;
    while (next >= 0 && next < row + width) {
      if (runs.count === runs.start.length) runs = grown(runs);
      const { start, end, line, parent } = runs;
      const from = next - row;
      let x = from + 1;
      while (x < width && mask[row + x] === 1) x++;
      const run = runs.count++;
      start[run] = from;
      end[run] = x - 1;
      line[run] = y;
      parent[run] = run;
      while (above < first && end[above]! < from - 1) above++;
      for (let other = above; other < first && start[other]! <= x; other++) {
        const a = rootOf(parent, other);
        const b = rootOf(parent, run);
        if (a < b) parent[b] = a;
        else if (b < a) parent[a] = b;
      }
      next = mask.indexOf(1, row + x);
    }
    previous = first;
  }
  return runs;
}

const BOUNDS = 9; // minimum and maximum of x, y, x + y, x - y, then the area

function boundsOf({ count: total, start, end, line, parent }: Runs): { count: number; bounds: Int32Array } {
  const label = new Int32Array(total).fill(-1);
  let count = 0;
  for (let i = 0; i < total; i++) {
    const root = rootOf(parent, i);
    if (label[root]! < 0) label[root] = count++;
    label[i] = label[root]!;
  }
  const bounds = new Int32Array(count * BOUNDS);
  for (let at = 0; at < bounds.length; at += BOUNDS) {
    for (let axis = 0; axis < 4; axis++) {
      bounds[at + axis * 2] = 1 << 30;
      bounds[at + axis * 2 + 1] = -(1 << 30);
    }
  }
  for (let i = 0; i < total; i++) {
    const at = label[i]! * BOUNDS;
    const from = start[i]!;
    const to = end[i]!;
    const y = line[i]!;
    if (from < bounds[at]!) bounds[at] = from;
    if (to > bounds[at + 1]!) bounds[at + 1] = to;
    if (y < bounds[at + 2]!) bounds[at + 2] = y;
    if (y > bounds[at + 3]!) bounds[at + 3] = y;
    if (from + y < bounds[at + 4]!) bounds[at + 4] = from + y;
    if (to + y > bounds[at + 5]!) bounds[at + 5] = to + y;
    if (from - y < bounds[at + 6]!) bounds[at + 6] = from - y;
    if (to - y > bounds[at + 7]!) bounds[at + 7] = to - y;
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
    const wide = bounds[at + 1]! - bounds[at]! + 1;
    const high = bounds[at + 3]! - bounds[at + 2]! + 1;
    const size = Math.max(wide, high);
    const area = bounds[at + 8]!;
    if (size < limits.minSize || size > limits.maxSize || Math.min(wide, high) < 2 || area < 8) continue;
    const rising = bounds[at + 5]! - bounds[at + 4]! + 1;
    const falling = bounds[at + 7]! - bounds[at + 6]! + 1;
    components.push({
      x: (bounds[at]! + bounds[at + 1]!) / 2,
      y: (bounds[at + 2]! + bounds[at + 3]!) / 2,
      size,
      extents: [wide, rising * Math.SQRT1_2, high, falling * Math.SQRT1_2],
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
