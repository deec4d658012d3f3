// Cells of a workbook: text that never runs, numbers, days; and the texts that many cells share.
import { type Cell, safeText } from '../../shared/report/csv.ts';
import { MAIN, XML } from './xlsx-parts.ts';

/** `day` takes `YYYY-MM-DD` and is a date for whoever opens it. */
export interface SheetColumn {
  title: string;
  kind: 'text' | 'number' | 'day';
  /** In characters. */
  width: number;
}

/** More different texts than this are written where they stand, so that memory does not grow with them. */
const MOST_SHARED = 20_000;
/** What Excel takes in a cell. */
const MOST_CHARACTERS = 32_767;
/** Places of `STYLES`. */
const DAY_STYLE = 1;
const TITLE_STYLE = 2;
const TEXT_STYLE = 3;
const DAY_MS = 86_400_000;
/** The day before which Excel counts wrongly, and from which it is right for all that follow. */
const DAY_ZERO = Date.UTC(1899, 11, 30);

/** `A`, `Z`, `AA`; from 0. */
export function columnName(index: number): string {
  const above = Math.floor(index / 26);
  return (above === 0 ? '' : columnName(above - 1)) + String.fromCharCode(65 + (index % 26));
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** What XML cannot hold or would change, and what would be taken for the stand-in of such (ECMA-376, ST_Xstring). */
const UNHELD =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /[\0-\x08\x0B-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|_(?=x[0-9A-Fa-f]{4}_)/g;
const PLAIN = /^[\p{L}\p{N} .,:;()/-]*$/u;

const standIn = (unit: string): string =>
  `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** Text between tags: nothing of it is markup, and nothing is lost. */
export function xmlText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replaceAll(UNHELD, standIn).replaceAll(/[&<>]/g, (each) => ESCAPES[each] ?? each);
}

function textElement(text: string): string {
  const shown = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
  const keep = /^\s|\s$|\n/u.test(shown) ? ' xml:space="preserve"' : '';
  return `<t${keep}>${xmlText(shown)}</t>`;
}

export interface Cells {
  titles(columns: readonly SheetColumn[]): string;
  /** One row by its number, from 1. */
  row(number: number, cells: readonly Cell[], columns: readonly SheetColumn[]): string;
  /** The part of the texts that cells share. */
  shared(): string;
}

export function createCells(): Cells {
  const places = new Map<string, number>();
  let uses = 0;

  function textCell(at: string, text: string, style: number): string {
    const safe = safeText(text);
    let place = places.get(safe);
    if (place === undefined && places.size < MOST_SHARED) {
      place = places.size;
      places.set(safe, place);
    }
    if (place === undefined)
      return `<c r="${at}" s="${style}" t="inlineStr"><is>${textElement(safe)}</is></c>`;
    uses += 1;
    return `<c r="${at}" s="${style}" t="s"><v>${place}</v></c>`;
  }

  function cellOf(at: string, cell: Cell, kind: SheetColumn['kind']): string {
    if (cell === null || cell === '') return '';
    if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
    const time = kind === 'day' ? Date.parse(`${cell}T00:00:00Z`) : Number.NaN;
    if (Number.isNaN(time)) return textCell(at, cell, TEXT_STYLE);
    return `<c r="${at}" s="${DAY_STYLE}"><v>${(time - DAY_ZERO) / DAY_MS}</v></c>`;
  }

  return {
    titles(columns) {
      const written = columns.map(({ title }, at) => textCell(`${columnName(at)}1`, title, TITLE_STYLE));
      return `<row r="1">${written.join('')}</row>`;
    },
    row(number, cells, columns) {
      let text = `<row r="${number}">`;
      for (const [at, cell] of cells.entries())
        text += cellOf(`${columnName(at)}${number}`, cell, columns[at]?.kind ?? 'text');
      return `${text}</row>`;
    },
    shared() {
      const texts = [...places.keys()].map((text) => `<si>${textElement(text)}</si>`);
      return `${XML}<sst xmlns="${MAIN}" count="${uses}" uniqueCount="${places.size}">${texts.join('')}</sst>`;
    },
  };
}
