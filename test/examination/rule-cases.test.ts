// Every rule of the book fires where it should and is silent where it should be; a book without such cases is refused.
import { describe, expect, test } from 'vitest';
import { QUIRKS } from '../../shared/examination/quirks.ts';
import { RULE_BOOK, RULES } from '../../shared/examination/rules.ts';
import { ZONE_RULE_IDS } from '../../shared/examination/rule.ts';
import { judge } from '../../shared/examination/judge.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { TD1, TD3 } from '../mrz/specimens.ts';
import { RULE_CASES } from './rule-cases.ts';
import { type RuleCases, uncovered } from './rule-coverage.ts';
import { altered, printed } from './zones.ts';

describe('the rule book', () => {
  test('every rule fires, in every wording it has, and stays silent', () => {
    expect(uncovered(RULE_BOOK, RULE_CASES)).toEqual([]);
  });

  test('has a row for every id, in the order of the ids', () => {
    expect(RULES.map(({ id }) => id)).toEqual([...ZONE_RULE_IDS]);
  });

  test('a failed reading says only how to read again, every other finding has both readings', () => {
    const said = Object.values(RULE_CASES).flatMap(({ fires }) =>
      fires.flatMap(({ findings }) => findings()),
    );
    for (const { id, class: kind, fraud, text } of said) {
      if (kind === 'capture')
        expect({ fraud, ...text }, id).toEqual({ fraud: [], title: text.title, retake: expect.any(String) });
      else expect([text.fraud, text.innocent], id).toEqual([expect.any(String), expect.any(String)]);
    }
    expect(new Set(said.map(({ class: kind }) => kind))).toEqual(
      new Set(['capture', 'integrity', 'data', 'status', 'warn', 'info', 'cross', 'list']),
    );
  });

  test('an issuer quirk never stands for a check digit', () => {
    const digits = RULES.filter((rule) => rule.class === 'integrity').map(({ id }) => id);
    expect(QUIRKS.filter(({ explains }) => explains !== null && digits.includes(explains.rule))).toEqual([]);
    const found = judge(
      parseMrz(altered(printed('TD1', TD1, [1, 1, 'C1USA']), 1, 15, '1'), { today: '2012-04-15' }),
      {
        today: '2012-04-15',
      },
    );
    expect(found.map(({ id }) => id)).toEqual(['mrz.cd.num', 'mrz.cd.comp', 'mrz.quirk']);
  });

  test('an unverified quirk stands beside the finding, a verified one in its place', () => {
    const ids = (lines: readonly string[]) =>
      judge(parseMrz(lines, { today: '2012-04-15' }), { today: '2012-04-15' }).map(({ id }) => id);
    expect(ids(printed('TD1', TD1, [1, 3, 'MAC'], [2, 16, '<<<']))).toEqual(['mrz.nat', 'mrz.quirk']);
    expect(ids(printed('TD3', TD3, [1, 3, `IND${'<<ANNA<MARIA'.padEnd(39, '<')}`]))).toEqual(['mrz.quirk']);
  });
});

describe('the check of the cases', () => {
  const [rule] = RULE_BOOK;
  const cases: Readonly<Record<string, RuleCases>> = RULE_CASES;
  if (rule === undefined) throw new Error('no rule');
  const own = cases[rule.id];
  if (own === undefined) throw new Error('no case');

  test('tells a rule without any case, and one without a firing or a silent one', () => {
    expect(uncovered([{ id: rule.id }], {})).toEqual([
      'mrz.len: no case makes it fire',
      'mrz.len: no case makes it stay silent',
    ]);
    const empty: [] = [];
    const without = (part: Partial<Record<keyof RuleCases, []>>) =>
      uncovered([rule], { [rule.id]: { ...own, ...part } as RuleCases });
    expect(without({ fires: empty })).toEqual(['mrz.len: no case makes it fire']);
    expect(without({ silent: empty })).toEqual(['mrz.len: no case makes it stay silent']);
  });

  test('tells a case that does not do what it says', () => {
    const [fires] = own.fires;
    const [silent] = own.silent;
    expect(uncovered([rule], { [rule.id]: { fires: [silent], silent: [fires] } })).toEqual([
      `mrz.len: does not fire for ${silent.name}`,
      'mrz.len: no case gives finding.mrz.len.title',
      `mrz.len: is not silent for ${fires.name}`,
    ]);
  });

  test('tells a wording that no case gives, and cases of a rule that is gone', () => {
    expect(uncovered([{ ...rule, variants: ['new'] }], { [rule.id]: own, 'mrz.gone': own })).toEqual([
      'mrz.gone: cases for a rule that the book has not',
      'mrz.len: no case gives finding.mrz.len.new.title',
    ]);
  });
});
