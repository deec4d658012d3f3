// The people of the station as its database knows them. Secrets are nowhere; public keys say whom the key file may name.
import type { Officer } from '../../shared/contract/records.ts';
import type { Db } from './open.ts';

export interface PersonRow extends Officer {
  /** Null for an officer of a version before the vault. */
  signInName: string | null;
  /** X25519, base64; null for whoever cannot sign in. */
  publicKey: string | null;
  mustChange: boolean;
  leftAt: string | null;
}

/** What the audit entry of a person covers: these, in this order. */
export const personContent = ({
  id,
  name,
  role,
  signInName,
}: Pick<PersonRow, 'id' | 'name' | 'role' | 'signInName'>): unknown[] => [id, name, role, signInName];

interface Stored extends Omit<PersonRow, 'mustChange'> {
  mustChange: number;
}

/** Everybody who was ever here, by name; officers of other stations, whose entries came with a case, were not. */
export function loadPeople(db: Db): PersonRow[] {
  return db
    .prepare<[], Stored>(
      `SELECT id, name, role, sign_in_name AS signInName, public_key AS publicKey, must_change AS mustChange,
         left_at AS leftAt
       FROM officer WHERE role <> 'elsewhere' ORDER BY name COLLATE NOCASE, id`,
    )
    .all()
    .map((row) => ({ ...row, mustChange: row.mustChange === 1 }));
}

/** Officers who have not left, by name. */
export function loadOfficers(db: Db): Officer[] {
  return loadPeople(db)
    .filter(({ leftAt }) => leftAt === null)
    .map(({ id, name, role }) => ({ id, name, role }));
}

export function findPerson(db: Db, id: string): PersonRow | undefined {
  return loadPeople(db).find((person) => person.id === id);
}

/** Adds a person, or changes name, role and sign-in name of one. */
export function savePerson(
  db: Db,
  stationId: string,
  person: Officer & { signInName: string },
  at: string,
): void {
  db.prepare(
    `INSERT INTO officer (id, station_id, name, role, sign_in_name, created_at)
     VALUES (@id, @stationId, @name, @role, @signInName, @at)
     ON CONFLICT (id) DO UPDATE
       SET name = excluded.name, role = excluded.role, sign_in_name = excluded.sign_in_name`,
  ).run({ ...person, stationId, at });
}

/** Remembers a person's key pair, and whether its secret is one that somebody else chose. */
export function savePublicKey(db: Db, id: string, publicKey: string, mustChange: boolean): void {
  db.prepare('UPDATE officer SET public_key = ?, must_change = ? WHERE id = ?').run(
    publicKey,
    mustChange ? 1 : 0,
    id,
  );
}

export function setMustChange(db: Db, id: string, mustChange: boolean): void {
  db.prepare('UPDATE officer SET must_change = ? WHERE id = ?').run(mustChange ? 1 : 0, id);
}

export function setLeft(db: Db, id: string, at: string): void {
  db.prepare('UPDATE officer SET left_at = ?, public_key = NULL WHERE id = ?').run(at, id);
}

/** Public keys of all who may sign in, by id. */
export function publicKeys(db: Db): Map<string, string> {
  const pairs = loadPeople(db).flatMap(({ id, publicKey, leftAt }) =>
    publicKey === null || leftAt !== null ? [] : [[id, publicKey] as const],
  );
  return new Map(pairs);
}

/** Who set this person a secret for once last, from one moment to another (UTC, both included); undefined: nobody did. */
export function renewedBy(db: Db, id: string, since: string, until: string): string | undefined {
  return db
    .prepare<[string, string, string], string>(
      `SELECT officer_id FROM audit WHERE action = 'secret.renewed' AND subject_id = ? AND at >= ? AND at <= ?
       ORDER BY seq DESC LIMIT 1`,
    )
    .pluck()
    .get(id, since, until);
}
