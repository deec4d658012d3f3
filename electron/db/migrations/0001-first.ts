// Version 1 of the station's store: station, officers, examinations with all below them, draft, counts, audit.
import { appendOnly, AUDIT_TABLE, type Migration } from '../migrate.ts';

const APPEND_ONLY = ['examination', 'document', 'image', 'finding', 'decision'];

export const first: Migration = {
  version: 1,
  sql: `
CREATE TABLE station (
  id TEXT PRIMARY KEY,
  created_at TEXT NOT NULL,
  settings TEXT,
  current_officer_id TEXT REFERENCES officer (id)
) STRICT;

CREATE TABLE officer (
  id TEXT PRIMARY KEY,
  station_id TEXT NOT NULL REFERENCES station (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE examination (
  id TEXT PRIMARY KEY,
  station_id TEXT NOT NULL REFERENCES station (id),
  officer_id TEXT NOT NULL REFERENCES officer (id),
  officer_name TEXT NOT NULL,
  station_code TEXT NOT NULL,
  place TEXT NOT NULL,
  started_at TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  saved_on TEXT NOT NULL,
  submitted_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX examination_by_time ON examination (saved_at DESC, id DESC);
CREATE INDEX examination_by_day ON examination (saved_on);

CREATE TABLE document (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  examination_id TEXT NOT NULL REFERENCES examination (id),
  station_id TEXT NOT NULL REFERENCES station (id),
  officer_id TEXT NOT NULL REFERENCES officer (id),
  position INTEGER NOT NULL,
  reading TEXT,
  document_type TEXT NOT NULL,
  format TEXT,
  issuer TEXT NOT NULL,
  nationality TEXT NOT NULL,
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  rules_version TEXT NOT NULL,
  judged_on TEXT NOT NULL,
  UNIQUE (examination_id, position)
) STRICT;
CREATE INDEX document_by_issuer ON document (issuer, examination_id);
CREATE INDEX document_by_nationality ON document (nationality, examination_id);
CREATE VIRTUAL TABLE document_search USING fts5 (
  number, name, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);

CREATE TABLE image (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  station_id TEXT NOT NULL REFERENCES station (id),
  officer_id TEXT NOT NULL REFERENCES officer (id),
  position INTEGER NOT NULL,
  light TEXT NOT NULL,
  source TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  UNIQUE (document_id, position)
) STRICT;

CREATE TABLE finding (
  document_id TEXT NOT NULL REFERENCES document (id),
  station_id TEXT NOT NULL REFERENCES station (id),
  officer_id TEXT NOT NULL REFERENCES officer (id),
  position INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (document_id, position)
) STRICT;

CREATE TABLE decision (
  id TEXT PRIMARY KEY,
  examination_id TEXT NOT NULL REFERENCES examination (id),
  station_id TEXT NOT NULL REFERENCES station (id),
  officer_id TEXT NOT NULL REFERENCES officer (id),
  officer_name TEXT NOT NULL,
  replaces TEXT UNIQUE REFERENCES decision (id),
  at TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reasons TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX decision_of_examination ON decision (examination_id);
CREATE INDEX decision_by_outcome ON decision (outcome, id, examination_id);
CREATE UNIQUE INDEX decision_first ON decision (examination_id) WHERE replaces IS NULL;

CREATE TABLE draft (
  id TEXT PRIMARY KEY,
  saved_at TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;

CREATE TABLE cleared_count (
  station_id TEXT NOT NULL REFERENCES station (id),
  day TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 0),
  last_id TEXT,
  last_at TEXT,
  PRIMARY KEY (station_id, day)
) STRICT;

${APPEND_ONLY.map(appendOnly).join('\n')}
${AUDIT_TABLE}
`,
};
