// Version 8 of the station's store: the list of who can help, for referrals. It is of the station, not of a traveller.
import type { Migration } from '../migrate.ts';

export const directory: Migration = {
  version: 8,
  sql: `
CREATE TABLE directory (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  contacts TEXT NOT NULL
) STRICT;
INSERT INTO directory VALUES (1, '[]');
`,
};
