// Runs the rules over a reading: the same code in the window, in the station and on the command line.

import type { Correction } from '../mrz/corrections.ts';
import type { FormatId, Place } from '../mrz/formats.ts';
import { FORMATS } from '../mrz/formats.ts';
import type { MrzReading, MrzUnread } from '../mrz/parse.ts';
import type { Finding, Severity } from './findings.ts';
import type { Rule, Verdict } from './rules.ts';
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

function fraudTypes(rule: Pick<Rule, 'fraud'>, format: FormatId | null): string[] {
  const visa = format === 'MRV-A' || format === 'MRV-B';
  return rule.fraud.flatMap((id) => {
    if (id === 'CF') return format === null ? ['CF.full'] : COUNTERFEITS[format];
    return [visa ? (VISA_ALTERATION[id] ?? id) : id];
  });
}

function toFinding(
  rule: Omit<Rule, 'judge'>,
  verdict: Verdict,
  format: FormatId | null,
  unsure: boolean,
): Finding {
  const text = `finding.${rule.id}${verdict.variant === undefined ? '' : `.${verdict.variant}`}`;
  const finding: Finding = {
    id: rule.id,
    class: rule.class,
    severity: verdict.severity ?? rule.severity,
    fields: [...rule.fields],
    places: verdict.places.map(({ row, start, end }) => ({ row, start, end })),
    fraud: fraudTypes(rule, format),
    text: { title: `${text}.title`, fraud: `${text}.fraud`, innocent: `${text}.innocent` },
  };
  if (rule.class === 'capture') finding.text.retake = `${text}.retake`;
  else if (unsure)
    finding.text = { ...finding.text, innocent: 'finding.unsure.innocent', retake: 'finding.unsure.retake' };
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

/** An officer with a second to spare reads the first line only; what must be read again comes before all else. */
const URGENCY: Record<Severity, number> = { retake: 0, look: 1, note: 2 };

/**
 * The findings on a reading, what to look at first, each kind in the order of the rule table; empty where there is nothing to look at, and for a
 * reading with no rows at all. Never throws on what the document says.
 */
export function judge(reading: MrzReading, context: JudgeContext): Finding[] {
  if (!reading.ok) {
    if (reading.problem === 'empty') return [];
    return [toFinding(SHAPE_RULE, { places: misshapen(reading) }, reading.detail.nearest, false)];
  }
  const doubtful = [
    ...(context.corrections ?? []).map(({ row, column }) => ({ row, column })),
    ...(context.lowConfidence ?? []).map(({ line, column }) => ({ row: line, column })),
  ];
  const unsure = (places: readonly Place[]) =>
    places.some((place) =>
      doubtful.some(({ row, column }) => row === place.row && column >= place.start && column < place.end),
    );
  const findings = RULES.flatMap((rule) => {
    if (rule.appliesTo !== 'all' && !rule.appliesTo.includes(reading.format)) return [];
    const verdict = rule.judge({ reading, today: context.today });
    // A slip of the reader explains a digit or a datum that does not fit; it does not explain a standing.
    const readerMaySlip = rule.class === 'integrity' || rule.class === 'data';
    return verdict === null
      ? []
      : [toFinding(rule, verdict, reading.format, readerMaySlip && unsure(verdict.places))];
  });
  return findings.toSorted((a, b) => URGENCY[a.severity] - URGENCY[b.severity]);
}
