// The catalogue for the command line: the same sentences as in the window, filled in under Node.
import { readdirSync, readFileSync } from 'node:fs';
import { createIntl, createIntlCache, type IntlShape } from 'react-intl';

const FOLDER = new URL('../../assets/text/en/', import.meta.url);

let intl: IntlShape | null = null;
const plain = new Map<string, string>();

function open(): IntlShape {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  const messages: Record<string, string> = Object.assign(
    {},
    ...files.map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))),
  );
  const onError = (error: Error): never => {
    throw error;
  };
  return createIntl({ locale: 'en', messages, onError }, createIntlCache());
}

/** Whether the catalogue has this id. */
export function knows(id: string): boolean {
  intl ??= open();
  return Object.hasOwn(intl.messages, id);
}

/** The sentence of a catalogue id with its values filled in. Throws where the catalogue has no such id. */
export function say(id: string, values?: Record<string, string | number>): string {
  intl ??= open();
  if (values) return intl.formatMessage({ id }, values);
  const text = plain.get(id) ?? intl.formatMessage({ id });
  plain.set(id, text);
  return text;
}
