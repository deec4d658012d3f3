// The words officers see: every id there is and used, every message sound, no word that judges a person or document.
import { readFileSync } from 'node:fs';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import { contract, events } from '../../shared/contract/channels.ts';
import { DOUBT_REASONS, SKIP_REASONS } from '../../shared/examination/outcomes.ts';
import { catalogue, namedIds } from './catalogue.ts';

const { texts, twice } = catalogue();
const named = namedIds();
const areas = new Set([...texts.keys()].map((id) => id.split('.')[0]));
/** Entries of the audit chain whose areas have words too; nobody reads them as words. */
const ACTIONS = new Set(
  `report.submitted report.approved report.sent-back report.sent report.sent-again outbox.alarmed outbox.retried outbox.paused
  outbox.resumed outbox.sent-now outbox.sent-again hub.enrolled hub.left bases.saved`.split(/\s+/),
);
/** Of the hub only its pages have words; elsewhere it names columns and entries of its own audit. */
const hasWords = ({ at }: { at: string }): boolean => !at.startsWith('hub/') || at.startsWith('hub/pages/');
/** Places in the question of a case study; the area `question` has words of the procedure. */
const OF_A_STUDY = /^\^?question\\?\.(?:text|because|right|answers)/u;
const channels = new Set([...Object.keys(contract), ...Object.keys(events)]);

describe('ids', () => {
  test('there are messages and names to look at', () => {
    expect(texts.size).toBeGreaterThan(200);
    expect(named.length).toBeGreaterThan(100);
  });

  test('no id stands in two files', () => {
    expect(twice).toEqual([]);
  });

  test('every id that the code names is in the catalogue', () => {
    const unknown = named
      .filter(hasWords)
      .filter(
        ({ id }) =>
          id !== null &&
          areas.has(id.split('.')[0]) &&
          !channels.has(id) &&
          !ACTIONS.has(id) &&
          !OF_A_STUDY.test(id) &&
          !texts.has(id),
      );
    expect(unknown.map(({ id, at }) => `${at}: ${id}`)).toEqual([]);
  });

  test('every pattern of ids that the code names fits at least one', () => {
    const ids = [...texts.keys()];
    const empty = named
      .filter(hasWords)
      .filter(
        ({ id, pattern }) =>
          id === null &&
          !OF_A_STUDY.test(pattern.source) &&
          areas.has(/^\^([a-z0-9-]+)/.exec(pattern.source)?.[1]) &&
          !ids.some((each) => pattern.test(each)),
      );
    expect(empty.map(({ pattern, at }) => `${at}: ${pattern.source}`)).toEqual([]);
  });

  test('every id of the catalogue is named somewhere', () => {
    // Made from a table of codes, not written out.
    const reasons = new Set([...DOUBT_REASONS, ...SKIP_REASONS].map(({ text }) => text));
    expect([...reasons].filter((id) => !texts.has(id))).toEqual([]);
    const unused = [...texts].filter(
      ([id]) => !reasons.has(id) && !named.some(({ pattern }) => pattern.test(id)),
    );
    expect(unused.map(([id, { file }]) => `${file}: ${id}`)).toEqual([]);
  });
});

describe('messages', () => {
  test('every message is sound ICU and not empty', () => {
    const broken = [...texts].filter(([, { message }]) => {
      try {
        return parse(message).length === 0;
      } catch {
        return true;
      }
    });
    expect(broken.map(([id]) => id)).toEqual([]);
  });

  test('no markup inside a message', () => {
    const tagged = [...texts].filter(([, { message }]) =>
      parse(message).some(({ type }) => type === TYPE.tag),
    );
    expect(tagged.map(([id]) => id)).toEqual([]);
  });

  test('numbers of things are told with plurals, not glued', () => {
    const glued = [...texts].filter(([, { message }]) => /\{\w*[cC]ount\w*\}\s+[a-z]+s?\b/.test(message));
    expect(glued.map(([id]) => id)).toEqual([]);
  });

  const JUDGING =
    /\b(false|fake|fakes|faked|forger|fraudster|criminal|guilty|suspect|suspicious|liar|illegal|bogus)\b/i;

  test('no message calls a person or a document what only an examination can show', () => {
    const judging = [...texts].filter(([, { message }]) => JUDGING.test(message));
    expect(judging.map(([id, { message }]) => `${id}: ${message}`)).toEqual([]);
  });

  test('no percentages, no scores, no exclamation marks', () => {
    const loud = [...texts].filter(([, { message }]) => /%|!|\bscores?\b|\bprobab/i.test(message));
    expect(loud.map(([id, { message }]) => `${id}: ${message}`)).toEqual([]);
  });

  test('the searches above find what they look for', () => {
    expect(
      ['This passport is FALSE', 'a Fake visa', 'a suspicious bearer'].every((text) => JUDGING.test(text)),
    ).toBe(true);
    expect(JUDGING.test('a reason for doubt')).toBe(false);
    expect(() => parse('{count, plural, one {x}')).toThrow();
  });
});

describe('code lists', () => {
  const lists: Record<string, { id: string }[]> = JSON.parse(readFileSync('assets/taxonomies.json', 'utf8'));
  const ids = (list: string): Set<string> => new Set(lists[list]?.map(({ id }) => id));

  test('ids of a list stand once', () => {
    for (const [name, rows] of Object.entries(lists)) expect(ids(name).size, name).toBe(rows.length);
  });

  test('every rule is a check of the list and points to fraud types of the list', async () => {
    const { RULE_BOOK } = await import('../../shared/examination/rules.ts');
    const frauds = ids('fraud');
    const checks = ids('mrzchk');
    for (const rule of RULE_BOOK) {
      expect(checks, rule.id).toContain(rule.id);
      for (const fraud of rule.fraud) if (fraud !== 'CF') expect(frauds, rule.id).toContain(fraud);
    }
  });

  test('every document type of the list that a reading can tell has its words', () => {
    const told = [...texts.keys()]
      .filter((id) => id.startsWith('document-type.'))
      .map((id) => id.split('.')[1]);
    expect(told.length).toBeGreaterThan(5);
    const known = ids('doctype');
    expect(told.filter((id) => !known.has(String(id)))).toEqual([]);
  });
});
