// The kinds of document that Utopia issues: format, size, place of the machine readable zone.
import type { FormatId } from '../mrz/formats.ts';

export const SPECIMEN_KINDS = ['passport', 'id-card', 'id-card-td2', 'visa-a', 'visa-b'] as const;

/** Passport TD3, identity card TD1, identity card TD2, visa label MRV-A, visa label MRV-B. */
export type SpecimenKind = (typeof SPECIMEN_KINDS)[number];

export interface KindRow {
  readonly format: FormatId;
  readonly documentCode: string;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly cornerMm: number;
  /** Left edge of the first character cell, from the left edge of the document. */
  readonly mrzLeftMm: number;
  /** Middle of each row of the zone, from the lower edge of the document, upper row first. */
  readonly mrzRowsMm: readonly number[];
  /** How long it is issued for, in years. */
  readonly validYears: number;
}

/** Height of the machine readable zone along the lower edge, mm (Doc 9303-3 §2.3, -4 §4.1). */
export const MRZ_HEIGHT_MM = 23.2;
/** Ten characters to the inch (Doc 9303-3 §4.1). */
export const MRZ_PITCH_MM = 2.54;

/** Sizes: Doc 9303-4 §2.1, -5 §2.1, -6 §2.1, -7 §4.1.1 and §5.1.1. */
export const KINDS: Readonly<Record<SpecimenKind, KindRow>> = {
  passport: {
    format: 'TD3',
    documentCode: 'P<',
    widthMm: 125,
    heightMm: 88,
    cornerMm: 3.2,
    mrzLeftMm: 6,
    mrzRowsMm: [15.75, 9.4],
    validYears: 10,
  },
  'id-card': {
    format: 'TD1',
    documentCode: 'I<',
    widthMm: 85.6,
    heightMm: 54,
    cornerMm: 3.18,
    mrzLeftMm: 4.4,
    mrzRowsMm: [16.7, 11.6, 6.5],
    validYears: 10,
  },
  'id-card-td2': {
    format: 'TD2',
    documentCode: 'I<',
    widthMm: 105,
    heightMm: 74,
    cornerMm: 3.18,
    mrzLeftMm: 5.2,
    mrzRowsMm: [15.75, 9.4],
    validYears: 10,
  },
  'visa-a': {
    format: 'MRV-A',
    documentCode: 'V<',
    widthMm: 120,
    heightMm: 80,
    cornerMm: 1.2,
    mrzLeftMm: 4.2,
    mrzRowsMm: [15.75, 9.4],
    validYears: 1,
  },
  'visa-b': {
    format: 'MRV-B',
    documentCode: 'V<',
    widthMm: 105,
    heightMm: 74,
    cornerMm: 1.2,
    mrzLeftMm: 5.2,
    mrzRowsMm: [15.75, 9.4],
    validYears: 1,
  },
};
