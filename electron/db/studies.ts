// Case studies: drafts of them, and those of this station and of others that are in force.
import type { Db } from './open.ts';
import { statement } from './statements.ts';
import { ownTakenBack, receivedTakenBack } from './taken-back.ts';

export interface StudyDraftRow {
  examinationId: string;
  reportId: string;
  savedAt: string;
  content: unknown;
}

/** Keeps what an officer has entered so far of a case's study; whoever saved last is whose it is. */
export function saveStudyDraft(db: Db, draft: StudyDraftRow & { officerId: string }): void {
  statement(
    db,
    `INSERT INTO study_draft (examination_id, report_id, officer_id, saved_at, content)
     VALUES (@examinationId, @reportId, @officerId, @savedAt, @content)
     ON CONFLICT (examination_id) DO UPDATE SET report_id = excluded.report_id, officer_id = excluded.officer_id,
       saved_at = excluded.saved_at, content = excluded.content`,
  ).run({ ...draft, content: JSON.stringify(draft.content) });
}

/** What goes of drafts with an examination that is erased. */
export const ERASE_STUDIES = 'DELETE FROM study_draft WHERE examination_id = ?';

/** As it was saved; undefined where there is none. */
export function loadStudyDraft(db: Db, examinationId: string): StudyDraftRow | undefined {
  const row = statement<[string], StudyDraftRow & { content: string }>(
    db,
    `SELECT examination_id AS examinationId, report_id AS reportId, saved_at AS savedAt, content FROM study_draft
     WHERE examination_id = ?`,
  ).get(examinationId);
  return row === undefined ? undefined : { ...row, content: JSON.parse(row.content) };
}

/** Drafts of cases that have no study in force or waiting, the one saved last first. */
export function studyDrafts(db: Db): (StudyDraftRow & { officerName: string })[] {
  return statement<[], StudyDraftRow & { content: string; officerName: string }>(
    db,
    `SELECT examination_id AS examinationId, report_id AS reportId, saved_at AS savedAt, content,
       officer.name AS officerName
     FROM study_draft JOIN officer ON officer.id = study_draft.officer_id
     WHERE NOT EXISTS (SELECT 1 FROM report LEFT JOIN report_decision ON report_id = report.id
       WHERE report.examination_id = study_draft.examination_id AND report.kind = 'case-study'
         AND coalesce(report_decision.decision, '') <> 'sent-back' AND report.at >= study_draft.saved_at)
     ORDER BY saved_at DESC`,
  )
    .all()
    .map((row) => ({ ...row, content: JSON.parse(row.content) }));
}

/** A study of this station or of another, as it stands; what was replaced or taken back, or whose report was, is none any more. */
export interface StudyStanding {
  id: string;
  from: 'here' | 'others';
  state: 'approved' | 'to-approve' | 'sent-back';
  at: string;
  agencyName: string;
  stationCode: string;
}

/** The report that a study is made of. */
const ABOUT = `(CAST(own.body AS TEXT) ->> '$.about')`;

/** Newest first. */
export function standingStudies(db: Db): StudyStanding[] {
  return statement<[], StudyStanding>(
    db,
    `SELECT own.id, 'here' AS "from", coalesce(decided.decision, 'to-approve') AS state, own.at,
       coalesce((SELECT agency_name FROM hub_link), '') AS agencyName, '' AS stationCode
     FROM report AS own LEFT JOIN report_decision AS decided ON decided.report_id = own.id
     WHERE own.kind = 'case-study' AND NOT EXISTS (SELECT 1 FROM report AS later
       JOIN report_decision AS said ON said.report_id = later.id AND said.decision = 'approved'
       WHERE later.replaces = own.id) AND NOT ${ownTakenBack(ABOUT)}
     UNION ALL
     SELECT own.id, 'others', 'approved', own.received_at, coalesce(known_agency.name, ''),
       coalesce(known_station.code, '')
     FROM received_report AS own LEFT JOIN known_agency ON known_agency.id = own.agency_id
     LEFT JOIN known_station ON known_station.id = own.station_id
     WHERE own.kind = 'case-study' AND NOT EXISTS (SELECT 1 FROM received_report AS later
       WHERE later.replaces = own.id AND later.agency_id = own.agency_id)
       AND NOT ${receivedTakenBack(ABOUT, 'own.agency_id')}
     ORDER BY 4 DESC, 1 DESC`,
  ).all();
}

/** The exact bytes of a study of this station or of another; undefined where there is none. */
export function studyBody(db: Db, id: string): Buffer | undefined {
  return statement<[{ id: string }], Buffer>(
    db,
    `SELECT body FROM report WHERE id = @id AND kind = 'case-study'
     UNION ALL SELECT body FROM received_report WHERE id = @id AND kind = 'case-study'`,
  )
    .pluck()
    .get({ id });
}
