// Hand-overs of cases as the store knows them: whose a case is follows from the last one that was not taken back.
import type { CaseHandover } from '../../shared/contract/handover.ts';
import { StationFailure } from '../failure.ts';
import { digestOf } from './audit.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

export interface HandoverRow extends Omit<CaseHandover, 'state' | 'originId'> {
  examinationId: string;
  officerId: string;
  /** The one before of this case between the two stations; null for the first. */
  after: string | null;
  state: CaseHandover['state'] | 'taken-back';
  changedAt: string;
}

const ROW = `SELECT id, examination_id AS examinationId, direction, peer_id AS stationId, peer_code AS stationCode,
  officer_id AS officerId, officer_name AS officerName, given_by AS givenBy, at, given_at AS givenAt, after, sha256, state,
  changed_at AS changedAt FROM handover`;

export function findHandover(db: Db, id: string): HandoverRow | undefined {
  return statement<[string], HandoverRow>(db, `${ROW} WHERE id = ?`).get(id);
}

/** The last of a case that was not taken back; undefined where it never left and came from nowhere. */
export function lastHandover(db: Db, examinationId: string): HandoverRow | undefined {
  return statement<[string], HandoverRow>(
    db,
    `${ROW} WHERE examination_id = ? AND state <> 'taken-back' ORDER BY seq DESC LIMIT 1`,
  ).get(examinationId);
}

/** The last of a case between this station and another one; what the next one between them follows on. */
export function lastWith(db: Db, examinationId: string, stationId: string): HandoverRow | undefined {
  return statement<[string, string], HandoverRow>(
    db,
    `${ROW} WHERE examination_id = ? AND peer_id = ? AND state <> 'taken-back' ORDER BY seq DESC LIMIT 1`,
  ).get(examinationId, stationId);
}

/** The station that a case came from first; undefined for one of this station. */
export function originOf(db: Db, examinationId: string): string | undefined {
  return statement<[string], string>(
    db,
    `SELECT peer_id FROM handover WHERE examination_id = ? AND direction = 'in' AND after IS NULL`,
  )
    .pluck()
    .get(examinationId);
}

/** What a list and the case itself tell of it. */
export function handoverOf(db: Db, examinationId: string): { handover?: CaseHandover } {
  const last = lastHandover(db, examinationId);
  if (last === undefined || last.state === 'taken-back') return {};
  const { id, direction, state, stationId, stationCode, givenBy, givenAt, officerName, at, sha256 } = last;
  const originId = originOf(db, examinationId) ?? null;
  const from = { stationId, stationCode, originId };
  return { handover: { id, direction, state, ...from, givenBy, givenAt, officerName, at, sha256 } };
}

/** Refuses with `case-handed` where another station has the case. */
export function requireHere(db: Db, examinationId: string): void {
  if (lastHandover(db, examinationId)?.direction === 'out') throw new StationFailure('case-handed');
}

/** Digest of a hand-over as it was written, without how it went on; undefined where it is not there. */
export function handoverDigest(db: Db, id: string): string | undefined {
  const row = findHandover(db, id);
  if (row === undefined) return undefined;
  const { state: _state, changedAt: _changedAt, ...kept } = row;
  return digestOf(kept);
}

/** Call it inside a transaction. */
export function insertHandover(db: Db, row: HandoverRow): void {
  statement(
    db,
    `INSERT INTO handover (id, examination_id, direction, peer_id, peer_code, officer_id, officer_name, given_by, at,
       given_at, after, sha256, state, changed_at)
     VALUES (@id, @examinationId, @direction, @stationId, @stationCode, @officerId, @officerName, @givenBy, @at,
       @givenAt, @after, @sha256, @state, @changedAt)`,
  ).run(row);
}

/** Of one that is handed and nothing more: that it arrived, or was taken back. False where it is not. */
export function settleHandover(
  db: Db,
  id: string,
  state: 'acknowledged' | 'taken-back',
  at: string,
): boolean {
  return (
    statement(
      db,
      `UPDATE handover SET state = @state, changed_at = @at WHERE id = @id AND state = 'handed'`,
    ).run({ id, state, at }).changes === 1
  );
}
