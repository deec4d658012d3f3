// Version 2 of the station's store: the folder where a scanner saves, and which of its files were seen.
import type { Migration } from '../migrate.ts';

export const watchedFolder: Migration = {
  version: 2,
  sql: `
CREATE TABLE watched_folder (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  folder TEXT,
  afterwards TEXT NOT NULL
) STRICT;
INSERT INTO watched_folder VALUES (1, NULL, 'keep');

CREATE TABLE scan (
  id TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  to_remove INTEGER NOT NULL,
  path TEXT,
  image TEXT,
  image_id TEXT,
  seen_on TEXT NOT NULL
) STRICT;
CREATE INDEX scan_by_state ON scan (state);
`,
};
