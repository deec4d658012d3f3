// Judges imports by the import table: which room a file belongs to, what it imports, and why it may not.
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { parseSync } from 'vite';
import { ANYTHING, IMPORT_TABLE, type Room } from './import-table.ts';

/** One import as written: a specifier, and whether it vanishes when types are stripped. */
export interface Import {
  specifier: string;
  typeOnly: boolean;
  line: number;
}

interface Membership {
  room: Room;
  /** The room's own name with `*` filled in, as `renderer/features/examine`. */
  name: string;
}

/** The room of a path from the project's root (posix separators), or null where the table has none. */
export function roomOf(path: string): Membership | null {
  for (const room of IMPORT_TABLE) {
    for (const place of room.files) {
      const wanted = place.split('/');
      const found = path.split('/').slice(0, wanted.length);
      const fits = wanted.every((part, i) =>
        part === '*' ? found[i] !== undefined : part === '' || part === found[i],
      );
      const deepEnough = place.endsWith('/') ? path.split('/').length >= wanted.length : path === place;
      if (fits && deepEnough) {
        const star = wanted.indexOf('*');
        return { room, name: star < 0 ? room.name : room.name.replace('*', found[star] ?? '*') };
      }
    }
  }
  return null;
}

type Node = Record<string, unknown> & { type?: string; start?: number };

function text(node: unknown): string | null {
  const value = (node as Node | null)?.value;
  return typeof value === 'string' ? value : null;
}

/** A specifier hidden in an expression: `import('x')`, `require('x')`, `new URL('./x.ts', import.meta.url)`, a type `import('x').Y`. */
function hiddenImport(node: Node): { specifier: string | null; typeOnly: boolean } | null {
  if (node.type === 'ImportExpression') return { specifier: text(node.source), typeOnly: false };
  if (node.type === 'TSImportType') return { specifier: text(node.source), typeOnly: true };
  const [first, second] = Array.isArray(node.arguments) ? node.arguments : [];
  const callee = (node.callee as Node | undefined)?.name;
  if (node.type === 'CallExpression' && callee === 'require')
    return { specifier: text(first), typeOnly: false };
  const ofModule = (second as Node | undefined)?.type === 'MemberExpression';
  const code = /\.tsx?$/.test(text(first) ?? '');
  if (node.type === 'NewExpression' && callee === 'URL' && ofModule && code) {
    return { specifier: text(first), typeOnly: false };
  }
  return null;
}

/** Every import of a source file, also dynamic ones, workers by URL and type imports. Throws where the file does not parse. */
export function readImports(path: string, source: string): Import[] {
  const { module, program, errors } = parseSync(path, source);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const lineAt = (start: number): number => source.slice(0, start).split('\n').length;
  const found: Import[] = [];
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every((entry) => entry.isType);
    found.push({ specifier: moduleRequest.value, typeOnly, line: lineAt(start) });
  }
  for (const { entries, start } of module.staticExports) {
    for (const request of new Set(entries.map((entry) => entry.moduleRequest?.value))) {
      if (request === undefined) continue;
      const typeOnly = entries.every((entry) => entry.moduleRequest?.value !== request || entry.isType);
      found.push({ specifier: request, typeOnly, line: lineAt(start) });
    }
  }
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (value !== null && typeof value === 'object') {
      const node = value as Node;
      const hidden = hiddenImport(node);
      if (hidden?.specifier) {
        found.push({ specifier: hidden.specifier, typeOnly: hidden.typeOnly, line: lineAt(node.start ?? 0) });
      }
      Object.values(node).forEach(visit);
    }
  };
  visit(program.body);
  return found;
}

/** `@scope/name/deep` to `@scope/name`, `name/deep` to `name`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Why this import is refused, in one sentence that says what to do; null where it is allowed. */
export function refusal(path: string, { specifier, typeOnly }: Import): string | null {
  const from = roomOf(path);
  if (!from)
    return `${path} belongs to no room: put it into one, or give its room a row in scripts/import-table.ts`;
  const { room } = from;
  const stop = (what: string): string => `${path} (room ${from.name}) may not import ${what}: ${room.why}`;
  if (!specifier.startsWith('.')) {
    if (room.packages.includes(ANYTHING)) return null;
    if (isBuiltin(specifier)) {
      if (!specifier.startsWith('node:')) return stop(`'${specifier}' without node:`);
      const allowed = room.packages.includes('node:*') || room.packages.includes(specifier);
      return allowed ? null : stop(`'${specifier}'`);
    }
    return room.packages.includes(packageOf(specifier)) ? null : stop(`the package '${specifier}'`);
  }
  const target = posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''));
  const to = roomOf(target);
  if (to?.name === from.name || room.may.includes(ANYTHING)) return null;
  if (!to) return stop(`'${specifier}', which belongs to no room`);
  if (room.may.includes(to.room.name)) return null;
  if (room.types?.includes(to.room.name)) {
    return typeOnly ? null : stop(`values of ${to.name}, only its types (\`import type\`)`);
  }
  return stop(`${to.name} ('${specifier}')`);
}
