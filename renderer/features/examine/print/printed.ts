// What the page should say beside what the officer said of it: one row a field, as data.
import {
  type Comparison,
  comparePrint,
  expectedPrint,
  PRINT_FIELDS,
  type Print,
  type PrintComparison,
  type PrintField,
} from '../../../../shared/examination/print.ts';
import type { MrzRead } from '../../../../shared/mrz/parse.ts';

export interface PrintedRow {
  field: PrintField;
  /** As the page would print it, the likeliest first; empty where the zone has nothing. */
  expected: string[];
  /** What the officer said of the page; null where it was not looked at. */
  said: string | null;
  /** How that agrees with the zone; null where nothing was said. */
  compared: Comparison | null;
}

function comparisonOf(field: PrintField, compared: PrintComparison): PrintedRow['compared'] {
  return (field === 'primary' || field === 'secondary' ? compared.name : compared[field]) ?? null;
}

/** The rows of the page, in the order in which pages print them. */
export function printedRows(reading: MrzRead, print: Print | undefined): PrintedRow[] {
  const expected = expectedPrint(reading);
  const compared = comparePrint(reading, print ?? {});
  return PRINT_FIELDS.map((field) => {
    const said = print?.[field] ?? null;
    return {
      field,
      expected: expected[field],
      said,
      compared: said === null ? null : comparisonOf(field, compared),
    };
  });
}

/** What is stored of fields that are confirmed as shown; those without anything to confirm are left alone. */
export function confirmed(rows: readonly PrintedRow[]): Print {
  return Object.fromEntries(
    rows.flatMap(({ field, expected: [likeliest] }) => (likeliest === undefined ? [] : [[field, likeliest]])),
  );
}

/** The next field that was not looked at after this one, else the one that follows; the last stays. */
export function nextRow(rows: readonly PrintedRow[], at: number): number {
  const open = rows.findIndex(({ said }, index) => index > at && said === null);
  return open >= 0 ? open : Math.min(at + 1, rows.length - 1);
}
