// Writing reports for good: submitted, let go or sent back, each in one transaction with its entry and its place in the outbox.
import type { ReportRow } from '../../shared/contract/reports.ts';
import { can } from '../../shared/contract/rights.ts';
import type { Person } from '../../shared/contract/vault.ts';
import type { Audience } from '../../shared/sharing/full.ts';
import { reportSignText } from '../../shared/wire/sign.ts';
import { appendAudit } from '../db/audit.ts';
import { addToOutbox } from '../db/outbox.ts';
import {
  cropsOf,
  findSubmission,
  insertCrop,
  insertReport,
  insertReportDecision,
  loadReportRow,
  type NewCrop,
  reportDecisionDigest,
  reportDigest,
} from '../db/reports.ts';
import { isAboutTakenBack } from '../db/taken-back.ts';
import { StationFailure } from '../failure.ts';
import type { OnDuty, ServiceContext } from './context.ts';
import type { Sending } from './outbox.ts';

/** One report as it was made, before it is written. */
export interface Made {
  audience: Pick<Audience, 'tier'> & { agencyId: string | null; basisId: string | null };
  replaces: string | null;
  kind: ReportRow['kind'];
  id: string;
  body: Buffer;
  pieces: NewCrop[];
}

export interface Submission {
  id: string;
  examinationId: string;
  request: string;
  at: string;
  made: readonly Made[];
}

export interface ReportWriting {
  /** Throws `not-found`. */
  rowOf(id: string): ReportRow;
  /** Whether somebody else must let go what this officer submits, by the policy of now. */
  needsApproval(duty: OnDuty): boolean;
  /** What a request that came before made; undefined for a new one; `already-saved` for another one of the same id. */
  repeated(id: string, request: string, officerId: string): { reports: ReportRow[] } | undefined;
  /** Writes reports for good, all or none; `alongside` in the same transaction. Throws `superseded`, `bad-request`. */
  write(duty: OnDuty, submission: Submission, alongside: () => void): void;
  /** Throws `superseded` where another one took the place of what this one replaces. */
  approve(duty: OnDuty, id: string, at: string): void;
  sendBack(duty: OnDuty, id: string, note: string, at: string): void;
}

export interface WritingMeans {
  people: () => Person[];
  sending: Sending;
  /** Signs as this station does toward its hub; null where it never had one. */
  sign: (text: string) => string | null;
}

export function createReportWriting(
  { db, emit }: Pick<ServiceContext, 'db' | 'emit'>,
  { people, sending, sign }: WritingMeans,
): ReportWriting {
  function rowOf(id: string): ReportRow {
    const row = loadReportRow(db, id);
    if (row === undefined) throw new StationFailure('not-found');
    return row;
  }

  function needsApproval({ settings, officer }: OnDuty): boolean {
    if (settings.reportApproval !== 'by-staff') return settings.reportApproval === 'required';
    return people().some(
      ({ id, role, canSignIn, leftAt }) =>
        id !== officer.id && canSignIn && leftAt === null && can(role, 'report.approve'),
    );
  }

  /** Says of a report that it leaves, signs it, and lays it in the outbox with its pictures behind it. */
  function letGo({ author, officer }: OnDuty, id: string, at: string): void {
    const { sha256, bytes } = rowOf(id);
    const signature = sign(reportSignText(id, sha256));
    if (signature === null) throw new StationFailure('hub-none');
    insertReportDecision(db, author, { reportId: id, decision: 'approved', at, note: '', signature });
    const entry = { at, officerId: officer.id, action: 'report.approved', subjectId: id };
    appendAudit(db, { ...entry, digest: reportDecisionDigest(db, id) ?? '' });
    addToOutbox(db, { kind: 'report', subject: id, sha256, total: bytes, at });
    for (const crop of cropsOf(db, id))
      addToOutbox(db, { kind: 'image', subject: crop.sha256, sha256: crop.sha256, total: crop.bytes, at });
  }

  function told(): void {
    sending.wake();
    emit('reports.changed', {});
    emit('outbox.changed', {});
  }

  /** What is replaced is approved, of this case, for the same audience, and nothing took its place. */
  function checkReplaced(id: string, examinationId: string, { tier, agencyId }: Made['audience']): void {
    const before = rowOf(id);
    const isSame =
      before.examinationId === examinationId && before.tier === tier && before.agencyId === agencyId;
    if (!isSame) throw new StationFailure('bad-request', ['replaces']);
    if (before.state !== 'approved' || before.standing !== 'in-force') throw new StationFailure('superseded');
  }

  return {
    rowOf,
    needsApproval,
    repeated(id, request, officerId) {
      const before = findSubmission(db, id, { request, officerId });
      if (before === null) return undefined;
      if (!before.isSame) throw new StationFailure('already-saved');
      return { reports: before.ids.map(rowOf) };
    },
    write(duty, submission, alongside) {
      const { id: submissionId, examinationId, request, at, made } = submission;
      const waits = needsApproval(duty);
      db.transaction(() => {
        alongside();
        for (const { audience, pieces, ...rest } of made) {
          if (rest.replaces !== null) checkReplaced(rest.replaces, examinationId, audience);
          const origin = { submissionId, examinationId, request, at, needsApproval: waits };
          insertReport(db, duty.author, { ...rest, ...audience, ...origin });
          for (const piece of pieces) insertCrop(db, rest.id, piece);
          const entry = { at, officerId: duty.officer.id, action: 'report.submitted', subjectId: rest.id };
          appendAudit(db, { ...entry, digest: reportDigest(db, rest.id) ?? '' });
          if (!waits) letGo(duty, rest.id, at);
        }
      }).immediate();
      told();
    },
    approve(duty, id, at) {
      db.transaction(() => {
        const { kind, replaces, examinationId, tier, agencyId } = rowOf(id);
        // Another one may have taken its place since this one was written.
        if (replaces !== null) checkReplaced(replaces, examinationId, { tier, agencyId, basisId: null });
        // Nothing is told of a report that was taken back meanwhile.
        if (isAboutTakenBack(db, id))
          throw new StationFailure(kind === 'alert' ? 'alert-report' : 'study-report');
        letGo(duty, id, at);
      }).immediate();
      told();
    },
    sendBack(duty, id, note, at) {
      db.transaction(() => {
        const decision = { reportId: id, decision: 'sent-back', at, note, signature: null } as const;
        insertReportDecision(db, duty.author, decision);
        const entry = { at, officerId: duty.officer.id, action: 'report.sent-back', subjectId: id };
        appendAudit(db, { ...entry, digest: reportDecisionDigest(db, id) ?? '' });
      }).immediate();
      emit('reports.changed', {});
    },
  };
}
