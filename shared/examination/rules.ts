// The rules that judge a machine readable zone, as one table: what each looks at, what it may mean, where it comes from.

import { PRINT_RULES } from './cross-rules.ts';
import { LIST_RULE } from './listed.ts';
import type { Rule, RuleRow } from './rule.ts';
import { CHARSET_RULE, CODE_RULES, DATE_RULES, PERSON_RULES } from './rules-data.ts';
import { BLIND_RULE, DIGIT_RULES } from './rules-digits.ts';
import { EXPIRED_RULE, NOTE_RULES, OPTIONAL_RULE, VALIDITY_RULES } from './rules-standing.ts';
import { VISA_RULE } from './visa.ts';
import { ALERT_RULE } from './warned.ts';

/** Changes with every rule, quirk and wording, so that a record tells by which rules it was judged. */
export const RULES_VERSION = '2.1.0';

/** The rules, in the order in which findings are reported. */
export const RULES: readonly Rule[] = [
  CHARSET_RULE,
  ...DIGIT_RULES,
  ...CODE_RULES,
  ...DATE_RULES,
  ...VALIDITY_RULES,
  ...PERSON_RULES,
  OPTIONAL_RULE,
  EXPIRED_RULE,
  BLIND_RULE,
  ...NOTE_RULES,
];

/** The rule for a zone that has the shape of no format; it is judged before there is anything else to judge. */
export const SHAPE_RULE: RuleRow = {
  id: 'mrz.len',
  class: 'capture',
  severity: 'retake',
  appliesTo: 'all',
  fields: [],
  fraud: ['CF'],
  source: 'ICAO Doc 9303-4, -5, -6, -7 §4.2.1',
};

/** The whole rule book, row by row: every finding that can be shown comes of one of these. */
export const RULE_BOOK: readonly RuleRow[] = [
  SHAPE_RULE,
  ...RULES,
  ...PRINT_RULES,
  VISA_RULE,
  LIST_RULE,
  ALERT_RULE,
];
