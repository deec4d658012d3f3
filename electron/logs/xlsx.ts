// A workbook that is written row by row and never held: Office Open XML (ECMA-376), its sheets streamed into a zip.
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { type Options, ZipFile } from 'yazl';
import type { Cell } from '../../shared/report/csv.ts';
import { columnName, createCells, type SheetColumn } from './xlsx-cells.ts';
import { CONTENT_TYPES, MAIN, PACKAGE, RELATIONS, STYLES, workbookXml, XML } from './xlsx-parts.ts';

/** The last row that Excel opens, the titles among them. */
export const MOST_SHEET_ROWS = 1_048_576;

export interface Workbook {
  /** Begins a sheet; the one before is done. Names are unique, at most 28 characters, without []:*?/\\. */
  sheet(name: string, columns: readonly SheetColumn[]): Promise<void>;
  /** Rows of the sheet that was begun last. What it cannot hold goes on in another one, `name 2`, with the same titles. */
  rows(rows: readonly (readonly Cell[])[]): Promise<void>;
  /** Ends the file. */
  finish(): Promise<void>;
}

interface OpenSheet {
  name: string;
  columns: readonly SheetColumn[];
  /** How many sheets of this name there are. */
  part: number;
  stream: PassThrough;
  rows: number;
}

const LEVEL = 3;
const STREAM_BYTES = 1 << 18;

/** `write` takes the bytes of the file in their order; where it fails, everything here fails with it. */
export function createWorkbook(
  write: (bytes: Uint8Array) => Promise<void>,
  { madeAt, mostRows = MOST_SHEET_ROWS }: { madeAt: Date; mostRows?: number },
): Workbook {
  const zip = new ZipFile();
  const options: Partial<Options> = { mtime: madeAt, mode: 0o100600, compressionLevel: LEVEL };
  const cells = createCells();
  const names: { name: string; filter: string }[] = [];
  let current: OpenSheet | null = null;

  const written = (async () => {
    for await (const part of zip.outputStream) await write(part as Buffer);
  })();
  // Told to whoever writes next.
  written.catch(() => undefined);
  const broken = new Promise<never>((_done, fail) => {
    zip.on('error', fail);
    written.catch(fail);
  });
  broken.catch(() => undefined);

  async function put(stream: PassThrough, text: string): Promise<void> {
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), broken]);
  }

  async function begin(name: string, columns: readonly SheetColumn[], part: number): Promise<OpenSheet> {
    const stream = new PassThrough({ highWaterMark: STREAM_BYTES });
    zip.addReadStream(stream, `xl/worksheets/sheet${names.length + 1}.xml`, options);
    const widths = columns.map(
      ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
    );
    const title = part === 1 ? name : `${name} ${part}`;
    names.push({ name: title, filter: '' });
    const selected = names.length === 1 ? ' tabSelected="1"' : '';
    await put(
      stream,
      `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"${selected}><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>${cells.titles(columns)}`,
    );
    return { name, columns, part, stream, rows: 1 };
  }

  async function end({ stream, columns, rows }: OpenSheet): Promise<void> {
    const filter = `A1:${columnName(columns.length - 1)}${rows}`;
    const last = names.at(-1);
    if (last !== undefined) last.filter = filter;
    await put(stream, `</sheetData><autoFilter ref="${filter}"/></worksheet>`);
    stream.end();
  }

  const add = (path: string, text: string): void => zip.addBuffer(Buffer.from(text, 'utf8'), path, options);

  return {
    async sheet(name, columns) {
      if (current !== null) await end(current);
      current = await begin(name, columns, 1);
    },
    async rows(rows) {
      let text = '';
      for (const row of rows) {
        if (current === null) throw new Error('no sheet was begun');
        if (current.rows === mostRows) {
          await put(current.stream, text);
          text = '';
          await end(current);
          current = await begin(current.name, current.columns, current.part + 1);
        }
        current.rows += 1;
        text += cells.row(current.rows, row, current.columns);
      }
      if (current !== null && text !== '') await put(current.stream, text);
    },
    async finish() {
      if (current !== null) await end(current);
      const count = names.length;
      add('xl/sharedStrings.xml', cells.shared());
      add('xl/styles.xml', STYLES);
      add('xl/workbook.xml', workbookXml(names));
      add('xl/_rels/workbook.xml.rels', RELATIONS(count));
      add('_rels/.rels', PACKAGE);
      add('[Content_Types].xml', CONTENT_TYPES(count));
      zip.end();
      await Promise.race([written, broken]);
    },
  };
}
