// Lists at a station: imported, asked in the lane, kept with the record, replaced, expired, lost, removed; nothing readable.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shownWords } from '../../electron/services/finding-words.ts';
import type { Input } from '../../shared/contract/channels.ts';
import { judgeAgain } from '../../shared/examination/judge-again.ts';
import { printed } from '../examination/zones.ts';
import { MRV_A, TD3 } from '../mrz/specimens.ts';
import { scanFolders } from '../bench/traces/scan.ts';
import { CAN_MOUNT, fill, smallDisk } from './disks.ts';
import {
  ADMINISTRATOR,
  databaseOf,
  draftOf,
  openApp,
  openReady,
  OFFICER,
  refer,
  setupOf,
  temporaryFolder,
  TODAY,
  type TestApp,
} from './fixtures.ts';
import { EXAMINER } from './set-up.ts';

const NUMBER = 'L898902C3';
const LATER = '2099-12-31';

function table(text: string | Buffer): string {
  const path = join(temporaryFolder(), 'table.csv');
  writeFileSync(path, text);
  return path;
}

const listing = (text: string | Buffer, rest: Partial<Input<'list.import'>> = {}): Input<'list.import'> => ({
  path: table(text),
  kind: 'lost',
  source: 'Utopia, police',
  until: LATER,
  ...rest,
});

async function laneSays(app: TestApp, lines: readonly string[] = TD3, number?: string) {
  const asked = { lines: [...lines], ...(number === undefined ? {} : { number }) };
  const { documents } = await app.ask('lane.listed', { documents: [asked] });
  return (documents[0] ?? []).flatMap(({ kind, matched }) => matched.map((each) => `${kind} ${each}`));
}

const filesOf = ({ folder }: TestApp): string[] => {
  const lists = join(folder, 'lists');
  return existsSync(lists) ? readdirSync(lists) : [];
};

async function save(app: TestApp, lines: readonly string[] = TD3): Promise<string> {
  const image = await app.image();
  const draft = draftOf(image.id);
  const [document] = draft.documents;
  if (document?.reading) document.reading = { ...document.reading, lines: [...lines], rawLines: [...lines] };
  await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
  return draft.id;
}

describe('a list', () => {
  it('is imported, with every row that was refused told by its line, and asked in the lane', async () => {
    const app = await openReady();
    const rows = [
      'number;state',
      `${NUMBER};UTO`,
      'X1;UTO',
      '?;UTO',
      'AB1234567;Utopia',
      '',
      'CD7654321;XPO',
    ];
    const done = await app.ask('list.import', listing(rows.join('\r\n')));
    expect(done).toMatchObject({ version: 1, rows: 5, taken: 2, entries: 2 });
    expect(done.refused).toEqual([
      { fault: 'length', count: 1 },
      { fault: 'number', count: 1 },
      { fault: 'state', count: 1 },
    ]);
    expect(done.lines).toEqual([
      { line: 3, fault: 'length' },
      { line: 4, fault: 'number' },
      { line: 5, fault: 'state' },
    ]);
    expect(JSON.stringify(done)).not.toContain('AB1234567');
    expect(await laneSays(app)).toEqual(['lost number']);
    expect(await laneSays(app, printed('TD3', TD3, [2, 1, 'L898902C4']))).toEqual([]);
    expect(await laneSays(app, printed('TD3', TD3, [2, 1, 'X12345678']), 'L 898902 C3')).toEqual([
      'lost number',
    ]);
    expect(app.events).toContain('list.changed');
    expect((await app.ask('list.state', {})).lists).toMatchObject([
      {
        source: 'Utopia, police',
        kind: 'lost',
        entries: 2,
        refused: 3,
        standing: 'in-force',
        importedBy: OFFICER.name,
      },
    ]);
    expect(app.faults).toEqual([]);
  });

  it('gives the record its finding and which lists were asked, judged by the station itself', async () => {
    const app = await openReady();
    const { id } = await app.ask('list.import', listing(`number\n${NUMBER}\n`));
    await app.ask('list.import', listing('number\nZZ0000001\n', { kind: 'stop', source: 'Others' }));
    const record = await app.ask('history.open', { id: await save(app) });
    const [document] = record.documents;
    expect(document?.findings.find((finding) => finding.id === 'x.watch')).toMatchObject({
      class: 'list',
      severity: 'look',
      fields: ['number'],
      text: { title: 'finding.x.watch.lost.title' },
      words: { title: 'The number is on a list of lost or stolen documents' },
      values: { list: id, version: '1', source: 'Utopia, police', until: LATER },
    });
    expect(document?.reading?.lists).toMatchObject([
      { kind: 'lost', version: 1, source: 'Utopia, police', until: LATER, matched: ['number'] },
      { kind: 'stop', version: 1, source: 'Others', matched: [] },
    ]);
    // Judged again without any list it says the same: the record holds what was said.
    await app.ask('list.remove', { id });
    const [again] = judgeAgain(record.documents, (words) => shownWords(words, 'en'));
    expect(again).toMatchObject({ added: [], gone: [], changed: [] });
    // Nothing of an entry but that it is there.
    expect(Object.keys(document?.reading?.lists?.[0] ?? {}).sort()).toEqual([
      'id',
      'importedAt',
      'kind',
      'matched',
      'source',
      'until',
      'version',
    ]);
    const plain = await app.ask('history.open', {
      id: await save(app, printed('TD3', TD3, [2, 1, 'X12345678'])),
    });
    expect(plain.documents[0]?.findings.some((finding) => finding.id === 'x.watch')).toBe(false);
    expect(plain.documents[0]?.reading?.lists).toHaveLength(1);
    expect((await app.ask('audit.verify', { anchors: [] })).ok).toBe(true);
  });

  it('is not taken from what the window sends', async () => {
    const app = await openReady();
    const image = await app.image();
    const draft = draftOf(image.id);
    const [document] = draft.documents;
    const asked = {
      id: draft.id,
      version: 1,
      kind: 'lost',
      source: 'x',
      until: LATER,
      importedAt: draft.startedAt,
      matched: ['number'],
    };
    if (document?.reading) Object.assign(document.reading, { lists: [asked] });
    await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
    const record = await app.ask('history.open', { id: draft.id });
    expect(record.documents[0]?.reading?.lists).toBeUndefined();
    expect(record.documents[0]?.findings.some((finding) => finding.id === 'x.watch')).toBe(false);
  });

  it('of visas and of people is asked for what it holds (V17)', async () => {
    const app = await openReady();
    await app.ask('list.import', listing('visa number\nL8988901C\n', { kind: 'stop', source: 'Visas' }));
    await app.ask(
      'list.import',
      listing('surname;given names;date of birth\nEriksson;Anna;12.08.1974\n', {
        kind: 'watch',
        source: 'People',
      }),
    );
    expect(await laneSays(app, MRV_A)).toEqual(['stop visa']);
    expect(await laneSays(app)).toEqual(['watch person']);
    const record = await app.ask('history.open', { id: await save(app, MRV_A) });
    expect(record.documents[0]?.findings.map(({ text }) => text.title)).toContain(
      'finding.x.watch.visa.title',
    );
  });

  it('takes the place of its version before, and of no other list', async () => {
    const app = await openReady();
    const first = await app.ask('list.import', listing(`number\n${NUMBER}\n`));
    await app.ask('list.import', listing(`number\n${NUMBER}\n`, { source: 'Somebody else' }));
    const second = await app.ask('list.import', listing('number\nAB1234567\n'));
    expect([second.id, second.version]).toEqual([first.id, 2]);
    expect(filesOf(app)).toHaveLength(2);
    const { lists } = await app
      .ask('lane.listed', { documents: [{ lines: [...TD3] }] })
      .then(({ documents }) => ({ lists: documents[0] ?? [] }));
    expect(lists.map(({ source, version, matched }) => [source, version, matched])).toEqual([
      ['Utopia, police', 2, []],
      ['Somebody else', 1, ['number']],
    ]);
  });

  it('that expired never matches', async () => {
    let at = new Date('2026-11-23T08:00:00Z');
    const app = await openApp({ now: () => at });
    await app.ask('station.setup', setupOf({ timeZone: 'UTC' }));
    await app.signIn(OFFICER);
    await app.ask('list.import', listing(`number\n${NUMBER}\n`, { until: '2026-11-24' }));
    expect(await laneSays(app)).toEqual(['lost number']);
    at = new Date('2026-11-24T23:59:00Z');
    await app.ask('vault.touch', {}).catch(() => undefined);
    await app.signIn(OFFICER);
    expect(await laneSays(app)).toEqual(['lost number']);
    at = new Date('2026-11-25T00:00:30Z');
    expect(await laneSays(app)).toEqual([]);
    expect((await app.ask('list.state', {})).lists).toMatchObject([{ standing: 'expired' }]);
    expect(await app.codeOf('list.import', listing(`number\n${NUMBER}\n`, { until: '2026-11-24' }))).toBe(
      'bad-request',
    );
  });

  it('is there after a restart; without its file, or with a changed one, it is told and not asked', async () => {
    const app = await openReady();
    await app.ask('list.import', listing(`number\n${NUMBER}\nAB1234567\n`));
    const { folder } = app;
    const open = async (): Promise<TestApp> => {
      const again = await openApp({ dataFolder: folder });
      await again.signIn(OFFICER);
      return again;
    };
    await app.close();
    const again = await open();
    expect(await laneSays(again)).toEqual(['lost number']);
    expect((await again.ask('health.state', {})).warnings).not.toContain('list-missing');
    const [file = ''] = filesOf(again);
    const path = join(folder, 'lists', file);
    await again.close();

    // Of the right length, so that only its digest tells.
    writeFileSync(path, Buffer.alloc(32, 7));
    const changed = await open();
    await expect.poll(async () => (await changed.ask('list.state', {})).lists[0]?.standing).toBe('missing');
    expect(await laneSays(changed)).toEqual([]);
    expect((await changed.ask('health.state', {})).warnings).toContain('list-missing');
    await changed.close();

    truncateSync(path, 5);
    const cut = await open();
    expect((await cut.ask('list.state', {})).lists).toMatchObject([{ standing: 'missing' }]);
    await cut.close();

    rmSync(path);
    const gone = await open();
    expect((await gone.ask('list.state', {})).lists).toMatchObject([{ standing: 'missing' }]);
    // Imported again it is asked as before.
    await gone.ask('list.import', listing(`number\n${NUMBER}\n`));
    expect(await laneSays(gone)).toEqual(['lost number']);
  });

  it('is removed with its tokens and its key', async () => {
    const app = await openReady();
    const { id } = await app.ask('list.import', listing(`number\n${NUMBER}\n`));
    expect(await app.ask('list.remove', { id })).toEqual({ lists: [], running: null });
    expect(filesOf(app)).toEqual([]);
    expect(await laneSays(app)).toEqual([]);
    expect(await app.codeOf('list.remove', { id })).toBe('not-found');
    await app.close();
    const db = await databaseOf(app.folder);
    expect(db.prepare('SELECT count(*) FROM number_list').pluck().get()).toBe(0);
    const actions = db
      .prepare("SELECT action FROM audit WHERE action LIKE 'list.%' ORDER BY seq")
      .pluck()
      .all();
    expect(actions).toEqual(['list.imported', 'list.removed']);
    db.close();
  });

  it('outlives another data key', async () => {
    const app = await openReady();
    await app.ask('list.import', listing(`number\n${NUMBER}\n`));
    await app.signIn(ADMINISTRATOR);
    await app.ask('vault.change-key', { secret: ADMINISTRATOR.secret });
    await app.signIn(OFFICER);
    expect(await laneSays(app)).toEqual(['lost number']);
  });
});

it('lies in no backup: after a restore it is told and not asked, until it is imported again', async () => {
  const app = await openApp();
  const { recoveryKey } = await app.ask('station.setup', setupOf());
  await app.signIn(OFFICER);
  const before = await app.ask('backup.create', { folder: temporaryFolder() });
  const rows = Array.from({ length: 100_000 }, (_, at) => `AB${1_000_000 + at}`);
  await app.ask('list.import', listing(`number\n${NUMBER}\n${rows.join('\n')}\n`));
  const { path, bytes } = await app.ask('backup.create', { folder: temporaryFolder() });
  expect(bytes - before.bytes).toBeLessThan(200_000);
  await app.close();
  const elsewhere = await openApp();
  await elsewhere.ask('backup.restore', { path, recoveryKey });
  await elsewhere.signIn(OFFICER);
  expect((await elsewhere.ask('list.state', {})).lists).toMatchObject([
    { source: 'Utopia, police', version: 1, standing: 'missing' },
  ]);
  expect(await laneSays(elsewhere)).toEqual([]);
  expect((await elsewhere.ask('health.state', {})).warnings).toContain('list-missing');
  await elsewhere.ask('list.import', listing(`number\n${NUMBER}\n`));
  expect(await laneSays(elsewhere)).toEqual(['lost number']);
  expect((await elsewhere.ask('health.state', {})).warnings).not.toContain('list-missing');
});

describe('what lies in the files', () => {
  it('names no number, in no spelling', async () => {
    const numbers = Array.from({ length: 500 }, (_, at) => `QX${String(1_000_003 * (at + 1)).slice(0, 7)}`);
    const app = await openReady();
    await app.ask('list.import', listing(`number\n${numbers.join('\n')}\n`));
    const hex = numbers.map((number) => Buffer.from(number).toString('hex'));
    const markers = [...numbers, ...hex, ...hex.map((text) => text.toUpperCase())];
    expect(scanFolders([app.folder], markers).hits).toEqual([]);
    // The same scan finds what is there.
    mkdirSync(join(app.folder, 'lists', 'planted'));
    writeFileSync(
      join(app.folder, 'lists', 'planted', 'x'),
      Buffer.from(numbers[7] ?? '').toString('base64'),
    );
    expect(scanFolders([app.folder], markers).hits).not.toEqual([]);
  });

  it('differs from import to import: two lists of the same numbers have no token in common', async () => {
    const app = await openReady();
    await app.ask('list.import', listing(`number\n${NUMBER}\n`));
    const [before = ''] = filesOf(app);
    const first = readFileSync(join(app.folder, 'lists', before));
    await app.ask('list.import', listing(`number\n${NUMBER}\n`));
    const [after = ''] = filesOf(app);
    expect(after).not.toBe(before);
    expect(readFileSync(join(app.folder, 'lists', after)).equals(first)).toBe(false);
  });
});

describe('an import that does not come to its end', () => {
  const LONG = `number\n${Array.from({ length: 400_000 }, (_, at) => `AB${1_000_000 + at}`).join('\n')}\n`;

  it.each([
    ['a table without a column to look up', 'colour;size\nred;1\n', 'list-columns'],
    ['one whose rows are all refused', 'number\n?\n!\n', 'list-empty'],
    ['an open quotation mark', `number\n"${NUMBER}\n`, 'list-quote'],
    ['a file that is not there', null, 'file-gone'],
    ['people of a lost list', 'surname;birth date\nEriksson;1974-08-12\n', 'list-columns'],
  ])('for %s leaves the version before', async (_what, text, code) => {
    const app = await openReady();
    await app.ask('list.import', listing(`number\n${NUMBER}\n`));
    const before = filesOf(app);
    const input = text === null ? { ...listing(''), path: '/nowhere/list.csv' } : listing(text);
    expect(await app.codeOf('list.import', input)).toBe(code);
    expect(filesOf(app)).toEqual(before);
    expect(await laneSays(app)).toEqual(['lost number']);
    expect((await app.ask('list.state', {})).running).toBeNull();
  });

  it('because somebody stopped it leaves the version before', async () => {
    const app = await openReady();
    await app.ask('list.import', listing(`number\n${NUMBER}\n`));
    const before = filesOf(app);
    const importing = app.codeOf('list.import', listing(LONG));
    await expect.poll(() => filesOf(app).length, { interval: 5 }).toBeGreaterThan(1);
    expect(await app.codeOf('list.import', listing(LONG))).toBe('list-busy');
    expect((await app.ask('list.cancel', {})).running).toBeNull();
    expect(await importing).toBe('list-cancelled');
    expect(filesOf(app)).toEqual(before);
    expect(await laneSays(app)).toEqual(['lost number']);
  });

  it('because the station closes leaves the version before', async () => {
    const app = await openReady();
    await app.ask('list.import', listing(`number\n${NUMBER}\n`));
    const before = filesOf(app);
    const importing = app.codeOf('list.import', listing(LONG));
    await expect.poll(() => filesOf(app).length, { interval: 5 }).toBeGreaterThan(1);
    await app.close();
    await importing;
    expect(filesOf(app)).toEqual(before);
  });

  it.runIf(CAN_MOUNT)('because the disk is full is told, and leaves the version before', async () => {
    const disk = smallDisk(24);
    const app = await openReady({ dataFolder: disk });
    await app.ask('list.import', listing(`number\n${NUMBER}\n`));
    const before = filesOf(app);
    fill(disk, 1_000_000);
    expect(await app.codeOf('list.import', listing(LONG))).toBe('disk-full');
    expect(filesOf(app)).toEqual(before);
    expect(await laneSays(app)).toEqual(['lost number']);
    fill(disk, null);
  });

  it('leaves nothing that a cut left before', async () => {
    const app = await openReady();
    await app.ask('list.import', listing(`number\n${NUMBER}\n`));
    const before = filesOf(app);
    await app.close();
    const lists = join(app.folder, 'lists');
    writeFileSync(join(lists, '0192b000.cclist'), 'left');
    mkdirSync(join(lists, '0192b001.cclist.part'));
    writeFileSync(join(lists, '0192b001.cclist.part', '5'), 'left');
    const again = await openApp({ dataFolder: app.folder });
    await again.signIn(OFFICER);
    expect(filesOf(again)).toEqual(before);
  });
});

describe('who may', () => {
  it('look: whoever examines or keeps the station, and each look is told, without its number', async () => {
    const app = await openReady();
    const { id } = await app.ask('list.import', listing(`number;state\n${NUMBER};UTO\n`));
    const look = async (number: string, state = '') =>
      (await app.ask('list.look', { number, state })).lists.map(({ matched }) => matched);
    expect(await look('l898902-c3', 'UTO')).toEqual([['number']]);
    expect(await look(NUMBER)).toEqual([[]]);
    expect(await look(NUMBER, 'XPO')).toEqual([[]]);
    expect(await app.codeOf('list.look', { number: '?' })).toBe('bad-request');
    expect(await app.codeOf('list.look', { number: NUMBER, state: 'ZZZ' })).toBe('bad-request');
    await app.signIn(ADMINISTRATOR);
    expect(await look(NUMBER, 'UTO')).toEqual([['number']]);
    expect(await app.codeOf('lane.listed', { documents: [{ lines: [...TD3] }] })).toBe('not-allowed');
    await app.ask('people.save', { ...EXAMINER, secret: EXAMINER.secret });
    await app.signIn(EXAMINER);
    await app.ask('vault.change-secret', { secret: EXAMINER.secret, newSecret: `${EXAMINER.secret} now` });
    expect(await look(NUMBER, 'UTO')).toEqual([['number']]);
    for (const channel of ['list.state', 'list.cancel'] as const)
      expect(await app.codeOf(channel, {})).toBe('not-allowed');
    expect(await app.codeOf('list.import', listing(`number\n${NUMBER}\n`))).toBe('not-allowed');
    expect(await app.codeOf('list.remove', { id })).toBe('not-allowed');
    await app.close();
    const db = await databaseOf(app.folder);
    const looks = db.prepare("SELECT officer_id FROM audit WHERE action = 'list.looked'").pluck().all();
    expect(looks).toEqual([OFFICER.id, OFFICER.id, OFFICER.id, ADMINISTRATOR.id, EXAMINER.id]);
    db.close();
  });
});
