// Runs the rules over a reading: the same code in the window, in the station and on the command line.

import type { Correction } from '../mrz/corrections.ts';
import type { FormatId, Place } from '../mrz/formats.ts';
import { FORMATS, isVisaFormat, liesIn } from '../mrz/formats.ts';
import type { MrzReading, MrzUnread } from '../mrz/parse.ts';
import type { Finding, Severity } from './findings.ts';
import { explained, quirksOf } from './quirks.ts';
import type { Doubt, Rule, RuleRow, Verdict } from './rule.ts';
import { RULES, SHAPE_RULE } from './rules.ts';

export interface JudgeContext {
  /** The day of the examination, `YYYY-MM-DD`; a malformed one is a mistake of the caller: RangeError. */
  today: string;
  /** Characters the reader changed. */
  corrections?: readonly Correction[];
  /** Characters the reader was unsure of; line and column from 0. */
  lowConfidence?: readonly { line: number; column: number }[];
}

// The counterfeit of each kind of document, in place of the group `CF`.
const COUNTERFEITS: Readonly<Record<FormatId, readonly string[]>> = {
  TD1: ['CF.permit'],
  TD2: ['CF.permit'],
  TD3: ['CF.full', 'CF.datapage'],
  'MRV-A': ['CF.visa'],
  'MRV-B': ['CF.visa'],
  'FR-ID': ['CF.permit'],
};

// On a visa label an altered zone is an altered visa.
const VISA_ALTERATION: Readonly<Record<string, string>> = {
  'FG.mrz_alter': 'FG.visa_alter',
  'FG.validity': 'FG.visa_alter',
};

/** The fraud types of a rule for this kind of document: `CF` and what is altered are named as on it. */
export function fraudTypes(rule: Pick<RuleRow, 'fraud'>, format: FormatId | null): string[] {
  const visa = format !== null && isVisaFormat(format);
  return rule.fraud.flatMap((id) => {
    if (id === 'CF') return format === null ? ['CF.full'] : COUNTERFEITS[format];
    return [visa ? (VISA_ALTERATION[id] ?? id) : id];
  });
}

/** A verdict as a finding: ids of the words, places and fraud types. `unsure`: a character there was hard to read. */
export function toFinding(
  rule: RuleRow,
  verdict: Verdict,
  fraud: readonly string[],
  unsure: boolean,
): Finding {
  const variant = verdict.variant === undefined ? '' : `.${verdict.variant}`;
  const text = `finding.${rule.id}${variant}`;
  const finding: Finding = {
    id: rule.id,
    class: rule.class,
    severity: verdict.severity ?? rule.severity,
    fields: [...rule.fields],
    places: verdict.places.map(({ row, start, end }) => ({ row, start, end })),
    fraud: [],
    text: { title: `${text}.title` },
  };
  // A reading that failed says nothing of the document: only how to read again.
  if (rule.class === 'capture' || rule.class === 'quality') {
    finding.text.retake = `${text}.retake`;
    return finding;
  }
  finding.fraud = [...fraud];
  finding.text.fraud = `${text}.fraud`;
  finding.text.innocent = unsure ? 'finding.unsure.innocent' : `${text}.innocent`;
  if (unsure) finding.text.retake = 'finding.unsure.retake';
  return finding;
}

/** Rows of the wrong length where the number of rows is right, else all rows. */
function misshapen(reading: MrzUnread): Place[] {
  const { nearest } = reading.detail;
  const columns = nearest === null ? null : FORMATS[nearest].columns;
  return reading.lines.flatMap((line, row) =>
    line.length === columns ? [] : [{ row, start: 0, end: line.length }],
  );
}

interface AppliedRule {
  rule: Rule;
  fraud: readonly string[];
}

const APPLIED = new Map<FormatId, readonly AppliedRule[]>();

/** The rules that apply to a format, with their fraud types there; found once. */
function rulesFor(format: FormatId): readonly AppliedRule[] {
  const known = APPLIED.get(format);
  if (known !== undefined) return known;
  const applying = RULES.filter(({ appliesTo }) => appliesTo === 'all' || appliesTo.includes(format));
  const rules = applying.map((rule) => ({ rule, fraud: fraudTypes(rule, format) }));
  APPLIED.set(format, rules);
  return rules;
}

const NO_DOUBTS: readonly Doubt[] = [];

/** The characters the reader changed or was not sure of. */
export function doubtsOf({ corrections, lowConfidence }: JudgeContext): readonly Doubt[] {
  if ((corrections?.length ?? 0) + (lowConfidence?.length ?? 0) === 0) return NO_DOUBTS;
  return [
    ...(corrections ?? []).map(({ row, column }) => ({ row, column })),
    ...(lowConfidence ?? []).map(({ line, column }) => ({ row: line, column })),
  ];
}

/** Whether a doubtful character stands in one of the places. */
export function anyWithin(doubts: readonly Doubt[], places: readonly Place[]): boolean {
  return doubts.some(({ row, column }) => places.some((place) => liesIn(place, row, column)));
}

/** An officer with a second to spare reads the first line only; what must be read again comes before all else. */
const URGENCY: Record<Severity, number> = { retake: 0, look: 1, note: 2 };

/** What somebody told of this document, by a list or an alert, stands before what a rule thinks of its zone. */
const rank = ({ severity, class: kind }: Finding): number =>
  2 * URGENCY[severity] + (kind === 'list' ? 0 : 1);

/** Findings in the order in which they are shown: what to look at first, else as they come. */
export function byUrgency(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * The findings on a reading, what to look at first, each kind in the order of the rule table; empty where there is
 * nothing to look at, and for a reading with no rows at all. Never throws on what the document says.
 */
export function judge(reading: MrzReading, context: JudgeContext): Finding[] {
  if (!reading.ok) {
    if (reading.problem === 'empty') return [];
    const fraud = fraudTypes(SHAPE_RULE, reading.detail.nearest);
    return [toFinding(SHAPE_RULE, { places: misshapen(reading) }, fraud, false)];
  }
  const doubts = doubtsOf(context);
  const asked = { reading, today: context.today, doubts };
  const quirks = quirksOf(reading);
  const findings: Finding[] = [];
  for (const { rule, fraud } of rulesFor(reading.format)) {
    const answer = rule.judge(asked);
    if (answer === null) continue;
    // A slip of the reader explains a digit or a datum that does not fit; it does not explain a standing.
    const readerMaySlip = rule.class === 'integrity' || rule.class === 'data';
    for (const verdict of 'places' in answer ? [answer] : answer) {
      if (explained(quirks, rule.id, verdict.variant)) continue;
      findings.push(toFinding(rule, verdict, fraud, readerMaySlip && anyWithin(doubts, verdict.places)));
    }
  }
  return byUrgency(findings);
}
