// Version 9 of the station's store: which procedure an examination followed.
import { appendOnly, type Migration } from '../migrate.ts';

/** Records of before have none. It says nothing of a person, and stays when a record is erased. */
export const procedure: Migration = {
  version: 9,
  sql: `
CREATE TABLE procedure_version (
  id INTEGER PRIMARY KEY,
  version TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  UNIQUE (version, sha256)
) STRICT;
${appendOnly('procedure_version')}

ALTER TABLE examination ADD COLUMN procedure INTEGER REFERENCES procedure_version (id);
CREATE TRIGGER examination_procedure_no_update BEFORE UPDATE OF procedure ON examination
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
`,
};
