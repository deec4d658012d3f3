// Places of a reading that the recogniser was sure of and that are doubtful all the same, by what stands around them.
import { blindClass } from '../mrz/check-digit.ts';
import { judgeCheckDigits } from '../mrz/check-digits-of.ts';
import { CHECK_DIGIT_IDS, FORMATS, fieldRow, liesIn, type Place, textAt } from '../mrz/formats.ts';
import { type Assembly, endsFreely, isFounded } from './assemble.ts';
import type { GoingOn } from './beside.ts';
import type { Grid } from './grid.ts';
import { findState } from '../mrz/states.ts';
import { settleState } from './state-codes.ts';
import { fitCharacter, TEMPLATES } from './templates.ts';
import { isDoubted, LOW_CONFIDENCE, TWINS } from './vote.ts';
import { ROW_LENGTHS } from './windows.ts';

/** Trust in a character that cannot rightly stand where it was read. */
const DOUBTFUL = 0.6;
/** Ink on so many more places than the format has columns: it is likely another format, partly hidden. */
const PLACES_TOO_MANY = 3;

/**
 * Three characters that are no code: where they differ from the document's other code or the one that they are most
 * like. What is like none is told by the examination itself (a state that is not known); specimens print such codes.
 */
function doubtfulState(lines: readonly string[], at: Place, otherAt: Place | null): number[] {
  const read = textAt(lines, at);
  if (findState(read) !== null) return [];
  const printed = otherAt === null ? '' : textAt(lines, otherAt);
  const other = findState(printed) === null ? null : printed;
  const differsFrom = (code: string): number[] => [0, 1, 2].filter((index) => read[index] !== code[index]);
  const code = other !== null && differsFrom(other).length === 1 ? other : settleState(read, other);
  // Where the other code is sound, one that is like a third state is a specimen's own more often than misread.
  if (other !== null && code !== other) return [];
  return code === null ? [] : differsFrom(code).map((index) => at.start + index);
}

/** Characters that people confuse too, where with the other one every check digit would hold. */
function twinsThatHold(assembly: Assembly): { row: number; column: number }[] {
  if (assembly.digits.fails === 0) return [];
  const format = FORMATS[assembly.format];
  const doubted = isDoubted(assembly);
  return assembly.lines.flatMap((line, row) =>
    [...line].flatMap((char, column) => {
      const twin = TWINS[char];
      if (twin === undefined || !doubted(row, column)) return [];
      if (TEMPLATES[format.id][row]![column] !== 'any') return [];
      const swapped = assembly.lines.with(row, line.slice(0, column) + twin + line.slice(column + 1));
      const judged = judgeCheckDigits(format, swapped);
      return CHECK_DIGIT_IDS.some((id) => judged[id].state === 'fails') ? [] : [{ row, column }];
    }),
  );
}

/** One or two letters amid fillers where no name begins: a stamp or dirt reads like that (Doc 9303-3 §4.6). */
function strayLetters(name: string): number[] {
  const found: number[] = [];
  for (const match of name.matchAll(/(?<=<<<+)[A-Z]{1,2}(?=<|$)/gu)) {
    for (let i = 0; i < match[0].length; i++) found.push(match.index + i);
  }
  return found;
}

/** What is known of where the rows end: the places of the grid, and how far the print goes on. */
export interface Ends {
  grid: Pick<Grid, 'half'>;
  goesOn: GoingOn;
}

/** What was seen of the print besides where the rows end. */
export interface Seen extends Ends {
  /** By row and column: the places that show none. */
  bare: readonly (readonly boolean[])[];
  /** So small and without greys that letters may be others. */
  coarse: boolean;
}

/** Tells the places of a reading that an officer must look at although they were surely read. */
export function isOutOfPlace(
  assembly: Assembly,
  { grid, goesOn }: Ends,
): (row: number, column: number) => boolean {
  const { lines } = assembly;
  const format = FORMATS[assembly.format];
  const doubtful = lines.map(() => new Set<number>());
  const add = (row: number, columns: readonly number[]): void => {
    for (const column of columns) doubtful[row]?.add(column);
  };
  const issuer = fieldRow(format, 'issuer')!;
  const nationality = fieldRow(format, 'nationality');
  add(issuer.row, doubtfulState(lines, issuer, nationality));
  if (nationality !== null) add(nationality.row, doubtfulState(lines, nationality, issuer));
  const name = fieldRow(format, 'name')!;
  add(
    name.row,
    strayLetters(textAt(lines, name)).map((index) => name.start + index),
  );
  // A character that found no place has none to be shown at: what stands where it was read is to be looked at.
  for (const [row, { takenOut }] of assembly.rows.entries()) {
    const inside = takenOut.filter(({ char, outside }) => !outside && char !== '<');
    add(
      row,
      inside.map(({ column }) => Math.min(column, format.columns - 1)),
    );
  }
  const judged = judgeCheckDigits(format, lines);
  for (const id of CHECK_DIGIT_IDS) {
    const { state, at } = judged[id];
    if (state === 'fails' && at !== null && textAt(lines, at) === '<') add(at.row, [at.start]);
  }
  for (const { row, column } of twinsThatHold(assembly)) add(row, [column]);
  const mayBeLonger = format.columns < Math.max(...ROW_LENGTHS);
  const isLonger = 2 * grid.half + 1 >= format.columns + PLACES_TOO_MANY;
  const longer = isLonger || goesOn.before + goesOn.after > 0;
  // Digits that hold tell where the columns are, but not where those of a visa end.
  const unsettled = isFounded(assembly) ? endsFreely(assembly) && goesOn.after > 0 : longer;
  if (mayBeLonger && unsettled) {
    lines.forEach((_, row) => add(row, [0, format.columns - 1]));
  }
  return (row, column) => {
    if (doubtful[row]?.has(column)) return true;
    const kind = TEMPLATES[assembly.format][row]![column]!;
    const fit = fitCharacter(lines[row]![column]!, kind, format);
    return fit.cost >= 0.3;
  };
}

/**
 * How many check digits that hold vouch for what was read at each place; a digit that holds vouches twice for itself.
 * None does where the recogniser saw besides what is the same to a check digit (0 and U, 8 and S, 6 and G, M and W).
 */
export function vouchersOf(assembly: Assembly): (row: number, column: number) => number {
  const judged = judgeCheckDigits(FORMATS[assembly.format], assembly.lines);
  return (row, column) => {
    const { char, alternatives = [] } = assembly.rows[row]!.places[column]!;
    const same = blindClass(char);
    if (alternatives.some((other) => same.includes(other.char))) return 0;
    let count = 0;
    for (const id of CHECK_DIGIT_IDS) {
      const { state, at, covers } = judged[id];
      if (state !== 'holds' || at === null) continue;
      if (liesIn(at, row, column)) count += 2;
      else if (covers.some((place) => liesIn(place, row, column))) count++;
    }
    return count;
  };
}

/** Read alike by every look, a place of at least this trust is not doubtful when so many check digits vouch for it. */
const VOUCHED: readonly number[] = [LOW_CONFIDENCE, 0.85, 0.75];

/**
 * The trust in each place after the last look, weighed with what stands around it. `differed`: whether the looks
 * differed at a place. Where nothing is printed a character was erased, worn away or never there: a filler is not
 * vouched for by a digit, to which it is the same as 0.
 */
export function weighTrust(
  assembly: Assembly,
  seen: Seen,
  differed: (row: number, column: number) => boolean,
): Assembly {
  const out = isOutOfPlace(assembly, seen);
  const vouchers = vouchersOf(assembly);
  const guessed = (row: number, column: number): boolean =>
    seen.bare[row]?.[column] === true &&
    (assembly.lines[row]![column] === '<' || vouchers(row, column) === 0);
  const name = fieldRow(FORMATS[assembly.format], 'name')!;
  const inName = (row: number, column: number): boolean =>
    liesIn(name, row, column) && assembly.lines[row]![column] !== '<';
  const trust = (confidence: number, row: number, column: number): number => {
    if (out(row, column) || guessed(row, column) || (seen.coarse && inName(row, column)))
      return Math.min(DOUBTFUL, confidence);
    if (differed(row, column)) return confidence;
    const enough = VOUCHED[Math.min(2, vouchers(row, column))]!;
    return confidence >= enough ? Math.max(LOW_CONFIDENCE, confidence) : confidence;
  };
  const rows = assembly.rows.map((alignment, row) => ({
    ...alignment,
    places: alignment.places.map((place, column) => ({
      ...place,
      confidence: trust(place.confidence, row, column),
    })),
  }));
  return { ...assembly, rows };
}
