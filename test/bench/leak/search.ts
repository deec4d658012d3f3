// Looks for a person in the bytes of a report. It shares nothing with what makes reports, so that both cannot be wrong
// in the same way; what it must find it is shown first.
import type { Traveller } from './travellers.ts';

export type Trace = 'name' | 'number' | 'day' | 'contact' | 'protection' | 'marker' | 'portrait';

const LETTERS: Readonly<Record<string, string>> = {
  Ø: 'O',
  Æ: 'AE',
  Þ: 'TH',
  Đ: 'D',
  Ł: 'L',
  ß: 'SS',
  Ð: 'D',
};

const fold = (text: string): string =>
  [...text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toUpperCase()]
    .map((char) => LETTERS[char] ?? char)
    .join('');

/** Every text of the report, keys too, but for those that are ids, digests and times of its own making. */
function textsOf(value: unknown, opaque: ReadonlySet<string>): string[] {
  if (typeof value === 'string') return opaque.has(value) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((each) => textsOf(each, opaque));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsOf(each, opaque)]);
}

const partsOf = ({ latin, printed, officers }: Traveller): string[] =>
  [
    latin.primary,
    latin.secondary,
    printed.primary,
    printed.secondary,
    ...officers.map((name) => name.split(' ')[1] ?? ''),
  ]
    // A gap, a hyphen or an apostrophe parts a name, or nothing does.
    .flatMap((name) => [...name.split(/[^\p{L}\p{M}]+/u), name.replaceAll(/[^\p{L}\p{M}]/gu, '')])
    .map(fold)
    .filter((part) => part.length > 2);

function says(text: string, part: string): boolean {
  const words = fold(text).split(/[^\p{L}]+/u);
  if (words.includes(part)) return true;
  if (part.length < 6) return false;
  return words.join('').includes(part);
}

const bare = (text: string): string => fold(text).replaceAll(/[^\p{L}\p{Nd}]/gu, '');

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');

function saysDay(text: string, iso: string): boolean {
  const [year = '', month = '', date = ''] = iso.split('-');
  const whole = bare(text);
  const short = year.slice(2);
  if (
    [`${year}${month}${date}`, `${date}${month}${year}`, `${month}${date}${year}`].some((each) =>
      whole.includes(each),
    )
  )
    return true;
  const runs = text.split(/[^\p{Nd}]+/u);
  if ([`${short}${month}${date}`, `${date}${month}${short}`].some((each) => runs.includes(each))) return true;
  const numbers = runs.filter((run) => run !== '').map(Number);
  // Whole numbers only: 26 is not the end of 2026.
  const joined = ` ${numbers.join(' ')} `;
  const [m, d] = [Number(month), Number(date)];
  const triples = [
    `${d} ${m} ${Number(year)}`,
    `${m} ${d} ${Number(year)}`,
    `${d} ${m} ${Number(short)}`,
    `${Number(year)} ${m} ${d}`,
  ];
  if (triples.some((triple) => joined.includes(` ${triple} `))) return true;
  return fold(text).includes(MONTHS[m - 1] ?? '-') && numbers.includes(d) && numbers.includes(Number(year));
}

const PROTECTION =
  /asylum|protection officer|victim|traffick|exploit|\bTI\d\d\b|protection_referral|child_procedure|L1\.protect/iu;
const CONTACT = /\S@\S+\.|(^|\s)@\w|\+\d[\d ]{8,}/u;

/** What is told of a traveller in a report; `opaque` are its own ids, tokens, digests and times, which are computed elsewhere. */
export function tracesOf(
  bytes: Uint8Array,
  of: Traveller,
  opaque: ReadonlySet<string>,
  portrait: string,
): Trace[] {
  const raw = Buffer.from(bytes).toString('utf8');
  const texts = textsOf(JSON.parse(raw), opaque);
  const parts = partsOf(of);
  const numbers = [of.number, of.personalNumber, of.visaNumber].map(bare);
  const days = [of.birthDate, of.issuedOn, of.expiresOn];
  const found = new Set<Trace>();
  for (const text of texts) {
    if (parts.some((part) => says(text, part))) found.add('name');
    if (numbers.some((number) => bare(text).includes(number) || bare(text).endsWith(number.slice(-5))))
      found.add('number');
    if (days.some((day) => saysDay(text, day))) found.add('day');
    if (CONTACT.test(text)) found.add('contact');
    if (PROTECTION.test(text)) found.add('protection');
  }
  if (raw.toUpperCase().includes(of.marker)) found.add('marker');
  if (raw.includes(portrait)) found.add('portrait');
  return [...found];
}
