// Zones for the cases of rules: a specimen with texts put into it, every digit computed anew, or left as it was.
import { checkDigit } from '../../shared/mrz/check-digit.ts';
import { FORMATS, type FormatId, textAt } from '../../shared/mrz/formats.ts';

function put(lines: readonly string[], row: number, start: number, text: string): string[] {
  return lines.map((line, i) =>
    i === row ? line.slice(0, start) + text + line.slice(start + text.length) : line,
  );
}

/** The rows with a text put into row and column (both from 1), and nothing else changed. */
export function altered(lines: readonly string[], row: number, column: number, text: string): string[] {
  return put(lines, row - 1, column - 1, text);
}

/** The rows with right digits again; a filler in the place of a digit stays (an empty field, a long number). */
export function withDigits(format: FormatId, lines: readonly string[]): string[] {
  let made = [...lines];
  for (const { id, at, covers } of FORMATS[format].checkDigits) {
    if (textAt(made, at) === '<' && id !== 'composite') continue;
    made = put(made, at.row, at.start, checkDigit(covers.map((place) => textAt(made, place)).join('')));
  }
  return made;
}

/** The rows with a text put into row and column (both from 1), and right digits. */
export function printed(
  format: FormatId,
  lines: readonly string[],
  ...texts: [row: number, column: number, text: string][]
): string[] {
  const made = texts.reduce<readonly string[]>(
    (now, [row, column, text]) => altered(now, row, column, text),
    lines,
  );
  return withDigits(format, made);
}
