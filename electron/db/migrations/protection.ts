// All migrations of the protection file, in order. It names the examination; nothing outside names it.
import { appendOnly, AUDIT_TABLE, type Migration } from '../migrate.ts';

/** Room of 2 MB that later entries take up, so that the file does not grow with each of them and tell how many. */
const RESERVE_BYTES = 2 * 1024 * 1024;

const RESERVE = `
CREATE TABLE reserve (room BLOB NOT NULL) STRICT;
INSERT INTO reserve VALUES (zeroblob(${RESERVE_BYTES}));
DROP TABLE reserve;
`;

const first: Migration = {
  version: 1,
  sql: `
CREATE TABLE protection (
  id TEXT PRIMARY KEY,
  examination_id TEXT NOT NULL,
  station_id TEXT NOT NULL,
  officer_id TEXT NOT NULL,
  at TEXT NOT NULL,
  signs TEXT NOT NULL,
  note TEXT NOT NULL,
  submitted_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX protection_of_examination ON protection (examination_id);
${appendOnly('protection')}
${AUDIT_TABLE}
${RESERVE}
`,
};

/** An entry may be emptied once, never changed: its row stays, so that the file tells nothing by what it lacks. */
const erasable: Migration = {
  version: 2,
  sql: `
ALTER TABLE protection ADD COLUMN erased_at TEXT;
DROP TRIGGER protection_no_update;
CREATE TRIGGER protection_no_update BEFORE UPDATE ON protection
  WHEN NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
    AND NEW.id IS OLD.id AND NEW.station_id IS OLD.station_id AND NEW.officer_id IS OLD.officer_id AND NEW.at IS OLD.at
    AND NEW.examination_id = '' AND NEW.signs = '[]' AND NEW.note = '' AND NEW.submitted_sha256 = '')
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
`,
};

/** Needs, what was answered, and the referral; an emptied entry holds none of them. */
const referral: Migration = {
  version: 3,
  sql: `
ALTER TABLE protection ADD COLUMN needs TEXT NOT NULL DEFAULT '[]';
ALTER TABLE protection ADD COLUMN answers TEXT NOT NULL DEFAULT '[]';
ALTER TABLE protection ADD COLUMN referral TEXT NOT NULL DEFAULT 'null';
DROP TRIGGER protection_no_update;
CREATE TRIGGER protection_no_update BEFORE UPDATE ON protection
  WHEN NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
    AND NEW.id IS OLD.id AND NEW.station_id IS OLD.station_id AND NEW.officer_id IS OLD.officer_id AND NEW.at IS OLD.at
    AND NEW.examination_id = '' AND NEW.signs = '[]' AND NEW.note = '' AND NEW.submitted_sha256 = ''
    AND NEW.needs = '[]' AND NEW.answers = '[]' AND NEW.referral = 'null')
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
`,
};

export const PROTECTION_MIGRATIONS: readonly Migration[] = [first, erasable, referral];
