// Travellers that are nobody, in three scripts, with everything of them that must not leave in the open.
import { composeLines } from '../../../shared/specimen/zone.ts';
import { mrzDate } from '../../../shared/specimen/calendar.ts';
import type { Random } from '../../../shared/specimen/prng.ts';
import { makeRecord } from '../../../shared/specimen/record.ts';

export interface Traveller {
  /** As the zone has it. */
  latin: { primary: string; secondary: string };
  /** As the page has it, in the script of the traveller; Latin names with their accents. */
  printed: { primary: string; secondary: string };
  number: string;
  personalNumber: string;
  visaNumber: string;
  birthDate: string;
  issuedOn: string;
  expiresOn: string;
  phone: string;
  lines: readonly string[];
  officers: readonly string[];
  /** A word that stands nowhere else: in remarks, companions, helpers. */
  marker: string;
}

export const TODAY = '2026-11-23';

type Pair = readonly [printed: string, zone: string];

const CYRILLIC: readonly Pair[] = [
  ['Кузнецов', 'KUZNETSOV'],
  ['Горбаненко', 'GORBANENKO'],
  ['Шаповалова', 'SHAPOVALOVA'],
  ['Жумабеков', 'ZHUMABEKOV'],
  ['Тодорова', 'TODOROVA'],
  ['Вукович', 'VUKOVICH'],
];
const CYRILLIC_GIVEN: readonly Pair[] = [
  ['Светлана', 'SVETLANA'],
  ['Богдан', 'BOGDAN'],
  ['Марат', 'MARAT'],
  ['Ярослав', 'IAROSLAV'],
];
const ARABIC: readonly Pair[] = [
  ['الخطيب', 'ALKHATIB'],
  ['المنصوري', 'ALMANSOURI'],
  ['الحداد', 'ALHADDAD'],
  ['البغدادي', 'ALBAGHDADI'],
  ['الزهراني', 'ALZAHRANI'],
];
const ARABIC_GIVEN: readonly Pair[] = [
  ['عبد الرحمن', 'ABDULRAHMAN'],
  ['فاطمة', 'FATIMA'],
  ['مصطفى', 'MUSTAFA'],
  ['يوسف', 'YOUSSEF'],
];

const CONSONANTS = 'BDFGKLMNPRSTVZ';
const VOWELS = 'AEIOU';

/** A word of twelve letters that no dictionary has. */
function madeUp(random: Random): string {
  return Array.from({ length: 12 }, (_, place) =>
    random.pick([...(place % 2 === 0 ? CONSONANTS : VOWELS)]),
  ).join('');
}

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random.int(0, 9))).join('');

const day = (random: Random, from: number, to: number): string => {
  const at = new Date(Date.UTC(random.int(from, to), random.int(0, 11), random.int(1, 28)));
  return at.toISOString().slice(0, 10);
};

function named(random: Random): Pick<Traveller, 'latin' | 'printed'> {
  const [surnames, given] = random.pick([
    [CYRILLIC, CYRILLIC_GIVEN],
    [ARABIC, ARABIC_GIVEN],
  ] as const);
  const [primary, secondary] = [random.pick(surnames), random.pick(given)];
  return {
    printed: { primary: primary[0], secondary: secondary[0] },
    latin: { primary: primary[1], secondary: secondary[1] },
  };
}

/** The traveller of a place in the row: every third one with a Latin name, the others in Cyrillic or Arabic letters. */
export function traveller(random: Random, place: number): Traveller {
  const record = makeRecord(random.int(0, 1_000_000), 'passport', TODAY);
  const own =
    place % 3 === 0
      ? {
          printed: { primary: record.printed.surname, secondary: record.printed.givenNames },
          latin: { primary: record.zone.surname, secondary: record.zone.givenNames },
        }
      : named(random);
  const number = `${random.pick([...'ABCEGHKLMNPRT'])}${random.pick([...'BCDFGHJK'])}${digits(random, 7)}`;
  const birthDate = day(random, 1950, 2012);
  const expiresOn = day(random, 2027, 2035);
  const personalNumber = digits(random, 10);
  return {
    ...own,
    number,
    personalNumber,
    visaNumber: digits(random, 9),
    birthDate,
    issuedOn: `${Number(expiresOn.slice(0, 4)) - 10}${expiresOn.slice(4)}`,
    expiresOn,
    phone: `+${random.int(20, 99)} ${digits(random, 2)} ${digits(random, 3)} ${digits(random, 4)}`,
    lines: composeLines('TD3', {
      ...record.zone,
      surname: own.latin.primary,
      givenNames: own.latin.secondary,
      number,
      birthDate: mrzDate(birthDate),
      expiryDate: mrzDate(expiresOn),
      optional: personalNumber,
    }),
    officers: [`Officer ${madeUp(random).toLowerCase()}`, `Second ${madeUp(random).toLowerCase()}`],
    marker: madeUp(random),
  };
}
