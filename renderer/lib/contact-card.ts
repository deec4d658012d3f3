// Prints the card of one contact, in a language of the catalogue that has words for it.
import type { Contact } from '../../shared/contract/directory.ts';
import { contactCard } from '../../shared/report/contact-card.ts';
import { languages, messagesOf } from '../text/catalogue.ts';
import { printSheet } from './print-sheet.ts';

/** Languages in which there is a card. */
export function cardLanguages(): string[] {
  return languages();
}

export function printCard(contact: Contact, language: string): Promise<void> {
  const messages = messagesOf(language);
  return printSheet(contactCard(contact, { language, say: (id) => messages[id] ?? id }));
}
