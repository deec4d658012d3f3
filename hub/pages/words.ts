// Words of the hub's own page, from the catalogue.
import { IntlMessageFormat } from 'intl-messageformat';
import catalogue from '../../assets/text/en/hub.json' with { type: 'json' };

export type HubWordId = keyof typeof catalogue;

const messages = new Map<HubWordId, IntlMessageFormat>();

export function word(id: HubWordId, values: Record<string, string | number> = {}): string {
  const message = messages.get(id) ?? new IntlMessageFormat(catalogue[id], 'en');
  messages.set(id, message);
  return String(message.format(values));
}

/** Words of an id that is made of a code; the code itself where there are none, as of a newer station. */
export const wordOf = (prefix: string, code: string): string => {
  const id = `${prefix}.${code}`;
  return id in catalogue ? word(id as HubWordId) : code;
};

/** A time as people read it, in UTC: agencies in several zones read the same. */
export function timeWords(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
