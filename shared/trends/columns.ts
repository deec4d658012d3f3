// Columns of numbers: of each report the number of a set of values, of which there are few.

/** What one dimension says of each report: the number of a set of values, of which there are few. */
export interface Column {
  /** Values by their number; the first is the empty one, for reports that do not tell. */
  values: string[];
  numbers: Map<string, number>;
  /** Sets by their values, and of each its values' numbers. */
  sets: Map<string, number>;
  members: number[][];
  of: Uint32Array;
}

export const FIRST_ROOM = 1024;

/** With room for so many reports as a store begins with. */
export const newColumn = (): Column => ({
  values: [''],
  numbers: new Map([['', 0]]),
  sets: new Map(),
  members: [],
  of: new Uint32Array(FIRST_ROOM),
});

/** The number of a value, a new one where it was never met. */
export function numberOf(column: Column, value: string): number {
  const known = column.numbers.get(value);
  if (known !== undefined) return known;
  column.numbers.set(value, column.values.length);
  return column.values.push(value) - 1;
}

/** The number of a set of values; none at all is the set of the empty one. */
export function setOf(column: Column, values: readonly string[]): number {
  const told = values.length === 0 ? [''] : values;
  const name = told.join('\n');
  const known = column.sets.get(name);
  if (known !== undefined) return known;
  column.sets.set(name, column.members.length);
  return column.members.push(told.map((value) => numberOf(column, value))) - 1;
}

/** The same numbers with more room behind them. */
export function roomier<Numbers extends Uint32Array | Int32Array>(
  numbers: Numbers,
  larger: Numbers,
): Numbers {
  larger.set(numbers);
  return larger;
}
