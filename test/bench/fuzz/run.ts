// Puts inputs through reading and every rule, some through the detective, some beside a page and a label: nothing may be
// thrown or take long.
import { judge } from '../../../shared/examination/judge.ts';
import { judgeDocuments } from '../../../shared/examination/judge-documents.ts';
import { explain } from '../../../shared/mrz/detective/explain.ts';
import { protectionOf } from '../../../shared/mrz/detective/protection.ts';
import type { MrzReading } from '../../../shared/mrz/parse.ts';
import { parseMrz } from '../../../shared/mrz/parse.ts';
import { fuzzDocuments } from './documents.ts';
import { fuzzContext, fuzzInput } from './inputs.ts';

/** An input over this is measured again: another program may have had the processor. */
const DOUBTFUL_MS = 1;
const SLOW_MS = 5;
const REPEATS = 3;
/** The detective looks at every twentieth input: it takes a hundred times as long as the rules. */
const EXPLAINED = 20;
/** Every fiftieth stands with typed pages and a label in one examination. */
const TOGETHER = 50;
/** Width of a class of the histogram; the last class holds everything above. */
const CLASS_US = 2;
const CLASSES = 10_000;

export interface FuzzPart {
  seed: number;
  /** First index, and how many. */
  from: number;
  count: number;
}

export interface FuzzOutcome {
  inputs: number;
  /** Inputs that were read as a zone. */
  read: number;
  /** Indices of inputs that threw, with the name of what was thrown. */
  thrown: string[];
  /** Indices whose findings disagree with their check digits or with the shape. */
  disagreeing: number[];
  /** Indices that took more than five milliseconds three times of three. */
  slow: number[];
  /** Inputs by time in classes of two microseconds: as first measured, and the quickest of up to three. */
  first: Uint32Array;
  quickest: Uint32Array;
  /** The same of the detective alone, the quickest of up to three. */
  explaining: Uint32Array;
  /** The same of examinations of several documents with what was typed of them. */
  examining: Uint32Array;
}

type Context = ReturnType<typeof fuzzContext>;

function classOf(ms: number): number {
  return Math.min(CLASSES - 1, Math.floor((ms * 1000) / CLASS_US));
}

/** Whether the findings say of the digits what the reading says. */
function agrees({ reading, findings }: ReturnType<typeof judged>): boolean {
  if (!reading.ok) return reading.problem === 'empty' ? findings.length === 0 : findings.length > 0;
  const fails = Object.values(reading.checkDigits).includes('fails');
  return fails === findings.some((finding) => finding.class === 'integrity');
}

function judged(input: unknown, context: Context) {
  const reading = parseMrz(input, context);
  return { reading, findings: judge(reading, context) };
}

function timeOf(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

/** The time of some work: measured again, up to three times in all, while it is above a millisecond. */
function quickestOf(first: number, work: () => unknown): number {
  let best = first;
  for (let round = 1; round < REPEATS && best > DOUBTFUL_MS; round += 1) best = Math.min(best, timeOf(work));
  return best;
}

function add(histogram: Uint32Array, ms: number): void {
  histogram[classOf(ms)] = (histogram[classOf(ms)] ?? 0) + 1;
}

function explained(reading: MrzReading, context: Context): void {
  explain(reading, context);
  if (reading.ok) protectionOf(reading);
}

function examination(seed: number, index: number): () => unknown {
  const documents = fuzzDocuments(seed, index);
  const { today } = fuzzContext(seed, index);
  return () => judgeDocuments(documents, today);
}

/** Runs the inputs of a part, one after the other. */
export function runFuzz({ seed, from, count }: FuzzPart): FuzzOutcome {
  const outcome: FuzzOutcome = {
    inputs: count,
    read: 0,
    thrown: [],
    disagreeing: [],
    slow: [],
    first: new Uint32Array(CLASSES),
    quickest: new Uint32Array(CLASSES),
    explaining: new Uint32Array(CLASSES),
    examining: new Uint32Array(CLASSES),
  };
  for (let index = from; index < from + count; index += 1) {
    const input = fuzzInput(seed, index);
    const context = fuzzContext(seed, index);
    try {
      const startedAt = performance.now();
      const answer = judged(input, context);
      const time = performance.now() - startedAt;
      const best = quickestOf(time, () => judged(input, context));
      add(outcome.first, time);
      add(outcome.quickest, best);
      if (answer.reading.ok) outcome.read += 1;
      if (!agrees(answer)) outcome.disagreeing.push(index);
      const asked = index % EXPLAINED === 0 ? () => explained(answer.reading, context) : null;
      const explaining = asked === null ? 0 : quickestOf(timeOf(asked), asked);
      if (asked !== null) add(outcome.explaining, explaining);
      const examined = index % TOGETHER === 0 ? examination(seed, index) : null;
      const examining = examined === null ? 0 : quickestOf(timeOf(examined), examined);
      if (examined !== null) add(outcome.examining, examining);
      if (Math.max(best, explaining, examining) > SLOW_MS) outcome.slow.push(index);
    } catch (error) {
      outcome.thrown.push(`${index}: ${error instanceof Error ? error.name : typeof error}`);
    }
  }
  // Once more when all is done: three times in a row another program may have had the processor.
  outcome.slow = outcome.slow.filter((index) => staysSlow(seed, index));
  return outcome;
}

function staysSlow(seed: number, index: number): boolean {
  const input = fuzzInput(seed, index);
  const context = fuzzContext(seed, index);
  const alone = (): void => explained(judged(input, context).reading, context);
  const works = index % TOGETHER === 0 ? [alone, examination(seed, index)] : [alone];
  return works.some((work) =>
    Array.from({ length: REPEATS }, () => timeOf(work)).every((time) => time > SLOW_MS),
  );
}

/** The time in milliseconds that this share of the inputs does not exceed. */
export function percentile(histogram: Uint32Array, share: number): number {
  const total = histogram.reduce((sum, each) => sum + each, 0);
  let seen = 0;
  for (const [index, each] of histogram.entries()) {
    seen += each;
    if (seen >= total * share) return ((index + 1) * CLASS_US) / 1000;
  }
  return (CLASSES * CLASS_US) / 1000;
}

/** Several parts as one. */
export function together(parts: readonly FuzzOutcome[]): FuzzOutcome {
  const sum = (pick: (part: FuzzOutcome) => number): number =>
    parts.reduce((all, part) => all + pick(part), 0);
  const histogram = (pick: (part: FuzzOutcome) => Uint32Array): Uint32Array =>
    new Uint32Array(CLASSES).map((_, index) => sum((part) => pick(part)[index] ?? 0));
  return {
    inputs: sum((part) => part.inputs),
    read: sum((part) => part.read),
    thrown: parts.flatMap((part) => part.thrown),
    disagreeing: parts.flatMap((part) => part.disagreeing),
    slow: parts.flatMap((part) => part.slow),
    first: histogram((part) => part.first),
    quickest: histogram((part) => part.quickest),
    explaining: histogram((part) => part.explaining),
    examining: histogram((part) => part.examining),
  };
}
