// What the detective is told and what it answers: explanations as plain data, places and catalogue ids, never words.

import type { Correction } from '../corrections.ts';
import type { CheckDigitId, FieldId, Place } from '../formats.ts';

/** What beside the rows bears on an explanation. */
export interface Clues {
  /** The day of the examination, `YYYY-MM-DD`; a malformed one is a mistake of the caller: RangeError. */
  today: string;
  /**
   * Places the reader was unsure of, line and column from 0, with its trust (0 to 1) where that is known. An empty list
   * says that all was read surely; without a list nothing is known of how surely it was read.
   */
  lowConfidence?: readonly { line: number; column: number; confidence?: number }[];
  /** Characters the reader changed. */
  corrections?: readonly Correction[];
  /** The rows were typed by hand: slips are those of a hand. */
  typed?: boolean;
  /** What is known of this issuer: digits it prints in a way of its own, and the catalogue id of the sentence that says so. */
  habits?: readonly { digits: readonly CheckDigitId[]; text: string }[];
}

/** Innocent and other causes of a digit that does not hold, as far as the zone alone can tell them apart. */
export type ExplanationKind = 'reading-slip' | 'issuer-quirk' | 'alteration' | 'counterfeit-arithmetic';

/** How an explanation stands beside the others; never a share or a number. */
export type Standing = 'likely' | 'possible' | 'remote';

/** One character that would stand otherwise. Row and column from 0. A preview: nothing is ever changed by itself. */
export interface Change {
  row: number;
  column: number;
  from: string;
  to: string;
}

/** One piece of evidence: a catalogue id and what its message takes. */
export interface Evidence {
  text: string;
  values: Record<string, string>;
}

export interface Explanation {
  kind: ExplanationKind;
  standing: Standing;
  /** The field it names; null where it is about the last digit or the zone as a whole. */
  field: FieldId | null;
  /** The failing digits it explains; empty where it explains data that no digit sees. */
  digits: CheckDigitId[];
  /** Where to look. */
  places: Place[];
  /** The smallest change by which every digit would hold; empty where the zone alone does not tell one. */
  repair: Change[];
  /** Id of the arithmetic that gives just the digits that are printed; null where none does, and for other kinds. */
  arithmetic: string | null;
  evidence: Evidence[];
  /** Catalogue ids; every explanation carries both readings. Their messages take `values`. */
  text: { title: string; fraud: string; innocent: string };
  values: Record<string, string>;
}

/** What the check digits see of one character. */
export interface Protection {
  /** How many digits would see another character here: none, one, or two (its own and the composite). */
  level: 0 | 1 | 2;
  digits: CheckDigitId[];
  /** Other characters that could lawfully stand here and that no digit tells from this one. */
  blind: string[];
  /** Swapped with the next character of the row, the two would pass every digit though they differ. */
  swapUnseen: boolean;
}
