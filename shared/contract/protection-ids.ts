// Ids of the protection page and of the directory of contacts, which the window shows one by one.

/** What a person may need before any question. */
export const NEEDS = [
  'water',
  'rest',
  'medical',
  'interpreter',
  'private-place',
  'apart-from-companion',
  'child',
] as const;

/** Whether the person agrees to the referral; `law` where the law asks for it without. */
export const CONSENTS = ['yes', 'no', 'not-asked', 'law'] as const;

/** Dispositions that only the protection file knows. */
export const PROTECTION_DISPOSITIONS = [
  'asylum',
  'protection_referral',
  'child_procedure',
  'medical',
] as const;

/** Who can help, in the order of the list on every screen. */
export const CONTACT_KINDS = [
  'authority',
  'child',
  'medical',
  'unhcr',
  'iom',
  'ngo',
  'interpreter',
  'hotline',
] as const;

export type Need = (typeof NEEDS)[number];
export type Consent = (typeof CONSENTS)[number];
export type ProtectionDisposition = (typeof PROTECTION_DISPOSITIONS)[number];
export type ContactKind = (typeof CONTACT_KINDS)[number];
