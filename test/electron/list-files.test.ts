// Tables in every spelling they come in, and files of tokens: in order, found again, cut and changed.
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTables, inspectTable } from '../../electron/lists/inspect.ts';
import { encodingOf, readRows, type TableFile } from '../../electron/lists/table-file.ts';
import { openTokens, TOKEN_BYTES, tokenOf } from '../../electron/lists/token-file.ts';
import { createTokenSort } from '../../electron/lists/token-sort.ts';
import { temporaryFolder } from './fixtures.ts';

const utf16 = (text: string, swap: boolean, mark: boolean): Buffer => {
  const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');
  return swap ? bytes.swap16() : bytes;
};

function table(bytes: string | Buffer): string {
  const path = join(temporaryFolder(), 'table.csv');
  writeFileSync(path, bytes);
  return path;
}

async function rowsOf(file: TableFile): Promise<{ rows: [number, ...string[]][] }> {
  const rows: [number, ...string[]][] = [];
  await readRows(file, {
    row(cells, line) {
      rows.push([line, ...cells]);
      return true;
    },
  });
  return { rows };
}

const given = (path: string) => ({ path, encoding: null, delimiter: null });

describe('a table', () => {
  const TEXT = 'Nummer;Name\r\nA1;Müller\r\nB2;Jørgensen\r\n';

  it.each([
    ['utf-8', Buffer.from(TEXT)],
    ['utf-8', Buffer.from(`\uFEFF${TEXT}`)],
    ['utf-16le', utf16(TEXT, false, true)],
    ['utf-16be', utf16(TEXT, true, true)],
    ['utf-16le', utf16(TEXT, false, false)],
    ['utf-16be', utf16(TEXT, true, false)],
    ['windows-1252', Buffer.from(TEXT, 'latin1')],
    ['utf-8', Buffer.from(TEXT.replaceAll('\r\n', '\n'))],
    ['utf-8', Buffer.from(TEXT.replaceAll('\r\n', '\r'))],
  ] as const)('is read in %s', async (encoding, bytes) => {
    const path = table(bytes);
    const { delimiter, ...found } = await inspectTable(given(path));
    expect([found.encoding, delimiter]).toEqual([encoding, ';']);
    expect(found.columns.map(({ title, role }) => [title, role])).toEqual([
      ['Nummer', 'number'],
      ['Name', 'name'],
    ]);
    const { rows } = await rowsOf({ path, encoding, delimiter });
    expect(rows).toEqual([
      [1, 'Nummer', 'Name'],
      [2, 'A1', 'Müller'],
      [3, 'B2', 'Jørgensen'],
    ]);
  });

  it('is UTF-8 also where a character lies across two pieces, and Windows-1252 where only the last row says so', async () => {
    // Two bytes each, so that one of the first two tables is cut within a character.
    for (const before of ['', 'x'])
      expect(await encodingOf(table(`${before}${'é'.repeat(200_000)}\n`))).toBe('utf-8');
    const plain = Buffer.from('A1;Anna\n'.repeat(100_000));
    expect(await encodingOf(table(Buffer.concat([plain, Buffer.from('B2;Jos\xe9\n', 'latin1')])))).toBe(
      'windows-1252',
    );
  });

  it.each([
    [',', 'number,state\nA1,UTO\n'],
    [';', 'number;state\nA1;UTO\n'],
    ['\t', 'number\tstate\nA1\tUTO\n'],
    ['|', 'number|state\nA1|UTO\n'],
    [';', '"number, as printed";state\nA1;UTO\n'],
    [',', 'number\nA1\n'],
  ] as const)('is parted by %j', async (delimiter, text) => {
    expect((await inspectTable(given(table(text)))).delimiter).toBe(delimiter);
  });

  it('shows headings and the shapes of its first rows, and of a first row that names nothing only the shape', async () => {
    const named = await inspectTable(given(table('number,remark\nA1,stolen\nB22,\n')));
    expect(named).toMatchObject({ heading: true });
    expect(named.columns).toEqual([
      { title: 'number', role: 'number', shapes: ['A9', 'A99'] },
      { title: 'remark', role: null, shapes: ['aaaaaa', ''] },
    ]);
    const bare = await inspectTable(given(table('A1234567,UTO\nB7654321,UTO\n')));
    expect(bare).toMatchObject({ heading: false });
    expect(bare.columns[0]).toEqual({ title: '', role: null, shapes: ['A9999999', 'A9999999'] });
  });

  it('gives quoted cells, with what parts rows in them, and passes empty rows over', async () => {
    const text = 'number,remark\n"A1","found, ""again""\nlater"\n\nB2,x\n';
    const { rows } = await rowsOf({ path: table(text), encoding: 'utf-8', delimiter: ',' });
    expect(rows).toEqual([
      [1, 'number', 'remark'],
      [3, 'A1', 'found, "again"\nlater'],
      [5, 'B2', 'x'],
    ]);
  });

  it.each([
    'number;remark\r\nA1;x\nB2;y\nC3;z\n',
    'number;remark\nA1;x\r\nB2;y\rC3;z',
    'number;remark\rA1;x\nB2;y\r\nC3;z\r\n',
  ])('gives every row where lines end in several ways: %j', async (text) => {
    const { rows } = await rowsOf({ path: table(text), encoding: 'utf-8', delimiter: ';' });
    expect(rows.map(([, ...cells]) => cells)).toEqual([
      ['number', 'remark'],
      ['A1', 'x'],
      ['B2', 'y'],
      ['C3', 'z'],
    ]);
  });

  it('takes quotation marks within a cell as they are: what is wrong with one row stays in that row', async () => {
    const text = 'number,remark\nA1,5"\nB"2",x\n"C3" 4,x\nD5,x\n';
    const { rows } = await rowsOf({ path: table(text), encoding: 'utf-8', delimiter: ',' });
    expect(rows.map(([line, number]) => [line, number])).toEqual([
      [1, 'number'],
      [2, 'A1'],
      [3, 'B"2"'],
      [4, '"C3" 4'],
      [5, 'D5'],
    ]);
  });

  it.each([
    ['to the end', `number\nA1\n"B2\n${'C3\n'.repeat(3)}`],
    ['up to the mark of another row', 'number,state\n"A1","UTO\n"B2","UTO"\n"C3","UTO"\n'],
    ['over more than a row can have', `number\nA1\n"B2\n${'C3\n'.repeat(50_000)}D"4\n`],
  ])('is refused where a quotation mark stays open %s', async (_what, text) => {
    const failure = await rowsOf({ path: table(text), encoding: 'utf-8', delimiter: ',' }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'list-quote', fields: [expect.stringMatching(/^\d+$/u)] });
  });

  it('is refused where it is not there, or has no row', async () => {
    const folder = temporaryFolder();
    await expect(inspectTable(given(join(folder, 'none.csv')))).rejects.toMatchObject({ code: 'file-gone' });
    await expect(inspectTable(given(folder))).rejects.toMatchObject({ code: 'file-gone' });
    await expect(inspectTable(given(table('')))).rejects.toMatchObject({ code: 'list-columns' });
    await expect(findTables(join(folder, 'none'))).rejects.toMatchObject({ code: 'folder-gone' });
    writeFileSync(join(folder, 'b.CSV'), 'x');
    writeFileSync(join(folder, 'a.txt'), 'xy');
    writeFileSync(join(folder, 'c.pdf'), 'x');
    expect(await findTables(folder)).toEqual([
      { path: join(folder, 'a.txt'), bytes: 2 },
      { path: join(folder, 'b.CSV'), bytes: 1 },
    ]);
  });
});

describe('a file of tokens', () => {
  const key = createSecretKey(randomBytes(32));

  function written(texts: Iterable<string>): { path: string; tokens: number } {
    const folder = temporaryFolder();
    const path = join(folder, 'list');
    const sort = createTokenSort(join(folder, 'heaps'));
    for (const text of texts) sort.add(tokenOf(key, text));
    const { tokens } = sort.finish(path, () => undefined);
    sort.end();
    expect(existsSync(join(folder, 'heaps'))).toBe(false);
    return { path, tokens };
  }

  it('is under a key: a token is no hash of its text', () => {
    const text = 'number\nL898902C3';
    expect(tokenOf(key, text)).toHaveLength(TOKEN_BYTES);
    expect(tokenOf(createSecretKey(randomBytes(32)), text)).not.toEqual(tokenOf(key, text));
    const expected = createHmac('sha256', key).update(`countercheck-list/1\n${text}`).digest();
    expect(tokenOf(key, text)).toEqual(expected.subarray(0, TOKEN_BYTES));
  });

  it.each([1, 2, 255, 256, 257, 5_000, 400_000])(
    'of %i is in order, and finds each and nothing else',
    (count) => {
      const { path, tokens } = written(
        (function* () {
          for (let at = 0; at < count; at += 1) yield `number\n${at}`;
          // What stands in a table twice counts once.
          for (let at = 0; at < count; at += 3) yield `number\n${at}`;
        })(),
      );
      expect(tokens).toBe(count);
      const bytes = readFileSync(path);
      expect(bytes).toHaveLength(count * TOKEN_BYTES);
      for (let at = TOKEN_BYTES; at < bytes.length; at += TOKEN_BYTES)
        if (bytes.compare(bytes, at - TOKEN_BYTES, at, at, at + TOKEN_BYTES) <= 0) throw new Error(`${at}`);
      const file = openTokens(path, tokens);
      const step = Math.max(1, Math.floor(count / 3_000));
      for (let at = 0; at < count; at += step) {
        if (file?.has(tokenOf(key, `number\n${at}`)) !== true) throw new Error(`${at} is missing`);
        if (file.has(tokenOf(key, `number\n${at + count}`))) throw new Error(`${at + count} is there`);
      }
      const first = bytes.subarray(0, TOKEN_BYTES);
      const last = bytes.subarray(-TOKEN_BYTES);
      expect([file?.has(first), file?.has(last)]).toEqual([true, true]);
      expect([file?.has(Buffer.alloc(16, 0)), file?.has(Buffer.alloc(16, 255))]).toEqual([false, false]);
      file?.close();
    },
  );

  it('is found in all the same where tokens do not lie evenly', () => {
    const bytes = Buffer.alloc(3_000 * TOKEN_BYTES);
    for (let at = 0; at < 3_000; at += 1) bytes.writeUInt32BE(at, at * TOKEN_BYTES + 12);
    const path = join(temporaryFolder(), 'list');
    writeFileSync(path, bytes);
    const file = openTokens(path, 3_000);
    for (const at of [0, 1, 1_234, 2_999])
      expect(file?.has(bytes.subarray(at * TOKEN_BYTES, (at + 1) * TOKEN_BYTES))).toBe(true);
    expect(file?.has(Buffer.concat([Buffer.alloc(12), Buffer.from([0, 0, 11, 184])]))).toBe(false);
    file?.close();
  });

  it('that is cut, longer or gone is not opened', () => {
    const { path, tokens } = written(['a', 'b', 'c']);
    expect(openTokens(path, tokens + 1)).toBeNull();
    truncateSync(path, TOKEN_BYTES * 2 + 5);
    expect(openTokens(path, tokens)).toBeNull();
    expect(openTokens(`${path}-gone`, tokens)).toBeNull();
  });
});
