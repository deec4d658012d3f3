// `check`: good and malformed rows, in order, at any size; and its readable form.
import { expect, test } from 'vitest';
import { judgingDay } from '../../electron/cli/commands/check.ts';
import { linesOf, MAX_LINE } from '../../electron/cli/input.ts';
import { runCli } from './run-cli.ts';

const LINES = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];
const GOOD = JSON.stringify({ lines: LINES });
const ALTERED = JSON.stringify({ lines: [LINES[0], LINES[1]?.replace('740812', '740912')] });
const HOLDS = { number: 'holds', birth: 'holds', expiry: 'holds', optional: 'holds', composite: 'holds' };

const check = (input: string | Iterable<Uint8Array | string>, ...more: string[]) =>
  runCli(['check', '--json', '--today', '2026-11-22', ...more], input);

test('a good row gives format, fields and check digits; its findings carry words', async () => {
  const { code, rows } = await check(`${GOOD}\n`);
  expect(code).toBe(0);
  const [row] = rows();
  expect(Object.keys(row ?? {})).toEqual([
    'format',
    'fields',
    'checkDigits',
    'findings',
    'explanations',
    'protection',
  ]);
  expect(row).toMatchObject({ format: 'TD3', checkDigits: HOLDS });
  expect(row?.['fields']).toMatchObject({ number: 'L898902C3', birthDate: '1974-08-12', sex: 'F' });
  expect(row?.['findings']).toMatchObject([{ id: 'mrz.exp.past', title: 'The document has expired' }]);
});

test('the day of judgement is the one given', async () => {
  const { rows } = await runCli(['check', '--json', '--today', '2012-04-15'], GOOD);
  expect(rows()[0]?.['findings']).toEqual([]);
});

test('for people a zone without an expiry shows none, and a date of no calendar as it stands', async () => {
  const french = ['IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<', '8806923102858CORINNE<<<<<<<6512068F6'];
  const wrong = [LINES[0], LINES[1]?.replace('740812', '741312')];
  const rows = [french, wrong].map((lines) => JSON.stringify({ lines })).join('\n');
  const { stdout } = await runCli(['check'], rows);
  const [first, second] = stdout.split('Row 2');
  expect(first).toContain('Birth       1965-12-06');
  expect(first).not.toContain('Expiry');
  expect(second).toMatch(/Birth {2,}741312/);
});

test('an altered birth date breaks exactly its digits, and both readings are there', async () => {
  const [row] = (await check(ALTERED)).rows();
  expect(row?.['checkDigits']).toEqual({ ...HOLDS, birth: 'fails', composite: 'fails' });
  const sentence = expect.stringMatching(/^[A-Z].+\.$/);
  const words = { fraud: sentence, innocent: sentence };
  expect(row?.['findings']).toMatchObject([words, words, words]);
});

test('every malformed row gives one object with an error in its place, and the rest goes on', async () => {
  const bad = [
    'nonsense',
    '{',
    '[]',
    'null',
    '7',
    '"text"',
    '{}',
    '{"lines":7}',
    '{"lines":[1,2]}',
    '{"lines":[]}',
  ];
  const worse = ['{"lines":["AB"]}', '{"lines":["A","B","C","D"]}', '{"__proto__":{"lines":["A"]}}'];
  const input = [...bad, ...worse].flatMap((row) => [row, GOOD]);
  const { code, rows } = await check(input.join('\n'));
  expect(code).toBe(0);
  const answers = rows();
  expect(answers).toHaveLength(input.length);
  answers.forEach((answer, i) => {
    if (i % 2 === 1) expect(answer['checkDigits']).toEqual(HOLDS);
    else
      expect(answer['error']).toEqual({
        code: expect.stringMatching(/^[a-z-]+$/),
        message: expect.any(String),
      });
  });
});

test('an error never repeats what the row held', async () => {
  const secret = 'SECRETNAME';
  const rows = [secret, JSON.stringify({ lines: secret }), JSON.stringify({ lines: [{ secret }] })].join(
    '\n',
  );
  expect((await check(rows)).stdout).not.toContain(secret);
});

test('CRLF, blank lines, a byte order mark and a missing last newline do no harm', async () => {
  const { rows } = await check(`\uFEFF${GOOD}\r\n\r\n   \n${ALTERED}\r\n\n${GOOD}`);
  expect(rows().map((row) => (row['checkDigits'] as typeof HOLDS).birth)).toEqual([
    'holds',
    'fails',
    'holds',
  ]);
});

test('chunks may break anywhere, also inside a character', async () => {
  const bytes = Buffer.from(`${JSON.stringify({ lines: ['«é»'] })}\n${GOOD}\n`);
  const { rows } = await check(Array.from(bytes, (byte) => Uint8Array.of(byte)));
  expect(rows()).toHaveLength(2);
  expect(rows()[1]).toMatchObject({ checkDigits: HOLDS });
});

test('a line without end does not fill the memory; the next row is read', async () => {
  function* endless() {
    for (let i = 0; i < 40; i++) yield 'x'.repeat(MAX_LINE / 8);
    yield `\n${GOOD}\n`;
  }
  const { rows } = await check(endless());
  expect(rows()).toMatchObject([{ error: { code: 'row-too-long' } }, { format: 'TD3' }]);
});

test('many rows take no time to speak of', { timeout: 120_000 }, async () => {
  // Time of this thread alone: other work on the machine does not count.
  const begun = process.threadCpuUsage();
  const { rows } = await check(Array.from({ length: 100 }, () => `${ALTERED}\n`.repeat(100)));
  expect(rows()).toHaveLength(10_000);
  const { user, system } = process.threadCpuUsage(begun);
  expect((user + system) / 1000).toBeLessThan(5_000);
});

test('without --json it is text for people, with both readings', async () => {
  const { code, stdout } = await runCli(
    ['check', '--today', '2010-01-01'],
    `${ALTERED}\nnonsense\n${GOOD}\n`,
  );
  expect(code).toBe(0);
  expect(stdout).toContain('Row 1\n  TD3\n');
  expect(stdout).toContain('1974-09-12  check digit does not hold');
  expect(stdout).toMatch(/Look here: .+\n {4}Reason to look {2}.+\n {4}It may also be {2}.+/);
  expect(stdout).toContain('Row 2\n  This row is not JSON.');
  expect(stdout).toContain('Automatic checks done: nothing to look at');
});

test('without --today the machine’s own day is taken', () => {
  expect(judgingDay(undefined, new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
});

test('lines come out whole whatever the chunks', async () => {
  const lines: string[] = [];
  for await (const line of linesOf(
    (async function* () {
      yield* ['a\r', '\nb', '\n', '\nc'];
    })(),
  ))
    lines.push(line.text);
  expect(lines).toEqual(['a', 'b', '', 'c']);
});
