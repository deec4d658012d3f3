// Version 12 of the station's store: cases that were handed over to another station, and those that came from one.
import { appendOnly, type Migration } from '../migrate.ts';

/** What never changes of a hand-over. */
const KEPT = [
  'id',
  'examination_id',
  'direction',
  'peer_id',
  'peer_code',
  'officer_id',
  'officer_name',
  'given_by',
  'at',
  'given_at',
  'after',
  'sha256',
];

export const handover: Migration = {
  version: 12,
  sql: `
-- Whose a case is follows from the last one of it that was not taken back: given away, it is the other station's.
CREATE TABLE handover (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  examination_id TEXT NOT NULL REFERENCES examination (id),
  direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
  -- The other station, as the hub knows it.
  peer_id TEXT NOT NULL,
  peer_code TEXT NOT NULL,
  -- Who did it here, and who gave it away: the same where it went out.
  officer_id TEXT NOT NULL REFERENCES officer (id),
  officer_name TEXT NOT NULL,
  given_by TEXT NOT NULL,
  at TEXT NOT NULL,
  given_at TEXT NOT NULL,
  -- The one before of this case between the two stations; null for the first.
  after TEXT,
  -- Of the case as it was handed over.
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('handed', 'acknowledged', 'taken-back', 'opened')),
  changed_at TEXT NOT NULL,
  CHECK ((direction = 'in') = (state = 'opened'))
) STRICT;
CREATE INDEX handover_of_examination ON handover (examination_id, seq);
${appendOnly('handover')}
DROP TRIGGER handover_no_update;
CREATE TRIGGER handover_no_update BEFORE UPDATE ON handover
  WHEN NOT (OLD.state = 'handed' AND NEW.state IN ('acknowledged', 'taken-back')
    AND ${KEPT.map((column) => `NEW.${column} IS OLD.${column}`).join(' AND ')})
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- Entries of a case that were made at another station, by its code. They name their officers themselves.
CREATE TABLE case_elsewhere (
  entry_id TEXT PRIMARY KEY REFERENCES case_entry (id),
  station_code TEXT NOT NULL
) STRICT, WITHOUT ROWID;
${appendOnly('case_elsewhere')}
`,
};
