// Several looks at the same rows: what they agree on, and where they differ.
import { judgeCheckDigits } from '../mrz/check-digits-of.ts';
import { CHECK_DIGIT_IDS, FORMATS, liesIn } from '../mrz/formats.ts';
import type { Alignment, CorrectionRule, PlacedCharacter } from './align.ts';
import { type Assembly, reweigh } from './assemble.ts';
import { fitCharacter, TEMPLATES } from './templates.ts';

/** A place that is trusted less than this, all things weighed, is told to the officer. */
export const LOW_CONFIDENCE = 0.96;
/** A place that the first look trusts less than this is read again; what no check digit covers, a little sooner. */
export const SURE_AT_ONCE = 0.97;
export const SURE_UNCHECKED = 0.976;

interface Ballot {
  char: string;
  weight: number;
  /** Sum of the trust of the looks that say so, and their number; 0 where it was no look's first choice. */
  trust: number;
  looks: number;
}

const isLetter = (char: string): boolean => /[A-Z]/.test(char);
const isVowel = (char: string): boolean => 'AEIOUY'.includes(char);

/**
 * How a character goes with those beside it where looks differ: in a name a vowel stands between consonants more often
 * than a consonant does, Q hardly ever without U; in a state code hardly ever a digit.
 */
function custom(base: Assembly, row: number, column: number, char: string): number {
  const kind = TEMPLATES[base.format][row]![column]!;
  if (kind === 'state') return isLetter(char) || char === '<' ? 1 : 0.5;
  if (kind !== 'letter' || !isLetter(char)) return 1;
  const beside = (at: number): string => base.lines[row]![at] ?? '<';
  const around = [beside(column - 1), beside(column + 1)];
  if (char === 'Q') return around[1] === 'U' ? 1 : 0.4;
  const amongConsonants = around.every((one) => isLetter(one) && !isVowel(one));
  return amongConsonants && isVowel(char) ? 2 : 1;
}

/** A look gives its first choice no less than this; what it saw besides comes out of the rest. */
const FIRST_CHOICE = 0.3;

function ballotsAt(looks: readonly Assembly[], row: number, column: number): Ballot[] {
  const ballots = new Map<string, Ballot>();
  const ballotFor = (char: string): Ballot => {
    const ballot = ballots.get(char) ?? { char, weight: 0, trust: 0, looks: 0 };
    ballots.set(char, ballot);
    return ballot;
  };
  for (const look of looks) {
    const { char, confidence, raw, alternatives = [] } = look.rows[row]!.places[column]!;
    const judged = look.digits.holds + look.digits.fails;
    const worth = Math.max(0.05, confidence) ** 2 * (0.5 + look.digits.holds / Math.max(1, judged));
    // Where the place has no such character, what was seen besides says nothing either.
    const others = char === raw ? alternatives.filter((one) => fits(look, row, column, one.char)) : [];
    const seen = others.reduce((sum, one) => sum + one.confidence, 0);
    const first = Math.max(FIRST_CHOICE, 1 - seen);
    const ballot = ballotFor(char);
    ballot.weight += worth * first;
    ballot.trust += confidence;
    ballot.looks++;
    for (const other of others)
      ballotFor(other.char).weight += (worth * (1 - first) * other.confidence) / seen;
  }
  if (ballots.size > 1) {
    for (const ballot of ballots.values()) ballot.weight *= custom(looks[0]!, row, column, ballot.char);
  }
  return [...ballots.values()].sort((x, y) => y.weight - x.weight || (x.char < y.char ? -1 : 1));
}

function fits(look: Assembly, row: number, column: number, char: string): boolean {
  const kind = TEMPLATES[look.format][row]![column]!;
  const fit = fitCharacter(char, kind, FORMATS[look.format]);
  return fit.char === char && fit.cost < 0.3;
}

function elected(
  base: PlacedCharacter,
  char: string,
  confidence: number,
  rule: CorrectionRule,
): PlacedCharacter {
  if (char === base.char) return { ...base, confidence };
  return { ...base, char, confidence, rule: char === base.raw ? null : rule };
}

/** A character, how many looks say it, and what they and those that saw it besides weigh, as a share of all. */
interface Choice {
  char: string;
  looks: number;
  share: number;
}

/** One place at which readings differ, and what else was read there. */
interface Dissent {
  row: number;
  column: number;
  others: Choice[];
}

export interface Vote {
  assembly: Assembly;
  dissents: Dissent[];
}

/** The reading that most looks at a zone agree on, place by place; the first look decides its layout. */
export function vote(looks: readonly Assembly[]): Vote {
  const base = looks[0]!;
  const dissents: Dissent[] = [];
  const rows = base.rows.map(
    (alignment, row): Alignment => ({
      ...alignment,
      places: alignment.places.map((place, column) => {
        const ballots = ballotsAt(looks, row, column);
        const total = ballots.reduce((sum, ballot) => sum + ballot.weight, 0);
        const winner = ballots[0]!;
        if (ballots.length > 1)
          dissents.push({
            row,
            column,
            others: ballots.slice(1).map((other) => ({
              char: other.char,
              looks: other.looks,
              share: other.weight / total,
            })),
          });
        const trust = (winner.weight / total) * (winner.looks === 0 ? 0.5 : winner.trust / winner.looks);
        return elected(place, winner.char, trust, 'readings-agree');
      }),
    }),
  );
  return { assembly: reweigh(base, rows), dissents };
}

/** Tells the places that a failing check digit looks at. */
export function isDoubted(assembly: Assembly): (row: number, column: number) => boolean {
  const judged = judgeCheckDigits(FORMATS[assembly.format], assembly.lines);
  const places = CHECK_DIGIT_IDS.flatMap((id) => {
    const { state, at, covers } = judged[id];
    return state === 'fails' && at !== null ? [at, ...covers] : [];
  });
  return (row, column) => places.some((place) => liesIn(place, row, column));
}

// The pairs of OCR-B that even people confuse; each is a letter and a digit.
export const TWINS: Readonly<Record<string, string>> = {
  '0': 'O',
  O: '0',
  '1': 'I',
  I: '1',
  '2': 'Z',
  Z: '2',
  '5': 'S',
  S: '5',
  '6': 'G',
  G: '6',
  '8': 'B',
  B: '8',
};

/** What else was read at a place, or seen there besides; what no look saw is never put in. */
function choicesAt({ dissents }: Vote, row: number, column: number): readonly Choice[] {
  return dissents.find((one) => one.row === row && one.column === column)?.others ?? [];
}

/** A choice is clear when the next one that would do weighs less than this part of it. */
const CLEARLY_LESS = 0.5;

/**
 * Where a check digit fails, another character that the recogniser saw at a place is taken there when with it no check
 * digit fails, and no other choice that weighs nearly as much does the same. What it saw no alternative to is never
 * changed to make a digit hold: that is for the officer to see.
 */
export function settleByDigits(voted: Vote): Assembly {
  const { assembly } = voted;
  if (assembly.digits.fails === 0) return assembly;
  const doubted = isDoubted(assembly);
  const settled: { assembly: Assembly; share: number }[] = [];
  for (const [row, alignment] of assembly.rows.entries()) {
    for (const [column, place] of alignment.places.entries()) {
      if (!doubted(row, column)) continue;
      for (const { char, share } of choicesAt(voted, row, column)) {
        const places = alignment.places.with(column, elected(place, char, 0.5, 'check-digit'));
        const other = reweigh(assembly, assembly.rows.with(row, { ...alignment, places }));
        if (other.digits.fails === 0 && other.digits.holds > assembly.digits.holds) {
          settled.push({ assembly: other, share });
        }
      }
    }
  }
  const [best, next] = settled.sort((a, b) => b.share - a.share);
  const clear = best !== undefined && (next === undefined || next.share < CLEARLY_LESS * best.share);
  return clear ? best.assembly : assembly;
}
