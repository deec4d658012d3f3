// All migrations of the protection file, in order. It names the examination; nothing outside names it.
import { appendOnly, AUDIT_TABLE, type Migration } from '../migrate.ts';

const first: Migration = {
  version: 1,
  sql: `
CREATE TABLE protection (
  id TEXT PRIMARY KEY,
  examination_id TEXT NOT NULL,
  station_id TEXT NOT NULL,
  officer_id TEXT NOT NULL,
  at TEXT NOT NULL,
  signs TEXT NOT NULL,
  note TEXT NOT NULL,
  submitted_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX protection_of_examination ON protection (examination_id);
${appendOnly('protection')}
${AUDIT_TABLE}
`,
};

export const PROTECTION_MIGRATIONS: readonly Migration[] = [first];
