// Version 7 of the station's store: what is entered at the second line, and the pictures added there.
import { appendOnly, type Migration } from '../migrate.ts';

/** As in version 4: a row changes only where its examination was erased, and only into exactly what is left as proof. */
const KEPT = [
  'id',
  'examination_id',
  'seq',
  'station_id',
  'officer_id',
  'officer_name',
  'at',
  'kind',
  'outcome',
  'needs_signature',
  'signs',
];

/** A case whose outcome is in force and signed where it must be. */
const isDone = (examination: string): string => `EXISTS (SELECT 1 FROM case_entry AS concluded
  WHERE concluded.examination_id = ${examination} AND concluded.kind = 'outcome'
    AND NOT EXISTS (SELECT 1 FROM case_entry AS later WHERE later.examination_id = ${examination}
      AND (later.kind = 'outcome' OR later.kind = 'reopened') AND later.seq > concluded.seq)
    AND (concluded.needs_signature = 0 OR EXISTS (SELECT 1 FROM case_entry AS signature
      WHERE signature.examination_id = ${examination} AND signature.kind = 'signed'
        AND signature.signs = concluded.id)))`;

/** Brings `case_to_do` up to an entry or a decision that was just written; the newest decision is the one in force. */
const upToDate = (isReferred: string): string => `BEGIN
  DELETE FROM case_to_do WHERE examination_id = NEW.examination_id;
  INSERT INTO case_to_do SELECT NEW.examination_id WHERE (${isReferred}
    OR EXISTS (SELECT 1 FROM case_entry WHERE examination_id = NEW.examination_id))
    AND NOT ${isDone('NEW.examination_id')};
  END;`;

export const cases: Migration = {
  version: 7,
  sql: `
CREATE TABLE case_entry (
  id TEXT PRIMARY KEY,
  examination_id TEXT NOT NULL REFERENCES examination (id),
  seq INTEGER NOT NULL,
  station_id TEXT NOT NULL REFERENCES station (id),
  officer_id TEXT NOT NULL REFERENCES officer (id),
  officer_name TEXT NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- Of an outcome, and which outcome a signature is for: these outlive an erasing.
  outcome TEXT,
  needs_signature INTEGER,
  signs TEXT REFERENCES case_entry (id),
  content TEXT NOT NULL,
  salt BLOB,
  UNIQUE (examination_id, seq)
) STRICT;

-- How a case stands follows from a few of its entries. Written with OR: so SQLite knows that one of them is among these.
CREATE INDEX case_standing ON case_entry (examination_id, seq)
  WHERE kind = 'taken' OR kind = 'outcome' OR kind = 'signed' OR kind = 'reopened';
CREATE INDEX case_concluded ON case_entry (examination_id) WHERE kind = 'outcome';

-- What is left to do, so that nobody waits for a walk through all that was done: it follows from the tables, by
-- triggers, and is no record itself.
CREATE TABLE case_to_do (examination_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO case_to_do SELECT examination_id FROM decision WHERE outcome = 'referred'
  AND NOT EXISTS (SELECT 1 FROM decision AS later WHERE later.replaces = decision.id)
  AND NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.examination_id = decision.examination_id);
CREATE TRIGGER case_to_do_by_decision AFTER INSERT ON decision ${upToDate(`NEW.outcome = 'referred'`)}
CREATE TRIGGER case_to_do_by_entry AFTER INSERT ON case_entry
  WHEN NEW.kind = 'outcome' OR NEW.kind = 'signed' OR NEW.kind = 'reopened' ${upToDate('FALSE')}
CREATE TRIGGER case_to_do_by_erasing AFTER INSERT ON erasure BEGIN
  DELETE FROM case_to_do WHERE examination_id = NEW.examination_id;
  END;

CREATE TABLE case_image (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL UNIQUE REFERENCES case_entry (id),
  examination_id TEXT NOT NULL REFERENCES examination (id),
  sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX case_image_of_examination ON case_image (examination_id);

${appendOnly('case_entry')}
DROP TRIGGER case_entry_no_update;
CREATE TRIGGER case_entry_no_update BEFORE UPDATE ON case_entry
  WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE examination_id = OLD.examination_id
    AND ${KEPT.map((column) => `NEW.${column} IS OLD.${column}`).join(' AND ')}
    AND NEW.content = '' AND NEW.salt IS NULL)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;

${appendOnly('case_image')}
DROP TRIGGER case_image_no_delete;
CREATE TRIGGER case_image_no_delete BEFORE DELETE ON case_image
  WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE examination_id = OLD.examination_id)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;

${['case_entry', 'case_image']
  .map(
    (table) => `
CREATE TRIGGER ${table}_not_after_erasing BEFORE INSERT ON ${table}
  WHEN EXISTS (SELECT 1 FROM erasure WHERE examination_id = NEW.examination_id)
  BEGIN SELECT RAISE(ABORT, 'erased'); END;`,
  )
  .join('')}
`,
};
