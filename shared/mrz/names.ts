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

/** Both identifiers of a holder in one line, as they are shown; a holder with one identifier has no comma. */
export function holderName({
  primaryIdentifier,
  secondaryIdentifier,
}: Pick<MrzName, 'primaryIdentifier' | 'secondaryIdentifier'>): string {
  return [primaryIdentifier, secondaryIdentifier].filter((part) => part !== '').join(', ');
}

/** The words of an identifier: one filler within it stands for a space, a hyphen or nothing. */
function words(part: string): string {
  if (!part.includes('<')) return part;
  return part.split('<').filter(Boolean).join(' ');
}

/** Reads a name field. Columns of the faults count from 0 within the field. Never throws. */
export function readName(field: string): MrzName {
  const faults: MrzName['faults'] = [];
  let end = field.length;
  while (end > 0 && field.charAt(end - 1) === '<') end -= 1;
  let start = 0;
  while (start < end && field.charAt(start) === '<') start += 1;
  if (end === 0) faults.push({ fault: 'empty', start: 0, end: field.length });
  if (start > 0) faults.push({ fault: 'leading-filler', start: 0, end: start });

  const body = field.slice(start, end);
  const truncated = end > 0 && end === field.length;
  const first = body.indexOf('<<');
  let last = first;
  while (last >= 0) {
    let stop = last + 2;
    while (body.charAt(stop) === '<') stop += 1;
    // One run of exactly two is the separator; a longer one, or a second one, is not foreseen.
    if (last !== first || stop - last > 2) {
      faults.push({ fault: 'separator-repeated', start: start + last, end: start + stop });
    }
    last = body.indexOf('<<', stop);
  }
  // A cut name may have lost its separator; one word needs none.
  if (first < 0 && !truncated && body.includes('<')) {
    faults.push({ fault: 'separator-missing', start, end });
  }
  return {
    primaryIdentifier: words(first < 0 ? body : body.slice(0, first)),
    secondaryIdentifier: first < 0 ? '' : words(body.slice(first + 2)),
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
