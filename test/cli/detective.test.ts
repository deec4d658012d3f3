// What the command line tells of the detective: explanations in words, protection row by row, doubtful places taken in.
import { expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

const UPPER = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<';
const LOWER = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10';
/** The 8 of the date of birth as a 3. */
const MISREAD = 'L898902C36UTO7403122F1204159ZE184226B<<<<<10';

async function checked(row: object): Promise<Record<string, unknown>> {
  const { rows } = await runCli(['check', '--json', '--today', '2012-01-01'], JSON.stringify(row));
  return rows()[0] ?? {};
}

test('a row whose digits hold has nothing to explain; its protection is told all the same', async () => {
  expect(await checked({ lines: [UPPER, LOWER] })).toMatchObject({
    explanations: [],
    protection: ['0'.repeat(44), '22222222220002222222022222222222222222222221'],
  });
});

test('the place named as doubtful gives the repair, in words; nothing is changed', async () => {
  const row = await checked({ lines: [UPPER, MISREAD], lowConfidence: [{ line: 1, column: 16 }] });
  expect(row['fields']).toMatchObject({ birthDateRaw: '740312' });
  const [first] = row['explanations'] as Record<string, unknown>[];
  expect(first).toMatchObject({
    kind: 'reading-slip',
    standing: 'likely',
    field: 'birthDate',
    repair: [{ row: 1, column: 16, from: '3', to: '8' }],
    title: 'Row 2, place 17: 8 may have been read as 3',
  });
  expect(first?.['evidence']).toContain('The reader was not sure of this character.');
  expect(String(first?.['fraud'])).toMatch(/^[A-Z].+\.$/u);
  expect(String(first?.['innocent'])).toMatch(/^[A-Z].+\.$/u);
});

test('an empty list says that all was read surely; what is no list of places says nothing', async () => {
  const kind = async (lowConfidence: unknown) =>
    ((await checked({ lines: [UPPER, MISREAD], lowConfidence }))['explanations'] as { kind: string }[])[0]
      ?.kind;
  expect(await kind([])).toBe('alteration');
  for (const odd of [undefined, null, 7, 'x', {}]) expect(await kind(odd)).toBe('reading-slip');
  for (const odd of [[null], [{ line: 'a' }], [{ line: 99, column: -4 }], [[1, 2]]]) {
    expect(await kind(odd)).toBe('alteration');
  }
});

test('rows that cannot be read have no explanations, and the text for people names the likely one', async () => {
  expect(await checked({ lines: ['AB'] })).not.toHaveProperty('explanations');
  const row = JSON.stringify({ lines: [UPPER, MISREAD] });
  const { stdout } = await runCli(['check', '--today', '2012-01-01'], row);
  expect(stdout).toMatch(/Likely +Row 2, place 17: 8 may have been read as 3/u);
});
