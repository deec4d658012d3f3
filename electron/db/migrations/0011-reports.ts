// Version 11 of the station's store: reports, what is to be sent of them, the hub, and what came from it.
import { appendOnly, type Migration } from '../migrate.ts';

const erased = (examination: string): string =>
  `EXISTS (SELECT 1 FROM erasure WHERE erasure.examination_id = ${examination})`;

const same = (columns: readonly string[]): string =>
  columns.map((column) => `NEW.${column} IS OLD.${column}`).join(' AND ');

/** A report is one for ever: what goes with the person's data is its body at tier T1, and what only a repeat needs. */
const REPORT_KEPT = [
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
const DECISION_KEPT = [
  'report_id',
  'decision',
  'officer_id',
  'officer_name',
  'at',
  'note_sha256',
  'signature',
];

export const reports: Migration = {
  version: 11,
  sql: `
-- The keys by which this station is known to a hub: Ed25519 to sign, X25519 to be sealed to; 32 raw bytes each. Made once.
CREATE TABLE station_identity (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sign_key BLOB NOT NULL,
  sign_private BLOB NOT NULL,
  box_key BLOB NOT NULL,
  box_private BLOB NOT NULL,
  at TEXT NOT NULL
) STRICT;
${appendOnly('station_identity')}

-- The one hub; no row where the station has none.
CREATE TABLE hub_link (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  address TEXT NOT NULL,
  hub_id TEXT NOT NULL,
  sign_key TEXT NOT NULL,
  box_key TEXT NOT NULL,
  station_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  agency_name TEXT NOT NULL,
  enrolled_at TEXT NOT NULL,
  -- Keys of tokens for numbers, as JSON.
  link_keys TEXT NOT NULL,
  -- What is added to this machine's clock where a request is signed; nothing else goes by it.
  clock_offset_ms INTEGER NOT NULL DEFAULT 0,
  feed_cursor TEXT NOT NULL DEFAULT '',
  -- Which life of the hub's data the receipts are of.
  epoch INTEGER NOT NULL,
  paused_at TEXT,
  -- Why the hub refuses this station; nothing is sent until somebody resumes.
  stopped TEXT,
  stopped_at TEXT
) STRICT;

CREATE TABLE legal_basis (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  bases TEXT NOT NULL
) STRICT;
INSERT INTO legal_basis VALUES (1, '[]');

CREATE TABLE report_draft (
  examination_id TEXT PRIMARY KEY REFERENCES examination (id),
  officer_id TEXT NOT NULL REFERENCES officer (id),
  saved_at TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;

CREATE TABLE report (
  id TEXT PRIMARY KEY,
  -- One submission makes one report for each audience.
  submission_id TEXT NOT NULL,
  examination_id TEXT NOT NULL REFERENCES examination (id),
  tier TEXT NOT NULL CHECK (tier IN ('T1', 'T2', 'T3')),
  agency_id TEXT,
  basis_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('report', 'correction', 'withdrawal')),
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
  CHECK ((kind = 'report') = (replaces IS NULL))
) STRICT;
CREATE INDEX report_of_examination ON report (examination_id);
CREATE INDEX report_of_submission ON report (submission_id);
CREATE UNIQUE INDEX report_replaced ON report (replaces, submission_id) WHERE replaces IS NOT NULL;
${appendOnly('report')}

CREATE TABLE report_decision (
  report_id TEXT PRIMARY KEY REFERENCES report (id),
  decision TEXT NOT NULL CHECK (decision IN ('approved', 'sent-back')),
  officer_id TEXT NOT NULL REFERENCES officer (id),
  officer_name TEXT NOT NULL,
  at TEXT NOT NULL,
  note TEXT NOT NULL,
  note_sha256 TEXT NOT NULL,
  salt BLOB,
  -- The station's, over the report's id and digest.
  signature TEXT,
  CHECK ((decision = 'approved') = (signature IS NOT NULL))
) STRICT;
${appendOnly('report_decision')}
DROP TRIGGER report_decision_no_update;
CREATE TRIGGER report_decision_no_update BEFORE UPDATE ON report_decision
  WHEN NOT (${same(DECISION_KEPT)} AND NEW.note = '' AND NEW.salt IS NULL
    AND ${erased('(SELECT examination_id FROM report WHERE report.id = OLD.report_id)')})
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- Details of pictures that reports name, by their SHA-256: no face, no zone, no number.
CREATE TABLE report_crop (
  sha256 TEXT PRIMARY KEY,
  mime TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
${appendOnly('report_crop')}

CREATE TABLE report_image (
  report_id TEXT NOT NULL REFERENCES report (id),
  sha256 TEXT NOT NULL REFERENCES report_crop (sha256),
  PRIMARY KEY (report_id, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_image_in ON report_image (sha256);
${appendOnly('report_image')}

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('report', 'image')),
  -- Id of the report, or SHA-256 of the picture.
  subject TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'parked')),
  created_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at TEXT NOT NULL,
  -- Why it is parked, or why it did not go the last time.
  reason TEXT,
  -- The hub's, as JSON with its signature.
  receipt TEXT,
  sent_at TEXT,
  -- Bytes, and how many of them the hub said that it has.
  total INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  UNIQUE (kind, subject),
  CHECK ((state = 'sent') = (receipt IS NOT NULL AND sent_at IS NOT NULL)),
  CHECK (state <> 'parked' OR reason IS NOT NULL)
) STRICT;
-- Receipts of a hub that may have forgotten what they are for; their rows wait again.
CREATE TABLE past_receipt (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  receipt TEXT NOT NULL,
  sent_at TEXT NOT NULL
) STRICT;
CREATE INDEX past_receipt_of ON past_receipt (kind, subject);
${appendOnly('past_receipt')}
CREATE INDEX outbox_open ON outbox (state, kind DESC, next_at) WHERE state <> 'sent';
CREATE INDEX outbox_last ON outbox (sent_at) WHERE state = 'sent';
CREATE TRIGGER outbox_no_delete BEFORE DELETE ON outbox
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER outbox_no_update BEFORE UPDATE ON outbox
  WHEN NOT (${same(['seq', 'kind', 'subject', 'sha256', 'created_at', 'total'])}) OR (OLD.state = 'sent'
    AND NOT (NEW.state = 'waiting' AND EXISTS (SELECT 1 FROM past_receipt WHERE past_receipt.kind = OLD.kind
      AND past_receipt.subject = OLD.subject AND past_receipt.receipt = OLD.receipt)))
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;

DROP TRIGGER report_no_update;
CREATE TRIGGER report_no_update BEFORE UPDATE ON report
  WHEN NOT (${same(REPORT_KEPT)} AND ${erased('OLD.examination_id')}
    AND NEW.request_sha256 = '' AND NEW.salt IS NULL
    AND (NEW.body IS OLD.body OR (OLD.tier = 'T1' AND length(NEW.body) = 0 AND NOT EXISTS
      (SELECT 1 FROM outbox WHERE outbox.kind = 'report' AND outbox.subject = OLD.id AND outbox.state <> 'sent'))))
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- Nothing new is told of an erased examination but that a report of it is withdrawn.
CREATE TRIGGER report_not_after_erasing BEFORE INSERT ON report
  WHEN NEW.kind <> 'withdrawal' AND ${erased('NEW.examination_id')}
  BEGIN SELECT RAISE(ABORT, 'erased'); END;
CREATE TRIGGER report_draft_not_after_erasing BEFORE INSERT ON report_draft
  WHEN ${erased('NEW.examination_id')}
  BEGIN SELECT RAISE(ABORT, 'erased'); END;

CREATE TABLE known_agency (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  closed_at TEXT
) STRICT;
CREATE TABLE known_station (
  id TEXT PRIMARY KEY,
  agency_id TEXT NOT NULL,
  code TEXT NOT NULL,
  place TEXT NOT NULL,
  country TEXT NOT NULL,
  sign_key TEXT NOT NULL,
  box_key TEXT NOT NULL,
  revoked_at TEXT
) STRICT;

CREATE TABLE received_report (
  id TEXT PRIMARY KEY,
  -- Its place in the hub's feed.
  seq INTEGER NOT NULL,
  agency_id TEXT NOT NULL,
  station_id TEXT NOT NULL,
  tier TEXT NOT NULL,
  kind TEXT NOT NULL,
  replaces TEXT,
  body BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  signature TEXT NOT NULL,
  -- By the hub's clock, and by ours.
  received_at TEXT NOT NULL,
  stored_at TEXT NOT NULL
) STRICT;
CREATE INDEX received_in_order ON received_report (seq);
CREATE INDEX received_replaced ON received_report (replaces) WHERE replaces IS NOT NULL;
`,
};
