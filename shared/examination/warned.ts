// What alerts of the network say of a document: which of them fit it, and the findings of those that do.

import type { Place } from '../mrz/formats.ts';
import type { MrzRead } from '../mrz/parse.ts';
import { sameState } from '../mrz/states.ts';
import type { RuleRow, Verdict } from './rule.ts';

/** What an alert fits: one of the types, of one of the issuers, and whatever else it says. */
export interface Fits {
  /** Ids of the project's list of document types. */
  types: readonly string[];
  /** Codes of states as zones print them. */
  issuers: readonly string[];
  /** How a number begins, and how long it is. */
  numberRange: { prefix: string; length: number } | null;
  /** Rules of the zone that must all have found something. */
  mrzPattern: readonly string[];
}

/** An alert that is in force here. */
export interface LiveAlert extends Fits {
  id: string;
  /** One sentence of whoever made it. */
  tip: string;
  /** The agency that it comes from. */
  from: string;
  /** When it ends (UTC). */
  expiresAt: string;
}

/** The row of the book: `kind` where an alert speaks of a type and an issuer and of nothing more. */
export const ALERT_RULE: RuleRow = {
  id: 'x.alert',
  class: 'list',
  severity: 'look',
  appliesTo: 'all',
  fields: ['documentCode', 'issuer', 'number'],
  fraud: ['CF', 'FG.mrz_alter'],
  source: 'Alerts of the network; tips and keys of reports (LK02, LK07)',
  variants: ['kind'],
};

const bare = (number: string): string => number.replaceAll(/[^A-Z0-9]/gu, '');

/** Whether a document is one that an alert speaks of; `found` are the rules of its zone that found something. */
export function fits(
  { types, issuers, numberRange, mrzPattern }: Fits,
  { fields }: MrzRead,
  found: ReadonlySet<string>,
): boolean {
  const issuer = sameState(fields.issuer);
  if (!issuers.some((code) => sameState(code) === issuer)) return false;
  if (!types.includes(fields.documentType)) return false;
  if (!mrzPattern.every((rule) => found.has(rule))) return false;
  if (numberRange === null) return true;
  const number = bare(fields.number);
  return number.length === numberRange.length && number.startsWith(numberRange.prefix);
}

/** What one alert says of one document. */
export interface AlertVerdict {
  rule: RuleRow;
  verdict: Verdict;
  /** Which alert, its sentence, whose it is and until when. */
  values: Readonly<Record<string, string>>;
}

/** A verdict for each alert that fits, in their order. */
export function alertVerdicts(
  reading: MrzRead,
  found: ReadonlySet<string>,
  alerts: readonly LiveAlert[],
): AlertVerdict[] {
  return alerts
    .filter((alert) => fits(alert, reading, found))
    .map(({ id, tip, from, expiresAt, numberRange, mrzPattern }): AlertVerdict => {
      const isKind = numberRange === null && mrzPattern.length === 0;
      const fields = numberRange === null ? (['documentCode', 'issuer'] as const) : (['number'] as const);
      const places: readonly Place[] = fields.flatMap((field) => reading.places.fields[field]);
      return {
        rule: { ...ALERT_RULE, fields },
        // It speaks of nearly every document of its kind: good to know, and no reason to look by itself.
        verdict: isKind ? { places, variant: 'kind', severity: 'note' } : { places },
        values: { alert: id, tip, from, until: expiresAt },
      };
    });
}
