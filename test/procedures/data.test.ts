// The procedures as they are shipped are whole; broken in any way they stop the build.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildElectron } from '../../scripts/build-electron.ts';
import { buildWindow } from '../../scripts/build-window.ts';
import { procedureProblems } from '../../scripts/procedures.ts';
import { CASE_DISPOSITIONS, CASE_OUTCOMES } from '../../shared/contract/case-ids.ts';
import { imageSubmission } from '../../shared/contract/records.ts';
import { allItems, LIGHTS } from '../../shared/procedures/procedure.ts';
import { copyOfTree, PROCEDURE } from './shipped.ts';

const P = 'assets/procedures';

describe('what is shipped', () => {
  test('is whole', () => {
    expect(procedureProblems('.')).toEqual([]);
  });

  test('holds every row of the reference', () => {
    const { items, features, visaChecks, stampChecks, bearer, questions, signs, tools } = PROCEDURE;
    const counts = [items, features, visaChecks, stampChecks, bearer, questions, signs, tools];
    expect(counts.map((rows) => rows.length)).toEqual([37, 86, 20, 10, 33, 24, 30, 20]);
    expect(PROCEDURE.outcomes).toHaveLength(20);
    expect(PROCEDURE.dispositions).toHaveLength(15);
  });

  test('agrees with the contract and the code lists', () => {
    const lists = JSON.parse(readFileSync('assets/taxonomies.json', 'utf8')) as Record<
      string,
      { id: string }[]
    >;
    expect(PROCEDURE.fraud).toEqual(lists.fraud?.map(({ id }) => id));
    expect([...LIGHTS]).toEqual(imageSubmission.shape.light.options);
    expect(PROCEDURE.outcomes.filter(({ level }) => level === 'L2').map(({ id }) => id)).toEqual([
      ...CASE_OUTCOMES,
    ]);
    const ordinary = PROCEDURE.dispositions.filter(({ protection }) => !protection).map(({ id }) => id);
    expect(ordinary).toEqual([...CASE_DISPOSITIONS]);
    const kinds = new Set(lists.doctype?.map(({ id }) => id));
    expect(PROCEDURE.types.flatMap((type) => type.kinds).filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  test('asks of the first line only what its tools can do', () => {
    const late = new Set(PROCEDURE.tools.filter(({ level }) => level !== 'L1').map(({ id }) => id));
    const tooMuch = allItems(PROCEDURE).filter(
      ({ levels, seconds, tools }) =>
        seconds !== null && (!levels.includes('L1') || tools.every((tool) => late.has(tool))),
    );
    expect(tooMuch.map(({ id }) => id)).toEqual([]);
  });
});

/** Each way in which the data can be wrong, and what is told of it. */
const BROKEN: [name: string, told: RegExp, spoil: (tree: ReturnType<typeof copyOfTree>) => void][] = [
  [
    'a feature that is not there',
    /unknown-id L2a: OVD\.overly/,
    (t) => t.change(`${P}/items.json`, /("id": "L2a".*)"OVD\.overlay"/, '$1"OVD.overly"'),
  ],
  ['a tool that is not there', /unknown-id F1: EYE/, (t) => t.change(`${P}/items.json`, '"VIS"', '"EYE"')],
  [
    'a fraud type that is not there',
    /unknown-id \S+: MU\.sldt/,
    (t) => t.change(`${P}/items.json`, '"MU.sltd"', '"MU.sldt"'),
  ],
  [
    'a feature’s tool that is not there',
    /unknown-id SUB\.\S+: UVX/,
    (t) => t.change(`${P}/features.json`, '"UVA"', '"UVX"'),
  ],
  [
    'a type’s feature that is not there',
    /unknown-id utopia-card: PRT\.ovx/,
    (t) => t.change(`${P}/types.json`, /("id": "utopia-card".*)"PRT\.ovi"/, '$1"PRT.ovx"'),
  ],
  [
    'a layout that nothing asks for',
    /unknown-id general-schengen-visa: shengen/,
    (t) => t.change(`${P}/types.json`, '"schengen"', '"shengen"'),
  ],
  [
    'an item that a finding asks for',
    /unknown-id mrz\.cd\.num: D9/,
    (t) => t.change(`${P}/first-line.json`, '"D1"', '"D9"'),
  ],
  [
    'a question that a finding asks for',
    /unknown-id mrz\.cd\.num: Q77/,
    (t) => t.change(`${P}/first-line.json`, '"Q07"', '"Q77"'),
  ],
  ['what a question serves', /unknown-id Q03: B99/, (t) => t.change(`${P}/talk.json`, '"B08"', '"B99"')],
  ['a step that is not there', /unknown-id F1: F/, (t) => t.change(`${P}/procedure.json`, '"F", "A"', '"A"')],
  [
    'an id that stands twice',
    /duplicate-id F1/,
    (t) => t.change(`${P}/items.json`, '"id": "F2"', '"id": "F1"'),
  ],
  [
    'a list that stands in two files',
    /duplicate-id types\.json: tools/,
    (t) => t.change(`${P}/types.json`, '{', '{ "tools": [],'),
  ],
  [
    'a text that is missing',
    /missing-text procedure\.item\.L1a\.imitation/,
    (t) => t.change('assets/text/en/procedure-items.json', /"procedure\.item\.L1a\.imitation": .*\n/, ''),
  ],
  [
    'a text that is empty',
    /missing-text question\.Q07/,
    (t) => t.change('assets/text/en/procedure-talk.json', /("question\.Q07": )".*"/, '$1" "'),
  ],
  [
    'a caution that is missing',
    /missing-text procedure\.item\.B03\.caution/,
    (t) => t.change('assets/text/en/procedure-items.json', 'B03.caution', 'B03.cautious'),
  ],
  [
    'where a feature stands',
    /missing-text utopia-visa: type\.utopia-visa\.at\.PRT\.ovi/,
    (t) => t.change('assets/text/en/procedure.json', /"type\.utopia-visa\.at\.PRT\.ovi": .*\n/, ''),
  ],
  ['a drawing that is missing', /missing-drawing overlay/, (t) => t.remove(`${P}/drawings/overlay.svg`)],
  [
    'a drawing that nothing names',
    /unused-drawing stray/,
    (t) =>
      t.add(
        `${P}/drawings/stray.svg`,
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none"><path d="M0 0"/></svg>\n',
      ),
  ],
  [
    'a drawing with words in it',
    /not a plain drawing/,
    (t) => t.change(`${P}/drawings/overlay.svg`, '</svg>', '<text>overlay</text></svg>'),
  ],
  [
    'a drawing with an address in it',
    /not a plain drawing/,
    (t) => t.change(`${P}/drawings/overlay.svg`, '</svg>', '<path d="M0 0" fill="url(#a)"/></svg>'),
  ],
  ['a level that is not there', /shape items\.0\.levels/, (t) => t.change(`${P}/items.json`, '"L1"', '"L4"')],
  [
    'a field that nobody knows',
    /shape items\.0/,
    (t) => t.change(`${P}/items.json`, '"id": "F1",', '"id": "F1", "x": 1,'),
  ],
  [
    'a field that is missing',
    /shape items\.0\.forms/,
    (t) => t.change(`${P}/items.json`, '"forms"', '"form"'),
  ],
  [
    'an item for a feature that names none',
    /unknown-id F2: features/,
    (t) => t.change(`${P}/items.json`, /("id": "F2".*"needsFeature": )false/, '$1true'),
  ],
  [
    'a quick card that shows what need not be there',
    /not-of-type utopia-large-card: OVD\.kine/,
    (t) => t.change(`${P}/types.json`, /("id": "utopia-large-card".*"quick": \[)/, '$1"OVD.kine", '),
  ],
  [
    'a quick card that wants tools of second line',
    /not-first-line utopia-visa: PRT\.micro/,
    (t) => t.change(`${P}/types.json`, /("id": "utopia-visa".*"quick": \[)/, '$1"PRT.micro", '),
  ],
];

describe('what is broken stops the build', () => {
  test.each(BROKEN)('%s', (_name, told, spoil) => {
    const tree = copyOfTree();
    spoil(tree);
    expect(procedureProblems(tree.root).join('\n')).toMatch(told);
  });

  test('neither window nor shell is built', async () => {
    const tree = copyOfTree();
    tree.remove(`${P}/drawings/overlay.svg`);
    await expect(buildWindow(tree.root)).rejects.toThrow('missing-drawing overlay');
    await expect(buildElectron(tree.root)).rejects.toThrow('missing-drawing overlay');
  });
});
