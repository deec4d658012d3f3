// Chains of character-sized components: from each close pair outwards, following a bend.
import { extentAlong, type Component } from './components.ts';
import { median } from './least-squares.ts';
import { rowFromComponents, type Row } from './rows.ts';

/** Buckets of components by place, for questions about a neighbourhood. */
interface Neighbourhood {
  visit: (x: number, y: number, radius: number, visitor: (index: number) => void) => void;
}

const BUCKET = 24;

function bucketed(components: readonly Component[], width: number, height: number): Neighbourhood {
  const across = Math.ceil(width / BUCKET) + 1;
  const down = Math.ceil(height / BUCKET) + 1;
  const buckets: number[][] = Array.from({ length: across * down }, () => []);
  components.forEach((c, i) => {
    buckets[Math.floor(c.y / BUCKET) * across + Math.floor(c.x / BUCKET)]!.push(i);
  });
  return {
    visit: (x, y, radius, visitor) => {
      const left = Math.max(0, Math.floor((x - radius) / BUCKET));
      const right = Math.min(across - 1, Math.floor((x + radius) / BUCKET));
      const top = Math.max(0, Math.floor((y - radius) / BUCKET));
      const bottom = Math.min(down - 1, Math.floor((y + radius) / BUCKET));
      for (let row = top; row <= bottom; row++) {
        for (let column = left; column <= right; column++) {
          for (const index of buckets[row * across + column]!) visitor(index);
        }
      }
    },
  };
}

/** How many of its last members give a chain its direction, height and step. */
const MEMORY = 8;
/** A chain longer than this is no row of any format, even with noise. */
const LONGEST = 90;

/** Adds to `chain` at its end until no component fits. `firstStep`: distance of the pair it began with. */
function grow(
  chain: number[],
  components: readonly Component[],
  near: Neighbourhood,
  firstStep: number,
): void {
  for (let added = 0; added < LONGEST; added++) {
    const last = components[chain.at(-1)!]!;
    const back = components[chain[Math.max(0, chain.length - MEMORY)]!]!;
    const length = Math.hypot(last.x - back.x, last.y - back.y);
    if (length === 0) return;
    const dx = (last.x - back.x) / length;
    const dy = (last.y - back.y) / length;
    const across = Math.atan2(dy, dx) + Math.PI / 2;
    const recent = chain.slice(-MEMORY).map((index) => components[index]!);
    const height = median(recent.map((c) => extentAlong(c, across)));
    const steps = recent.slice(1).map((c, i) => Math.hypot(c.x - recent[i]!.x, c.y - recent[i]!.y));
    const step = chain.length > 2 ? median(steps) : firstStep;
    const offAxis = (chain.length < 5 ? 0.32 : 0.24) * Math.max(height, step * 0.6);
    let best = -1;
    let bestCost = Number.POSITIVE_INFINITY;
    near.visit(last.x + dx * step * 1.5, last.y + dy * step * 1.5, step * 2, (index) => {
      const c = components[index]!;
      const ahead = (c.x - last.x) * dx + (c.y - last.y) * dy;
      if (ahead < 0.3 * step || ahead > 3.2 * step) return;
      const aside = Math.abs((c.x - last.x) * dy - (c.y - last.y) * dx);
      if (aside > offAxis + 0.04 * ahead) return;
      const tall = extentAlong(c, across);
      if (tall > 1.6 * height || tall < 0.5 * height) return;
      const cost = ahead + 2 * aside;
      if (cost < bestCost && !chain.includes(index)) {
        bestCost = cost;
        best = index;
      }
    });
    if (best < 0) return;
    chain.push(best);
  }
}

function neighboursOf(
  index: number,
  components: readonly Component[],
  near: Neighbourhood,
): { other: number; distance: number }[] {
  const a = components[index]!;
  const found: { other: number; distance: number }[] = [];
  near.visit(a.x, a.y, a.size * 2.2, (other) => {
    if (other === index) return;
    const b = components[other]!;
    const ratio = b.size / a.size;
    if (ratio < 0.5 || ratio > 2) return;
    const distance = Math.hypot(b.x - a.x, b.y - a.y);
    const larger = Math.max(a.size, b.size);
    if (distance >= 0.55 * larger && distance <= 2 * larger) found.push({ other, distance });
  });
  return found.sort((p, q) => p.distance - q.distance).slice(0, 8);
}

/** Fewer members than this are no row worth keeping. */
const SHORTEST = 9;

/** All chains of at least 9 components, as rows. `checkpoint` is called often and may throw to stop the work. */
export function findRows(
  components: readonly Component[],
  width: number,
  height: number,
  checkpoint: () => void,
): Row[] {
  const near = bucketed(components, width, height);
  const total = components.length;
  const tried = new Set<number>();
  const ownedAngles: number[][] = components.map(() => []);
  const owned = (index: number, angle: number): boolean =>
    ownedAngles[index]!.some((other) => Math.abs(Math.sin(other - angle)) < 0.3);
  const rows: Row[] = [];
  for (let i = 0; i < total; i++) {
    if (i % 128 === 0) checkpoint();
    for (const { other, distance } of neighboursOf(i, components, near)) {
      if (tried.has(i * total + other)) continue;
      const angle = Math.atan2(
        components[other]!.y - components[i]!.y,
        components[other]!.x - components[i]!.x,
      );
      if (owned(i, angle) && owned(other, angle)) continue;
      const chain = [i, other];
      grow(chain, components, near, distance);
      chain.reverse();
      grow(chain, components, near, distance);
      for (let k = 1; k < chain.length; k++) {
        tried.add(chain[k - 1]! * total + chain[k]!);
        tried.add(chain[k]! * total + chain[k - 1]!);
      }
      if (chain.length < SHORTEST) continue;
      const row = rowFromComponents(chain.map((index) => components[index]!));
      if (row.to - row.from < 8 * row.height) continue;
      for (const index of chain) ownedAngles[index]!.push(row.angle);
      rows.push(row);
    }
  }
  return rows;
}
