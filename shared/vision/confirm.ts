// Second looks at a reading: the rows cut anew at their exact columns, and doubtful rows read several times.
import { FORMAT_IDS, FORMATS } from '../mrz/formats.ts';
import { type Assembly, assembleAs, type RowColumns, type RowReading } from './assemble.ts';
import type { Attempt } from './attempt.ts';
import { barePlaces } from './bare.ts';
import { isCoarse } from './coarse.ts';
import { type Seen, vouchersOf, weighTrust } from './doubts.ts';
import { PLAIN, type StripReader, type Treatment } from './strip-reader.ts';
import { isDoubted, LOW_CONFIDENCE, settleByDigits, SURE_AT_ONCE, SURE_UNCHECKED, vote } from './vote.ts';

/** Reads rows exactly at such columns; the rows not asked for are given as they were read. */
async function readColumns(
  reader: StripReader,
  attempt: Attempt,
  columns: readonly RowColumns[],
  treatment: Treatment,
  asked: (line: number) => boolean,
): Promise<RowReading[]> {
  const { format } = attempt.assembly;
  const readings: RowReading[] = [];
  for (const [line, { start, scale }] of columns.entries()) {
    if (!asked(line)) {
      readings.push(attempt.readings[line]!);
      continue;
    }
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

/** Rows that begin so far apart, in columns: one of them may have lost its first character. */
const APART = 0.6;

/** The columns as measured; where the rows begin apart, also all rows at the beginning of each. */
function columnsToTry({ columns }: Assembly): RowColumns[][] {
  const starts = columns.map(({ start }) => start);
  const tries = [[...columns]];
  if (Math.max(...starts) - Math.min(...starts) < APART) return tries;
  for (const start of [Math.min(...starts), Math.max(...starts)]) {
    tries.push(columns.map(({ scale }) => ({ start, scale })));
  }
  return tries;
}

/** Cuts all rows again at their measured columns, when the first cut was not there. */
export async function recut(reader: StripReader, attempt: Attempt): Promise<Attempt> {
  if (wasCutExactly(attempt)) return attempt;
  const { assembly } = attempt;
  const { rows, columns: length } = FORMATS[assembly.format];
  const alike = FORMAT_IDS.map((id) => FORMATS[id]).filter((f) => f.rows === rows && f.columns === length);
  let best = attempt;
  for (const [index, columns] of columnsToTry(assembly).entries()) {
    const readings = await readColumns(reader, attempt, columns, { ...PLAIN, edge: 0.75 }, () => true);
    // At the measured columns the format stands; rows that are moved may be another format's.
    for (const format of index === 0 ? [FORMATS[assembly.format]] : alike) {
      const other = assembleAs(format, columns, assembly.windowScore, readings);
      const better = index === 0 ? other.score > assembly.score - 0.3 : other.score > best.assembly.score;
      if (better && (index > 0 || other.digits.holds >= assembly.digits.holds)) {
        best = { ...attempt, assembly: other, readings };
      }
    }
  }
  return best;
}

/** Treatments that make readings as independent as one model can give them. */
const SECOND_LOOKS: readonly Treatment[] = [
  { cap: 24, padding: 0.22, stretch: true, sharpen: 0, edge: 0.7 },
  { cap: 34, padding: 0.4, stretch: false, sharpen: 0, edge: 1 },
  { cap: 30, padding: 0.3, stretch: true, sharpen: 0.12, edge: 0.85 },
  { cap: 36, padding: 0.3, stretch: true, sharpen: 0, edge: 0.8 },
];

/** Above this cost a row was changed or moved enough to be read again. */
const CHANGED_ROW = 0.6;

/** What no two check digits vouch for is read again when the recogniser saw another character this likely besides. */
const SEEN_BESIDES = 0.01;

/** The trust below which a place is read again, by how many check digits vouch for it. */
const SURE_ENOUGH: readonly number[] = [SURE_UNCHECKED, SURE_AT_ONCE, 0.9];

function rowsInDoubt(assembly: Assembly, seen: Seen): boolean[] {
  const doubted = isDoubted(assembly);
  const vouchers = vouchersOf(assembly);
  const weighed = weighTrust(assembly, seen, () => false);
  return assembly.rows.map(
    (row, index) =>
      row.cost > CHANGED_ROW ||
      row.takenOut.length > 0 ||
      row.places.some(
        (c, column) =>
          c.confidence < SURE_ENOUGH[Math.min(2, vouchers(index, column))]! ||
          c.rule !== null ||
          ((c.alternatives?.[0]?.confidence ?? 0) >= SEEN_BESIDES && vouchers(index, column) < 2) ||
          doubted(index, column) ||
          weighed.rows[index]!.places[column]!.confidence < LOW_CONFIDENCE,
      ),
  );
}

function sayTheSame(looks: readonly Assembly[]): boolean {
  return looks.every((look) => look.lines.join() === looks[0]!.lines.join());
}

/** After this many further looks that all say the same, more would not say otherwise. */
const ENOUGH_LOOKS = 2;

/** Reads the doubtful rows of a zone in other treatments and lets the readings vote, place by place. */
export async function secondLooks(reader: StripReader, attempt: Attempt): Promise<Attempt> {
  const { assembly, source, grid } = attempt;
  const bare = barePlaces(source, grid, assembly.columns, FORMATS[assembly.format].columns);
  const seen: Seen = { ...attempt, bare, coarse: isCoarse(source, grid) };
  const inDoubt = rowsInDoubt(assembly, seen);
  if (!inDoubt.includes(true)) return attempt;
  const looks: Assembly[] = [assembly];
  for (const [index, treatment] of SECOND_LOOKS.entries()) {
    const asked = (line: number): boolean => inDoubt[line]!;
    const readings = await readColumns(reader, attempt, assembly.columns, treatment, asked);
    looks.push(assembleAs(FORMATS[assembly.format], assembly.columns, assembly.windowScore, readings));
    if (index + 1 >= ENOUGH_LOOKS && sayTheSame(looks)) break;
  }
  const voted = vote(looks);
  const differed = (row: number, column: number): boolean =>
    voted.dissents.some(
      (dissent) =>
        dissent.row === row &&
        dissent.column === column &&
        dissent.others.some(({ looks: said }) => said > 0),
    );
  return { ...attempt, assembly: weighTrust(settleByDigits(voted), seen, differed) };
}
