// Commands at a station: who asks is signed in, their rights are the window's, and the chain's breaks are told by kind.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { refusalLines } from '../../electron/cli/at-station.ts';
import { verdictLines } from '../../electron/cli/commands/audit.ts';
import { run } from '../../electron/cli/program.ts';
import { BREAK_KINDS } from '../../shared/contract/audit.ts';
import {
  ADMINISTRATOR,
  decide,
  draftOf,
  OFFICER,
  openReady,
  refer,
  temporaryFolder,
  TODAY,
} from '../electron/fixtures.ts';
import { runCli } from './run-cli.ts';

const DAY_MS = 24 * 60 * 60_000;

/** A closed station with a cleared record of forty days ago and one of a doubt; answers its folder. */
async function station(): Promise<string> {
  const now = (): Date => new Date(Date.now() - 40 * DAY_MS);
  const app = await openReady({ now }, { clearedPolicy: 'record' });
  const judgedOn = new Date(Date.parse(TODAY) - 40 * DAY_MS).toISOString().slice(0, 10);
  await app.ask('examination.save', { ...draftOf(), judgedOn, decision: decide('clear') });
  await app.ask('examination.save', { ...draftOf(), judgedOn, decision: refer() });
  await app.close();
  return app.folder;
}

const as = (folder: string, { signInName }: { signInName: string }): string[] => [
  '--data',
  folder,
  '--as',
  signInName,
  '--secret-stdin',
];

const SECRET = `${OFFICER.secret}\n`;

describe('a command at a station', () => {
  it.each([
    [['audit']],
    [['audit', 'mend']],
    [['audit', 'verify']],
    [['audit', 'verify', 'more', '--data', 'x', '--as', 'y', '--secret-stdin']],
    [['audit', 'verify', '--data', 'x', '--as', 'y']],
    [['retention', 'run', '--data', 'x', '--as', 'y', '--secret-stdin']],
    [['retention', 'run', '--preview', 'x', '--data', 'x', '--as', 'y', '--secret-stdin']],
  ])('says how it is used, not %s', async (argv) => {
    const { code, stderr, stdout } = await runCli(argv, SECRET);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: countercheck');
  });

  it('speaks words also where it does not know the code of a refusal', () => {
    expect(refusalLines('disk-full')).toHaveLength(3);
    const lines = refusalLines('made-up-later');
    expect(lines[0]).toContain('for a reason that this command does not know');
    expect(lines.at(-1)).toBe('For your administrator: made-up-later');
  });

  it('is refused in three parts: a wrong secret, a folder that is no station, a role that may not', async () => {
    const folder = await station();
    const wrong = await runCli(['audit', 'verify', ...as(folder, OFFICER)], '000111\n');
    expect([wrong.code, wrong.stdout, wrong.stderr.trim().split('\n').length]).toEqual([1, '', 3]);
    expect(wrong.stderr).not.toContain('000111');
    const nowhere = join(temporaryFolder(), 'mistyped');
    for (const empty of [nowhere, temporaryFolder()]) {
      const { code, stderr } = await runCli(['audit', 'verify', ...as(empty, OFFICER)], SECRET);
      expect([code, stderr.split('\n')[0]]).toEqual([1, `There is no station in ${empty}.`]);
    }
    expect(existsSync(nowhere)).toBe(false);
    const administrator = ['retention', 'preview', ...as(folder, ADMINISTRATOR)];
    const role = await runCli(administrator, `${ADMINISTRATOR.secret}\n`);
    expect([role.code, role.stdout]).toEqual([1, '']);
  });
});

it('says that the secret is missing where nothing comes on standard input', async () => {
  const { code, stderr } = await runCli(['people', 'list', ...as(await station(), OFFICER)], '');
  expect(code).toBe(2);
  expect(stderr).toContain('--secret-stdin');
});

it('says at a terminal what it waits for, and that what is typed can be read there', async () => {
  const stdin = Object.assign(Readable.from([SECRET]), { isTTY: true });
  const said = new PassThrough();
  const streams = { stdin, stdout: new PassThrough(), stderr: said, onInterrupt: () => () => undefined };
  expect(await run(['people', 'list', ...as(await station(), OFFICER)], streams)).toBe(0);
  expect(String(said.read())).toContain('press Enter');
});

describe('audit', () => {
  it('anchors the chain, and verifies it against the code, the anchor or a file of them', async () => {
    const folder = await station();
    const anchored = await runCli(['audit', 'anchor', '--json', ...as(folder, OFFICER)], SECRET);
    const [anchor] = anchored.rows() as { code: string; line: string; seq: number }[];
    const shown = await runCli(['audit', 'anchor', ...as(folder, OFFICER)], SECRET);
    expect(shown.stdout.split('\n')[0]).toMatch(/^([0-9A-Z]{5}-){9}[0-9A-Z]{5}$/);
    const file = join(temporaryFolder(), 'anchors.txt');
    writeFileSync(file, `${anchor?.line}\n\n${anchor?.code}\n`);
    for (const given of [anchor?.code ?? '', anchor?.line ?? '', file]) {
      const { code, rows } = await runCli(
        ['audit', 'verify', '--json', '--anchor', given, ...as(folder, OFFICER)],
        SECRET,
      );
      expect(code).toBe(0);
      expect(rows()).toMatchObject([{ ok: true, breaks: [] }]);
    }
    const whole = await runCli(
      ['audit', 'verify', ...as(folder, ADMINISTRATOR)],
      `${ADMINISTRATOR.secret}\n`,
    );
    expect(whole.code).toBe(0);
    expect(whole.stdout).toContain('whole');
    const mistyped = (anchor?.code ?? '').replace(/^./u, (char) => (char === '0' ? '1' : '0'));
    expect(
      (await runCli(['audit', 'verify', '--anchor', mistyped, ...as(folder, OFFICER)], SECRET)).code,
    ).toBe(1);
    // Neither is there a file of this name, nor is a folder one of anchors.
    for (const given of ['no-such-file.txt', temporaryFolder()]) {
      const { code, stderr } = await runCli(
        ['audit', 'verify', '--anchor', given, ...as(folder, OFFICER)],
        SECRET,
      );
      expect(code).toBe(1);
      expect(stderr).toContain('An anchor that was given cannot be read');
    }
  });

  it('prints the log of a day with an anchor', async () => {
    const folder = await station();
    const { code, stdout } = await runCli(
      ['audit', 'day-log', '--day', '2020-01-31', ...as(folder, OFFICER)],
      SECRET,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Log of 2020-01-31, station ZEN-01, Port of Zenda');
    expect(stdout).toMatch(/Entries of refusals +0 of sign-ins, 0 of names locked, 0 of recovery keys\n/);
    expect(stdout).toMatch(/Anchor +([0-9A-Z]{5}-){9}[0-9A-Z]{5}\n/);
    const wrong = ['audit', 'day-log', '--day', '2020-02-31', ...as(folder, OFFICER)];
    expect((await runCli(wrong, SECRET)).code).toBe(2);
  });

  it('ends with 1 where the chain breaks, and says so', async () => {
    const folder = await station();
    const other = await station();
    const foreign = await runCli(['audit', 'anchor', '--json', ...as(other, OFFICER)], SECRET);
    const [anchor] = foreign.rows() as { code: string }[];
    const { code, stdout } = await runCli(
      ['audit', 'verify', '--anchor', anchor?.code ?? '', ...as(folder, OFFICER)],
      SECRET,
    );
    expect(code).toBe(1);
    expect(stdout).toContain('an anchor was made of another entry than this');
  });

  it('has words for every kind of break', () => {
    for (const kind of BREAK_KINDS) {
      const facts = { entries: 9, signedFrom: 1, anchors: 0, restoredAt: [7], more: 3 };
      for (const seq of [4, null]) {
        const lines = verdictLines({ ok: false, ...facts, breaks: [{ seq, kind, subjectId: 'id' }] });
        expect(lines).toHaveLength(6);
        expect(lines.join('\n')).not.toContain('undefined');
      }
    }
  });
});

describe('people', () => {
  it('lists who works there', async () => {
    const folder = await station();
    const { code, stdout } = await runCli(['people', 'list', ...as(folder, OFFICER)], SECRET);
    expect(code).toBe(0);
    expect(stdout).toContain(`${OFFICER.name} (Supervisor), signs in as ${OFFICER.signInName}: can sign in`);
    expect(stdout).toContain(ADMINISTRATOR.name);
    const { rows } = await runCli(['people', 'list', '--json', ...as(folder, OFFICER)], SECRET);
    expect(rows()).toMatchObject([{ people: [{ name: OFFICER.name }, { name: ADMINISTRATOR.name }] }]);
    expect((await runCli(['people', 'list', 'all', ...as(folder, OFFICER)], SECRET)).code).toBe(2);
  });
});

describe('retention', () => {
  it('previews, and erases exactly what was previewed', async () => {
    const folder = await station();
    const shown = await runCli(['retention', 'preview', ...as(folder, OFFICER)], SECRET);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('1 record is due');
    const given = /--preview (\S+)/u.exec(shown.stdout)?.[1] ?? '';
    const wrong = given.replace(/.$/u, (char) => (char === '0' ? '1' : '0'));
    const refused = await runCli(['retention', 'run', '--preview', wrong, ...as(folder, OFFICER)], SECRET);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    const done = await runCli(
      ['retention', 'run', '--json', '--preview', given, ...as(folder, OFFICER)],
      SECRET,
    );
    expect([done.code, done.rows()]).toEqual([0, [{ erased: 1, drafts: 0, pictures: 0, received: 0 }]]);
    const again = await runCli(['retention', 'preview', '--json', ...as(folder, OFFICER)], SECRET);
    expect(again.rows()).toMatchObject([{ total: 0, ids: [] }]);
    expect((await runCli(['audit', 'verify', ...as(folder, OFFICER)], SECRET)).code).toBe(0);
  });
});
