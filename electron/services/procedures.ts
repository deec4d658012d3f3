// The procedure in force: what the product brings, and the document types that an agency adds from a folder.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Output } from '../../shared/contract/channels.ts';
import {
  procedure as procedureShape,
  type ProcedurePack,
  procedurePack,
  type ProcedureProblem,
} from '../../shared/contract/procedures.ts';
import type { Procedure, ProcedureStamp } from '../../shared/procedures/procedure.ts';
import { validateTypes } from '../../shared/procedures/validate.ts';
import checks from '../../assets/procedures/checks.json' with { type: 'json' };
import features from '../../assets/procedures/features.json' with { type: 'json' };
import prompts from '../../assets/procedures/first-line.json' with { type: 'json' };
import items from '../../assets/procedures/items.json' with { type: 'json' };
import head from '../../assets/procedures/procedure.json' with { type: 'json' };
import talk from '../../assets/procedures/talk.json' with { type: 'json' };
import tools from '../../assets/procedures/tools.json' with { type: 'json' };
import types from '../../assets/procedures/types.json' with { type: 'json' };
import { procedureFolder } from '../settings.ts';

export interface ProcedureService {
  /** The procedure as it was seen last, at most some seconds ago. */
  current(): Procedure;
  /** What a record keeps of it. */
  stamp(): ProcedureStamp;
  /** Looks whether files came, changed or went. */
  get(): Output<'procedure.get'>;
}

const FILE = /\.procedure\.json$/i;
const MAX_FILES = 40;
const MAX_BYTES = 1024 * 1024;
/** Of one file: whoever mends it sees the rest with the next look. */
const MAX_PROBLEMS = 20;
/** A list of cases asks for each of them: the folder is not looked at anew for every one. */
const FRESH_MS = 2000;
/** A type must be told in this language; others fall back to it. */
const BASE_LANGUAGE = 'en';

type Read = { pack: ProcedurePack } | { problem: Omit<ProcedureProblem, 'file'> };
type Words = Output<'procedure.get'>['words'];

interface Listed {
  name: string;
  /** In bytes; -1 where it is no file. */
  size: number;
  /** Changes whenever the file does. */
  seen: string;
}

interface InForce {
  /** Of all files it was made from. */
  seen: string;
  answer: Output<'procedure.get'>;
}

/** The procedure that the product brings. Throws where its data is not of the right shape: the build sees to that. */
export function shippedProcedure(): Procedure {
  const parts = { ...head, ...tools, ...features, ...items, ...checks, ...talk, ...prompts, ...types };
  return procedureShape.parse(parts);
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    // Told as a file that cannot be read.
    return null;
  }
}

/** Names of an agency's files with what changes when one does; nothing where there is no such folder. */
function listed(folder: string): Listed[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => FILE.test(name))
    .sort()
    .map((name) => {
      const stat = statOf(join(folder, name));
      const size = stat?.isFile() === true ? stat.size : -1;
      return { name, size, seen: `${name}\0${size}\0${stat?.mtimeMs ?? 0}` };
    });
}

function readPack(path: string, size: number): Read {
  if (size < 0) return { problem: { code: 'unreadable', at: '' } };
  if (size > MAX_BYTES) return { problem: { code: 'too-large', at: '' } };
  let content: unknown;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { problem: { code: 'unreadable', at: '' } };
  }
  try {
    content = JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch {
    return { problem: { code: 'not-json', at: '' } };
  }
  const parsed = procedurePack.safeParse(content);
  if (parsed.success) return { pack: parsed.data };
  return { problem: { code: 'shape', at: parsed.error.issues[0]?.path.join('.') ?? '' } };
}

function mergeWords(all: Words, own: Words): void {
  for (const [language, messages] of Object.entries(own)) all[language] = { ...all[language], ...messages };
}

const seenOf = (files: readonly Listed[]): string => files.map(({ seen }) => seen).join('\n');

function inForce(shipped: Procedure, folder: string, files: readonly Listed[]): InForce {
  const words: Words = {};
  const problems: ProcedureProblem[] = [];
  const versions = [`${shipped.id}-${shipped.version}`];
  let procedure = shipped;
  for (const [i, { name, size }] of files.entries()) {
    if (i >= MAX_FILES) {
      problems.push({ file: name, code: 'too-many', at: '' });
      continue;
    }
    const read = readPack(join(folder, name), size);
    if ('problem' in read) {
      problems.push({ file: name, ...read.problem });
      continue;
    }
    const { pack } = read;
    const wrong = validateTypes(procedure, pack.types, pack.words, BASE_LANGUAGE);
    if (wrong.length > 0) {
      problems.push(...wrong.slice(0, MAX_PROBLEMS).map((problem) => ({ file: name, ...problem })));
      continue;
    }
    // An agency knows its documents better than we do: its types come first.
    procedure = { ...procedure, types: [...pack.types, ...procedure.types] };
    mergeWords(words, pack.words);
    versions.push(`${pack.id}-${pack.version}`);
  }
  const sha256 = createHash('sha256')
    .update(JSON.stringify([procedure, words]))
    .digest('hex');
  return {
    seen: seenOf(files),
    answer: { procedure, words, version: versions.join(' + '), sha256, problems },
  };
}

/** Reads the agency's folder anew whenever its files are others; a broken one is told and the rest works. */
export function createProcedureService({ dataFolder }: { dataFolder: string }): ProcedureService {
  const shipped = shippedProcedure();
  const folder = procedureFolder(dataFolder);
  let last: InForce | null = null;
  let lookedAt = 0;

  function look(): InForce['answer'] {
    const files = listed(folder);
    if (last === null || last.seen !== seenOf(files)) last = inForce(shipped, folder, files);
    lookedAt = performance.now();
    return last.answer;
  }

  function recent(): InForce['answer'] {
    return last === null || performance.now() - lookedAt > FRESH_MS ? look() : last.answer;
  }

  return {
    current: () => recent().procedure,
    stamp() {
      const { procedure, version, sha256 } = recent();
      return { id: procedure.id, version, sha256 };
    },
    get: look,
  };
}
