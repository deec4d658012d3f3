// Words of the hub's own page, and those of reports as stations show them: all from the one catalogue.
import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { type Html, html } from '../../shared/report/html.ts';
import type own from '../../assets/text/en/hub.json';

export type HubWordId = keyof typeof own;

const FOLDER = new URL('../../assets/text/en/', import.meta.url);
const catalogue = new Map(
  readdirSync(FOLDER).flatMap((name) =>
    Object.entries(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Record<string, string>),
  ),
);
const messages = new Map<string, IntlMessageFormat>();

function said(id: string, values: Record<string, string | number> = {}): string {
  const message = messages.get(id) ?? new IntlMessageFormat(catalogue.get(id) ?? id, 'en');
  messages.set(id, message);
  return String(message.format(values));
}

export const word = (id: HubWordId, values: Record<string, string | number> = {}): string => said(id, values);

/** For parts that station and hub share: they ask by ids that they make. */
export const anyWord = said;
export const hasWord = (id: string): boolean => catalogue.has(id);

/** Words of an id that is made of a code of a report; the code itself where there are none, as of a newer station. */
export const codeWord = (id: string, code: string): string => (catalogue.has(id) ? said(id, {}) : code);

/** A time as people read it, in UTC: agencies in several zones read the same. */
export function timeWords(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The same in a table: broken between day and hour alone. */
export function timeCell(at: Date): Html {
  const [day, hour] = [timeWords(at).slice(0, 10), timeWords(at).slice(11)];
  return html`<time datetime="${at.toISOString()}"><span>${day}</span> <span>${hour}</span></time>`;
}
