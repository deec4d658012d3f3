// Whether a printed name, in any script with a table, can stand in a zone as it does: spelled, joined, cut or in another order.

import { type Way, waysOf } from './transliteration-tables.ts';

/**
 * What explains a difference: `transliteration` by Doc 9303-3 section 6; `national` another spelling issuers use; `sound`
 * Arabic as heard; `joined` a space, hyphen or apostrophe treated otherwise; `truncated` cut to the field; `order`
 * names in another order; `part` names of the page that the zone leaves out.
 */
export type NameReason = 'transliteration' | 'national' | 'sound' | 'joined' | 'truncated' | 'order' | 'part';

export interface PrintedName {
  primary: string;
  /** Empty for a holder with one name. */
  secondary: string;
}

export interface ZoneName extends PrintedName {
  /** The field is full, so parts may be cut. */
  truncated: boolean;
}

/** `not-comparable`: a script without a table, or nothing printed. */
export interface NameComparison {
  outcome: 'equal' | 'explained' | 'differs' | 'not-comparable';
  by: NameReason[];
}

/** One piece of the print: a letter with its ways, or what stands between letters. */
interface Unit {
  ways: readonly (Way | { to: string; by: 'joined' })[];
  /** Ends a component: what is cut from one ends here. */
  gap: boolean;
  /** Vowels may stand before or after it that are not written. */
  arabic: boolean;
  /** A sign has doubled it. */
  doubled: boolean;
}

const LETTER: Unit = { ways: [], gap: false, arabic: false, doubled: false };

type Cost = Readonly<Record<Way['by'] | 'joined', number>>;
const COST: Cost = { letter: 0, table: 1, national: 20, joined: 30, sound: 400 };
const CUT = 2;
const FREE_VOWEL = 400;

const SPACE: Unit = {
  ...LETTER,
  ways: [
    { to: '<', by: 'letter' },
    { to: '', by: 'joined' },
  ],
  gap: true,
};
const APOSTROPHE: Unit = {
  ...LETTER,
  ways: [
    { to: '', by: 'letter' },
    { to: '<', by: 'joined' },
  ],
};
const DIVIDER: Unit = {
  ...LETTER,
  ways: [
    { to: '<<', by: 'letter' },
    { to: '<', by: 'joined' },
  ],
  gap: true,
};

const SHADDA = 'ّ';

/** The letters and gaps of a printed text; null where it holds a letter no table has. */
function unitsOf(printed: string): Unit[] | null {
  const units: Unit[] = [];
  const text = printed.replaceAll(/[\s\-‐-―.,<]+/gu, ' ').trim();
  for (const char of text.normalize('NFC')) {
    const upper = char === 'ß' || char === 'ı' ? char : char.toUpperCase();
    if (upper === ' ') units.push(SPACE);
    else if (upper === SHADDA) {
      // Doubles the letter before it, once (section 6.C note 3); many leave it out.
      const before = units.at(-1);
      if (before !== undefined && !before.gap && !before.doubled) {
        const doubled = before.ways.map(({ to, by }) => ({ to: to + to, by }));
        units[units.length - 1] = { ...before, ways: [...doubled, ...before.ways], doubled: true };
      }
    } else {
      const ways = waysOf(upper);
      // Signs of vowels are not encoded.
      if (ways.length > 0 && ways.every(({ to }) => to === '')) continue;
      if (ways.length > 0) units.push({ ...LETTER, ways, arabic: /\p{Script=Arabic}/u.test(upper) });
      // No name has a digit, but a zone may show one, and then the page may as well.
      else if (/^[0-9]$/u.test(upper)) units.push({ ...LETTER, ways: [{ to: upper, by: 'letter' }] });
      else if (/\p{L}/u.test(upper)) return null;
      else if (!/\p{M}/u.test(upper)) units.push(APOSTROPHE);
    }
  }
  return units;
}

interface Found {
  cost: number;
  by: ReadonlySet<NameReason>;
}

const REASON: Readonly<Record<Way['by'] | 'joined', NameReason | null>> = {
  letter: null,
  table: 'transliteration',
  national: 'national',
  sound: 'sound',
  joined: 'joined',
};

function better(a: Found | null, b: Found | null): Found | null {
  if (a === null || b === null) return a ?? b;
  return b.cost < a.cost ? b : a;
}

function and(rest: Found | null, cost: number, reason: NameReason | null): Found | null {
  if (rest === null) return null;
  return {
    cost: rest.cost + cost,
    by: reason === null || rest.by.has(reason) ? rest.by : new Set([...rest.by, reason]),
  };
}

const VOWELS = 'AEIOUYH';

/** The cheapest way to spell all units as the text; null where there is none. `cut`: components may end early. */
function spell(units: readonly Unit[], text: string, cut: boolean): Found | null {
  const width = text.length + 1;
  const known: (Found | null | undefined)[] = Array.from({ length: (units.length + 1) * width });
  const at = (i: number, j: number): Found | null => known[i * width + j] ?? null;
  for (let i = units.length; i >= 0; i -= 1) {
    for (let j = text.length; j >= 0; j -= 1) {
      let best: Found | null = i === units.length && j === text.length ? { cost: 0, by: new Set() } : null;
      const unit = units[i];
      for (const { to, by } of unit?.ways ?? []) {
        if (text.startsWith(to, j)) best = better(best, and(at(i + 1, j + to.length), COST[by], REASON[by]));
      }
      const next = text.charAt(j);
      // What an Arabic name does not write: vowels, and a consonant said twice.
      const heard = (unit ?? units[i - 1])?.arabic === true || units[i - 1]?.arabic === true;
      if (heard && next !== '' && next !== '<' && (VOWELS.includes(next) || next === text.charAt(j - 1))) {
        best = better(best, and(at(i, j + 1), FREE_VOWEL, 'sound'));
      }
      // Cut: the rest of the component is left out, up to the next gap or, at the end of the field, for good.
      if (cut && unit !== undefined && (next === '' || (next === '<' && !unit.gap))) {
        best = better(best, and(at(i + 1, j), CUT, 'truncated'));
      }
      known[i * width + j] = best;
    }
  }
  return at(0, 0);
}

function zoneText(name: PrintedName): string {
  const part = (text: string): string => text.replaceAll(' ', '<');
  return name.secondary === '' ? part(name.primary) : `${part(name.primary)}<<${part(name.secondary)}`;
}

function whole(primary: readonly Unit[], secondary: readonly Unit[]): readonly Unit[] {
  if (primary.length === 0) return secondary;
  return secondary.length === 0 ? primary : [...primary, DIVIDER, ...secondary];
}

function words(units: readonly Unit[]): Unit[][] {
  const found: Unit[][] = [[]];
  for (const unit of units) {
    if (unit.gap) found.push([]);
    else found.at(-1)?.push(unit);
  }
  return found.filter((word) => word.length > 0);
}

/** More names than this are not tried in every order. */
const MOST_WORDS = 7;

/** Each word of the zone as one of the print, no word twice; `left` tells that words of the print remain. */
function inAnyOrder(
  printed: readonly Unit[][],
  zone: readonly string[],
): { by: NameReason[]; left: boolean } | null {
  const fits = zone.map((word) => printed.map((units) => spell(units, word, false)));
  const place = (row: number, taken: readonly number[]): { cost: number; by: NameReason[] } | null => {
    const candidates = fits[row];
    if (candidates === undefined) return { cost: 0, by: [] };
    let best: { cost: number; by: NameReason[] } | null = null;
    for (const [index, found] of candidates.entries()) {
      if (found === null || taken.includes(index)) continue;
      const others = place(row + 1, [...taken, index]);
      const cost = found.cost + (others?.cost ?? 0);
      if (others !== null && (best === null || cost < best.cost))
        best = { cost, by: [...found.by, ...others.by] };
    }
    return best;
  };
  const found = place(0, []);
  return found === null ? null : { by: found.by, left: printed.length > zone.length };
}

const ORDER: readonly NameReason[] = [
  'part',
  'order',
  'sound',
  'national',
  'joined',
  'truncated',
  'transliteration',
];

function comparison(by: Iterable<NameReason>): NameComparison {
  const reasons = new Set(by);
  const sorted = ORDER.filter((reason) => reasons.has(reason));
  return { outcome: sorted.length === 0 ? 'equal' : 'explained', by: sorted };
}

/**
 * Compares a printed name with the name of a zone, by the tables of Doc 9303-3 section 6 and §4.6, aware of truncation
 * (9303-4 §4.2.3). The printed parts may be in Latin, Cyrillic or Arabic letters, in any case. Never throws.
 */
export function compareNames(printed: PrintedName, zone: ZoneName): NameComparison {
  const primary = unitsOf(printed.primary);
  const secondary = unitsOf(printed.secondary);
  if (primary === null || secondary === null) return { outcome: 'not-comparable', by: [] };
  if (primary.length + secondary.length === 0) return { outcome: 'not-comparable', by: [] };
  const text = zoneText(zone);
  const straight = spell(whole(primary, secondary), text, zone.truncated);
  if (straight !== null) return comparison(straight.by);
  const swapped = spell(whole(secondary, primary), text, zone.truncated);
  if (swapped !== null) return comparison([...swapped.by, 'order']);

  const own = [...words(primary), ...words(secondary)];
  const zoneWords = text.split('<').filter((word) => word !== '');
  if (zoneWords.length === 0 || own.length > MOST_WORDS) return { outcome: 'differs', by: [] };
  const found = zoneWords.length > own.length ? null : inAnyOrder(own, zoneWords);
  if (found === null) return { outcome: 'differs', by: [] };
  // Given names that are left out are a habit of some issuers; a surname left out is not.
  const surname = words(primary).every((word) => zoneWords.some((each) => spell(word, each, false) !== null));
  if (found.left && !surname) return { outcome: 'differs', by: [] };
  return comparison([...found.by, found.left ? 'part' : 'order']);
}
