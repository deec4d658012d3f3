// Rows of a machine readable zone out of whatever a reader, a clipboard or a hand delivers.

/** Longer input is no machine readable zone: the rest is not looked at, and the length tells. */
const MAXIMUM_LENGTH = 2000;

const ROW_LENGTHS: readonly number[] = [30, 36, 44];

/** A whole zone in one go: its length gives the row length. */
const WHOLE_ZONE: Readonly<Record<number, number>> = { 72: 36, 88: 44, 90: 30 };

// Characters that stand for one filler, and those that may stand for one or for two.
const SINGLE_STAND_INS = /[‹˂ᐸ〈⟨〈﹤❮≺]/gu;
const DOUBLE_STAND_INS = /[«≪《⟪]/gu;
const ENTITY = /&(?:lt|#60|#x3c);/giu;
const FULL_WIDTH = /[！-～]/gu;
// Zero-width characters and the byte-order mark carry nothing.
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/gu;
const SPACE = /\s/gu;
/** A row that is as it should be: most are, and nothing is to be done to them. */
const PLAIN = /^[A-Z0-9<]+$/;
const ROW_BREAK = /[\r\n\t\v\f\u0085\u2028\u2029]+/u;

function asText(input: unknown): string | null {
  if (typeof input === 'string') return input;
  if (!Array.isArray(input)) return null;
  const parts: string[] = [];
  let length = 0;
  for (const part of input) {
    if (typeof part !== 'string') return null;
    parts.push(part.slice(0, MAXIMUM_LENGTH));
    length += part.length + 1;
    if (length > MAXIMUM_LENGTH) break;
  }
  return parts.join('\n');
}

/** Rows that need nothing: two or three, each of a length some format has. */
function isPlain(input: unknown): input is string[] {
  if (!Array.isArray(input) || (input.length !== 2 && input.length !== 3)) return false;
  for (const row of input) {
    if (typeof row !== 'string' || !ROW_LENGTHS.includes(row.length) || !PLAIN.test(row)) return false;
  }
  return true;
}

function fits(length: number): boolean {
  return ROW_LENGTHS.includes(length) || length in WHOLE_ZONE;
}

/** Stand-ins become what they stand for, all at once: there may be many rows. */
function unified(text: string): string {
  return (
    text
      .replace(ENTITY, '<')
      .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
      .replace(SINGLE_STAND_INS, '<')
      .replace(INVISIBLE, '')
      // ASCII only: toUpperCase on all would turn ß into SS and shift the columns.
      .replace(/[a-z]+/gu, (letters) => letters.toUpperCase())
  );
}

/** A row without its spaces, as long as a zone's where double angles or spaces leave a choice. */
function fitted(row: string): string {
  if (PLAIN.test(row)) return row;
  const spaced = row.trim();
  const text = spaced.replace(SPACE, '');
  // A double angle is one glyph for one or two fillers: the row length decides.
  const single = text.replace(DOUBLE_STAND_INS, '<');
  if (fits(single.length)) return single;
  const double = text.replace(DOUBLE_STAND_INS, '<<');
  if (fits(double.length)) return double;
  // So it does with spaces: where only they make the row as long as it must be, one stands where nothing was read.
  return fits(spaced.length) ? spaced.replace(SPACE, ' ') : single;
}

/** Whether the rows are as many and as long as those of a format. */
function shaped(rows: readonly string[]): boolean {
  const [first] = rows;
  if (first === undefined || rows.some((row) => row.length !== first.length)) return false;
  if (rows.length === 1) return first.length in WHOLE_ZONE;
  return rows.length === (first.length === 30 ? 3 : 2) && ROW_LENGTHS.includes(first.length);
}

/** The rows of a text, each without its spaces; a double angle is one or two fillers throughout where that gives a zone. */
function rowsOf(text: string): string[] {
  const rows = (each: string): string[] =>
    each
      .split(ROW_BREAK)
      .map(fitted)
      .filter((row) => row !== '');
  if (text.search(DOUBLE_STAND_INS) < 0) return rows(text);
  for (const filler of ['<', '<<']) {
    const alike = rows(text.replace(DOUBLE_STAND_INS, filler));
    if (shaped(alike)) return alike;
  }
  return rows(text);
}

/**
 * The rows of a machine readable zone: upper case, fillers as `<`, no empty rows, and no spaces but those that stand in
 * for a character nobody read.
 * Takes one string (rows apart or 72, 88 or 90 characters in one go) or an array of strings; everything else gives
 * no rows. No character is guessed, added or dropped beyond that, and it never throws.
 */
export function normaliseLines(input: unknown): string[] {
  if (isPlain(input)) return [...input];
  const text = asText(input);
  if (text === null) return [];
  const rows = rowsOf(unified(text.slice(0, MAXIMUM_LENGTH)));
  const only = rows[0];
  const length = rows.length === 1 && only !== undefined ? WHOLE_ZONE[only.length] : undefined;
  if (only === undefined || length === undefined) return rows;
  return Array.from({ length: only.length / length }, (_, index) =>
    only.slice(index * length, (index + 1) * length),
  );
}
