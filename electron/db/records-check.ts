// Every record held against the entry that tells of it, and every entry's record looked for.
import type { BreakKind } from '../../shared/contract/audit.ts';
import { CASE_KINDS } from '../../shared/contract/cases.ts';
import { digestOf, type AuditRow } from './audit.ts';
import { fitsToDo, unknownToDo } from './cases.ts';
import { loadContacts } from './directory.ts';
import { handoverDigest } from './handover.ts';
import { hubDigest, loadBases } from './hub-link.ts';
import type { Db } from './open.ts';
import { receiptDigest, receiptDigests, RECEIPTS } from './outbox.ts';
import { changedShared } from './packed.ts';
import { createPeopleCheck } from './people-check.ts';
import { isReceivedErased } from './received.ts';
import {
  caseEntryDigest,
  decisionDigest,
  examinationDigest,
  holdDigest,
  recordDigest,
  releaseDigest,
  rulesDigest,
  runDigest,
  survivingDigest,
} from './record-digests.ts';
import { changedReports, reportDecisionDigest, reportDigest } from './reports.ts';

type RecordBreak = Extract<BreakKind, `record-${string}` | 'count-changed'>;

export interface RecordCheck {
  /** Takes the entries in order; answers how the record of this one does not fit, or null. */
  entry(row: AuditRow): RecordBreak | null;
  /** What shows once all entries were taken: records without an entry, counts, and people. */
  finish(): FinalBreak[];
}

interface FinalBreak {
  /** The entry that tells of it; null for none, or more than one. */
  seq: number | null;
  kind: RecordBreak;
  subjectId: string;
}

/** Actions that tell of a record, and the tables in which it has one row each. Every row has its entry. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  'examination.recorded': ['examination', 'decision'],
  // Of versions before 5 the first decision of an examination has an entry of its own.
  'examination.saved': ['examination'],
  'decision.saved': ['decision'],
  // Made at another station, and come from there with a case.
  'examination.received': ['examination', 'decision'],
  'decision.received': ['decision'],
  'case.received': ['case_entry'],
  'case.handed-over': ['handover'],
  'case.taken-in': ['handover'],
  'hold.set': ['legal_hold'],
  'retention.rules-saved': ['retention_rules'],
  'report.submitted': ['report'],
  'report.approved': ['report_decision'],
  'report.sent-back': ['report_decision'],
  ...Object.fromEntries(CASE_KINDS.map((kind) => [`case.${kind}`, ['case_entry']])),
};

/** Ids in a table that no entry tells of. */
const UNKNOWN: Readonly<Record<string, string>> = {
  examination: `SELECT id FROM examination WHERE id NOT IN
    (SELECT subject_id FROM audit WHERE action IN ('examination.recorded', 'examination.saved', 'examination.received'))`,
  decision: `SELECT id FROM decision WHERE id NOT IN (SELECT subject_id FROM audit WHERE action IN ('decision.saved', 'decision.received'))
    AND (replaces IS NOT NULL OR examination_id NOT IN
      (SELECT subject_id FROM audit WHERE action IN ('examination.recorded', 'examination.received')))`,
  legal_hold: `SELECT id FROM legal_hold WHERE id NOT IN (SELECT subject_id FROM audit WHERE action = 'hold.set')`,
  case_entry: `SELECT id FROM case_entry WHERE id NOT IN
    (SELECT subject_id FROM audit WHERE action IN ('case.received', 'case.' || case_entry.kind))`,
  handover: `SELECT id FROM handover WHERE id NOT IN
    (SELECT subject_id FROM audit WHERE action IN ('case.handed-over', 'case.taken-in'))`,
  report: `SELECT id FROM report WHERE id NOT IN (SELECT subject_id FROM audit WHERE action = 'report.submitted')`,
  report_decision: `SELECT report_id FROM report_decision WHERE report_id NOT IN
    (SELECT subject_id FROM audit WHERE action = 'report.' || report_decision.decision)`,
  retention_rules: `SELECT id FROM retention_rules WHERE id NOT IN
    (SELECT subject_id FROM audit WHERE action = 'retention.rules-saved')`,
};

/** Entries of a case have an entry of the chain each, which names the kind. */
const CASE_ACTIONS: ReadonlySet<string> = new Set([...CASE_KINDS, 'received'].map((kind) => `case.${kind}`));

const compared = (actual: string | undefined, digest: string): RecordBreak | null => {
  if (actual === undefined) return 'record-missing';
  return actual === digest ? null : 'record-changed';
};

export function createRecordCheck(db: Db): RecordCheck {
  const told: Record<string, number> = {};
  let erased = 0;
  const listedWrongly: string[] = [];
  const people = createPeopleCheck(db);
  /** Digest of the list of who can help, as it was saved last. */
  let directory = digestOf([]);
  /** The same of the hub and of the legal bases. */
  let hub = digestOf(null);
  let bases = digestOf([]);
  let receipts = 0;
  const counts = new Map<string, { station: string; count: number }>();
  const erasedAt = db
    .prepare<[string], string | null>('SELECT erased_at FROM examination WHERE id = ?')
    .pluck();
  const erasure = db.prepare<[string], { at: string; digest: string }>(
    'SELECT at, digest FROM erasure WHERE examination_id = ?',
  );
  const rest = db.prepare<[{ id: string }]>(
    `SELECT 1 FROM examination WHERE id = @id AND salt IS NULL AND submitted_sha256 = ''
       AND NOT EXISTS (SELECT 1 FROM document WHERE examination_id = @id AND NOT (reading IS NULL
         AND document_type = '' AND format IS NULL AND issuer = '' AND nationality = '' AND number = '' AND name = ''))
       AND NOT EXISTS (SELECT 1 FROM decision WHERE examination_id = @id AND NOT (note = '' AND salt IS NULL))
       AND NOT EXISTS (SELECT 1 FROM document JOIN image ON image.document_id = document.id
         WHERE document.examination_id = @id)
       AND NOT EXISTS (SELECT 1 FROM case_entry WHERE examination_id = @id AND NOT (content = '' AND salt IS NULL))
       AND NOT EXISTS (SELECT 1 FROM case_image WHERE examination_id = @id)
       AND NOT EXISTS (SELECT 1 FROM report_draft WHERE examination_id = @id)
       AND NOT EXISTS (SELECT 1 FROM study_draft WHERE examination_id = @id)
       AND NOT EXISTS (SELECT 1 FROM report WHERE examination_id = @id AND kind <> 'withdrawal'
         AND (salt IS NOT NULL OR (tier = 'T1' AND length(body) > 0 AND NOT EXISTS (SELECT 1 FROM outbox
           WHERE outbox.kind = 'report' AND outbox.subject = report.id AND outbox.state <> 'sent'))))
       AND NOT EXISTS (SELECT 1 FROM document JOIN finding ON finding.document_id = document.id
         WHERE document.examination_id = @id)`,
  );
  const examinationOf = db
    .prepare<[string], string>('SELECT examination_id FROM decision WHERE id = ?')
    .pluck();
  const caseOf = db.prepare<[string], string>('SELECT examination_id FROM case_entry WHERE id = ?').pluck();
  const heldOf = db.prepare<[string], string>('SELECT examination_id FROM legal_hold WHERE id = ?').pluck();
  const runSize = db.prepare<[string], number>('SELECT count(*) FROM erasure WHERE run_id = ?').pluck();

  const isErased = (examinationId: string | undefined): boolean =>
    examinationId !== undefined && typeof erasedAt.get(examinationId) === 'string';

  /** An erased examination: what was to survive stands, what was to go is gone. */
  function checkErased(id: string, at: string): RecordBreak | null {
    const kept = erasure.get(id);
    if (kept === undefined) return 'record-missing';
    const fits = kept.at === at && kept.digest === survivingDigest(db, id) && rest.get({ id }) !== undefined;
    return fits ? null : 'record-changed';
  }

  function checkExamination(
    id: string,
    digest: string,
    actual: (db: Db, id: string) => string | undefined,
  ): RecordBreak | null {
    const at = erasedAt.get(id);
    if (typeof at === 'string') return checkErased(id, at);
    // An erasing that was undone by hand.
    if (at === null && erasure.get(id) !== undefined) return 'record-changed';
    return compared(actual(db, id), digest);
  }

  /** Every record is in the list of what is left to do where, and only where, it is left to do. */
  function checkListed(id: string): void {
    if (!fitsToDo(db, id)) listedWrongly.push(id);
  }

  function count(row: AuditRow, by: 1 | -1): void {
    const name = `${row.subject_id} ${row.digest}`;
    counts.set(name, { station: row.subject_id, count: (counts.get(name)?.count ?? 0) + by });
  }

  function miscounted(): string | undefined {
    const rows = db
      .prepare<[], { station: string; day: string; count: number }>(
        'SELECT station_id AS station, day, count FROM cleared_count',
      )
      .all();
    for (const { station, day, count: actual } of rows) {
      const name = `${station} ${digestOf(day)}`;
      if ((counts.get(name)?.count ?? 0) !== actual) return station;
      counts.delete(name);
    }
    return [...counts.values()].find((each) => each.count !== 0)?.station;
  }

  const number = (table: string): number =>
    db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;

  /** Looks through a whole table; only where the numbers already differ. */
  const unknownIn = (sql: string): string[] => db.prepare<[], string>(`${sql} LIMIT 20`).pluck().all();

  return {
    entry(row) {
      const { action, subject_id: id, digest } = row;
      people.entry(row);
      const tables = Object.hasOwn(TABLES, action) ? (TABLES[action] ?? []) : [];
      for (const table of tables) told[table] = (told[table] ?? 0) + 1;
      if (CASE_ACTIONS.has(action))
        // As with decisions, `checkErased` covers those of an erased examination.
        return isErased(caseOf.get(id)) ? null : compared(caseEntryDigest(db, id), digest);
      switch (action) {
        case 'examination.recorded':
        case 'examination.received':
          checkListed(id);
          return checkExamination(id, digest, recordDigest);
        case 'examination.saved':
          checkListed(id);
          return checkExamination(id, digest, examinationDigest);
        case 'decision.saved':
        case 'decision.received':
          // Of an erased examination `checkErased` covers the decisions too.
          return isErased(examinationOf.get(id)) ? null : compared(decisionDigest(db, id), digest);
        case 'case.handed-over':
        case 'case.taken-in':
          return compared(handoverDigest(db, id), digest);
        case 'retention.run':
          erased += runSize.get(id) ?? 0;
          return compared(runDigest(db, id), digest);
        case 'hold.set':
          return isErased(heldOf.get(id)) ? null : compared(holdDigest(db, id), digest);
        case 'hold.released':
          return compared(releaseDigest(db, id), digest);
        case 'retention.rules-saved':
          return compared(rulesDigest(db, id), digest);
        case 'report.submitted':
          return compared(reportDigest(db, id), digest);
        case 'report.approved':
        case 'report.sent-back':
          return compared(reportDecisionDigest(db, id), digest);
        case 'report.sent':
          receipts += 1;
          return compared(receiptDigest(db, id), digest);
        case 'report.sent-again': {
          receipts += 1;
          const kept = receiptDigests(db, id);
          return compared(kept.find((each) => each === digest) ?? kept[0], digest);
        }
        case 'received.erased':
          return isReceivedErased(db, id) ? null : 'record-changed';
        case 'hub.enrolled':
        case 'hub.left':
          hub = digest;
          return null;
        case 'bases.saved':
          bases = digest;
          return null;
        case 'directory.saved':
          directory = digest;
          return null;
        case 'cleared.counted':
          count(row, 1);
          return null;
        case 'cleared.taken-back':
          count(row, -1);
          return null;
        default:
          return null;
      }
    },
    finish() {
      const found: FinalBreak[] = people.finish();
      const add = (kind: RecordBreak, ids: readonly string[]): void => {
        found.push(...ids.map((subjectId) => ({ seq: null, kind, subjectId })));
      };
      // What findings share is named by its digest: whatever else stands there was changed.
      add('record-changed', changedShared(db));
      for (const [table, sql] of Object.entries(UNKNOWN)) {
        if (number(table) === (told[table] ?? 0)) continue;
        add('record-unknown', unknownIn(sql));
      }
      add('record-changed', listedWrongly);
      add('record-unknown', unknownToDo(db));
      if (number('erasure') !== erased) {
        const unknown = db
          .prepare<[], string>(
            `SELECT examination_id FROM erasure WHERE run_id NOT IN
               (SELECT subject_id FROM audit WHERE action = 'retention.run') LIMIT 20`,
          )
          .pluck()
          .all();
        add('record-unknown', unknown);
      }
      // A telephone number that somebody exchanged leads to somebody else.
      // And an address or a key of a hub to another hub, a legal basis to somebody who has none.
      const own = [digestOf(loadContacts(db)), hubDigest(db), digestOf(loadBases(db))];
      if (own.some((each, index) => each !== [directory, hub, bases][index])) {
        const subjectId = db.prepare<[], string>('SELECT id FROM station').pluck().get() ?? '';
        add('record-changed', [subjectId]);
      }
      add('record-changed', changedReports(db));
      if (number(RECEIPTS) !== receipts)
        add(
          'record-unknown',
          unknownIn(
            `SELECT subject FROM ${RECEIPTS} AS kept GROUP BY subject HAVING count(*) > (SELECT count(*) FROM audit
               WHERE action IN ('report.sent', 'report.sent-again') AND subject_id = subject)`,
          ),
        );
      const station = miscounted();
      if (station !== undefined) add('count-changed', [station]);
      return found;
    },
  };
}
