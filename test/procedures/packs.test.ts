// An agency's own document types: read from a folder, checked, told when broken, kept in the version of a record.
import { mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createProcedureService, type ProcedureService } from '../../electron/services/procedures.ts';
import { procedureFolder } from '../../electron/settings.ts';
import { contract } from '../../shared/contract/channels.ts';
import { quickCard, typeOf } from '../../shared/procedures/choose.ts';
import { folder, PROCEDURE } from './shipped.ts';

const TYPE = {
  id: 'ruritania-passport',
  kinds: ['passport_ord'],
  issuers: ['RUR'],
  formats: ['TD3'],
  form: 'booklet',
  layouts: [],
  features: ['OVD.kine', 'LAM.edge', 'ICC.dg1', 'ICC.dg2'],
  quick: ['OVD.kine'],
  general: false,
};
const WORDS = {
  'type.ruritania-passport': 'Passport of Ruritania',
  'type.ruritania-passport.at.OVD.kine': 'The castle at the lower right',
};
const PACK = { id: 'ruritania', version: '3', types: [TYPE], words: { en: WORDS } };
const FIELDS = { format: 'TD3', kind: 'passport_ord', issuer: 'RUR' } as const;

let data: string;
let packs: string;
let service: ProcedureService;

function put(name: string, content: unknown, at = 1): void {
  const path = join(packs, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  // Two writings within a tick of the file system's clock are told apart.
  utimesSync(path, at, at);
}

const told = async (): Promise<string[]> =>
  (await service.get()).problems.map(({ file, code, at }) => `${file} ${code} ${at}`);

const at = (dataFolder: string): ProcedureService =>
  createProcedureService({ dataFolder, emit: () => undefined });

beforeEach(() => {
  data = folder();
  packs = join(data, 'procedures');
  mkdirSync(packs);
  service = at(data);
});

describe('without files of an agency', () => {
  test('the shipped procedure stands, also where there is no folder', async () => {
    rmSync(packs, { recursive: true });
    const answer = await service.get();
    expect(answer).toMatchObject({
      procedure: PROCEDURE,
      words: {},
      problems: [],
      version: 'countercheck-2026.1',
    });
    expect(() => contract['procedure.get'].output.parse(answer)).not.toThrow();
    expect(service.stamp()).toEqual({ id: 'countercheck', version: answer.version, sha256: answer.sha256 });
  });

  test('other files are none of ours', async () => {
    put('notes.txt', 'x');
    put('types.json', '{');
    expect((await service.get()).problems).toEqual([]);
  });
});

describe('a file of an agency', () => {
  test('is seen within seconds by what asks again and again', async () => {
    await service.get();
    put('ruritania.procedure.json', PACK);
    expect(service.current()).toEqual(PROCEDURE);
    const first = (): string | undefined => service.current().types[0]?.id;
    await expect.poll(first, { timeout: 10_000 }).toBe('ruritania-passport');
  });

  test('adds its types and words, and names itself in the version', async () => {
    const before = service.stamp();
    put('ruritania.procedure.json', PACK);
    expect((await service.get()).problems).toEqual([]);
    const found = typeOf(service.current(), FIELDS);
    expect(found.id).toBe('ruritania-passport');
    expect(quickCard(service.current(), found, [])[0]).toMatchObject({ item: 'C2', feature: 'OVD.kine' });
    const answer = await service.get();
    expect(answer.words).toEqual({ en: WORDS });
    expect(service.known()).toEqual(answer);
    expect(service.stamp()).toMatchObject({ version: 'countercheck-2026.1 + ruritania-3' });
    expect(service.stamp().sha256).not.toBe(before.sha256);
    expect(() => contract['procedure.get'].output.parse(answer)).not.toThrow();
  });

  test('as the handbook shows it is right', async () => {
    const [, example] = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/procedures.md', 'utf8')) ?? [];
    put('handbook.procedure.json', String(example));
    expect(await told()).toEqual([]);
    expect(typeOf(service.current(), FIELDS).id).toBe('ruritania-passport');
  });

  test('comes before a type of ours for the same documents', async () => {
    const own = { ...TYPE, issuers: ['UTO'] };
    put('utopia.procedure.json', { ...PACK, types: [own] });
    await service.get();
    expect(typeOf(service.current(), { ...FIELDS, issuer: 'UTO' }).id).toBe('ruritania-passport');
  });

  test('changed or taken away, it is seen without a new start; the same files give the same digest', async () => {
    put('ruritania.procedure.json', PACK);
    const { sha256 } = await service.get();
    put('ruritania.procedure.json', { ...PACK, version: '4' }, 2);
    expect((await service.get()).version).toContain('ruritania-4');
    put('ruritania.procedure.json', PACK, 3);
    expect((await at(data).get()).sha256).toBe(sha256);
    rmSync(join(packs, 'ruritania.procedure.json'));
    expect((await service.get()).procedure).toEqual(PROCEDURE);
  });

  test('may bring words in several languages, and begin with a byte order mark', async () => {
    put('a.procedure.json', `\uFEFF${JSON.stringify({ ...PACK, words: { en: WORDS, fr: { ...WORDS } } })}`);
    expect(Object.keys((await service.get()).words)).toEqual(['en', 'fr']);
  });

  test('lies in another folder where the surroundings say so', async () => {
    const here = (env: Record<string, string>, platform: NodeJS.Platform) => ({ env, platform, home: '/h' });
    expect(procedureFolder('/data', here({}, 'linux'))).toBe('/data/procedures');
    expect(procedureFolder('C:\\data', here({}, 'win32'))).toBe('C:\\data\\procedures');
    expect(procedureFolder('/data', here({ COUNTERCHECK_PROCEDURES: '/share/types' }, 'linux'))).toBe(
      '/share/types',
    );
    const share = folder();
    vi.stubEnv('COUNTERCHECK_PROCEDURES', share);
    writeFileSync(join(share, 'a.procedure.json'), JSON.stringify(PACK));
    expect(typeOf((await at(data).get()).procedure, FIELDS).id).toBe('ruritania-passport');
    vi.unstubAllEnvs();
  });
});

/** Each way in which a file can be wrong, and what is told of it. */
const BROKEN: [name: string, content: unknown, problems: string[]][] = [
  ['is no JSON', '{ "id": ', ['not-json ']],
  ['is another JSON', [1], ['shape ']],
  ['has no types', { ...PACK, types: [] }, ['shape types']],
  ['has a field too many', { ...PACK, items: [] }, ['shape ']],
  ['names another format', { ...PACK, types: [{ ...TYPE, formats: ['TD9'] }] }, ['shape types.0.formats.0']],
  [
    'names a feature that is not there',
    { ...PACK, types: [{ ...TYPE, features: ['OVD.kine', 'OVD.none'] }] },
    ['unknown-id ruritania-passport: OVD.none'],
  ],
  [
    'names a layout that is not there',
    { ...PACK, types: [{ ...TYPE, layouts: ['old'] }] },
    ['unknown-id ruritania-passport: old'],
  ],
  [
    'shows what the type need not have',
    { ...PACK, types: [{ ...TYPE, features: ['LAM.edge'] }] },
    ['not-of-type ruritania-passport: OVD.kine'],
  ],
  [
    'would be taken for every passport',
    { ...PACK, types: [{ ...TYPE, issuers: [] }] },
    ['fits-all ruritania-passport: issuers'],
  ],
  [
    'names a feature twice',
    { ...PACK, types: [{ ...TYPE, features: ['OVD.kine', 'OVD.kine'] }] },
    ['duplicate-id ruritania-passport: OVD.kine'],
  ],
  [
    'takes the name of a type of ours',
    {
      ...PACK,
      types: [{ ...TYPE, id: 'utopia-passport', quick: [] }],
      words: { en: { 'type.utopia-passport': 'x' } },
    },
    ['duplicate-id utopia-passport'],
  ],
  [
    'has no words',
    { ...PACK, words: {} },
    [
      'missing-text ruritania-passport: type.ruritania-passport',
      'missing-text ruritania-passport: type.ruritania-passport.at.OVD.kine',
    ],
  ],
  [
    'would change words of ours',
    { ...PACK, words: { en: { ...WORDS, 'app.title': 'x' } } },
    ['foreign-text app.title'],
  ],
  [
    'would change words of ours in another language',
    { ...PACK, words: { en: WORDS, fr: { 'lane.clear': 'x' } } },
    ['foreign-text lane.clear'],
  ],
  [
    'has markup in its words',
    { ...PACK, words: { en: { ...WORDS, 'type.ruritania-passport': '<b>x</b>' } } },
    ['shape words.en.type.ruritania-passport'],
  ],
  [
    'names a type like the word of a place on another type',
    {
      ...PACK,
      types: [{ ...TYPE, id: 'utopia-passport.at.PRT.ovi', quick: [] }],
      words: { en: { 'type.utopia-passport.at.PRT.ovi': 'Look elsewhere' } },
    },
    ['shape types.0.id'],
  ],
  [
    'lets every unknown passport be looked at as a label',
    { ...PACK, types: [{ ...TYPE, issuers: [], general: true, form: 'label' }] },
    ['wrong-form ruritania-passport: TD3'],
  ],
  ['is too large', ' '.repeat(1024 * 1024 + 1), ['too-large ']],
];

describe('a broken file is told by name, and the rest works', () => {
  test.each(BROKEN)('it %s', async (_name, content, problems) => {
    put('broken.procedure.json', content);
    put('sound.procedure.json', {
      ...PACK,
      id: 'sound',
      types: [{ ...TYPE, id: 'sound', quick: [] }],
      words: { en: { 'type.sound': 'Sound' } },
    });
    expect(await told()).toEqual(problems.map((problem) => `broken.procedure.json ${problem}`));
    expect(service.current().types.map(({ id }) => id)).toEqual([
      'sound',
      ...PROCEDURE.types.map(({ id }) => id),
    ]);
    expect(service.stamp().version).toBe('countercheck-2026.1 + sound-3');
    const answer = await service.get();
    expect(Object.keys(answer.words['en'] ?? {})).toEqual(['type.sound']);
    expect(() => contract['procedure.get'].output.parse(answer)).not.toThrow();
  });

  test('it is a folder, or leads nowhere', async () => {
    mkdirSync(join(packs, 'a.procedure.json'));
    symlinkSync(join(data, 'nothing'), join(packs, 'b.procedure.json'));
    symlinkSync(join(packs, 'c.procedure.json'), join(packs, 'c.procedure.json'));
    expect(await told()).toEqual(['a', 'b', 'c'].map((name) => `${name}.procedure.json unreadable `));
  });

  test('a file full of mistakes is not told for ever', async () => {
    const words = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`wrong.word.${i}`, 'x']));
    put('a.procedure.json', { ...PACK, words: { en: { ...WORDS, ...words } } });
    expect(await told()).toHaveLength(20);
  });

  test('two files bring the same type: the first by name counts', async () => {
    put('a.procedure.json', PACK);
    put('b.procedure.json', { ...PACK, id: 'other' });
    expect(await told()).toEqual(['b.procedure.json duplicate-id ruritania-passport']);
    expect(service.stamp().version).toBe('countercheck-2026.1 + ruritania-3');
  });

  test('more files than are read are told, not left out in silence', async () => {
    for (let i = 0; i < 42; i++) {
      const id = `t${String(i).padStart(2, '0')}`;
      put(`${id}.procedure.json`, {
        ...PACK,
        id,
        types: [{ ...TYPE, id, quick: [] }],
        words: { en: { [`type.${id}`]: id } },
      });
    }
    expect(await told()).toEqual(['t40.procedure.json too-many ', 't41.procedure.json too-many ']);
  });
});
