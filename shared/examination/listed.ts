// What lists of numbers and names said of a document (checks D3 and V17): which were asked, and the findings of it.

import type { FieldId } from '../mrz/formats.ts';
import type { MrzRead } from '../mrz/parse.ts';
import type { RuleRow, Verdict } from './rule.ts';

/** `lost` documents that were reported lost or stolen; `stop` and `watch` as whoever keeps the list means it. */
export const LIST_KINDS = ['lost', 'stop', 'watch'] as const;
/** What of a document can be on a list: its number, the number of a visa, or name and date of birth. */
export const LISTED = ['number', 'visa', 'person'] as const;

export type ListKind = (typeof LIST_KINDS)[number];
export type Listed = (typeof LISTED)[number];

/** A list that was asked for one document, whether or not anything of it was found. */
export interface AskedList {
  id: string;
  /** Grows with every import of the same list. */
  version: number;
  kind: ListKind;
  /** Whose list it is, as whoever imported it said. */
  source: string;
  /** Its last day, `YYYY-MM-DD`. */
  until: string;
  /** When this version was imported (UTC). */
  importedAt: string;
  /** What of the document is on it; nothing else of the entry is known here. */
  matched: Listed[];
}

/** The row of the book. A name on a list is no kind of fraud; it still has both readings. */
export const LIST_RULE: RuleRow = {
  id: 'x.watch',
  class: 'list',
  severity: 'look',
  appliesTo: 'all',
  fields: ['number', 'name', 'birthDate'],
  fraud: ['MU.sltd', 'BL.blank'],
  source: 'Checks D3 and V17 of the lists; keys LK01, LK04 and LK18',
  variants: ['lost', 'stop', 'watch', 'visa', 'person'],
  variantsOnly: true,
};

const VISA_FRAUD = ['CF.visa', 'FG.visa_blankstolen'];
const FIELDS: Readonly<Record<Listed, readonly FieldId[]>> = {
  number: ['number'],
  visa: ['number'],
  person: ['name', 'birthDate'],
};

const fraudOf = (listed: Listed): readonly string[] =>
  listed === 'number' ? LIST_RULE.fraud : listed === 'visa' ? VISA_FRAUD : [];

/** What one list says of one document. */
export interface ListVerdict {
  rule: RuleRow;
  verdict: Verdict;
  /** Whose list it is, and its dates; nothing of the entry. */
  values: Readonly<Record<string, string>>;
}

/** A verdict for each list that something of the document is on. */
export function listVerdicts(reading: MrzRead, lists: readonly AskedList[]): ListVerdict[] {
  return lists.flatMap(({ id, version, kind, source, until, importedAt, matched }) =>
    matched.map((listed) => {
      const fields = FIELDS[listed];
      return {
        rule: { ...LIST_RULE, fields, fraud: fraudOf(listed) },
        verdict: {
          places: fields.flatMap((field) => reading.places.fields[field]),
          variant: listed === 'number' ? kind : listed,
        },
        values: { list: id, version: String(version), source, until, importedAt },
      };
    }),
  );
}
