// The station's list of who can help, as it was saved last.
import type { Contact } from '../../shared/contract/directory.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

export function loadContacts(db: Db): Contact[] {
  return JSON.parse(statement<[], string>(db, 'SELECT contacts FROM directory').pluck().get() ?? '[]');
}

export function saveContacts(db: Db, contacts: readonly Contact[]): void {
  statement(db, 'UPDATE directory SET contacts = ?').run(JSON.stringify(contacts));
}
