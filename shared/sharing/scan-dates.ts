// Whether a text says one of the days that a case knows: in numbers of any order, run together, or with a month's name.
import { typedDates } from '../mrz/printed-dates.ts';
import { type Token, tokensOf } from './fold.ts';
import type { Place } from './scan.ts';

/** Months of scripts that `typedDates` has no words for, by how they begin, as English ones. */
const MONTHS: readonly [begins: string, month: string][] = [
  ['ЯНВ', 'JAN'],
  ['ФЕВ', 'FEB'],
  ['МАР', 'MAR'],
  ['АПР', 'APR'],
  ['МАИ', 'MAY'],
  ['МАЯ', 'MAY'],
  ['ИЮН', 'JUN'],
  ['ИЮЛ', 'JUL'],
  ['АВГ', 'AUG'],
  ['СЕН', 'SEP'],
  ['ОКТ', 'OCT'],
  ['НОЯ', 'NOV'],
  ['ДЕК', 'DEC'],
  ['يناير', 'JAN'],
  ['فبراير', 'FEB'],
  ['مارس', 'MAR'],
  ['ابريل', 'APR'],
  ['مايو', 'MAY'],
  ['يونيو', 'JUN'],
  ['يوليو', 'JUL'],
  ['اغسطس', 'AUG'],
  ['سبتمبر', 'SEP'],
  ['اكتوبر', 'OCT'],
  ['نوفمبر', 'NOV'],
  ['ديسمبر', 'DEC'],
];

/** Months as they are written in much of Europe and on its stamps. */
const ROMAN: ReadonlyMap<string, string> = new Map(
  'I II III IV V VI VII VIII IX X XI XII'
    .split(' ')
    .map((roman, at) => [roman, 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')[at] ?? '']),
);

/** What stands between day, month and year in many languages and says nothing. */
const FILL = new Set('ST ND RD TH OF DE DEL D DI DU Г ГОДА THE'.split(' '));

const inEnglish = (word: string): string =>
  ROMAN.get(word) ?? MONTHS.find(([begins]) => word.startsWith(begins))?.[1] ?? word;

/** `12081974`, `19740812`, `120874` parted as an order of a date would; the other orders are these turned round. */
function parted(digits: string): string[][] {
  const cut = (first: number, second: number): string[] => [
    digits.slice(0, first),
    digits.slice(first, second),
    digits.slice(second),
  ];
  if (digits.length === 8) return [cut(2, 4), cut(4, 6)];
  return digits.length === 6 ? [cut(2, 4)] : [];
}

function daysOf(tokens: readonly Token[]): string[] {
  const words = tokens.map(({ folded }) => inEnglish(folded));
  const orders = words.length === 1 ? parted(words[0] ?? '') : [words];
  return orders
    .flatMap((order) => [order, order.toReversed()])
    .flatMap((order) => typedDates(order.join(' ')).map(({ iso }) => iso));
}

/** Thai years run ahead of ours. */
const BUDDHIST = 543;

/** Numbers of which one or two stand in any way of writing these days: nothing else has to be looked at closely. */
function numbersOf(dates: readonly string[]): { days: ReadonlySet<number>; years: ReadonlySet<number> } {
  const years = dates.map((iso) => Number(iso.slice(0, 4)));
  return {
    days: new Set(dates.map((iso) => Number(iso.slice(8)))),
    years: new Set(years.flatMap((year) => [year, year % 100, year + BUDDHIST, (year + BUDDHIST) % 100])),
  };
}

/** Places at which a text says one of these days (`YYYY-MM-DD`), in whatever form; two digits of a year are enough. */
export function datesIn(text: string, dates: readonly string[]): Place[] {
  if (dates.length === 0) return [];
  const wanted = new Set(dates.flatMap((iso) => [iso, iso.slice(2)]));
  const { days, years } = numbersOf(dates);
  const mayBe = (window: readonly Token[]): boolean => {
    const numbers = window.flatMap(({ folded }) => (/^\d+$/u.test(folded) ? [Number(folded)] : []));
    if (window.length === 1) return /^(\d{6}|\d{8})$/u.test(window[0]?.folded ?? '');
    return numbers.some((number) => days.has(number)) && numbers.some((number) => years.has(number));
  };
  const tokens = tokensOf(text).filter(({ folded }) => !FILL.has(folded));
  const found: Place[] = [];
  for (const [index, { start }] of tokens.entries()) {
    // A month may be named in two languages.
    for (const size of [1, 3, 4]) {
      const window = tokens.slice(index, index + size);
      if (window.length < size || !mayBe(window)) continue;
      if (daysOf(window).some((iso) => wanted.has(iso)))
        found.push({ start, end: window.at(-1)?.end ?? start });
    }
  }
  return found;
}
