// Holds a rule book against its cases: which rules, and which of their wordings, no case makes fire or stay silent.
import type { Finding } from '../../shared/examination/findings.ts';
import type { RuleRow } from '../../shared/examination/rule.ts';

/** One situation, judged when asked. */
export interface RuleCase {
  name: string;
  findings: () => readonly Finding[];
}

export interface RuleCases {
  /** Situations in which the rule speaks; together they choose every wording it has. */
  fires: readonly [RuleCase, ...RuleCase[]];
  /** Situations near by in which it says nothing. */
  silent: readonly [RuleCase, ...RuleCase[]];
}

type Uncovered = Pick<RuleRow, 'id' | 'variants' | 'variantsOnly'>;

function wordingsOf({ id, variants = [], variantsOnly }: Uncovered): string[] {
  const chosen = variants.map((variant) => `finding.${id}.${variant}.title`);
  return variantsOnly === true ? chosen : [`finding.${id}.title`, ...chosen];
}

/** What is wrong with the cases of a book, one line each; empty where every rule is seen to fire and to stay silent. */
export function uncovered(book: readonly Uncovered[], cases: Readonly<Record<string, RuleCases>>): string[] {
  const wrong = Object.keys(cases)
    .filter((id) => !book.some((rule) => rule.id === id))
    .map((id) => `${id}: cases for a rule that the book has not`);
  for (const rule of book) {
    const { fires = [], silent = [] } = cases[rule.id] ?? {};
    if (fires.length === 0) wrong.push(`${rule.id}: no case makes it fire`);
    if (silent.length === 0) wrong.push(`${rule.id}: no case makes it stay silent`);
    const said = new Set<string>();
    for (const { name, findings } of fires) {
      const own = findings().filter(({ id }) => id === rule.id);
      if (own.length === 0) wrong.push(`${rule.id}: does not fire for ${name}`);
      for (const { text } of own) said.add(text.title);
    }
    for (const title of wordingsOf(rule)) {
      if (fires.length > 0 && !said.has(title)) wrong.push(`${rule.id}: no case gives ${title}`);
    }
    for (const { name, findings } of silent) {
      if (findings().some(({ id }) => id === rule.id)) wrong.push(`${rule.id}: is not silent for ${name}`);
    }
  }
  return wrong;
}
