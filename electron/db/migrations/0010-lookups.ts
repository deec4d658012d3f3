// Version 10 of the station's store: two questions that somebody waits for need no walk through the chain or the case.
import type { Migration } from '../migrate.ts';

/** Whose secret somebody else set for once, and who has closed their comparison of a bearer. */
export const lookups: Migration = {
  version: 10,
  sql: `
CREATE INDEX audit_renewed ON audit (subject_id, at) WHERE action = 'secret.renewed';
CREATE INDEX case_bearer_closed ON case_entry (examination_id, officer_id) WHERE kind = 'bearer-done';
`,
};
