// An invented person of Utopia and the life dates that a document needs, all relative to a given day.
import { addDays, addYears, yearsBetween } from './calendar.ts';
import { NAME_STOCKS, TOWNS } from './names.ts';
import type { Random } from './prng.ts';

/** A holder who never lived. */
export interface Person {
  readonly surname: string;
  /** Empty for a holder with one name only, which is lawful. */
  readonly givenNames: string;
  readonly sex: 'F' | 'M' | 'X';
  /** YYYY-MM-DD. */
  readonly birthDate: string;
  readonly birthPlace: string;
  readonly heightCm: number;
}

/** A person who is between `youngest` and `oldest` years old on `today` (YYYY-MM-DD). */
export function inventPerson(random: Random, today: string, youngest = 3, oldest = 84): Person {
  const stock = random.pick(NAME_STOCKS);
  const drawn = random.next();
  const sex = drawn < 0.49 ? 'F' : drawn < 0.98 ? 'M' : 'X';
  const names =
    sex === 'F' ? stock.female : sex === 'M' ? stock.male : random.pick([stock.female, stock.male]);
  const lone = random.chance(0.03);
  const double = random.chance(0.08);
  const first = random.pick(names);
  const second = random.pick(names);
  const surname = random.pick(stock.surnames);
  const other = random.pick(stock.surnames);
  // One name of several words would leave open where the separator belongs.
  const single = lone && !/[ -]/u.test(surname);
  // Most travellers are adults; ages thin out towards both ends.
  const age = Math.round(
    youngest + (oldest - youngest) * ((random.next() + random.next() + random.next()) / 3),
  );
  const birthDate = addDays(addYears(today, -age - 1), random.int(1, 364));
  const years = yearsBetween(birthDate, today);
  return {
    surname: double && other !== surname && !single ? `${surname} ${other}` : surname,
    givenNames: single
      ? ''
      : (second !== first && random.chance(0.45) ? `${first} ${second}` : first).toUpperCase(),
    sex,
    birthDate,
    birthPlace: random.pick(TOWNS),
    heightCm: Math.round(years < 18 ? 82 + years * 5 + random.range(-4, 4) : 168 + random.normal() * 8),
  };
}
