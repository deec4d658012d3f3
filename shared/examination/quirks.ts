// Issuer quirks as data: ways in which lawful documents are known to deviate from Doc 9303, each with its source.

import { digitOver } from '../mrz/check-digit.ts';
import type { FieldId, FormatId } from '../mrz/formats.ts';
import type { MrzRead } from '../mrz/parse.ts';
import type { ZoneRuleId } from './rule.ts';

/** The finding a quirk stands in place of; never one of a check digit: a digit that fails is always told. */
export type ExplainedRule = Exclude<ZoneRuleId, `mrz.cd.${string}` | 'mrz.quirk' | 'mrz.charset'>;

export interface Quirk {
  /** Its words are `finding.mrz.quirk.<id>.…`. */
  id: string;
  /** Codes of issuers as read, without fillers. */
  issuers: readonly string[];
  formats: readonly FormatId[];
  fields: readonly FieldId[];
  /** The rule it explains, and which of its wordings (undefined: the first); null where no rule would speak. */
  explains: { rule: ExplainedRule; variant?: string } | null;
  /** Whether this zone is printed in that way. Asked only of the issuers and formats above. */
  fits: (reading: MrzRead) => boolean;
  /** Years of issue, as far as known. */
  since: number | null;
  until: number | null;
  source: string;
  /** `opened`: the source was read when the row was made. `unverified`: told of, but no source was opened. */
  checked: 'opened' | 'unverified';
}

/** A long number whose digit holds only with the filler between its two parts counted as a character. */
export function fillerCounted(reading: MrzRead): boolean {
  if (!reading.longNumber || reading.checkDigits.number !== 'holds') return false;
  const { at, covers } = reading.places.checkDigits.number;
  return at !== null && digitOver(reading.lines, covers) !== Number((reading.lines[at.row] ?? '')[at.start]);
}

// A quirk that explains a finding stands in its place where its source was opened; an unverified one only beside it.
export const QUIRKS: readonly Quirk[] = [
  {
    id: 'ind-no-surname',
    issuers: ['IND'],
    formats: ['TD3'],
    fields: ['name'],
    explains: { rule: 'mrz.name.sep' },
    fits: ({ texts, nameFaults }) =>
      /^<<[A-Z]/u.test(texts.name) && nameFaults.every(({ fault }) => fault !== 'separator-repeated'),
    since: null,
    until: null,
    source: 'github.com cheminfo/mrz issue 9; Arg0s1080/mrz issue 3',
    checked: 'opened',
  },
  {
    id: 'rus-internal-name',
    issuers: ['RUS'],
    formats: ['TD3'],
    fields: ['name'],
    explains: { rule: 'mrz.name.digit' },
    // Letters of Cyrillic without a Latin one of their own are written as digits in the internal passport.
    fits: ({ texts }) => texts.documentCode === 'PN' && !/[015]/u.test(texts.name),
    since: 2011,
    until: null,
    source:
      'docs.cntd.ru 902288198, order on the machine readable entry of the internal passport; later order 851 of 2017',
    checked: 'opened',
  },
  {
    id: 'usa-resident-code',
    issuers: ['USA'],
    formats: ['TD1'],
    fields: ['documentCode'],
    explains: { rule: 'mrz.doccode' },
    fits: ({ texts }) => texts.documentCode === 'C1' || texts.documentCode === 'C2',
    since: null,
    until: null,
    source: 'immihelp.com, green card explanation: C1 resident, C2 commuter',
    checked: 'opened',
  },
  {
    id: 'est-residence-code',
    issuers: ['EST'],
    formats: ['TD1'],
    fields: ['documentCode'],
    explains: { rule: 'mrz.doccode' },
    fits: ({ texts }) => texts.documentCode === 'RP',
    since: null,
    until: null,
    source: 'github.com Arg0s1080/mrz pull request 27',
    checked: 'opened',
  },
  {
    id: 'bel-long-number',
    issuers: ['BEL'],
    formats: ['TD1'],
    fields: ['number'],
    explains: null,
    fits: fillerCounted,
    since: null,
    until: 2020,
    source: 'github.com Arg0s1080/mrz issue 4 and pull request 41 (cards from 2020 on leave the filler out)',
    checked: 'opened',
  },
  {
    id: 'prt-long-number',
    issuers: ['PRT'],
    formats: ['TD1'],
    fields: ['number'],
    explains: null,
    fits: fillerCounted,
    since: null,
    until: null,
    source: 'none opened',
    checked: 'unverified',
  },
  {
    id: 'esp-permanent',
    issuers: ['ESP'],
    formats: ['TD1'],
    fields: ['expiryDate'],
    explains: { rule: 'mrz.exp.past' },
    fits: ({ texts, fields }) => texts.expiryDate === '990101' && (fields.birthDate.iso ?? '9') < '1997',
    since: null,
    until: null,
    // That the page shows 01 01 9999 was read; how the zone shortens it was not.
    source: 'sede.agenciatributaria.gob.es on the dates of the DNI; consilium.europa.eu PRADO ESP-BO-03001',
    checked: 'unverified',
  },
  {
    id: 'mac-no-nationality',
    issuers: ['MAC'],
    formats: ['TD1'],
    fields: ['nationality'],
    explains: { rule: 'mrz.nat', variant: 'empty' },
    fits: ({ fields }) => fields.nationality === '',
    since: null,
    until: null,
    source: 'none opened',
    checked: 'unverified',
  },
];

const BY_ISSUER = new Map<string, Quirk[]>();
for (const quirk of QUIRKS) {
  for (const issuer of quirk.issuers) BY_ISSUER.set(issuer, [...(BY_ISSUER.get(issuer) ?? []), quirk]);
}

const NONE: readonly Quirk[] = [];

/** The quirks of this issuer that this zone shows; most zones show none. */
export function quirksOf(reading: MrzRead): readonly Quirk[] {
  const known = BY_ISSUER.get(reading.fields.issuer);
  if (known === undefined) return NONE;
  return known.filter((quirk) => quirk.formats.includes(reading.format) && quirk.fits(reading));
}

/** Whether one of these quirks, with a source that was opened, stands in place of a rule's verdict. */
export function explained(quirks: readonly Quirk[], rule: ZoneRuleId, variant: string | undefined): boolean {
  return quirks.some(
    ({ explains, checked }) =>
      checked === 'opened' && explains !== null && explains.rule === rule && explains.variant === variant,
  );
}
