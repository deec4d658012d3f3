// Version 3 of the station's store: who signs in, who began a draft, and the keys of the pictures.
import type { Migration } from '../migrate.ts';

export const vault: Migration = {
  version: 3,
  sql: `
ALTER TABLE officer ADD COLUMN sign_in_name TEXT;
ALTER TABLE officer ADD COLUMN public_key TEXT;
ALTER TABLE officer ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0;
ALTER TABLE officer ADD COLUMN left_at TEXT;
ALTER TABLE station ADD COLUMN recovery_public_key TEXT;
ALTER TABLE draft ADD COLUMN officer_id TEXT REFERENCES officer (id);
UPDATE draft SET officer_id = (SELECT current_officer_id FROM station);

CREATE TABLE image_key (
  number INTEGER PRIMARY KEY,
  key BLOB NOT NULL,
  made_at TEXT NOT NULL
) STRICT;
`,
};
