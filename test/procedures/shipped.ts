// The procedure that the product brings, and a copy of its files that a test may break.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { shippedProcedure } from '../../electron/services/procedures.ts';
import type { DocumentType, Item } from '../../shared/procedures/procedure.ts';
import { allItems } from '../../shared/procedures/procedure.ts';

export const PROCEDURE = shippedProcedure();

export function item(id: string): Item {
  const found = allItems(PROCEDURE).find((each) => each.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

export function type(id: string): DocumentType {
  const found = PROCEDURE.types.find((each) => each.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

/** A folder that goes when the test ends. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'procedures-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Procedures, drawings and words as they are, in a tree of their own. */
export function copyOfTree(): {
  root: string;
  change: (path: string, from: string | RegExp, to: string) => void;
  remove: (path: string) => void;
  add: (path: string, content: string) => void;
} {
  const root = folder();
  for (const path of ['assets/procedures', 'assets/text/en']) {
    mkdirSync(join(root, path), { recursive: true });
    cpSync(path, join(root, path), { recursive: true });
  }
  return {
    root,
    change(path, from, to) {
      const before = readFileSync(join(root, path), 'utf8');
      const after = before.replace(from, to);
      if (after === before) throw new Error(`nothing to change in ${path}`);
      writeFileSync(join(root, path), after);
    },
    remove: (path) => rmSync(join(root, path)),
    add: (path, content) => writeFileSync(join(root, path), content),
  };
}
