// What a rule of the rule book is: one row with its id, class, source and test, and a judge that points at places.

import type { FieldId, FormatId, Place } from '../mrz/formats.ts';
import type { MrzRead } from '../mrz/parse.ts';
import type { FindingClass, Severity } from './findings.ts';

/** Ids of the rules that look at one zone, in the order in which findings are reported (domain list b.12). */
export const ZONE_RULE_IDS = [
  'mrz.charset',
  'mrz.cd.num',
  'mrz.cd.dob',
  'mrz.cd.exp',
  'mrz.cd.opt',
  'mrz.cd.comp',
  'mrz.doccode',
  'mrz.issuer',
  'mrz.nat',
  'mrz.dob.valid',
  'mrz.dob.future',
  'mrz.exp.valid',
  'mrz.exp.far',
  'mrz.minor',
  'mrz.sex',
  'mrz.name.sep',
  'mrz.name.digit',
  'mrz.opt',
  'mrz.exp.past',
  'mrz.blind',
  'mrz.quirk',
  'mrz.name.trunc',
  'mrz.long',
] as const;

/** Ids of the rules that compare a zone with the print of its page, or a visa with a passport. */
const CROSS_RULE_IDS = ['x.name', 'x.num', 'x.dob', 'x.exp', 'x.sexnat', 'x.visa'] as const;

export type ZoneRuleId = (typeof ZONE_RULE_IDS)[number];
export type CrossRuleId = (typeof CROSS_RULE_IDS)[number];
/** Every rule of the book; `mrz.len` judges rows that have the shape of no format, `x.watch` and `x.alert` what lists and alerts said. */
export type RuleId = 'mrz.len' | ZoneRuleId | CrossRuleId | 'x.watch' | 'x.alert';

/** A character the reader changed or was not sure of; row and column from 0. */
export interface Doubt {
  row: number;
  column: number;
}

export interface RuleContext {
  reading: MrzRead;
  /** The day of the examination, `YYYY-MM-DD`. */
  today: string;
  doubts: readonly Doubt[];
}

export interface Verdict {
  places: readonly Place[];
  /** A second wording of the same rule: the texts are then `finding.<id>.<variant>.…`. */
  variant?: string;
  /** Where this verdict weighs less than the rule. */
  severity?: Severity;
}

/** What every row of the book says, whatever the rule looks at. Both readings are `finding.<id>.fraud` and `.innocent`. */
export interface RuleRow {
  id: RuleId;
  class: FindingClass;
  severity: Severity;
  appliesTo: 'all' | readonly FormatId[];
  fields: readonly FieldId[];
  /** Fraud types; `CF` stands for the counterfeit of this kind of document. */
  fraud: readonly string[];
  /** Where the rule comes from. */
  source: string;
  /** The second wordings it may choose. */
  variants?: readonly string[];
  /** It has no words of its own beside those of its variants. */
  variantsOnly?: true;
}

export interface Rule extends RuleRow {
  id: ZoneRuleId;
  /** Places to look at, or null where there is nothing to say; several where it says several things. */
  judge: (context: RuleContext) => Verdict | readonly Verdict[] | null;
}

function overlaps(a: Place, b: Place): boolean {
  return a.row === b.row && a.start < b.end && b.start < a.end;
}

/** Whether a field holds a character no zone has: then the reading is at fault, and its data say nothing. */
export function misread(reading: MrzRead, field: FieldId): boolean {
  if (reading.foreign.length === 0) return false;
  return reading.places.fields[field].some((place) =>
    reading.foreign.some((other) => overlaps(place, other)),
  );
}
