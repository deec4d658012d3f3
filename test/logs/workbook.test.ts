// Workbooks of our own: another program reads the same values, no cell runs, and what Excel cannot hold goes on in another sheet.
import { randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import readExcel from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { createWorkbook } from '../../electron/logs/xlsx.ts';
import { columnName, type SheetColumn, xmlText } from '../../electron/logs/xlsx-cells.ts';
import { type Cell, originalText } from '../../shared/report/csv.ts';

const COLUMNS: readonly SheetColumn[] = [
  { title: 'Day', kind: 'day', width: 12 },
  { title: 'Text', kind: 'text', width: 30 },
  { title: 'Number', kind: 'number', width: 9 },
];

async function bookOf(rows: readonly Cell[][], mostRows?: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const book = createWorkbook(
    async (bytes) => {
      parts.push(bytes);
    },
    { madeAt: new Date('2026-11-23T06:00:00Z'), ...(mostRows === undefined ? {} : { mostRows }) },
  );
  await book.sheet('Log', COLUMNS);
  await book.rows(rows);
  await book.finish();
  return Buffer.concat(parts);
}

/** The sheets as an independent reader has them: days as days, texts without what keeps them from running. */
async function readAgain(book: Buffer): Promise<{ sheet: string; rows: Cell[][] }[]> {
  const sheets = await readExcel(book, { trim: false });
  return sheets.map(({ sheet, data }) => ({
    sheet,
    rows: data.slice(1).map((row: readonly unknown[]) =>
      COLUMNS.map((_column, at): Cell => {
        const cell = row[at] ?? null;
        if (cell instanceof Date) return cell.toISOString().slice(0, 10);
        return typeof cell === 'string' ? originalText(cell) : typeof cell === 'number' ? cell : null;
      }),
    ),
  }));
}

/** The text of a part of the zip, by its local header. */
function partOf(book: Buffer, path: string): string {
  const end = book.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let at = book.readUInt32LE(end + 16);
  for (;;) {
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => book.readUInt16LE(at + place));
    const name = book.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    if (name === path) break;
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  const header = book.readUInt32LE(at + 42);
  const data = header + 30 + book.readUInt16LE(header + 26) + book.readUInt16LE(header + 28);
  return inflateRawSync(book.subarray(data, data + book.readUInt32LE(at + 20))).toString('utf8');
}

describe('a workbook', () => {
  it('is read by another program as what was written', async () => {
    const rows: Cell[][] = [
      ['2026-11-21', '=HYPERLINK("http://x")', -5],
      ['2024-02-29', '  two  blanks\nand a line ', 0.1],
      ['1999-12-31', 'a & <b> "c" ]]> 🙂 ＝1', 1e15],
      [null, '_x0041_ \u0001\u001F\uFFFE\r\uD800', 0],
      ['2026-11-21', null, null],
    ];
    const [sheet] = await readAgain(await bookOf(rows));
    expect(sheet).toEqual({ sheet: 'Log', rows });
  });

  it('holds whatever text there is, and begins no cell with a formula', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 200, maxLength: 300 }), async (texts) => {
        const book = await bookOf(texts.map((each): Cell[] => ['2026-11-21', each, 1]));
        const [sheet] = await readAgain(book);
        expect(sheet?.rows.map((row) => row[1])).toEqual(texts);
      }),
      { numRuns: 3 },
    );
    const book = await bookOf([['2026-11-21', '\t=1+1', 1]]);
    expect(partOf(book, 'xl/sharedStrings.xml')).toContain(`>'\t'=1+1<`);
    expect(partOf(book, 'xl/worksheets/sheet1.xml')).not.toContain('<f>');
  });

  it('goes on in another sheet with the same titles where one is full', async () => {
    const rows = Array.from({ length: 7 }, (_, at): Cell[] => ['2026-11-21', `row ${at}`, at]);
    const sheets = await readAgain(await bookOf(rows, 4));
    expect(sheets.map(({ sheet, rows: own }) => [sheet, own.length])).toEqual([
      ['Log', 3],
      ['Log 2', 3],
      ['Log 3', 1],
    ]);
    expect(sheets.flatMap((sheet) => sheet.rows)).toEqual(rows);
  });

  it('has titles that stay and filter, wide columns, and days as days', async () => {
    const book = await bookOf([['2026-11-21', 'x', 1]]);
    const sheet = partOf(book, 'xl/worksheets/sheet1.xml');
    for (const part of [
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
      '<col min="2" max="2" width="30" customWidth="1"/>',
      '<autoFilter ref="A1:C2"/>',
      '<c r="A2" s="1"><v>46347</v></c>',
      '<c r="C2"><v>1</v></c>',
    ])
      expect(sheet, part).toContain(part);
    expect(partOf(book, '[Content_Types].xml')).toContain('spreadsheetml.sheet.main+xml');
    expect(partOf(book, 'xl/workbook.xml')).toContain(`'Log'!$A$1:$C$2</definedName>`);
  });

  it('writes texts where they stand once there are too many to share', async () => {
    const rows = Array.from({ length: 21_000 }, (_, at): Cell[] => [
      null,
      `${at} ${randomBytes(4).toString('hex')}`,
      at,
    ]);
    const [sheet] = await readAgain(await bookOf(rows));
    expect(sheet?.rows).toEqual(rows);
  });

  it('fails where its file does, and keeps nobody waiting', async () => {
    const book = createWorkbook(() => Promise.reject(new Error('disk full')), { madeAt: new Date() });
    const writing = (async () => {
      await book.sheet('Log', COLUMNS);
      for (let page = 0; page < 300; page += 1)
        await book.rows(
          Array.from({ length: 500 }, (): Cell[] => ['2026-11-21', randomBytes(20).toString('hex'), 1]),
        );
      await book.finish();
    })();
    await expect(writing).rejects.toThrow('disk full');
  });
});

describe('parts of a cell', () => {
  it('are named and escaped as Excel has them', () => {
    expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
    expect(xmlText('a<\u0000_x0041_\uDC00')).toBe('a&lt;_x0000__x005F_x0041__xDC00_');
  });
});
