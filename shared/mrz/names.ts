// The name field of ICAO Doc 9303-3 §4.6: primary and secondary identifier, two fillers between, one within.

/**
 * `empty`: no name; `leading-filler`: the field begins with a filler; `separator-repeated`: a further run of two or
 * more fillers; `separator-missing`: several parts and nowhere two fillers (also lawful: one identifier of many parts).
 */
export type NameFault = 'empty' | 'leading-filler' | 'separator-repeated' | 'separator-missing';

export interface MrzName {
  primaryIdentifier: string;
  /** Empty for a holder with one identifier only. */
  secondaryIdentifier: string;
  /** The field is full to its last place, so the name may be cut (Doc 9303-4 §4.2.3). */
  truncated: boolean;
  faults: { fault: NameFault; start: number; end: number }[];
}

function words(part: string): string {
  return part.split('<').filter(Boolean).join(' ');
}

/** Reads a name field. Columns of the faults count from 0 within the field. Never throws. */
export function readName(field: string): MrzName {
  const content = field.replace(/<+$/u, '');
  const start = content.length - content.replace(/^<+/u, '').length;
  const faults: MrzName['faults'] = [];
  if (content === '') faults.push({ fault: 'empty', start: 0, end: field.length });
  if (start > 0) faults.push({ fault: 'leading-filler', start: 0, end: start });

  const body = content.slice(start);
  const truncated = field.length > 0 && content.length === field.length;
  const runs = [...body.matchAll(/<{2,}/gu)];
  const [first] = runs;
  for (const [index, run] of runs.entries()) {
    // One run of exactly two is the separator; a longer one, or a second one, is not foreseen.
    if (index > 0 || run[0].length > 2) {
      faults.push({
        fault: 'separator-repeated',
        start: start + run.index,
        end: start + run.index + run[0].length,
      });
    }
  }
  // A cut name may have lost its separator; one word needs none.
  if (first === undefined && body.includes('<') && !truncated) {
    faults.push({ fault: 'separator-missing', start, end: content.length });
  }
  return {
    primaryIdentifier: words(first === undefined ? body : body.slice(0, first.index)),
    secondaryIdentifier: first === undefined ? '' : words(body.slice(first.index)),
    truncated,
    faults,
  };
}

/**
 * Reads a name field, or the two of a card that has the surname and the given names apart (FR-ID): there a single
 * filler, and two between given names, are nothing odd. Never throws.
 */
export function readNames(fields: readonly string[]): MrzName {
  const [first = '', second] = fields;
  const name = readName(first);
  if (second === undefined) return name;
  return {
    primaryIdentifier: words(first),
    secondaryIdentifier: words(second),
    truncated: name.truncated || !second.endsWith('<'),
    faults: name.faults.filter(({ fault }) => fault === 'empty' || fault === 'leading-filler'),
  };
}
