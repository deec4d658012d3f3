// Version 4 of the station's store: signed audit entries and their anchors; erasing under rules; legal holds.
import { appendOnly, type Migration } from '../migrate.ts';

/** What an erasing must leave as it is in each table, and what it must empty. Nothing else may ever change. */
const ERASABLE = [
  {
    table: 'examination',
    examination: 'OLD.id',
    kept: [
      'id',
      'station_id',
      'officer_id',
      'officer_name',
      'station_code',
      'place',
      'started_at',
      'saved_at',
      'saved_on',
    ],
    emptied: `NEW.salt IS NULL AND NEW.submitted_sha256 = '' AND OLD.erased_at IS NULL AND NEW.erased_at IS erasure.at`,
  },
  {
    table: 'document',
    examination: 'OLD.examination_id',
    kept: [
      'row',
      'id',
      'examination_id',
      'station_id',
      'officer_id',
      'position',
      'rules_version',
      'judged_on',
    ],
    emptied: `NEW.reading IS NULL AND NEW.document_type = '' AND NEW.format IS NULL AND NEW.issuer = ''
      AND NEW.nationality = '' AND NEW.number = '' AND NEW.name = ''`,
  },
  {
    table: 'decision',
    examination: 'OLD.examination_id',
    kept: [
      'id',
      'examination_id',
      'station_id',
      'officer_id',
      'officer_name',
      'replaces',
      'at',
      'outcome',
      'reasons',
    ],
    emptied: `NEW.salt IS NULL AND NEW.note = ''`,
  },
].map(
  ({ table, examination, kept, emptied }) => `
DROP TRIGGER ${table}_no_update;
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
  WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE examination_id = ${examination}
    AND ${kept.map((column) => `NEW.${column} IS OLD.${column}`).join(' AND ')}
    AND ${emptied})
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;`,
);

/** Rows that an erasing removes whole. */
const REMOVABLE = ['image', 'finding'].map(
  (table) => `
DROP TRIGGER ${table}_no_delete;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
  WHEN NOT EXISTS (SELECT 1 FROM erasure JOIN document ON document.examination_id = erasure.examination_id
    WHERE document.id = OLD.document_id)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;`,
);

/** Nothing is added to an examination that was erased. */
const CLOSED = [
  ['document', 'NEW.examination_id'],
  ['decision', 'NEW.examination_id'],
  ['image', '(SELECT examination_id FROM document WHERE id = NEW.document_id)'],
  ['finding', '(SELECT examination_id FROM document WHERE id = NEW.document_id)'],
].map(
  ([table, examination]) => `
CREATE TRIGGER ${table}_not_after_erasing BEFORE INSERT ON ${table}
  WHEN EXISTS (SELECT 1 FROM erasure WHERE examination_id = ${examination})
  BEGIN SELECT RAISE(ABORT, 'erased'); END;`,
);

export const signedAndErasable: Migration = {
  version: 4,
  sql: `
ALTER TABLE audit ADD COLUMN signature BLOB;

CREATE TABLE audit_key (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  seed BLOB NOT NULL
) STRICT;
${appendOnly('audit_key')}

CREATE TABLE audit_anchor (
  seq INTEGER PRIMARY KEY,
  line TEXT NOT NULL
) STRICT;
${appendOnly('audit_anchor')}

ALTER TABLE examination ADD COLUMN salt BLOB;
ALTER TABLE examination ADD COLUMN erased_at TEXT;
ALTER TABLE decision ADD COLUMN salt BLOB;
CREATE INDEX examination_kept ON examination (saved_on) WHERE erased_at IS NULL;

CREATE TABLE retention_rules (
  id TEXT PRIMARY KEY,
  officer_id TEXT NOT NULL,
  at TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;
${appendOnly('retention_rules')}

CREATE TABLE legal_hold (
  id TEXT PRIMARY KEY,
  examination_id TEXT NOT NULL REFERENCES examination (id),
  officer_id TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  salt BLOB,
  released_by TEXT,
  released_at TEXT
) STRICT;
CREATE INDEX legal_hold_of_examination ON legal_hold (examination_id);
CREATE UNIQUE INDEX legal_hold_in_force ON legal_hold (examination_id) WHERE released_at IS NULL;

CREATE TABLE erasure (
  examination_id TEXT PRIMARY KEY REFERENCES examination (id),
  run_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  at TEXT NOT NULL,
  digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX erasure_of_run ON erasure (run_id);
${appendOnly('erasure')}
CREATE TRIGGER erasure_not_on_hold BEFORE INSERT ON erasure
  WHEN EXISTS (SELECT 1 FROM legal_hold WHERE examination_id = NEW.examination_id AND released_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'on-hold'); END;

CREATE TRIGGER legal_hold_no_delete BEFORE DELETE ON legal_hold BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER legal_hold_no_update BEFORE UPDATE ON legal_hold
  WHEN NOT (
    NEW.id IS OLD.id AND NEW.examination_id IS OLD.examination_id AND NEW.officer_id IS OLD.officer_id
    AND NEW.at IS OLD.at
    AND (
      (OLD.released_at IS NULL AND NEW.released_at IS NOT NULL AND NEW.reason IS OLD.reason AND NEW.salt IS OLD.salt)
      OR (NEW.released_at IS OLD.released_at AND NEW.released_by IS OLD.released_by AND NEW.reason = ''
        AND NEW.salt IS NULL
        AND EXISTS (SELECT 1 FROM erasure WHERE examination_id = OLD.examination_id))
    )
  )
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
${ERASABLE.join('')}
${REMOVABLE.join('')}
${CLOSED.join('')}

-- What is taken out of the search index leaves nothing behind in its pages.
INSERT INTO document_search (document_search, rank) VALUES ('secure-delete', 1);
`,
};
