// What a report reads of a case: the parts of its record and entries; the station's own shapes fit.

export interface CaseSource {
  record: {
    startedAt: string;
    savedAt: string;
    officerName: string;
    documents: readonly CaseDocument[];
    decisions: readonly { at: string; officerName: string; outcome: string }[];
  };
  entries: readonly CaseSourceEntry[];
  /** Everybody who did something in the case. */
  acts: readonly { officerName: string }[];
  /** The outcome in force; null where there is none. */
  outcomeId: string | null;
}

export interface CaseDocument {
  id: string;
  reading: {
    lines: readonly string[];
    /** Corners of the zone in pixels of a picture; null where none was found. */
    outline?: readonly { x: number; y: number }[] | null;
    imageId?: string | null;
    print?: Readonly<Partial<Record<string, string>>> | undefined;
  } | null;
  /** The day against which dates were judged, `YYYY-MM-DD`. */
  judgedOn: string;
  findings: readonly { id: string; severity: string; class: string; fraud: readonly string[] }[];
}

interface Head {
  id: string;
  at: string;
}

export type CaseSourceEntry =
  | (Head & { kind: 'answer'; documentId: string; itemId: string; answer: string | null; note: string })
  | (Head & {
      kind: 'outcome';
      outcome: string;
      dispositions: readonly string[];
      reasons: readonly { documentId: string; itemId: string }[];
      note: string;
    })
  | (Head & { kind: 'signed'; entryId: string })
  | (Head & { kind: 'taken' | 'image' | 'question' | 'bearer' | 'bearer-done' | 'reopened' });

/** What the station adds of itself. */
export interface StationFacts {
  country: string;
  placeKind: string;
  direction: string;
  language: string;
  role: string;
  /** Day and hour of the record at the station's own time zone. */
  day: string;
  hour: number;
}

/** What the procedure says of an item. */
export interface ItemFacts {
  id: string;
  step: string;
  tools: readonly string[];
  /** Kinds of fraud it may show. */
  fraud: readonly string[];
}
