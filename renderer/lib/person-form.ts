// What is wrong with a name, a sign-in name or a new secret as far as the window can tell; the station has the last word.
import { secretFault } from '../../shared/contract/secret-rule.ts';
import type { Role } from '../../shared/contract/vault.ts';

/** Every role, complete by type: one that the contract adds must be added here. */
export const ROLES = Object.keys({
  officer: true,
  examiner: true,
  supervisor: true,
  trainer: true,
  administrator: true,
} satisfies Record<Role, true>) as Role[];

export interface PersonValues {
  name: string;
  signInName: string;
  secret: string;
  /** The secret once more. */
  again: string;
}

type PersonFault = keyof PersonValues;
export type PersonFaults = Partial<Record<PersonFault, string>>;

export const NO_PERSON: PersonValues = { name: '', signInName: '', secret: '', again: '' };

const LONGEST_NAME = 80;
const SIGN_IN_NAME = { shortest: 2, longest: 40 } as const;

/** Catalogue id of what is wrong with a person's name, or null. */
function nameFault(name: string): string | null {
  if (name.trim() === '') return 'person.fault.name';
  return name.trim().length > LONGEST_NAME ? 'person.fault.too-long' : null;
}

function signInNameFault(name: string): string | null {
  const { length } = name.trim();
  return length < SIGN_IN_NAME.shortest || length > SIGN_IN_NAME.longest ? 'person.fault.sign-in-name' : null;
}

/** What is wrong with a new secret typed twice, by field. The sign-in name is empty where it is not known. */
export function secretFaults(
  { secret, again }: Pick<PersonValues, 'secret' | 'again'>,
  signInName: string,
): PersonFaults {
  const fault = secretFault(secret, signInName);
  if (fault !== null) return { secret: `secret-field.fault.${fault}` };
  return secret === again ? {} : { again: 'secret-field.fault.differs' };
}

/** What is wrong with a new person, by field. */
export function personFaults(values: PersonValues): PersonFaults {
  const [name, signInName] = [nameFault(values.name), signInNameFault(values.signInName)];
  return {
    ...(name === null ? {} : { name }),
    ...(signInName === null ? {} : { signInName }),
    ...secretFaults(values, values.signInName),
  };
}
