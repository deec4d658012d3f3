// What the values that reports are counted by are called, by words of the catalogue.
import type { TrendFilter } from './question.ts';
import { DIMENSIONS, type Dimension } from './row.ts';

export interface Words {
  text: (id: string, values?: Record<string, string | number>) => string;
  has: (id: string) => boolean;
}

/** A state by its name; by its code where the catalogue has none. */
export const stateName = ({ text, has }: Words, code: string): string =>
  has(`state.${code}`) ? text(`state.${code}`) : code;

/** The name of a value of a dimension; the empty value is what reports do not tell. */
export function valueName(words: Words, by: Dimension, key: string): string {
  const { text, has } = words;
  if (key === '') return text('trends.untold');
  if (by === 'issuer' || by === 'country') return stateName(words, key);
  if (by === 'place') {
    const [country = '', place = ''] = key.split(' ');
    return text('trends.place', { place, country: stateName(words, country) });
  }
  if (by === 'route') return key;
  if (by === 'fraud') return has(`report.fraud.${key}`) ? text(`report.fraud.${key}`) : key;
  return has(`trends.${by}.${key}`) ? text(`trends.${by}.${key}`) : key;
}

/** The names of all that is chosen, in the order of the dimensions. */
export const chosenNames = (words: Words, only: TrendFilter['only']): string[] =>
  DIMENSIONS.flatMap((dimension) => {
    const key = only[dimension];
    return key === undefined ? [] : [valueName(words, dimension, key)];
  });
