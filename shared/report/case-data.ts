// What the report of one case is made from: the shapes it reads of a record and its entries, and which entry stands.

/** The parts of an examination's record that the report shows; the record itself fits. */
export interface ReportRecord {
  id: string;
  savedAt: string;
  officerName: string;
  stationCode: string;
  place: string;
  documents: readonly ReportDocument[];
  decisions: readonly {
    at: string;
    officerName: string;
    outcome: string;
    note: string;
  }[];
}

export interface ReportDocument {
  id: string;
  images: readonly { id: string; light: string }[];
  reading: { lines: readonly string[] } | null;
  /** The day against which dates were judged, `YYYY-MM-DD`. */
  judgedOn: string;
  findings: readonly {
    id: string;
    text: { title: string };
    words?: { title: string; fraud?: string | undefined; innocent?: string | undefined } | undefined;
    values?: Readonly<Record<string, string>> | undefined;
  }[];
}

interface Head {
  id: string;
  seq: number;
  at: string;
  officerName: string;
}

export interface ReportMark {
  imageId: string;
  shape: 'box' | 'arrow' | 'point';
  points: readonly { x: number; y: number }[];
  note: string;
}

export type ReportAnswer = Head & {
  kind: 'answer';
  documentId: string;
  itemId: string;
  answer: string | null;
  note: string;
  marks: readonly ReportMark[];
};

export type ReportOutcome = Head & {
  kind: 'outcome';
  outcome: string;
  dispositions: readonly string[];
  reasons: readonly ReportPlace[];
  note: string;
  notChecked: readonly ReportPlace[];
  procedure: { version: string; sha256: string };
  needsSignature: boolean;
};

/** One entry of the case; the entries of the station fit. */
export type ReportEntry =
  | (Head & { kind: 'taken' })
  | ReportAnswer
  | (Head & { kind: 'image'; documentId: string; image: { id: string; light: string } })
  | (Head & { kind: 'question'; questionId: string; note: string })
  | (Head & { kind: 'bearer'; componentId: string; answer: string | null; note: string })
  | (Head & { kind: 'bearer-done'; verdict: string; note: string })
  | ReportOutcome
  | (Head & { kind: 'signed'; entryId: string })
  | (Head & { kind: 'reopened'; reason: string });

export interface ReportPlace {
  documentId: string;
  itemId: string;
}

/** A picture as it is drawn on the page. */
export interface ReportPicture {
  /** `data:` address; null where the picture cannot be read any more. */
  url: string | null;
  /** Pixels in which marks are counted. */
  width: number;
  height: number;
}

export interface CaseReportInput {
  record: ReportRecord;
  entries: readonly ReportEntry[];
  /** Who did what, in order, also what is not shown to whoever prints. */
  acts: readonly { at: string; officerName: string; kind: string }[];
  /** By document: its type, and the items that it has, in order. */
  documents: readonly { documentId: string; typeId: string; itemIds: readonly string[] }[];
  /** Items that nobody answered, as of now; of a concluded case those of its outcome count. */
  notChecked: readonly ReportPlace[];
  /** The outcome in force; null where there is none. */
  outcomeId: string | null;
  /** The step of an item, e.g. `L`. */
  stepOf: (itemId: string) => string | null;
  pictures: ReadonlyMap<string, ReportPicture>;
  proof: ReportProof;
  printedAt: string;
  printedBy: string;
  program: string;
}

/** By what the paper can be held against the station. */
export interface ReportProof {
  /** SHA-256 of the record as the audit chain holds it, hex. */
  recordSha256: string;
  /** Last entry of the chain about this case, and the hash of that entry, hex. */
  auditSeq: number;
  auditHash: string;
  /** SHA-256 of record and entries as they were printed, hex. */
  contentSha256: string;
  /**
   * Random, of this copy alone: with it the digest of the paper, which stays in the chain, fits no guess at what the paper
   * said of a person whose record is erased.
   */
  copy: string;
}

export const placeKey = ({ documentId, itemId }: ReportPlace): string => `${documentId} ${itemId}`;

/**
 * What stands of each item, by document and item: the latest entry. One that was taken back stands as long as words or
 * marks are left of it; its answer is null.
 */
export function standingAnswers(entries: readonly ReportEntry[]): ReadonlyMap<string, ReportAnswer> {
  const standing = new Map<string, ReportAnswer>();
  for (const entry of entries) {
    if (entry.kind === 'answer') standing.set(placeKey(entry), entry);
  }
  return new Map(
    [...standing].filter(([, { answer, note, marks }]) => answer !== null || note !== '' || marks.length > 0),
  );
}

/** The latest entry of each key, in the order in which the keys came first. */
export function latestBy<T>(entries: readonly T[], keyOf: (entry: T) => string): T[] {
  const latest = new Map<string, T>();
  for (const entry of entries) latest.set(keyOf(entry), entry);
  return [...latest.values()];
}

/** The outcome in force and the signature under it. */
export function conclusionOf({ entries, outcomeId }: Pick<CaseReportInput, 'entries' | 'outcomeId'>): {
  outcome: ReportOutcome;
  signed: (ReportEntry & { kind: 'signed' }) | null;
} | null {
  const outcome = entries.find((entry) => entry.kind === 'outcome' && entry.id === outcomeId);
  if (outcome?.kind !== 'outcome') return null;
  const signed = entries.findLast((entry) => entry.kind === 'signed' && entry.entryId === outcome.id);
  return { outcome, signed: signed?.kind === 'signed' ? signed : null };
}

/** Acts in a row of one officer and one kind as one line: 37 answers are not 37 lines. */
export function groupedActs(
  acts: CaseReportInput['acts'],
): { from: string; to: string; officerName: string; kind: string; count: number }[] {
  const groups: ReturnType<typeof groupedActs> = [];
  for (const { at, officerName, kind } of acts) {
    const last = groups.at(-1);
    if (last !== undefined && last.officerName === officerName && last.kind === kind) {
      last.to = at;
      last.count += 1;
    } else groups.push({ from: at, to: at, officerName, kind, count: 1 });
  }
  return groups;
}
