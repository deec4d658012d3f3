// What an automatic rule found: codes, places and catalogue ids, never words of its own.

import type { Place } from '../mrz/formats.ts';

/**
 * What a finding is about; the classes are never mixed: a digit that does not agree (`integrity`), data no document
 * should carry (`data`), the document's standing (`status`), a list that it is on (`list`), a reading to do again
 * (`capture`, `quality`).
 */
export type FindingClass =
  | 'capture'
  | 'integrity'
  | 'data'
  | 'status'
  | 'warn'
  | 'info'
  | 'cross'
  | 'list'
  | 'logic'
  | 'quality';

/** `look` deserves a glance at the document, `note` is good to know, `retake` asks for another reading first. */
export type Severity = 'look' | 'note' | 'retake';

export interface Finding {
  /** Id of the rule, e.g. `mrz.cd.dob`. */
  id: string;
  class: FindingClass;
  severity: Severity;
  /** Fields of the zone it concerns (ids of `shared/mrz/formats.ts`). */
  fields: string[];
  /** Where to look in the zone; rows and columns from 0, `end` exclusive. */
  places: Place[];
  /** Kinds of fraud it may point to (ids of the project's list of fraud types); empty for plain information. */
  fraud: string[];
  /**
   * Catalogue ids. Both readings, but for the classes `capture` and `quality`, which say only how to read again; another
   * finding has `retake` where a character it looks at was hard to read.
   */
  text: { title: string; fraud?: string; innocent?: string; retake?: string };
  /** Of a list: which one, whose, and its dates. Sentences take no values: these stand beside them. */
  values?: Readonly<Record<string, string>>;
}
