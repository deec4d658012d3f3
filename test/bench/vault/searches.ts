// What officers look for in History, drawn from the records themselves.
import type { Db } from '../../../electron/db/open.ts';
import type { HistoryFilter } from '../../../shared/contract/records.ts';
import type { Random } from '../../../shared/specimen/prng.ts';

const SEARCHES = 400;

const NOTHING: HistoryFilter = {
  text: '',
  state: '',
  from: null,
  to: null,
  outcome: null,
  limit: 50,
  offset: 0,
};

/** What officers look for: mostly a number or a name in hand, now and then a state, days, an outcome, or two of these. */
export function makeSearches(db: Db, random: Random): HistoryFilter[] {
  const last = db.prepare<[], number>('SELECT max(row) FROM document').pluck().get() ?? 1;
  const pick = db.prepare<[number], { number: string; name: string; issuer: string }>(
    'SELECT number, name, issuer FROM document WHERE row = ?',
  );
  const day = (place: number): string =>
    new Date(Date.UTC(2021, 0, 1) + place * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: SEARCHES }, (): HistoryFilter => {
    const { number, name, issuer } = pick.get(random.int(1, last)) ?? { number: '', name: '', issuer: '' };
    const [family = '', given = ''] = name.split(', ');
    const from = random.int(0, 2000);
    const kind = random.int(1, 20);
    if (kind <= 5) return { ...NOTHING, text: number };
    if (kind <= 8) return { ...NOTHING, text: number.slice(0, random.int(3, 6)) };
    if (kind <= 11) return { ...NOTHING, text: `${family} ${given}` };
    if (kind <= 13) return { ...NOTHING, text: family };
    if (kind === 14) return { ...NOTHING, text: family.slice(0, random.int(2, 4)) };
    if (kind === 15) return { ...NOTHING, state: issuer };
    if (kind === 16) return { ...NOTHING, from: day(from), to: day(from + random.int(0, 30)) };
    if (kind === 17) return { ...NOTHING, outcome: random.pick(['clear', 'referred', 'skip'] as const) };
    if (kind === 18) return { ...NOTHING, state: issuer, outcome: 'referred' };
    if (kind === 19) return { ...NOTHING, text: family, from: day(from), to: day(from + 365) };
    return { ...NOTHING, offset: 50 * random.int(0, 9) };
  });
}
