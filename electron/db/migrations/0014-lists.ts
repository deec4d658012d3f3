// Version 14 of the station's store: lists of numbers, whose tokens lie in files of their own.
import type { Migration } from '../migrate.ts';

export const lists: Migration = {
  version: 14,
  sql: `
CREATE TABLE number_list (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('lost', 'stop', 'watch')),
  source TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  until TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  imported_by TEXT NOT NULL,
  -- In the folder of lists; another one for every version.
  file TEXT NOT NULL UNIQUE,
  -- Of the tokens in it, made for this version alone.
  key BLOB NOT NULL CHECK (length(key) = 32),
  tokens INTEGER NOT NULL CHECK (tokens > 0),
  refused INTEGER NOT NULL CHECK (refused >= 0),
  -- Which shapes of keys it has, as JSON.
  shapes TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  UNIQUE (kind, source)
) STRICT;
`,
};
