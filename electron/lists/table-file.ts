// A table as a file: how its characters are written and its cells parted, and its rows one after the other.
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse';
import { StationFailure } from '../failure.ts';
import { DELIMITERS, type Delimiter, type Encoding } from '../../shared/contract/lists.ts';

const PIECE_BYTES = 256 * 1024;
/** A row with more is a quotation mark that was opened and never closed. */
const LONGEST_ROW = 64 * 1024;
/** All of them: a table that was put together of others has several, and rows parted by the one would be one row of another. */
const LINE_ENDS = ['\r\n', '\n', '\r'];
/** Of the first row, when cells are told apart for the first time. */
const HEAD_CHARACTERS = 64 * 1024;

/** The file in pieces that hold until the next one is asked for; `file-gone` where it cannot be read (any more). */
async function* piecesOf(path: string): AsyncGenerator<Buffer, void, void> {
  const gone = (): never => {
    throw new StationFailure('file-gone');
  };
  const file = await open(path, 'r').catch(gone);
  try {
    const piece = Buffer.alloc(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, null).catch(gone);
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

function byMark(head: Buffer): Encoding | null {
  const found = MARKS.find(([, mark]) => mark.every((byte, at) => head[at] === byte));
  if (found !== undefined) return found[0];
  // Without a mark: in two bytes a character, every other byte of plain letters and digits is none.
  const sample = head.subarray(0, 200);
  const zeros = (from: number): number => sample.filter((byte, at) => at % 2 === from && byte === 0).length;
  if (zeros(1) > sample.length / 4) return 'utf-16le';
  return zeros(0) > sample.length / 4 ? 'utf-16be' : null;
}

/** Behind the last byte that is a character by itself: what follows may be the beginning of one. */
function wholeEnd(piece: Buffer): number {
  let end = piece.length;
  while (end > 0 && (piece[end - 1] ?? 0) >= 0x80) end -= 1;
  return end;
}

/** How the characters of a file are written: by its mark, else UTF-8 where all of it is, else Windows-1252. */
export async function encodingOf(path: string): Promise<Encoding> {
  let begun = false;
  let rest = Buffer.alloc(0);
  for await (const piece of piecesOf(path)) {
    if (!begun) {
      const marked = byMark(piece);
      if (marked !== null) return marked;
      begun = true;
    }
    const end = wholeEnd(piece);
    if (!isUtf8(Buffer.concat([rest, piece.subarray(0, end)]))) return 'windows-1252';
    rest = Buffer.from(piece.subarray(end));
  }
  return isUtf8(rest) ? 'utf-8' : 'windows-1252';
}

async function headOf(path: string, encoding: Encoding): Promise<string> {
  for await (const piece of piecesOf(path)) {
    return new TextDecoder(encoding).decode(piece).slice(0, HEAD_CHARACTERS);
  }
  return '';
}

/** What parts the cells of the first row, marks in quotes apart; the comma where nothing does. */
export async function delimiterOf(path: string, encoding: Encoding): Promise<Delimiter> {
  const [first = ''] = (await headOf(path, encoding)).split(/\r\n|\n|\r/u);
  const bare = first.replaceAll(/"[^"]*"/gu, '');
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length - 1 }));
  const best = counts.reduce((most, each) => (each.count > most.count ? each : most));
  return best.count > 0 ? best.delimiter : ',';
}

export interface TableFile {
  path: string;
  encoding: Encoding;
  delimiter: Delimiter;
}

export interface RowHearers {
  /** A row and the number of its (last) line; answers false where no more is wanted. */
  row: (cells: readonly string[], line: number) => boolean;
  /** How many bytes of the file were read. */
  told?: (bytes: number) => void;
}

/** Thrown through the parser where no more is wanted. */
const ENOUGH = new Error('enough');
const OPEN_QUOTE: ReadonlySet<string> = new Set(['CSV_MAX_RECORD_SIZE', 'CSV_QUOTE_NOT_CLOSED']);

const openQuote = (line: number): StationFailure => new StationFailure('list-quote', [String(line)]);

/** A quotation mark that was closed by that of another row: both, and those between them, would be one. */
const swallowsRows = (cell: string): boolean => cell.startsWith('"') && /[\r\n]/u.test(cell);

/**
 * Gives every row of a table, one by one, without holding more than a piece of it. A quotation mark within a cell is a
 * character like others. Throws `file-gone`, and `list-quote` with the line where one is opened and not closed in its
 * row: nobody knows which rows are missing then.
 */
export async function readRows(file: TableFile, { row, told }: RowHearers): Promise<void> {
  let failed: unknown = null;
  const parser = parse({
    bom: true,
    delimiter: file.delimiter,
    record_delimiter: LINE_ENDS,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    on_record: (cells: string[], { lines }) => {
      if (cells.some(swallowsRows)) throw openQuote(lines);
      if (!row(cells, lines)) throw ENOUGH;
      return null;
    },
  });
  parser.on('error', (error) => {
    const isOpen = error instanceof CsvError && OPEN_QUOTE.has(error.code);
    failed ??= isOpen ? openQuote(Number(error['lines'])) : error;
  });
  const ended = new Promise<void>((resolve) => {
    parser.once('close', resolve);
  });
  parser.resume();
  const decoder = file.encoding === 'utf-8' ? null : new TextDecoder(file.encoding);
  let bytes = 0;
  for await (const piece of piecesOf(file.path)) {
    if (failed !== null) break;
    bytes += piece.length;
    // The parser keeps what it has not read yet.
    const text = decoder === null ? Buffer.from(piece) : Buffer.from(decoder.decode(piece, { stream: true }));
    await new Promise<void>((taken) => parser.write(text, () => taken()));
    told?.(bytes);
  }
  if (failed === null) parser.end();
  else parser.destroy();
  await ended;
  if (failed !== null && failed !== ENOUGH) throw failed;
}
