// What a document code says: the kind of document and whether the code is one the format knows.

import type { FormatId } from './formats.ts';
import { FORMATS, isVisaFormat } from './formats.ts';

/** Document types a zone can tell, ids of the project's list of document types; words are `document-type.<id>`. */
export type DocumentType =
  | 'passport_ord'
  | 'passport_dip'
  | 'passport_srv'
  | 'passport_emg'
  | 'laissez_passer'
  | 'refugee_td'
  | 'stateless_td'
  | 'id_card'
  | 'residence'
  | 'visa_label'
  | 'crew'
  | 'other';

// Second letters of a passport, Doc 9303-4 §4.4. Older passports use them freely, so an unknown one means ordinary.
const PASSPORTS: Readonly<Record<string, DocumentType>> = {
  D: 'passport_dip',
  E: 'passport_emg',
  L: 'laissez_passer',
  O: 'passport_srv',
  R: 'refugee_td',
  T: 'stateless_td',
};

/**
 * The document type of a two-character document code, as far as it can be told. PS is a stateless person's passport
 * (Doc 9303-4 §4.4) but a service passport on many older ones: the nationality without fillers tells which.
 */
export function documentType(format: FormatId, code: string, nationality: string): DocumentType {
  if (!documentCodeKnown(format, code)) return 'other';
  const second = code.charAt(1);
  if (code === 'PS') return nationality.startsWith('XX') ? 'stateless_td' : 'passport_srv';
  if (format === 'TD3') return PASSPORTS[second] ?? 'passport_ord';
  if (isVisaFormat(format)) return 'visa_label';
  if (code === 'AC') return 'crew';
  return second === 'R' ? 'residence' : 'id_card';
}

/**
 * Whether the format foresees the code: its first letter, and a letter or filler after it; on cards the second is
 * never V (Doc 9303-4, -5, -6, -7 §4.2.2.1).
 */
export function documentCodeKnown(format: FormatId, code: string): boolean {
  const second = code.charAt(1);
  const firstKnown = code.length === 2 && FORMATS[format].codeLetters.includes(code.charAt(0));
  const card = format === 'TD1' || format === 'TD2' || format === 'FR-ID';
  return firstKnown && /^[A-Z<]$/u.test(second) && !(card && second === 'V');
}
