// A small memory of what was made last, bounded by bytes; the least recently used goes first.

export interface Memory<T> {
  get(name: string): T | undefined;
  set(name: string, value: T): void;
  /** Forgets everything whose name begins so. */
  drop(prefix: string): void;
}

/** A value larger than the whole budget is not kept at all. */
export function createMemory<T>(budgetBytes: number, sizeOf: (value: T) => number): Memory<T> {
  const entries = new Map<string, T>();
  let used = 0;
  const remove = (name: string): void => {
    const value = entries.get(name);
    if (value === undefined) return;
    used -= sizeOf(value);
    entries.delete(name);
  };
  return {
    get(name) {
      const value = entries.get(name);
      if (value === undefined) return undefined;
      entries.delete(name);
      entries.set(name, value);
      return value;
    },
    set(name, value) {
      remove(name);
      if (sizeOf(value) > budgetBytes) return;
      entries.set(name, value);
      used += sizeOf(value);
      for (const oldest of entries.keys()) {
        if (used <= budgetBytes) break;
        remove(oldest);
      }
    },
    drop(prefix) {
      for (const name of entries.keys()) if (name.startsWith(prefix)) remove(name);
    },
  };
}
