// One action after the other, in the order in which they were asked for.

/** Begins an action once all before it have ended, however they did; answers what it answers. */
export type Queue = <T>(action: () => T | Promise<T>) => Promise<T>;

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (action) => {
    const next = last.then(action);
    last = next.catch(() => undefined);
    return next;
  };
}
