// What a spreadsheet may open: no cell runs, nothing of the text is lost, another program reads the same values.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CSV_MARK, csvLine, originalText, safeText } from '../../shared/report/csv.ts';

/** What Excel, Calc and Sheets would run, by what they drop before it. */
const RUNNING = [
  '=1+1',
  '=cmd|" /C calc"!A0',
  '+1+1',
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '  =1+1',
  '\u00A0=1+1',
  '\uFEFF=1+1',
  '\u200B=1+1',
  '\0=1+1',
  '"=1+1',
  '" =1+1',
  "'=1+1",
  '“=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '﹦1+1',
  '\u22121',
  '\tx',
  '\rx',
];

describe('a cell', () => {
  it.each(RUNNING)('%j does not run', (text) => {
    expect(safeText(text)).toBe(`'${text}`.replace(/([\r\n\t])(?==)/u, "$1'"));
    expect(originalText(safeText(text))).toBe(text);
  });

  it('does not run where Excel parts it at a semicolon or a line of its own', () => {
    expect(safeText('a;=1+1')).toBe("a;'=1+1");
    expect(safeText('a\n@x; ;"+2')).toBe("a\n'@x; ;'\"+2");
  });

  it('stays as it is where nothing could run', () => {
    for (const text of ['', ' ', 'x', 'a-b', 'A+B', '5', "'tis", '"quoted"', 'a, -b', 'Ünïcode', '🙂', 'a;b'])
      expect(safeText(text)).toBe(text);
  });

  it('comes back whole, whatever it was, and begins nowhere with a formula', () => {
    const hostile = fc.constantFrom(...'=+-@;\t\r\n\'" ＝a1', '\u200B');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(hostile).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (original) => {
        const safe = safeText(original);
        const parts = safe.split(/[;\t\r\n]/u);
        return originalText(safe) === original && !parts.some((part) => /^[\s"\u200B]*[=+\-@＝]/u.test(part));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes its time by its length', () => {
    const started = performance.now();
    safeText('\n'.repeat(200_000));
    safeText(`;${' '.repeat(200_000)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('a line', () => {
  it('writes numbers as numbers and nothing as nothing', () => {
    expect(csvLine([-5, 0.5, null, '', '-5', 'a"b', 'a,b'])).toBe(`-5,0.5,,,'-5,"a""b","a,b"\r\n`);
  });

  it('is read by another program as what was written', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a,b', '"', '\r\n', ' ', ';'));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        const text = CSV_MARK + rows.map(csvLine).join('');
        const read: string[][] = parse(text, { bom: true, record_delimiter: '\r\n' });
        expect(read.map((cells) => cells.map(originalText))).toEqual(rows);
      }),
    );
  });
});
