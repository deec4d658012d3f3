// What is needed to take something back for a short while: in memory only, bounded by bytes, dropped by the clock.

export interface UndoMemory<T> {
  get(id: string): T | undefined;
  /** Keeps an entry for so long; false where there is no room. What was promised before is never pushed out. */
  add(id: string, entry: T, bytes: number, keepMs: number): boolean;
  forget(id: string): void;
  /** How many bytes may still be added. */
  room(): number;
  close(): void;
}

export function createUndoMemory<T>(budgetBytes: number): UndoMemory<T> {
  const entries = new Map<string, { entry: T; bytes: number; timer: NodeJS.Timeout }>();
  const room = (): number => [...entries.values()].reduce((left, { bytes }) => left - bytes, budgetBytes);
  function forget(id: string): void {
    const held = entries.get(id);
    if (held === undefined) return;
    clearTimeout(held.timer);
    entries.delete(id);
  }
  return {
    get: (id) => entries.get(id)?.entry,
    add(id, entry, bytes, keepMs) {
      forget(id);
      if (bytes > room()) return false;
      const timer = setTimeout(() => forget(id), keepMs);
      timer.unref();
      entries.set(id, { entry, bytes, timer });
      return true;
    },
    forget,
    room,
    close() {
      for (const id of entries.keys()) forget(id);
    },
  };
}
