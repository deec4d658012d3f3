// The machine readable zones of ICAO Doc 9303 and of the French card as tables: rows, fields, check digits, what each covers.

/**
 * TD1, TD2: cards (Doc 9303-5, -6); TD3: passports (9303-4); MRV-A, MRV-B: visas (9303-7); FR-ID: the French identity
 * card of 1988 to 2021, two rows of 36 of its own making.
 */
export type FormatId = 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B' | 'FR-ID';

export type FieldId =
  | 'documentCode'
  | 'issuer'
  | 'name'
  | 'number'
  | 'nationality'
  | 'birthDate'
  | 'sex'
  | 'expiryDate'
  | 'optional'
  | 'optional2';

export type CheckDigitId = 'number' | 'birth' | 'expiry' | 'optional' | 'composite';

/** What may stand at a place: `alpha` A-Z and filler, `date` 0-9 and filler, `sex` M F filler, `any` A-Z 0-9 filler. */
export type Alphabet = 'alpha' | 'date' | 'sex' | 'any';

/** A run of characters of one row. Row and columns count from 0, `end` is exclusive (the book counts from 1). */
export interface Place {
  row: number;
  start: number;
  end: number;
}

export interface FieldRow extends Place {
  id: FieldId;
  alphabet: Alphabet;
}

export interface CheckDigitRow {
  id: CheckDigitId;
  /** Where the digit is printed. */
  at: Place;
  /** The characters it is computed over, in order. */
  covers: readonly Place[];
}

export interface Format {
  id: FormatId;
  rows: number;
  columns: number;
  /** Letters the document code may begin with. */
  codeLetters: string;
  /** How the upper row always begins, where that sets the format apart from others of its shape. */
  begins?: string;
  /** Places of a wider field that hold digits only. */
  digits?: readonly Place[];
  /** In the order of the rows. A name of two fields (FR-ID) has the surname first, then the given names. */
  fields: readonly FieldRow[];
  checkDigits: readonly CheckDigitRow[];
  /** True where a number of more than nine characters goes on in `optional` (Doc 9303-5 §4.2.4; -6 has the same rule). */
  longNumber: boolean;
}

/** A place from the book's own counting: row and columns from 1, both columns inclusive. */
function place(row: number, first: number, last = first): Place {
  return { row: row - 1, start: first - 1, end: last };
}

function field(id: FieldId, alphabet: Alphabet, row: number, first: number, last = first): FieldRow {
  return { id, alphabet, ...place(row, first, last) };
}

// The lower row of every two-row format is the same up to column 28 (Doc 9303-4 §4.2.2, -6 §4.2.2, -7 §4.2.2).
const lowerRowFields = [
  field('number', 'any', 2, 1, 9),
  field('nationality', 'alpha', 2, 11, 13),
  field('birthDate', 'date', 2, 14, 19),
  field('sex', 'sex', 2, 21),
  field('expiryDate', 'date', 2, 22, 27),
];
const lowerRowDigits: CheckDigitRow[] = [
  { id: 'number', at: place(2, 10), covers: [place(2, 1, 9)] },
  { id: 'birth', at: place(2, 20), covers: [place(2, 14, 19)] },
  { id: 'expiry', at: place(2, 28), covers: [place(2, 22, 27)] },
];

function upperRowFields(columns: number): FieldRow[] {
  return [
    field('documentCode', 'alpha', 1, 1, 2),
    field('issuer', 'alpha', 1, 3, 5),
    field('name', 'alpha', 1, 6, columns),
  ];
}

/** The formats by id. Doc 9303-4 §4.2.2 (TD3), -5 §4.2.2 (TD1), -6 §4.2.2 (TD2), -7 §4.2.2 and §5.2.2 (visas). */
export const FORMATS: Readonly<Record<FormatId, Format>> = {
  TD3: {
    id: 'TD3',
    rows: 2,
    columns: 44,
    codeLetters: 'P',
    fields: [...upperRowFields(44), ...lowerRowFields, field('optional', 'any', 2, 29, 42)],
    checkDigits: [
      ...lowerRowDigits,
      { id: 'optional', at: place(2, 43), covers: [place(2, 29, 42)] },
      { id: 'composite', at: place(2, 44), covers: [place(2, 1, 10), place(2, 14, 20), place(2, 22, 43)] },
    ],
    longNumber: false,
  },
  TD2: {
    id: 'TD2',
    rows: 2,
    columns: 36,
    codeLetters: 'ACI',
    fields: [...upperRowFields(36), ...lowerRowFields, field('optional', 'any', 2, 29, 35)],
    checkDigits: [
      ...lowerRowDigits,
      { id: 'composite', at: place(2, 36), covers: [place(2, 1, 10), place(2, 14, 20), place(2, 22, 35)] },
    ],
    longNumber: true,
  },
  TD1: {
    id: 'TD1',
    rows: 3,
    columns: 30,
    codeLetters: 'ACI',
    fields: [
      field('documentCode', 'alpha', 1, 1, 2),
      field('issuer', 'alpha', 1, 3, 5),
      field('number', 'any', 1, 6, 14),
      field('optional', 'any', 1, 16, 30),
      field('birthDate', 'date', 2, 1, 6),
      field('sex', 'sex', 2, 8),
      field('expiryDate', 'date', 2, 9, 14),
      field('nationality', 'alpha', 2, 16, 18),
      field('optional2', 'any', 2, 19, 29),
      field('name', 'alpha', 3, 1, 30),
    ],
    checkDigits: [
      { id: 'number', at: place(1, 15), covers: [place(1, 6, 14)] },
      { id: 'birth', at: place(2, 7), covers: [place(2, 1, 6)] },
      { id: 'expiry', at: place(2, 15), covers: [place(2, 9, 14)] },
      {
        id: 'composite',
        at: place(2, 30),
        covers: [place(1, 6, 30), place(2, 1, 7), place(2, 9, 15), place(2, 19, 29)],
      },
    ],
    longNumber: true,
  },
  'MRV-A': {
    id: 'MRV-A',
    rows: 2,
    columns: 44,
    codeLetters: 'V',
    fields: [...upperRowFields(44), ...lowerRowFields, field('optional', 'any', 2, 29, 44)],
    checkDigits: lowerRowDigits,
    longNumber: false,
  },
  'MRV-B': {
    id: 'MRV-B',
    rows: 2,
    columns: 36,
    codeLetters: 'V',
    fields: [...upperRowFields(36), ...lowerRowFields, field('optional', 'any', 2, 29, 36)],
    checkDigits: lowerRowDigits,
    longNumber: false,
  },
  // Not of Doc 9303: laid out as the cards themselves show. It prints neither nationality nor expiry; the six places
  // after the surname say where it was issued, the number begins with the year and month of issue.
  'FR-ID': {
    id: 'FR-ID',
    rows: 2,
    columns: 36,
    codeLetters: 'I',
    begins: 'IDFRA',
    // Year and month of issue, and the running number; between them a department, which may be 2A or 2B.
    digits: [place(2, 1, 4), place(2, 8, 12)],
    fields: [
      field('documentCode', 'alpha', 1, 1, 2),
      field('issuer', 'alpha', 1, 3, 5),
      field('name', 'alpha', 1, 6, 30),
      field('optional', 'any', 1, 31, 36),
      field('number', 'any', 2, 1, 12),
      field('name', 'alpha', 2, 14, 27),
      field('birthDate', 'date', 2, 28, 33),
      field('sex', 'sex', 2, 35),
    ],
    checkDigits: [
      { id: 'number', at: place(2, 13), covers: [place(2, 1, 12)] },
      { id: 'birth', at: place(2, 34), covers: [place(2, 28, 33)] },
      { id: 'composite', at: place(2, 36), covers: [place(1, 1, 36), place(2, 1, 35)] },
    ],
    longNumber: false,
  },
};

export const FORMAT_IDS = [
  'TD1',
  'TD2',
  'TD3',
  'MRV-A',
  'MRV-B',
  'FR-ID',
] as const satisfies readonly FormatId[];

/** The ids of all check digits, in the order they are reported. */
export const CHECK_DIGIT_IDS = ['number', 'birth', 'expiry', 'optional', 'composite'] as const;

/**
 * The format of complete rows: rows and row length decide, then how they begin: V means visa (Doc 9303-7 §4.2.2.1),
 * IDFRA on two rows of 36 the French card. Returns null when the rows have the shape of no format.
 */
export function formatOf(lines: readonly string[]): Format | null {
  const [first] = lines;
  if (first === undefined) return null;
  for (const line of lines) if (line.length !== first.length) return null;
  const visa = first.startsWith('V');
  for (const format of BY_SHAPE.get(shapeOf(lines.length, first.length)) ?? []) {
    if (format.begins !== undefined) {
      if (first.startsWith(format.begins)) return format;
    } else if (format.id === 'TD1' || visa === (format.codeLetters === 'V')) {
      // TD1 has no visa of its own: a V there is left to the document code rule.
      return format;
    }
  }
  return null;
}

function shapeOf(rows: number, columns: number): number {
  return rows * 1000 + columns;
}

function byShape(): ReadonlyMap<number, readonly Format[]> {
  const table = new Map<number, Format[]>();
  // What is told by how it begins is asked for first.
  const ordered = FORMAT_IDS.map((id): Format => FORMATS[id]).toSorted(
    (a, b) => Number(a.begins === undefined) - Number(b.begins === undefined),
  );
  for (const format of ordered) {
    const shape = shapeOf(format.rows, format.columns);
    table.set(shape, [...(table.get(shape) ?? []), format]);
  }
  return table;
}

const BY_SHAPE = byShape();

/** Whether a format is one of the visa label's (Doc 9303-7). */
export function isVisaFormat(id: FormatId): boolean {
  return FORMATS[id].codeLetters === 'V';
}

/** All rows of a field: none where the format has no such field, two for a name in two fields. */
export function fieldRows(format: Format, id: FieldId): FieldRow[] {
  return format.fields.filter((row) => row.id === id);
}

/** The field row of a format, the first where it has two, or null where the format has no such field. */
export function fieldRow(format: Format, id: FieldId): FieldRow | null {
  return format.fields.find((row) => row.id === id) ?? null;
}

/** The text of a place; shorter or empty where the rows end early. */
export function textAt(lines: readonly string[], at: Place): string {
  return (lines[at.row] ?? '').slice(at.start, at.end);
}

/** The text of several places as one. */
export function textOf(lines: readonly string[], places: readonly Place[]): string {
  const [first] = places;
  if (first === undefined) return '';
  if (places.length === 1) return textAt(lines, first);
  return places.map((place) => textAt(lines, place)).join('');
}

/** Whether a row's column, both from 0, is part of a place. */
export function liesIn(at: Place, row: number, column: number): boolean {
  return at.row === row && column >= at.start && column < at.end;
}
