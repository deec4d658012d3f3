// Version 17 of the station's store: reports as they are counted for trends, kept beside the reports they are made of.
import type { Migration } from '../migrate.ts';

/** What no trigger can do, because it takes reading a report, is left as a note that its row is to be made anew. */
const due = (id: string): string =>
  `INSERT INTO trend_due SELECT ${id} WHERE NOT EXISTS (SELECT 1 FROM trend_due WHERE trend_due.id = ${id});`;

export const trends: Migration = {
  version: 17,
  sql: `
-- One row for each approved report of this station and each that came from others. Codes alone; made of the reports, so
-- that it can be thrown away and made anew at any time.
CREATE TABLE trend_row (
  id TEXT PRIMARY KEY,
  -- What happened: reports to several audiences tell of one document.
  event TEXT NOT NULL,
  -- Which of several is counted: the one that tells most.
  rank INTEGER NOT NULL,
  -- Whether nothing took its place.
  in_force INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  -- Grows with every change, so that whoever counts in memory follows.
  seq INTEGER NOT NULL,
  own INTEGER NOT NULL,
  week TEXT NOT NULL,
  -- Several values of one are parted by a line end.
  issuer TEXT NOT NULL,
  country TEXT NOT NULL,
  place TEXT NOT NULL,
  fraud TEXT NOT NULL,
  part TEXT NOT NULL,
  family TEXT NOT NULL,
  route TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX trend_row_event ON trend_row (event);
CREATE INDEX trend_row_seq ON trend_row (seq);

-- Reports whose row is to be made, or made anew.
CREATE TABLE trend_due (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TRIGGER trend_due_of_own AFTER INSERT ON report_decision WHEN NEW.decision = 'approved'
  BEGIN ${due('NEW.report_id')} END;
CREATE TRIGGER trend_due_of_received AFTER INSERT ON received_report
  BEGIN ${due('NEW.id')} END;
CREATE TRIGGER trend_due_of_gone AFTER DELETE ON received_report
  BEGIN ${due('OLD.id')} END;
INSERT INTO trend_due SELECT report_id FROM report_decision WHERE decision = 'approved'
  UNION SELECT id FROM received_report;
`,
};
