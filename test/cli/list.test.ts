// `countercheck list`: imported, shown, asked and removed at a closed station and beside an open one; stopped by Ctrl+C.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDoor } from '../../electron/command-door.ts';
import { ADMINISTRATOR, OFFICER, openReady, temporaryFolder } from '../electron/fixtures.ts';
import { runCli } from './run-cli.ts';

const SECRET = `${OFFICER.secret}\n`;
const NUMBER = 'L898902C3';

const at = (folder: string, { signInName } = OFFICER as { signInName: string }): string[] => [
  '--data',
  folder,
  '--as',
  signInName,
  '--secret-stdin',
];

function table(text: string): string {
  const path = join(temporaryFolder(), 'table.csv');
  writeFileSync(path, text);
  return path;
}

const LOST = ['--kind', 'lost', '--source', 'Utopia', '--until', '2099-12-31'];

async function closedStation(): Promise<string> {
  const app = await openReady();
  await app.close();
  return app.folder;
}

describe('list', () => {
  it.each([
    [['list']],
    [['list', 'list', 'more']],
    [['list', 'look']],
    [['list', 'import', 'x.csv']],
    [['list', 'import', 'x.csv', '--kind', 'lost', '--source', 'x', '--until', '2026-13-40']],
    [['list', 'import', 'x.csv', ...LOST, '--encoding', 'ebcdic']],
    [['list', 'import', 'x.csv', ...LOST, '--columns', 'number,colour']],
    [['list', 'import', 'x.csv', '--kind', 'grey', '--source', 'x', '--until', '2099-12-31']],
  ])('says how it is used, not %s', async (argv) => {
    const { code, stdout, stderr } = await runCli([...argv, ...at('x')], SECRET);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: countercheck list import FILE');
  });

  it('imports, shows, asks and removes, as text and as JSON', async () => {
    const folder = await closedStation();
    const path = table(`number;state\n${NUMBER};UTO\n?;UTO\nAB1234567;XPO\n`);
    const imported = await runCli(['list', 'import', path, ...LOST, ...at(folder)], SECRET);
    expect(imported.code).toBe(0);
    expect(imported.stdout).toContain('2 rows of 3, 2 entries, version 1');
    expect(imported.stdout).toContain('1: a number with other signs than letters and digits');
    expect(imported.stdout).toContain('Its first lines: 3');

    const again = await runCli(['list', 'import', path, ...LOST, '--json', ...at(folder)], SECRET);
    const [done] = again.rows();
    expect(done).toMatchObject({ version: 2, rows: 3, taken: 2, entries: 2 });
    const id = String(done?.['id']);

    const shown = await runCli(['list', 'list', ...at(folder)], SECRET);
    expect(shown.stdout).toBe(
      `${id}  Lost or stolen: Utopia, version 2, 2 entries, until 2099-12-31: Asked\n`,
    );

    const look = async (...argv: string[]) =>
      (await runCli(['list', 'look', ...argv, ...at(folder)], SECRET)).stdout;
    expect(await look(NUMBER, '--state', 'UTO')).toMatch(/^On the list: Lost or stolen: Utopia, imported /u);
    expect(await look(NUMBER)).toContain('Entries with an issuing state were not asked');
    expect(await look(NUMBER, '--state', 'XPO')).toBe('On none of 1 list in force.\n');
    expect(await look(NUMBER, '--state', 'UTO', '--visa')).toBe('On none of 1 list in force.\n');
    const answer = await runCli(['list', 'look', NUMBER, '--state', 'UTO', '--json', ...at(folder)], SECRET);
    expect(answer.rows()).toMatchObject([{ lists: [{ kind: 'lost', matched: ['number'] }] }]);

    const removed = await runCli(['list', 'remove', id, ...at(folder)], SECRET);
    expect([removed.code, removed.stdout]).toEqual([0, 'Removed.\n']);
    expect((await runCli(['list', 'list', ...at(folder)], SECRET)).stdout).toBe('There is no list.\n');
    expect(await look(NUMBER)).toBe('No list is in force: nothing was asked.\n');
  });

  it('takes columns as they are told where no heading names them', async () => {
    const folder = await closedStation();
    const path = table(`stolen;${NUMBER};UTO\n`);
    const argv = ['list', 'import', path, ...LOST, '--columns', 'none,number,state', '--json', ...at(folder)];
    expect((await runCli(argv, SECRET)).rows()).toMatchObject([{ rows: 1, taken: 1 }]);
    const without = await runCli(['list', 'import', path, ...LOST, ...at(folder)], SECRET);
    expect([without.code, without.stdout]).toEqual([1, '']);
    expect(without.stderr).toContain('No column of this table says what could be looked up.');
  });

  it('tells what of a command was not taken, and at which line a quotation mark stays open', async () => {
    const folder = await closedStation();
    const said = async (...argv: string[]) => {
      const { code, stderr } = await runCli(['list', ...argv, ...at(folder)], SECRET);
      return [code, ...stderr.trim().split('\n')];
    };
    const path = table(`number\n${NUMBER}\n"AB1234567\n`);
    const over = ['--kind', 'lost', '--source', 'Utopia', '--until', '2020-01-01'];
    expect(await said('import', path, ...over)).toEqual([
      1,
      'The station did not take what was given here: until.',
      'Nothing was changed.',
      'Correct it and try again; --help says what is taken.',
    ]);
    expect((await said('look', NUMBER, '--state', 'QQQ'))[1]).toContain('here: state.');
    expect((await said('import', path, ...LOST)).at(-1)).toBe('It was noticed at line 3.');
  });

  it('beside an open station: the lane knows it at once', async () => {
    const app = await openReady();
    const door = await openDoor(app.folder, app);
    const path = table(`number\n${NUMBER}\n`);
    const argv = ['list', 'import', path, ...LOST, ...at(app.folder, ADMINISTRATOR)];
    expect((await runCli(argv, `${ADMINISTRATOR.secret}\n`)).code).toBe(0);
    const lines = [
      'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
      'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
    ];
    expect(await app.ask('lane.listed', { documents: [{ lines }] })).toMatchObject({
      documents: [[{ source: 'Utopia', matched: ['number'] }]],
    });
    await door?.close();
  });

  it('is stopped by Ctrl+C: the version before stands', async () => {
    const folder = await closedStation();
    const short = table(`number\n${NUMBER}\n`);
    expect((await runCli(['list', 'import', short, ...LOST, ...at(folder)], SECRET)).code).toBe(0);
    const before = readdirSync(join(folder, 'lists'));
    const rows = Array.from({ length: 400_000 }, (_, row) => `AB${1_000_000 + row}`);
    const long = table(`number\n${rows.join('\n')}\n`);
    const stopped = await runCli(['list', 'import', long, ...LOST, ...at(folder)], SECRET, (act) => {
      const timer = setInterval(() => {
        if (readdirSync(join(folder, 'lists')).length > 1) act();
      }, 5);
      return () => clearInterval(timer);
    });
    expect([stopped.code, stopped.stdout]).toEqual([1, '']);
    expect(stopped.stderr).toContain('The import was stopped.');
    expect(readdirSync(join(folder, 'lists'))).toEqual(before);
    const look = await runCli(['list', 'look', NUMBER, ...at(folder)], SECRET);
    expect(look.stdout).toContain('On the list');
  });
});
