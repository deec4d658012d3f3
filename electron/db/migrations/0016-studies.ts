// Version 16 of the station's store: drafts of case studies, and pictures of studies of others that are still to come.
import type { Migration } from '../migrate.ts';

export const studies: Migration = {
  version: 16,
  sql: `
CREATE TABLE study_draft (
  examination_id TEXT PRIMARY KEY REFERENCES examination (id),
  -- The report of the network that the study is about.
  report_id TEXT NOT NULL REFERENCES report (id),
  officer_id TEXT NOT NULL REFERENCES officer (id),
  saved_at TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;
CREATE TRIGGER study_draft_not_after_erasing BEFORE INSERT ON study_draft
  WHEN EXISTS (SELECT 1 FROM erasure WHERE erasure.examination_id = NEW.examination_id)
  BEGIN SELECT RAISE(ABORT, 'erased'); END;

-- Pictures that a study of another station names and that are not here yet; one that came is in report_crop.
CREATE TABLE wanted_picture (
  sha256 TEXT PRIMARY KEY,
  mime TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX wanted_picture_next ON wanted_picture (next_at);
`,
};
