// Chains of character-sized components: from each close pair outwards, following a bend.
import type { Component } from './components.ts';
import { rowFromComponents, type UncurvedRow } from './rows.ts';

/** Side of a bucket in pixels; a component lies in the bucket of its centre. */
const BUCKET = 24;
/** Axes of which a component's extent is known. */
const AXES = 4;

/** The components as columns of numbers, in buckets by place: what growing a chain asks for most. */
interface Field {
  components: readonly Component[];
  x: Float64Array;
  y: Float64Array;
  extents: Float64Array;
  across: number;
  down: number;
  /** The members of bucket b are `members[starts[b]]` up to `members[starts[b + 1]]`. */
  starts: Int32Array;
  members: Int32Array;
  /** The number of the chain that a component was last taken into. */
  takenBy: Int32Array;
}

function fieldOf(components: readonly Component[], width: number, height: number): Field {
  const across = Math.ceil(width / BUCKET) + 1;
  const down = Math.ceil(height / BUCKET) + 1;
  const bucketOf = ({ x, y }: Component): number => Math.floor(y / BUCKET) * across + Math.floor(x / BUCKET);
  const starts = new Int32Array(across * down + 1);
  for (const component of components) starts[bucketOf(component) + 1]!++;
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const next = starts.slice();
  const members = new Int32Array(components.length);
  const extents = new Float64Array(AXES * components.length);
  components.forEach((component, i) => {
    members[next[bucketOf(component)]!++] = i;
    extents.set(component.extents, AXES * i);
  });
  return {
    components,
    x: Float64Array.from(components, (c) => c.x),
    y: Float64Array.from(components, (c) => c.y),
    extents,
    across,
    down,
    starts,
    members,
    takenBy: new Int32Array(components.length),
  };
}

/** The buckets that a square of half side `radius` touches: first and last column, first and last row. */
const touched = { left: 0, right: 0, top: 0, bottom: 0 };

function touch({ across, down }: Field, x: number, y: number, radius: number): void {
  touched.left = Math.max(0, Math.floor((x - radius) / BUCKET));
  touched.right = Math.min(across - 1, Math.floor((x + radius) / BUCKET));
  touched.top = Math.max(0, Math.floor((y - radius) / BUCKET));
  touched.bottom = Math.min(down - 1, Math.floor((y + radius) / BUCKET));
}

/** How many of its last members give a chain its direction, height and step. */
const MEMORY = 8;
/** A chain longer than this is no row of any format, even with noise. */
const LONGEST = 90;

/** The middle value of the first `count` of at most eight, the upper of two. */
const few = new Float64Array(MEMORY);
function middleOf(count: number): number {
  for (let i = 1; i < count; i++) {
    const value = few[i]!;
    let j = i - 1;
    for (; j >= 0 && few[j]! > value; j--) few[j + 1] = few[j]!;
    few[j + 1] = value;
  }
  return few[count >> 1] ?? 0;
}

/** Adds to `chain` at its end until no component fits. `firstStep`: distance of the pair it began with. */
function grow(chain: number[], field: Field, firstStep: number, stamp: number): void {
  const { x, y, extents, across, starts, members, takenBy } = field;
  for (let added = 0; added < LONGEST; added++) {
    const last = chain.at(-1)!;
    const first = Math.max(0, chain.length - MEMORY);
    const back = chain[first]!;
    const lastX = x[last]!;
    const lastY = y[last]!;
    const wayX = lastX - x[back]!;
    const wayY = lastY - y[back]!;
    const length = Math.sqrt(wayX * wayX + wayY * wayY);
    if (length === 0) return;
    const dx = wayX / length;
    const dy = wayY / length;
    // The extent across the chain lies between those of the two nearest axes.
    const turns = (Math.atan2(dy, dx) + Math.PI / 2) / (Math.PI / 4);
    const low = Math.floor(turns);
    const part = turns - low;
    const axis = low & 3;
    const other = (low + 1) & 3;
    const count = chain.length - first;
    for (let i = 0; i < count; i++) {
      const at = AXES * chain[first + i]!;
      few[i] = extents[at + axis]! * (1 - part) + extents[at + other]! * part;
    }
    const height = middleOf(count);
    let step = firstStep;
    if (chain.length > 2) {
      for (let i = 1; i < count; i++) {
        const a = chain[first + i - 1]!;
        const b = chain[first + i]!;
        const stepX = x[b]! - x[a]!;
        const stepY = y[b]! - y[a]!;
        few[i - 1] = Math.sqrt(stepX * stepX + stepY * stepY);
      }
      step = middleOf(count - 1);
    }
    const offAxis = (chain.length < 5 ? 0.32 : 0.24) * Math.max(height, step * 0.6);
    let best = -1;
    let bestCost = Number.POSITIVE_INFINITY;
    touch(field, lastX + dx * step * 1.5, lastY + dy * step * 1.5, step * 2);
    const { left, right, top, bottom } = touched;
    for (let row = top; row <= bottom; row++) {
      const end = starts[row * across + right + 1]!;
      for (let i = starts[row * across + left]!; i < end; i++) {
        const index = members[i]!;
        const aheadX = x[index]! - lastX;
        const aheadY = y[index]! - lastY;
        const ahead = aheadX * dx + aheadY * dy;
        if (ahead < 0.3 * step || ahead > 3.2 * step) continue;
        const aside = Math.abs(aheadX * dy - aheadY * dx);
        if (aside > offAxis + 0.04 * ahead) continue;
        const tall = extents[AXES * index + axis]! * (1 - part) + extents[AXES * index + other]! * part;
        if (tall > 1.6 * height || tall < 0.5 * height) continue;
        const cost = ahead + 2 * aside;
        if (cost >= bestCost || takenBy[index] === stamp) continue;
        bestCost = cost;
        best = index;
      }
    }
    if (best < 0) return;
    takenBy[best] = stamp;
    chain.push(best);
  }
}

/** The nearest components that may be a component's neighbours in a row, at most eight. */
function neighboursOf(index: number, field: Field): { other: number; distance: number }[] {
  const { components, across, starts, members } = field;
  const a = components[index]!;
  const found: { other: number; distance: number }[] = [];
  touch(field, a.x, a.y, a.size * 2.2);
  const { left, right, top, bottom } = touched;
  for (let row = top; row <= bottom; row++) {
    const end = starts[row * across + right + 1]!;
    for (let i = starts[row * across + left]!; i < end; i++) {
      const other = members[i]!;
      if (other === index) continue;
      const b = components[other]!;
      const ratio = b.size / a.size;
      if (ratio < 0.5 || ratio > 2) continue;
      const distance = Math.sqrt((b.x - a.x) ** 2 + (b.y - a.y) ** 2);
      const larger = Math.max(a.size, b.size);
      if (distance >= 0.55 * larger && distance <= 2 * larger) found.push({ other, distance });
    }
  }
  return found.sort((p, q) => p.distance - q.distance).slice(0, 8);
}

/** Pairs of components, a bit for each: noise tries some hundred thousand. */
function createPairs(total: number): {
  has: (a: number, b: number) => boolean;
  add: (a: number, b: number) => void;
} {
  const stride = Math.ceil(total / 8);
  const bits = new Uint8Array(stride * total);
  return {
    has: (a, b) => (bits[a * stride + (b >> 3)]! & (1 << (b & 7))) !== 0,
    add: (a, b) => {
      bits[a * stride + (b >> 3)]! |= 1 << (b & 7);
    },
  };
}

/** Fewer members than this are no row worth keeping. */
const SHORTEST = 9;

/** All chains of at least 9 components, as rows. `checkpoint` is called often and may throw to stop the work. */
export function findRows(
  components: readonly Component[],
  width: number,
  height: number,
  checkpoint: () => void,
): UncurvedRow[] {
  const field = fieldOf(components, width, height);
  const total = components.length;
  const tried = createPairs(total);
  const ownedAngles: (number[] | undefined)[] = new Array(total);
  const owned = (index: number, angle: number): boolean =>
    ownedAngles[index]?.some((other) => Math.abs(Math.sin(other - angle)) < 0.3) ?? false;
  const rows: UncurvedRow[] = [];
  let stamp = 0;
  for (let i = 0; i < total; i++) {
    if (i % 128 === 0) checkpoint();
    for (const { other, distance } of neighboursOf(i, field)) {
      if (tried.has(i, other)) continue;
      const angle = Math.atan2(
        components[other]!.y - components[i]!.y,
        components[other]!.x - components[i]!.x,
      );
      if (owned(i, angle) && owned(other, angle)) continue;
      stamp++;
      field.takenBy[i] = stamp;
      field.takenBy[other] = stamp;
      const chain = [i, other];
      grow(chain, field, distance, stamp);
      chain.reverse();
      grow(chain, field, distance, stamp);
      for (let k = 1; k < chain.length; k++) {
        tried.add(chain[k - 1]!, chain[k]!);
        tried.add(chain[k]!, chain[k - 1]!);
      }
      if (chain.length < SHORTEST) continue;
      const row = rowFromComponents(chain.map((index) => components[index]!));
      if (row.to - row.from < 8 * row.height) continue;
      for (const index of chain) {
        const angles = ownedAngles[index];
        if (angles === undefined) ownedAngles[index] = [row.angle];
        else angles.push(row.angle);
      }
      rows.push(row);
    }
  }
  return rows;
}
