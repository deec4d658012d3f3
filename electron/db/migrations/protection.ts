// All migrations of the protection file, in order. It names the examination; nothing outside names it.
import { appendOnly, AUDIT_TABLE, type Migration } from '../migrate.ts';

/** Room of 2 MB that later entries take up: about as many as a station writes in years. */
const RESERVE_BYTES = 2 * 1024 * 1024;

/** Leaves that much free room in the file, so that its size does not grow with each entry and tell how many. */
export const RESERVE = `
CREATE TABLE reserve (room BLOB NOT NULL) STRICT;
INSERT INTO reserve VALUES (zeroblob(${RESERVE_BYTES}));
DROP TABLE reserve;
`;

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
${RESERVE}
`,
};

export const PROTECTION_MIGRATIONS: readonly Migration[] = [first];
