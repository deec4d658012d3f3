// Names, roles and sign-in names of people held against the entry that told of them last.
import type { BreakKind } from '../../shared/contract/audit.ts';
import { digestOf, type AuditRow } from './audit.ts';
import type { Db } from './open.ts';
import { loadPeople, personContent, type PersonRow } from './people.ts';

export interface PeopleBreak {
  /** The entry that the person does not fit; null where none tells of them. */
  seq: number | null;
  kind: Extract<BreakKind, `record-${string}`>;
  subjectId: string;
}

export interface PeopleCheck {
  /** Takes the entries in order. */
  entry(row: AuditRow): void;
  finish(): PeopleBreak[];
}

/** Actions after which somebody is here with this name and role; all others leave them as they are. */
const HERE: ReadonlySet<string> = new Set(['officer.saved', 'vault.recovered']);

interface Told {
  seq: number;
  digest: string;
  hasLeft: boolean;
}

/** Entries of versions before: before the vault nobody had a sign-in name; a recovery named the role alone. */
function fitsOlder({ id, name, role, signInName }: PersonRow, digest: string): boolean {
  if (signInName === null) return digest === digestOf({ id, name, role });
  return role === 'administrator' && digest === digestOf([id, role]);
}

export function createPeopleCheck(db: Db): PeopleCheck {
  const told = new Map<string, Told>();

  function breakOf(person: PersonRow): PeopleBreak | null {
    const { id: subjectId, signInName, publicKey, leftAt } = person;
    const last = told.get(subjectId);
    if (last === undefined) {
      // A row with which nobody can sign in: what it wrote names its author by itself.
      if (signInName === null && publicKey === null) return null;
      return { seq: null, kind: 'record-unknown', subjectId };
    }
    const { seq, digest, hasLeft } = last;
    const fits = digestOf(personContent(person)) === digest || fitsOlder(person, digest);
    return fits && (leftAt !== null) === hasLeft ? null : { seq, kind: 'record-changed', subjectId };
  }

  return {
    entry({ seq, action, subject_id: id, digest }) {
      if (HERE.has(action)) told.set(id, { seq, digest, hasLeft: false });
      const last = told.get(id);
      if (action === 'officer.left' && last !== undefined) told.set(id, { ...last, seq, hasLeft: true });
    },
    finish() {
      const people = loadPeople(db);
      const there = new Set(people.map(({ id }) => id));
      const missing = [...told].flatMap(([subjectId, { seq }]) =>
        there.has(subjectId) ? [] : [{ seq, kind: 'record-missing' as const, subjectId }],
      );
      return [...people.flatMap((person) => breakOf(person) ?? []), ...missing];
    },
  };
}
