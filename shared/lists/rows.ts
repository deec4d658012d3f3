// One row of a table as the keys of a list, or why nothing in it can be looked up. Never answers a value in a reason.
import type { ListKind } from '../examination/listed.ts';
import { parseDay } from '../mrz/dates.ts';
import { typedDates } from '../mrz/printed-dates.ts';
import type { ColumnRole, Columns } from './columns.ts';
import {
  type DocumentFamily,
  isPlainNumber,
  type ListKey,
  numberKey,
  numberText,
  personKey,
  stateText,
  visaKey,
  wordsKey,
} from './keys.ts';

export const ROW_FAULTS = [
  'nothing', // no number, no name in it
  'number', // something else than letters and digits
  'length', // shorter than three places or longer than twenty-four
  'state', // none of the codes of the zone
  'birth', // no whole date
  'name', // no Latin letters
] as const;

export type RowFault = (typeof ROW_FAULTS)[number];

const SHORTEST = 3;
const LONGEST = 24;

type Read = (row: readonly string[]) => ListKey[] | RowFault;

/** Words for kinds of documents; anything else says nothing, and the number counts for every kind. */
function familyOf(text: string): DocumentFamily | 'visa' | null {
  const word = text.trim().toUpperCase();
  if (/^(?:P|P[A-Z<]|PASS.*|PASAPORTE.*|REISEPASS)$/u.test(word)) return 'passport';
  if (/^(?:V|V[A-Z<]|VIS[AU].*)$/u.test(word)) return 'visa';
  if (/^(?:[IAC]|[IAC][A-Z<]|ID.*|CARD.*|.*\bCARD|CARTE.*|.*AUSWEIS)$/u.test(word)) return 'card';
  return null;
}

function numberFault(number: string): RowFault | null {
  if (!isPlainNumber(number)) return 'number';
  return number.length < SHORTEST || number.length > LONGEST ? 'length' : null;
}

const WHOLE_DAY = /^\d{4}-\d{2}-\d{2}$/u;

/** A whole date as `YYYY-MM-DD`; of two numbers that can be day and month the first is the day. */
function birthOf(text: string): string | null {
  const bare = text.trim();
  if (WHOLE_DAY.test(bare)) return parseDay(bare) === null ? null : bare;
  const packed = /^(\d{4})(\d{2})(\d{2})$/u.exec(bare);
  const asked = packed === null ? bare : packed.slice(1).join('-');
  const [first] = typedDates(asked).filter(({ iso }) => WHOLE_DAY.test(iso) && parseDay(iso) !== null);
  return first?.iso ?? null;
}

/** Surname and given names of one text, where it says which is which. */
function partsOf(name: string): { primary: string; secondary: string } | null {
  const at = name.includes('<<') ? name.indexOf('<<') : name.indexOf(',');
  return at < 0 ? null : { primary: name.slice(0, at), secondary: name.slice(at + 1) };
}

/** How rows with these columns are read for a list of this kind. */
export function rowReader(columns: Columns, kind: ListKind): Read {
  const at = (role: ColumnRole): number => columns.indexOf(role);
  const [number, state, type, visa] = [at('number'), at('state'), at('type'), at('visa')];
  const [surname, given, name, birth] = [at('surname'), at('given'), at('name'), at('birth')];
  // Of what was lost or stolen the holder is the one who was robbed: their name is not looked for.
  const wantsPerson = kind !== 'lost' && birth >= 0 && (surname >= 0 || name >= 0);
  const cell = (row: readonly string[], place: number): string => (place < 0 ? '' : (row[place] ?? ''));

  function person(row: readonly string[]): ListKey | RowFault | null {
    const last = cell(row, surname).trim();
    const whole = cell(row, name).trim();
    if (last === '' && whole === '') return null;
    const day = birthOf(cell(row, birth));
    if (day === null) return 'birth';
    const isParted = last !== '' || given >= 0;
    const parts = isParted ? { primary: last || whole, secondary: cell(row, given) } : partsOf(whole);
    const key = parts === null ? wordsKey(whole, day) : personKey(parts.primary, parts.secondary, day);
    return key ?? 'name';
  }

  return (row) => {
    const keys: ListKey[] = [];
    let fault: RowFault = 'nothing';
    const issuer = cell(row, state).trim();
    const code = issuer === '' ? '' : stateText(issuer);
    const own = numberText(cell(row, number));
    const label = numberText(cell(row, visa));
    for (const [text, isLabel] of [
      [own, false],
      [label, true],
    ] as const) {
      if (text === '') continue;
      const wrong = numberFault(text) ?? (code === null ? 'state' : null);
      if (wrong !== null) {
        fault = wrong;
        continue;
      }
      const family = isLabel ? 'visa' : familyOf(cell(row, type));
      // The state of a row with both stands for the document, not for the visa in it.
      if (isLabel && own !== '') keys.push(visaKey(text, ''));
      else keys.push(family === 'visa' ? visaKey(text, code ?? '') : numberKey(text, code ?? '', family));
    }
    if (wantsPerson) {
      const found = person(row);
      if (typeof found === 'string') fault = found;
      else if (found !== null) keys.push(found);
    }
    return keys.length > 0 ? keys : fault;
  };
}
