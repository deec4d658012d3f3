// Text that a spreadsheet cannot take for a formula, and lines of CSV made of it (OWASP, "CSV injection"; RFC 4180).

/** What begins a formula, also as full-width, small and mathematical forms; a tab or a new line begins a cell of its own. */
const RUNS = '=+\\-@＝＋－＠﹦﹢﹣﹫\u2212\\t\\r\\n';
/** What a spreadsheet or a person drops before it: blanks, what cannot be seen, quotation marks, apostrophes. */
const DROPPED = '\\s\\p{Cc}\\p{Cf}"\'`´‘’‚‛“”„‟«»＂＇';
/** Where a cell begins for somebody: Excel of half the world parts cells at semicolons and forgets our quotation marks then. */
const BEGINS = '^|[;\\t\\r\\n]';

const RUNNING = new RegExp(`(?<=${BEGINS})(?=[${DROPPED}]*?[${RUNS}])`, 'gu');
const NEUTRALISED = new RegExp(`(?<=${BEGINS})'(?=[${DROPPED}]*?[${RUNS}])`, 'gu');
/** Most cells are one plain word. */
const PLAIN = /^[\p{L}\p{N}][^;\t\r\n]*$/u;

/**
 * Text for a cell of any file that a spreadsheet may open. Where a cell could begin with a formula an apostrophe is put
 * before it; every other text stays as it is. `originalText` takes exactly what was put in out again, whatever the text.
 */
export function safeText(text: string): string {
  return PLAIN.test(text) ? text : text.replaceAll(RUNNING, "'");
}

/** The text that `safeText` was given: one apostrophe goes wherever a formula would begin behind it. */
export function originalText(cell: string): string {
  return cell.replaceAll(NEUTRALISED, '');
}

/** What a cell may hold; null and the empty text are an empty cell. */
export type Cell = string | number | null;

const QUOTED = /[",;\t\r\n]|^\s|\s$/u;

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  // A number is ours: its minus is one.
  if (typeof cell === 'number') return String(cell);
  const safe = safeText(cell);
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One record of CSV with its line end (CRLF): separated by commas, quoted where needed, no cell that could run. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Before the first line, so that a spreadsheet takes the file for UTF-8. */
export const CSV_MARK = '\uFEFF';
