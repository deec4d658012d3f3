// Second looks at a reading: the rows cut anew at their exact columns, and a vote of several readings.
import { judgeCheckDigits } from '../mrz/check-digits-of.ts';
import { CHECK_DIGIT_IDS, FORMATS } from '../mrz/formats.ts';
import type { Alignment, CorrectionRule, PlacedCharacter } from './align.ts';
import { type Assembly, assembleAs, reweigh, type RowReading } from './assemble.ts';
import type { Attempt } from './attempt.ts';
import { PLAIN, type StripReader, type Treatment } from './strip-reader.ts';

/** Reads all rows exactly at the columns that were measured on the reading before. */
async function readColumns(
  reader: StripReader,
  attempt: Attempt,
  treatment: Treatment,
): Promise<RowReading[]> {
  const { columns, format } = attempt.assembly;
  const readings: RowReading[] = [];
  for (const [line, { start, scale }] of columns.entries()) {
    const range = { from: start, to: start + (FORMATS[format].columns - 1) * scale };
    readings.push(await reader.readRow(attempt.source, attempt.grid, line, range, treatment));
  }
  return readings;
}

/** True when every row was cut at its columns and gave as many characters. */
function wasCutExactly({ assembly, readings }: Attempt): boolean {
  const count = FORMATS[assembly.format].columns;
  return readings.every(({ from, to, characters }, line) => {
    const { start, scale } = assembly.columns[line]!;
    const left = from + PLAIN.edge - start;
    const right = to - PLAIN.edge - (start + (count - 1) * scale);
    return Math.abs(left) < 0.25 && Math.abs(right) < 0.25 && characters.length === count;
  });
}

/** Cuts all rows again at their measured columns, when the first cut was not there. */
export async function recut(reader: StripReader, attempt: Attempt): Promise<Attempt> {
  if (wasCutExactly(attempt)) return attempt;
  const { assembly } = attempt;
  const again = await readColumns(reader, attempt, { ...PLAIN, edge: 0.75 });
  const other = assembleAs(FORMATS[assembly.format], assembly.columns, assembly.windowScore, again);
  const notWorse = other.digits.holds >= assembly.digits.holds && other.score > assembly.score - 0.3;
  return notWorse ? { ...attempt, assembly: other, readings: again } : attempt;
}

/** Treatments that make readings as independent as one model can give them. */
const SECOND_LOOKS: readonly Treatment[] = [
  { cap: 24, padding: 0.22, stretch: true, sharpen: 0, edge: 0.7 },
  { cap: 34, padding: 0.4, stretch: false, sharpen: 0, edge: 1 },
  { cap: 30, padding: 0.3, stretch: true, sharpen: 0.12, edge: 0.85 },
  { cap: 36, padding: 0.3, stretch: true, sharpen: 0, edge: 0.8 },
];

/** A place that is trusted less than this is told to the officer. */
export const LOW_CONFIDENCE = 0.6;

function needsSecondLook(assembly: Assembly): boolean {
  return (
    assembly.digits.fails > 0 ||
    assembly.cost > 0.8 ||
    assembly.rows.some((row) => row.takenOut.length > 0) ||
    assembly.rows.some((row) => row.places.some((c) => c.confidence < LOW_CONFIDENCE || c.rule !== null))
  );
}

interface Ballot {
  char: string;
  weight: number;
  confidence: number;
}

function ballotsAt(looks: readonly Assembly[], row: number, column: number): Ballot[] {
  const ballots = new Map<string, Ballot>();
  for (const look of looks) {
    const { char, confidence } = look.rows[row]!.places[column]!;
    const judged = look.digits.holds + look.digits.fails;
    const weight = Math.max(0.05, confidence) ** 2 * (0.5 + look.digits.holds / Math.max(1, judged));
    const held = ballots.get(char) ?? { char, weight: 0, confidence: 0 };
    held.weight += weight;
    held.confidence = Math.max(held.confidence, confidence);
    ballots.set(char, held);
  }
  return [...ballots.values()].sort((a, b) => b.weight - a.weight || (a.char < b.char ? -1 : 1));
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

/** One place at which readings differ, and what else was read there. */
interface Dissent {
  row: number;
  column: number;
  others: string[];
}

interface Vote {
  assembly: Assembly;
  dissents: Dissent[];
}

function vote(looks: readonly Assembly[]): Vote {
  const base = looks[0]!;
  const dissents: Dissent[] = [];
  const rows = base.rows.map(
    (alignment, row): Alignment => ({
      ...alignment,
      places: alignment.places.map((place, column) => {
        const ballots = ballotsAt(looks, row, column);
        const total = ballots.reduce((sum, ballot) => sum + ballot.weight, 0);
        const winner = ballots[0]!;
        if (ballots.length > 1) dissents.push({ row, column, others: ballots.slice(1).map((b) => b.char) });
        return elected(place, winner.char, (winner.weight / total) * winner.confidence, 'readings-agree');
      }),
    }),
  );
  return { assembly: reweigh(base, rows), dissents };
}

/** The places that a failing check digit looks at. */
function doubtedBy(assembly: Assembly): (row: number, column: number) => boolean {
  const judged = judgeCheckDigits(FORMATS[assembly.format], assembly.lines);
  const places = CHECK_DIGIT_IDS.flatMap((id) => {
    const { state, at, covers } = judged[id];
    return state === 'fails' && at !== null ? [at, ...covers] : [];
  });
  return (row, column) => places.some((p) => p.row === row && column >= p.start && column < p.end);
}

/**
 * Where a check digit fails and the readings differ at one of its places, the other reading is taken when with it no
 * check digit fails. Only what was truly read can be chosen: nothing is invented to make a digit hold.
 */
function settleByDigits({ assembly, dissents }: Vote): Assembly {
  if (assembly.digits.fails === 0) return assembly;
  const doubted = doubtedBy(assembly);
  const settled: Assembly[] = [];
  for (const { row, column, others } of dissents) {
    if (!doubted(row, column)) continue;
    for (const char of others) {
      const rows = assembly.rows.map((alignment, index) =>
        index !== row
          ? alignment
          : {
              ...alignment,
              places: alignment.places.map((place, at) =>
                at === column ? elected(place, char, 0.5, 'check-digit') : place,
              ),
            },
      );
      const other = reweigh(assembly, rows);
      if (other.digits.fails === 0 && other.digits.holds > assembly.digits.holds) settled.push(other);
    }
  }
  // Two ways to make it hold decide nothing.
  return settled.length === 1 ? settled[0]! : assembly;
}

/** Reads a doubtful zone in other treatments and lets the readings vote, place by place. */
export async function secondLooks(reader: StripReader, attempt: Attempt): Promise<Attempt> {
  const { assembly } = attempt;
  if (!needsSecondLook(assembly)) return attempt;
  const looks: Assembly[] = [assembly];
  for (const treatment of SECOND_LOOKS) {
    const readings = await readColumns(reader, attempt, treatment);
    looks.push(assembleAs(FORMATS[assembly.format], assembly.columns, assembly.windowScore, readings));
  }
  const voted = settleByDigits(vote(looks));
  return { ...attempt, assembly: voted };
}
