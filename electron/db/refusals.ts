// Refused sign-ins and recovery keys in the audit chain: whose name and how often, never what was typed.
import { appendAudit, digestOf } from './audit.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

/** As the key file counts them since the station was made: it is there while the store is closed. */
export interface Refusals {
  people: readonly { id: string; refused: number; lockOuts: number }[];
  /** What nobody's name stands for; null to leave it for later. */
  nobody: {
    /** Tries at names that nobody has. */
    unknown: number;
    /** Recovery keys that were not this station's, or were refused for another reason. */
    recovery: number;
  } | null;
}

interface Told {
  id: string;
  refused: number;
  locked: number;
}

/**
 * Enters what is counted and not told yet, each count once: the database remembers in the same transaction how far it
 * has told. The digest covers whose it is (null for a name that nobody has) and how many. A count that is lower than
 * what was told comes from an older key file that was put back; from there on it is told again. Answers whether an
 * entry was made for what nobody's name stands for.
 */
export function tellRefusals(db: Db, { people, nobody }: Refusals, at: string): boolean {
  const known = new Map(
    statement<[], Told>(db, 'SELECT id, refused_told AS refused, locked_told AS locked FROM officer')
      .all()
      .map((row) => [row.id, row]),
  );
  const station = statement<[], { id: string; unknown: number; recovery: number }>(
    db,
    'SELECT id, unknown_told AS unknown, recovery_told AS recovery FROM station',
  ).get();
  if (station === undefined) throw new Error('the store has no station');

  function tell(action: string, subjectId: string, content: unknown): void {
    appendAudit(db, { at, officerId: null, action, subjectId, digest: digestOf(content) });
  }
  function tellPerson({ id, refused, locked }: Told, now: Refusals['people'][number]): void {
    if (now.refused > refused) tell('secret.refused', id, [id, now.refused - refused]);
    if (now.lockOuts > locked) tell('officer.locked-out', id, [id, now.lockOuts - locked]);
    statement(db, 'UPDATE officer SET refused_told = ?, locked_told = ? WHERE id = ?').run(
      now.refused,
      now.lockOuts,
      id,
    );
  }
  const changed = people.flatMap((person) => {
    const before = known.get(person.id);
    const isTold =
      before === undefined || (before.refused === person.refused && before.locked === person.lockOuts);
    return isTold ? [] : [{ before, person }];
  });
  const { unknown, recovery } = nobody ?? station;
  const isSame = unknown === station.unknown && recovery === station.recovery;
  if (changed.length === 0 && isSame) return false;
  db.transaction(() => {
    for (const { before, person } of changed) tellPerson(before, person);
    if (unknown > station.unknown) tell('secret.refused', station.id, [null, unknown - station.unknown]);
    if (recovery > station.recovery)
      tell('recovery-key.refused', station.id, [null, recovery - station.recovery]);
    statement(db, 'UPDATE station SET unknown_told = ?, recovery_told = ?').run(unknown, recovery);
  }).immediate();
  return !isSame;
}

export type RefusalAction = 'secret.refused' | 'officer.locked-out' | 'recovery-key.refused';

/** When entries of refusals were made in a stretch of time (UTC, ISO 8601), the end left out. */
export function refusalsBetween(db: Db, from: string, to: string): { at: string; action: RefusalAction }[] {
  // Word for word the condition of the index.
  return statement<[string, string], { at: string; action: RefusalAction }>(
    db,
    `SELECT at, action FROM audit
     WHERE action IN ('secret.refused', 'officer.locked-out', 'recovery-key.refused') AND at >= ? AND at < ?`,
  ).all(from, to);
}
