// Version 5 of the station's store: indexes for a million records, what many findings share kept once, the plan of backups.
import { appendOnly, type Migration } from '../migrate.ts';

export const compact: Migration = {
  version: 5,
  sql: `
DROP INDEX examination_by_time;
DROP INDEX examination_by_day;
CREATE INDEX examination_by_day ON examination (saved_on);

-- An index holds the number of the row, by which documents are in the order of saving; most people's nationality is
-- the state that issued their document.
DROP INDEX document_by_issuer;
CREATE INDEX document_by_issuer ON document (issuer);
DROP INDEX document_by_nationality;
CREATE INDEX document_by_nationality ON document (nationality) WHERE nationality <> issuer;

-- One index tells the decisions of an examination and that it has one first decision only.
DROP INDEX decision_of_examination;
DROP INDEX decision_first;
CREATE UNIQUE INDEX decision_of_examination ON decision (examination_id, coalesce(replaces, ''));
DROP INDEX decision_by_outcome;
CREATE INDEX decision_by_outcome ON decision (outcome, examination_id);

-- An index of every hash cost as much as a third of an entry, and nobody asks for it: the chain is walked.
CREATE TABLE audit_next (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  officer_id TEXT,
  action TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  signature BLOB
) STRICT;
INSERT INTO audit_next SELECT seq, at, officer_id, action, subject_id, digest, previous_hash, hash, signature FROM audit;
DROP TABLE audit;
ALTER TABLE audit_next RENAME TO audit;
${appendOnly('audit')}

-- By the digest of its content, which the finding names and the audit chain covers.
CREATE TABLE finding_shared (
  digest TEXT PRIMARY KEY,
  content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
${appendOnly('finding_shared')}

CREATE TABLE backup_plan (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  folder TEXT,
  every_hours INTEGER NOT NULL,
  keep INTEGER NOT NULL,
  last TEXT
) STRICT;
INSERT INTO backup_plan VALUES (1, NULL, 24, 7, NULL);

`,
};
