// The record of a character that a reader changed: no repair is silent.

/** One character that stands otherwise in the lines than it was recognised or typed. Row and column count from 0. */
export interface Correction {
  row: number;
  column: number;
  /** As it was; empty where a character was put in. */
  from: string;
  /** As it stands now; empty where a character was taken out. */
  to: string;
  /** The rule that made the change, kebab-case, e.g. `class-map`, `state-code`, `row-length`. */
  rule: string;
  /** Catalogue id of the sentence that tells an officer why. */
  reason: string;
}
