// Types of set-up.mjs.
/** True once the installed packages are those of the lock file. Prints to standard error only. */
export function setUp(root: string): Promise<boolean>;
/** The Node that runs the rest, with the flags it needs; null with a sentence where there is none. */
export function findNode(
  root: string,
  running?: { version: string; path: string },
): { path: string; flags: string[] } | null;
/** From 22.12 on Node strips types, at first only when asked. */
export function isEnough(version: string): boolean;
