// Version 13 of the station's store: alerts and case studies beside reports, and who read an alert.
import { appendOnly, type Migration } from '../migrate.ts';

const erased = (examination: string): string =>
  `EXISTS (SELECT 1 FROM erasure WHERE erasure.examination_id = ${examination})`;

/** Everything but what goes with the person's data; as in version 11. */
const KEPT = [
  'id',
  'submission_id',
  'examination_id',
  'tier',
  'agency_id',
  'basis_id',
  'kind',
  'replaces',
  'station_id',
  'officer_id',
  'officer_name',
  'at',
  'needs_approval',
  'sha256',
];
const COLUMNS = [...KEPT, 'body', 'request_sha256', 'salt'].join(', ');

export const detections: Migration = {
  version: 13,
  sql: `
-- SQLite changes no CHECK of a table that is there: its rows go into another one and come back, in their order. What
-- names a report finds it again before the transaction ends.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE report_before AS SELECT rowid AS place, ${COLUMNS} FROM report ORDER BY rowid;
DROP TABLE report;
CREATE TABLE report (
  id TEXT PRIMARY KEY,
  -- One submission makes one report for each audience.
  submission_id TEXT NOT NULL,
  examination_id TEXT NOT NULL REFERENCES examination (id),
  tier TEXT NOT NULL CHECK (tier IN ('T1', 'T2', 'T3')),
  agency_id TEXT,
  basis_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('report', 'correction', 'withdrawal', 'alert', 'case-study')),
  replaces TEXT REFERENCES report (id),
  station_id TEXT NOT NULL REFERENCES station (id),
  officer_id TEXT NOT NULL REFERENCES officer (id),
  officer_name TEXT NOT NULL,
  at TEXT NOT NULL,
  needs_approval INTEGER NOT NULL,
  -- The exact bytes that leave; at T1 empty once the examination is erased and the receipt is there.
  body BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  -- Digest of salt and request, to know a repeated one.
  request_sha256 TEXT NOT NULL,
  salt BLOB,
  CHECK ((tier = 'T1') = (agency_id IS NOT NULL)),
  CHECK (kind IN ('alert', 'case-study') OR (kind = 'report') = (replaces IS NULL)),
  CHECK (kind NOT IN ('alert', 'case-study') OR tier = 'T2')
) STRICT;
INSERT INTO report (rowid, ${COLUMNS}) SELECT place, ${COLUMNS} FROM report_before ORDER BY place;
DROP TABLE report_before;
CREATE INDEX report_of_examination ON report (examination_id);
CREATE INDEX report_of_submission ON report (submission_id);
CREATE UNIQUE INDEX report_replaced ON report (replaces, submission_id) WHERE replaces IS NOT NULL;
CREATE INDEX report_detached ON report (kind) WHERE kind IN ('alert', 'case-study');
${appendOnly('report')}
DROP TRIGGER report_no_update;
CREATE TRIGGER report_no_update BEFORE UPDATE ON report
  WHEN NOT (${KEPT.map((column) => `NEW.${column} IS OLD.${column}`).join(' AND ')} AND ${erased('OLD.examination_id')}
    AND NEW.request_sha256 = '' AND NEW.salt IS NULL
    AND (NEW.body IS OLD.body OR (OLD.tier = 'T1' AND length(NEW.body) = 0 AND NOT EXISTS
      (SELECT 1 FROM outbox WHERE outbox.kind = 'report' AND outbox.subject = OLD.id AND outbox.state <> 'sent'))))
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
-- Nothing new is told of an erased examination but that a report of it is withdrawn.
CREATE TRIGGER report_not_after_erasing BEFORE INSERT ON report
  WHEN NEW.kind <> 'withdrawal' AND ${erased('NEW.examination_id')}
  BEGIN SELECT RAISE(ABORT, 'erased'); END;

CREATE INDEX received_detached ON received_report (kind, seq) WHERE kind IN ('alert', 'case-study');

-- Who of this station opened an alert, once each.
CREATE TABLE alert_read (
  alert_id TEXT NOT NULL,
  officer_id TEXT NOT NULL REFERENCES officer (id),
  -- What the hub is told instead of who it was: minted for this alert and this person alone.
  reader TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  at TEXT NOT NULL,
  -- When the hub was told; null for one that it is still to be told. Of own alerts it is told nothing.
  told_at TEXT,
  PRIMARY KEY (alert_id, officer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_read_untold ON alert_read (at) WHERE told_at IS NULL;

-- Who of other stations opened an alert of this one, as the hub said when it was asked last.
CREATE TABLE alert_read_elsewhere (
  alert_id TEXT NOT NULL,
  station_id TEXT NOT NULL,
  reader TEXT NOT NULL,
  role TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (alert_id, station_id, reader)
) STRICT, WITHOUT ROWID;
`,
};
