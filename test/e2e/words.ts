// The words an officer sees, for tests that look for them: every English catalogue file, formatted as the window does.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIntl } from 'react-intl';
import { ROOT } from './host.ts';

const folder = join(ROOT, 'assets/text/en');
const messages = Object.assign(
  {},
  ...readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as object),
) as Record<string, string>;

const intl = createIntl({ locale: 'en', messages });

/** The text of a catalogue id. Throws for an id that stands in no file. */
export function text(id: string, values: Record<string, string | number> = {}): string {
  if (messages[id] === undefined) throw new Error(`no words for ${id}`);
  return intl.formatMessage({ id }, values);
}
