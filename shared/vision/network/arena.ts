// The network's memory: where weights and rows of values lie in it.
import type { Weights } from './traineddata.ts';

/** Weights in memory, and the sizes that the kernel is told. */
export interface Placed {
  weights: number;
  scales: number;
  inputs: number;
  outputs: number;
  pairs: number;
  groups: number;
}

const PAGE = 65_536;

export class Arena {
  readonly memory: WebAssembly.Memory;
  #end = 0;
  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
  }
  get end(): number {
    return this.#end;
  }
  /** Room for so many bytes, at a multiple of 16. Views of the memory are void afterwards. */
  take(bytes: number): number {
    const from = this.#end;
    this.#end = from + Math.ceil(bytes / 16) * 16;
    const missing = this.#end - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return from;
  }
  release(to: number): void {
    this.#end = to;
  }
}

/** Lays rows of weights out as the kernel takes them: outputs in groups, inputs in pairs. */
export function place(arena: Arena, parts: readonly Weights[], group: number): Placed {
  const [{ inputs }] = parts as [Weights];
  const rows = parts.flatMap(({ values, scales, outputs }) =>
    Array.from({ length: outputs }, (_, i) => ({
      values: values.subarray(i * (inputs + 1), (i + 1) * (inputs + 1)),
      scale: scales[i]!,
    })),
  );
  const pairs = Math.ceil((inputs + 1) / 2);
  const groups = Math.ceil(rows.length / group);
  const weights = arena.take(groups * pairs * group * 4);
  const scales = arena.take(groups * group * 4);
  const laid = new Int16Array(arena.memory.buffer, weights, groups * pairs * group * 2);
  const scaleOf = new Float32Array(arena.memory.buffer, scales, groups * group);
  rows.forEach(({ values, scale }, row) => {
    const first = Math.floor(row / group) * pairs * group + (row % group);
    scaleOf[row] = scale;
    values.forEach((value, input) => {
      laid[2 * (first + (input >> 1) * group) + (input & 1)] = value;
    });
  });
  return { weights, scales, inputs, outputs: rows.length, pairs, groups };
}
