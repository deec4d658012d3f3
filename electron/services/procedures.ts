// The procedure in force: what the product brings, and the document types that an agency adds from a folder.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
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
import type { ServiceContext } from './context.ts';
import { type ListedFile, listFiles, type Listing, readText } from './procedure-folder.ts';

type Answer = Output<'procedure.get'>;

export interface ProcedureService {
  /** The procedure as it was seen last. Nobody waits for the folder: where that was long ago, it is looked at anew. */
  current(): Procedure;
  /** What a record keeps of it. */
  stamp(): ProcedureStamp;
  /** All of it, in the same way. */
  known(): Answer;
  /**
   * Looks whether files came, changed or went. A folder that does not answer within two seconds is told as a problem, and
   * what was seen last stays in force until it does.
   */
  get(): Promise<Answer>;
}

/** Of one file: whoever mends it sees the rest with the next look. */
const MAX_PROBLEMS = 20;
/** A list of cases asks for each of them: the folder is not looked at anew for every one. */
const FRESH_MS = 2000;
/** How long a question waits for the folder; a share that is away may take minutes. */
const WAIT_MS = 2000;
/** A type must be told in this language; others fall back to it. */
const BASE_LANGUAGE = 'en';

type Read = { pack: ProcedurePack } | { problem: Omit<ProcedureProblem, 'file'> };
type Words = Answer['words'];

interface InForce {
  /** Of all files it was made from. */
  seen: string;
  answer: Answer;
}

/** The procedure that the product brings. Throws where its data is not of the right shape: the build sees to that. */
export function shippedProcedure(): Procedure {
  const parts = { ...head, ...tools, ...features, ...items, ...checks, ...talk, ...prompts, ...types };
  return procedureShape.parse(parts);
}

async function readPack(folder: string, file: ListedFile): Promise<Read> {
  const read = await readText(folder, file);
  if ('code' in read) return { problem: { code: read.code, at: '' } };
  let content: unknown;
  try {
    content = JSON.parse(read.text.replace(/^\uFEFF/u, ''));
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

const seenOf = ({ files, left }: Listing): string => [...files.map(({ seen }) => seen), ...left].join('\n');

/** Each file by itself, so that whoever asks meanwhile is answered between two of them. */
async function inForce(shipped: Procedure, folder: string, listing: Listing): Promise<InForce> {
  const words: Words = {};
  const problems: ProcedureProblem[] = [];
  const packs: ProcedurePack[] = [];
  let procedure = shipped;
  for (const file of listing.files) {
    const { name } = file;
    const read = await readPack(folder, file);
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
    packs.push(pack);
  }
  problems.push(...listing.left.map((file) => ({ file, code: 'too-many' as const, at: '' })));
  return { seen: seenOf(listing), answer: answerOf(procedure, words, [shipped, ...packs], problems) };
}

function answerOf(
  procedure: Procedure,
  words: Words,
  parts: readonly { id: string; version: string }[],
  problems: ProcedureProblem[],
): Answer {
  const sha256 = createHash('sha256')
    .update(JSON.stringify([procedure, words]))
    .digest('hex');
  const version = parts.map((part) => `${part.id}-${part.version}`).join(' + ');
  return { procedure, words, version, sha256, problems };
}

/**
 * Reads the agency's folder anew whenever its files are others; a broken one is told and the rest works. `get` at once:
 * until the first look is over, what the product brings is in force.
 */
export function createProcedureService({
  dataFolder,
  emit,
}: Pick<ServiceContext, 'dataFolder' | 'emit'>): ProcedureService {
  const shipped = shippedProcedure();
  const folder = procedureFolder(dataFolder);
  let last: InForce = {
    seen: seenOf({ files: [], left: [] }),
    answer: answerOf(shipped, {}, [shipped], []),
  };
  let looking: Promise<void> | null = null;
  /** When the last look began, and when one ended. */
  let askedAt = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  /** The folder does not answer, or may not be read. */
  let isAway = false;

  function known(): Answer {
    if (!isAway) return last.answer;
    const problem = { file: basename(folder), code: 'folder' as const, at: '' };
    return { ...last.answer, problems: [...last.answer.problems, problem] };
  }

  /** Whoever shows what is wrong hears of it once that changes. */
  function see(next: InForce, away: boolean): void {
    const before = JSON.stringify(known().problems);
    [last, isAway] = [next, away];
    if (JSON.stringify(known().problems) !== before) emit('health.changed', {});
  }

  async function look(): Promise<void> {
    try {
      const listing = await listFiles(folder);
      see(last.seen === seenOf(listing) ? last : await inForce(shipped, folder, listing), false);
    } catch {
      see(last, true);
    } finally {
      lookedAt = performance.now();
    }
  }

  /** One look at a time: a folder that hangs is not asked again and again. */
  function refresh(): Promise<void> {
    if (looking !== null) return looking;
    askedAt = performance.now();
    looking = look().finally(() => {
      looking = null;
    });
    return looking;
  }

  function recent(): Answer {
    const now = performance.now();
    if (looking !== null && now - askedAt > WAIT_MS) see(last, true);
    else if (now - lookedAt > FRESH_MS) void refresh();
    return known();
  }

  return {
    current: () => recent().procedure,
    stamp() {
      const { procedure, version, sha256 } = recent();
      return { id: procedure.id, version, sha256 };
    },
    known: recent,
    async get() {
      // A look that began before may have missed what is asked for.
      const looked = (looking ?? Promise.resolve()).then(refresh).then(() => true);
      const answered = new AbortController();
      const late = delay(WAIT_MS, false, { signal: answered.signal, ref: false }).catch(() => true);
      if (!(await Promise.race([looked, late]))) see(last, true);
      answered.abort();
      return known();
    },
  };
}
