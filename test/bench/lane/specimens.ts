// Twenty documents of Utopia as a day brings them: every kind, most of them without a fault.
import { drawSpecimen, type Specimen } from '../../../shared/specimen/document.ts';
import type { FaultId } from '../../../shared/specimen/faults.ts';
import type { SpecimenKind } from '../../../shared/specimen/kinds.ts';

/** Kind and fault; faults that the machine-readable zone alone betrays, so that an officer sees a finding. */
const SHIFT: readonly (readonly [SpecimenKind, FaultId?])[] = [
  ['passport'],
  ['id-card'],
  ['passport', 'birth-date-altered'],
  ['visa-a'],
  ['passport'],
  ['id-card-td2'],
  ['passport', 'expired'],
  ['visa-b'],
  ['passport'],
  ['id-card'],
  ['passport', 'unknown-issuer'],
  ['passport'],
  ['visa-a'],
  ['id-card', 'expired'],
  ['passport'],
  ['id-card-td2'],
  ['passport'],
  ['visa-b'],
  ['passport', 'check-digit-number'],
  ['passport'],
];

/** The first `count` of them, other documents for another seed. */
export function shift(seed: number, count: number, today: string): Specimen[] {
  return SHIFT.slice(0, count).map(([kind, fault], at) =>
    drawSpecimen({ seed: seed * 100 + at + 1, kind, today, ...(fault ? { fault } : {}) }),
  );
}

/** How many there are. */
export const SHIFT_LENGTH = SHIFT.length;
