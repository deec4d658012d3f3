// From the network's scores along a row to characters: the likeliest path, each character with its place and trust.
import type { RecognisedCharacter } from '../types.ts';
import type { Scores } from './network.ts';

/** The network's outputs in order; the one behind them is the blank, and 0 is a space. */
const ALPHABET = ' ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<';
/** The output that stands for "no character here". */
export const BLANK = ALPHABET.length;

/** What may follow: anything, only more of the same character, or all but more of it. */
type Next = 'any' | 'same' | 'other';

/** A path's last step. At its edges a character may share a step with the blank: then both speak for it. */
interface Node {
  output: number;
  next: Next;
  /** True when it goes on with the character of the step before. */
  goesOn: boolean;
  /** Logarithm of this step's probability. */
  log: number;
  /** The sum of all logarithms up to here. */
  total: number;
  before: Node | null;
}

/** A probability below e^-20 counts as that. */
const LEAST_LOG = -20;
const logOf = (probability: number): number => Math.max(LEAST_LOG, Math.log(probability));

/** Probabilities of one step: the likeliest output, the next, and the blank. */
interface Step {
  first: number;
  second: number;
  of: (output: number) => number;
}

function stepAt({ outputs, stride, values }: Scores, step: number, probabilities: Float64Array): Step {
  const at = step * stride;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < outputs; i++) most = Math.max(most, values[at + i]!);
  let sum = 0;
  for (let i = 0; i < outputs; i++) sum += probabilities[i] = Math.exp(values[at + i]! - most);
  let first = -1;
  let second = -1;
  for (let i = 0; i < outputs; i++) {
    if (first < 0 || probabilities[i]! > probabilities[first]!) {
      second = first;
      first = i;
    } else if (second < 0 || probabilities[i]! > probabilities[second]!) second = i;
  }
  return { first, second, of: (output) => probabilities[output]! / sum };
}

/** All that may follow a node at a step, as tesseract's own search has it. */
function follow(before: Node | null, { first, second, of }: Step, keep: (node: Node) => void): void {
  const add = (output: number, next: Next, goesOn: boolean, probability: number): void => {
    const log = logOf(probability);
    keep({ output, next, goesOn, log, total: (before?.total ?? 0) + log, before });
  };
  const blank = of(BLANK);
  const kept = before === null ? -1 : before.output;
  if (before !== null && (kept === first || kept === second || kept === BLANK)) {
    if (before.next !== 'other') add(kept, 'any', true, of(kept));
    if (before.next === 'any' && kept !== BLANK) add(kept, 'other', true, of(kept) + blank);
  }
  if (before?.next === 'same') return;
  for (const output of first === BLANK || second === BLANK ? [first, second] : [first, second, BLANK]) {
    if (output === kept) continue;
    add(output, 'any', false, of(output));
    if (output === BLANK) continue;
    const between = before?.next === 'any' && kept !== BLANK && (kept === first || kept === second);
    add(output, 'same', false, of(output) + blank + (between ? of(kept) : 0));
  }
}

/** The likeliest path, from its first step to its last. */
function bestPath(scores: Scores): Node[] {
  const probabilities = new Float64Array(scores.outputs);
  let nodes: (Node | null)[] = [null];
  for (let step = 0; step < scores.steps; step++) {
    const here = stepAt(scores, step, probabilities);
    const kept: Node[] = [];
    const keep = (node: Node): void => {
      const same = kept.findIndex(({ output, next }) => output === node.output && next === node.next);
      if (same < 0) kept.push(node);
      else if (node.total > kept[same]!.total) kept[same] = node;
    };
    for (const node of nodes) follow(node, here, keep);
    nodes = kept;
  }
  let last: Node | null = null;
  for (const node of nodes) {
    if (node !== null && node.next !== 'same' && (last === null || node.total > last.total)) last = node;
  }
  const path: Node[] = [];
  for (; last !== null; last = last.before) path.push(last);
  return path.reverse();
}

/** tesseract's scale of trust: 1 less this for each unit of its certainty, which begins a little below 0. */
const TRUST_PER_UNIT = 0.05 * 2.25;
const CERTAINTY_OFFSET = -0.085;

/** The network answers a little ahead of the middle of the ink; in steps, measured on specimens. */
const LAG = 0.3;

/** A character as the path has it: its first step and the step behind its last. */
interface Run {
  char: string;
  from: number;
  to: number;
  confidence: number;
}

function runsOf(path: readonly Node[]): Run[] {
  const runs: Run[] = [];
  for (let step = 0; step < path.length; ) {
    let log = 0;
    for (; step < path.length && path[step]!.output === BLANK; step++) log = Math.min(log, path[step]!.log);
    const from = step;
    const output = path[step]?.output ?? BLANK;
    do log = Math.min(log, path[step++]?.log ?? 0);
    while (path[step]?.goesOn && path[step]!.output === output);
    const confidence = Math.max(0, Math.min(1, 1 + TRUST_PER_UNIT * (log + CERTAINTY_OFFSET)));
    const char = ALPHABET[output];
    const last = runs.at(-1);
    if (char !== undefined) runs.push({ char, from, to: step, confidence });
    // Doubtful blanks behind the last character are held against it.
    else if (last !== undefined) last.confidence = Math.min(last.confidence, confidence);
  }
  return runs;
}

/** What else the network saw at a character: at least this likely at one of its steps, at most so many. */
const LEAST_LIKELY = 0.004;
const MOST_ALTERNATIVES = 2;

function alternativesTo({ char, from, to }: Run, scores: Scores): { char: string; confidence: number }[] {
  const probabilities = new Float64Array(scores.outputs);
  const likeliest = new Map<string, number>();
  for (let step = from; step < to; step++) {
    const { of } = stepAt(scores, step, probabilities);
    for (let output = 1; output < BLANK; output++) {
      const other = ALPHABET[output]!;
      const probability = of(output);
      if (other !== char && probability > Math.max(LEAST_LIKELY, likeliest.get(other) ?? 0)) {
        likeliest.set(other, probability);
      }
    }
  }
  return [...likeliest]
    .map(([other, confidence]) => ({ char: other, confidence }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MOST_ALTERNATIVES);
}

/** An end of the row with less ink than this, of what its neighbour has, is no character but ground. */
const SOME_INK = 0.3;

/** The middle of the ink between two steps; null where there is less of it than `least`. */
function middleOfInk(ink: Float32Array, from: number, to: number, least: number): number | null {
  let sum = 0;
  let moment = 0;
  for (let step = Math.max(0, Math.round(from)); step < Math.min(ink.length, Math.round(to)); step++) {
    sum += ink[step]!;
    moment += ink[step]! * (step + 0.5);
  }
  return sum > 0 && sum >= least ? moment / sum : null;
}

/** Over empty ground the network may tell the first character too early and the last too late: their ink says where. */
function settleEnds(centres: number[], ink: Float32Array): void {
  const steps = centres.slice(1).map((centre, i) => centre - centres[i]!);
  const half = (steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0) / 2;
  const inkAt = (centre: number): number => {
    let sum = 0;
    for (let step = Math.round(centre - half); step < Math.round(centre + half); step++)
      sum += ink[step] ?? 0;
    return sum;
  };
  const last = centres.length - 1;
  const [second, lastButOne] = [centres[1]!, centres[last - 1]!];
  const first = middleOfInk(ink, centres[0]! - half, second - half, SOME_INK * inkAt(second));
  const end = middleOfInk(ink, lastButOne + half, centres[last]! + half, SOME_INK * inkAt(lastButOne));
  if (first !== null) centres[0] = first;
  if (end !== null) centres[last] = end;
}

/** The characters of a row in reading order. */
export function decode(scores: Scores): RecognisedCharacter[] {
  const runs = runsOf(bestPath(scores)).filter(({ char }) => char !== ' ');
  const centres = runs.map(({ from, to }) => (from + to) / 2 + LAG);
  if (runs.length > 2) settleEnds(centres, scores.ink);
  return runs.map((run, i) => {
    const alternatives = alternativesTo(run, scores);
    const { char, confidence } = run;
    const character = { char, confidence, x: centres[i]! * scores.stepWidth };
    return alternatives.length === 0 ? character : { ...character, alternatives };
  });
}
