// Small weighted least-squares fits, by their normal equations.

/** The normal equations of a fit with `size` unknowns for one or more values per observation. */
export interface Normal {
  size: number;
  values: number;
  /** `size` rows of `size` coefficients and `values` right-hand sides. */
  cells: Float64Array;
}

/** An empty system. */
export function createNormal(size: number, values = 1): Normal {
  return { size, values, cells: new Float64Array(size * (size + values)) };
}

/** Adds an observation: the basis functions at its place, its values, its weight. */
export function observe(
  normal: Normal,
  basis: readonly number[],
  values: readonly number[],
  weight: number,
): void {
  const { size, cells } = normal;
  const stride = size + normal.values;
  for (let row = 0; row < size; row++) {
    const factor = weight * basis[row]!;
    if (factor === 0) continue;
    for (let column = 0; column < size; column++) cells[row * stride + column]! += factor * basis[column]!;
    for (let v = 0; v < normal.values; v++) cells[row * stride + size + v]! += factor * values[v]!;
  }
}

/** Holds one unknown near zero. */
export function addRidge(normal: Normal, index: number, amount: number): void {
  normal.cells[index * (normal.size + normal.values) + index]! += amount;
}

/** The solution, one coefficient list per value; unknowns that nothing decides come out as zero. */
export function solve(normal: Normal): number[][] {
  const { size, values } = normal;
  const stride = size + values;
  const cells = Float64Array.from(normal.cells);
  for (let pivot = 0; pivot < size; pivot++) {
    let best = pivot;
    for (let row = pivot + 1; row < size; row++) {
      if (Math.abs(cells[row * stride + pivot]!) > Math.abs(cells[best * stride + pivot]!)) best = row;
    }
    if (best !== pivot) {
      for (let column = 0; column < stride; column++) {
        const held = cells[pivot * stride + column]!;
        cells[pivot * stride + column] = cells[best * stride + column]!;
        cells[best * stride + column] = held;
      }
    }
    const lead = cells[pivot * stride + pivot]!;
    if (Math.abs(lead) < 1e-12) {
      for (let column = 0; column < stride; column++) cells[pivot * stride + column] = 0;
      continue;
    }
    for (let column = pivot; column < stride; column++) cells[pivot * stride + column]! /= lead;
    for (let row = 0; row < size; row++) {
      const factor = row === pivot ? 0 : cells[row * stride + pivot]!;
      if (factor === 0) continue;
      for (let column = pivot; column < stride; column++) {
        cells[row * stride + column]! -= factor * cells[pivot * stride + column]!;
      }
    }
  }
  return Array.from({ length: values }, (_, v) =>
    Array.from({ length: size }, (_unused, row) => cells[row * stride + size + v]!),
  );
}

/** The middle value (the upper of two); 0 for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? 0;
}

/** The value below which `part` (0 to 1) of the list lies; 0 for an empty list. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
