// Version 5 of the station's store: indexes for a million records, and what is the same in many findings kept once.
import { appendOnly, type Migration } from '../migrate.ts';

export const compact: Migration = {
  version: 5,
  sql: `
DROP INDEX examination_by_time;
DROP INDEX examination_by_day;
CREATE INDEX examination_by_day ON examination (saved_on, id);

-- One index tells the decisions of an examination and that it has one first decision only.
DROP INDEX decision_of_examination;
DROP INDEX decision_first;
CREATE UNIQUE INDEX decision_of_examination ON decision (examination_id, coalesce(replaces, ''));
DROP INDEX decision_by_outcome;
CREATE INDEX decision_by_outcome ON decision (outcome, examination_id);

-- By the digest of its content, which the finding names and the audit chain covers.
CREATE TABLE finding_shared (
  digest TEXT PRIMARY KEY,
  content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
${appendOnly('finding_shared')}

`,
};
