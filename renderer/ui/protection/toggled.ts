// A list with one thing in it or not.

/** The list with `one` at its end, or without it. */
export function toggled<T>(list: readonly T[], one: T, isOn: boolean): T[] {
  const others = list.filter((each) => each !== one);
  return isOn ? [...others, one] : others;
}
