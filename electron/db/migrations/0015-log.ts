// Version 15 of the station's store: the plan of detection logs, which days were logged, and what the desk asks for by day.
import { appendOnly, type Migration } from '../migrate.ts';

export const log: Migration = {
  version: 15,
  sql: `
CREATE TABLE log_plan (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  folder TEXT,
  at TEXT NOT NULL,
  -- As JSON.
  formats TEXT NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('T2', 'T3')),
  shifts TEXT NOT NULL,
  -- The first day that is to be logged; null while there is no folder.
  since TEXT
) STRICT;
INSERT INTO log_plan VALUES (1, NULL, '00:30', '["xlsx","csv"]', 'T2', '[]', NULL);

-- A day is logged once.
CREATE TABLE log_made (
  day TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  -- Of its manifest.
  sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
${appendOnly('log_made')}

-- Posts are few among a million examinations.
CREATE TABLE log_post (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO log_post SELECT DISTINCT station_code FROM examination;
CREATE TRIGGER log_post_by_examination AFTER INSERT ON examination
  WHEN NOT EXISTS (SELECT 1 FROM log_post WHERE code = NEW.station_code)
  BEGIN INSERT INTO log_post VALUES (NEW.station_code); END;

CREATE INDEX report_by_time ON report (at, kind);
CREATE INDEX report_decision_by_time ON report_decision (at, decision);
CREATE INDEX received_by_time ON received_report (stored_at, kind);
CREATE INDEX case_concluded_at ON case_entry (at, examination_id) WHERE kind = 'outcome';
`,
};
