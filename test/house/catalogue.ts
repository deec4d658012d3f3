// The text catalogue and the ids that the source names, literally or by a pattern, for the tests of words.
import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { sources, tree } from './sources.ts';

export interface Catalogue {
  /** Id to message, over all English files; with the file that holds it. */
  texts: Map<string, { file: string; message: string }>;
  /** Ids that stand in two files: which one would be shown is chance. */
  twice: string[];
}

export function catalogue(): Catalogue {
  const found: Catalogue['texts'] = new Map();
  const twice: string[] = [];
  for (const file of tree().filter((path) => /^assets\/text\/en\/[a-z-]+\.json$/.test(path))) {
    for (const [id, message] of Object.entries(JSON.parse(readFileSync(file, 'utf8')))) {
      if (found.has(id)) twice.push(`${id}: ${found.get(id)?.file} and ${file}`);
      found.set(id, { file, message: String(message) });
    }
  }
  return { texts: found, twice };
}

export interface NamedId {
  /** The id, or null for a pattern. */
  id: string | null;
  /** What ids it can mean. */
  pattern: RegExp;
  at: string;
}

const ID = /^[a-z][a-z0-9-]*(\.[A-Za-z0-9_-]+)+$/;
// A template that may make an id: it begins with `area.`.
const PATTERN = /^[a-z][a-z0-9-]*\./;
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

type Node = Record<string, unknown>;

/** Every string and template of the product's own sources that has the shape of a catalogue id. */
export function namedIds(): NamedId[] {
  const product = sources().filter(
    (path) => /^(electron|renderer|shared|hub)\//.test(path) && !path.startsWith('shared/specimen/glyphs/'),
  );
  return product.flatMap((path) => {
    const found: NamedId[] = [];
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) return value.forEach(visit);
      if (value === null || typeof value !== 'object') return;
      const node = value as Node;
      if (node['type'] === 'Literal' && typeof node['value'] === 'string' && ID.test(node['value'])) {
        found.push({ id: node['value'], pattern: new RegExp(`^${escape(node['value'])}$`), at: path });
      }
      if (node['type'] === 'TemplateLiteral') {
        const quasis = (node['quasis'] as { value: { cooked: string } }[]).map((quasi) => quasi.value.cooked);
        if (PATTERN.test(quasis[0] ?? '')) {
          found.push({ id: null, pattern: new RegExp(`^${quasis.map(escape).join('.+')}$`), at: path });
        }
      }
      Object.values(node).forEach(visit);
    };
    visit(parseSync(path, readFileSync(path, 'utf8')).program.body);
    return found;
  });
}
