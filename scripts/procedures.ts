// The check of the procedures before a build: shape, ids, words and drawings; any problem stops the build.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { procedure as shape } from '../shared/contract/procedures.ts';
import { validateProcedure } from '../shared/procedures/validate.ts';

/** What a drawing may consist of: strokes of ours in the colour of the words around it, no text, no address, no style. */
const DRAWING =
  /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 48 48" [^<>]*>([\s\S]*)<\/svg>\n$/;
const PARTS =
  /<\/?(?:g|path|circle|ellipse|rect)(?: (?:d|cx|cy|r|rx|ry|x|y|width|height|transform|fill|stroke|stroke-width|stroke-dasharray|opacity)="[^"<>&#:]*")*\/?>/g;

function jsonFiles(folder: string): [name: string, content: Record<string, unknown>][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>]);
}

/** Everything that is wrong with the procedures of a tree whose root is given, one line each; empty where nothing is. */
export function procedureProblems(root: string): string[] {
  const parts: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, content] of jsonFiles(join(root, 'assets/procedures'))) {
    for (const key of Object.keys(content)) if (key in parts) problems.push(`duplicate-id ${name}: ${key}`);
    Object.assign(parts, content);
  }
  const parsed = shape.safeParse(parts);
  if (!parsed.success) {
    return [
      ...problems,
      ...parsed.error.issues.map(({ path, message }) => `shape ${path.join('.')}: ${message}`),
    ];
  }
  const texts = new Map(
    jsonFiles(join(root, 'assets/text/en')).flatMap(([, content]) => Object.entries(content)),
  );
  const hasText = (id: string): boolean => {
    const words = texts.get(id);
    return typeof words === 'string' && words.trim() !== '';
  };
  const folder = join(root, 'assets/procedures/drawings');
  const drawings = existsSync(folder)
    ? readdirSync(folder).flatMap((name) => (name.endsWith('.svg') ? [name.slice(0, -4)] : []))
    : [];
  for (const name of drawings) {
    const inside = DRAWING.exec(readFileSync(join(folder, `${name}.svg`), 'utf8'))?.[1];
    if (inside === undefined || inside.replaceAll(PARTS, '').trim() !== '')
      problems.push(`shape drawings/${name}.svg: not a plain drawing`);
  }
  const has = new Set(drawings);
  const found = validateProcedure(parsed.data, hasText, (id) => has.has(id), drawings);
  return [...problems, ...found.map(({ code, at }) => `${code} ${at}`)];
}

/** Throws where anything is wrong with the procedures. */
export function needProcedures(root: string): void {
  const problems = procedureProblems(root);
  if (problems.length > 0) throw new Error(`Procedures: ${problems.join('\n            ')}`);
}
