// The examination as data: steps, items, security features, checks of visas, stamps and the bearer, and document types.
import type { DocumentType as DocumentKind } from '../mrz/document-code.ts';
import type { FormatId } from '../mrz/formats.ts';

/** Where an item is done: at the counter, in the room behind it, by an expert. */
export const LEVELS = ['L1', 'L2', 'L3'] as const;
/** The lights under which a picture is kept. */
export const LIGHTS = ['white', 'oblique', 'transmitted', 'uv-a', 'infrared', 'macro'] as const;
/** F.A.L.S.E.D.O.C. in its own order (IOM, Passport Examination Procedure Manual), then what it sends the officer to. */
export const STEPS = ['F', 'A', 'L', 'S', 'E', 'D', 'O', 'C', 'visa', 'stamp', 'face', 'bearer'] as const;
/** What the thing is to the hand: a booklet has stitching, a card an edge of layers, a label a page beneath it. */
export const FORMS = ['booklet', 'card', 'label'] as const;

export type Level = (typeof LEVELS)[number];
export type Light = (typeof LIGHTS)[number];
export type Step = (typeof STEPS)[number];
export type Form = (typeof FORMS)[number];

/** What it is done with, e.g. `UVA`; words are `procedure.tool.<id>`. */
export interface Tool {
  id: string;
  /** The first level that is expected to have it. */
  level: Level;
  /** The light of a picture that shows the same; null where no picture can (touch, a chip). */
  light: Light | null;
  drawing: string | null;
}

/** One thing to look at, answered by itself; words are `procedure.item.<id>.title`, `.genuine`, `.imitation`, `.how`. */
export interface Item {
  /** e.g. `F1`, `L2a`; `V01` of a visa, `P01` of a stamp, `FC10` of the face, `B01` of the bearer. */
  id: string;
  step: Step;
  levels: Level[];
  tools: string[];
  /** Lights under which a picture shows it, the best first. */
  lights: Light[];
  /** How long it takes at first line; null where it is not done there. */
  seconds: number | null;
  drawing: string | null;
  /** Kinds of fraud it may show (ids of `fraud`). */
  fraud: string[];
  /** Features it looks at. */
  features: string[];
  /** It is only for documents that have one of its features. */
  needsFeature: boolean;
  /** What it can be done on. */
  forms: Form[];
  /** It is only for documents of one of these common layouts, e.g. `schengen`; empty: for all. */
  layouts: string[];
  /** Of a component of the face: how far it stays the same over years; word `procedure.stability.<id>`. */
  stability?: string;
}

/** A security feature; words are `procedure.feature.<id>.title`, `.genuine`, `.imitation`. */
export interface Feature {
  /** e.g. `PRT.ovi`. */
  id: string;
  level: Level;
  tools: string[];
  lights: Light[];
  step: Step;
  drawing: string | null;
}

/** A neutral question; its words are `question.<id>`. */
export interface Question {
  id: string;
  topic: string;
  /** Items it helps to answer, or `rights`, `protection`. */
  serves: string[];
}

/** A sign that somebody may need protection; words are `sign.<id>` and, where there is one, `sign.<id>.note`. */
export interface Sign {
  id: string;
  group: string;
  stage: string;
  note: boolean;
}

/** Words are `procedure.outcome.<id>`. */
export interface Outcome {
  id: string;
  level: Level;
}

/** Words are `procedure.disposition.<id>`. */
export interface Disposition {
  id: string;
  /** It lives in the protection file alone: no ordinary record, report or list may name it. */
  protection: boolean;
}

/** What a finding of the machine sends the officer to look at, and to ask. The first row that fits counts. */
export interface Prompt {
  /** Rule id, or the beginning of some that ends in a dot: `mrz.cd.dob`, `x.`. */
  finding: string;
  item: string | null;
  question: string | null;
}

/** A type of document that is known; words are `type.<id>` and `type.<id>.at.<feature>` for each of `quick`. */
export interface DocumentType {
  id: string;
  kinds: string[];
  /** Codes of issuing states without fillers; an empty list fits all of them. */
  issuers: string[];
  formats: FormatId[];
  form: Form;
  layouts: string[];
  /** What it must have; only these can be missing. */
  features: string[];
  /** Which of them the quick card may show, the best first. */
  quick: string[];
  /** What it must have is not known: nothing of it can be missing. */
  general: boolean;
}

export interface Procedure {
  id: string;
  version: string;
  tools: Tool[];
  /** The eight letters and what they send the officer to, in order. */
  steps: Step[];
  items: Item[];
  visaChecks: Item[];
  stampChecks: Item[];
  /** Components of the face (step `face`), then the other checks of the bearer (step `bearer`). */
  bearer: Item[];
  features: Feature[];
  questions: Question[];
  signs: Sign[];
  outcomes: Outcome[];
  dispositions: Disposition[];
  /** Ids of the project's list of fraud types. */
  fraud: string[];
  prompts: Prompt[];
  /** Known types first, the general ones last: the first that fits counts. */
  types: DocumentType[];
}

/** Which procedure an examination followed, as its record keeps it. */
export interface ProcedureStamp {
  id: string;
  version: string;
  sha256: string;
}

/** All that is known of a document when its type is asked for; fields of a zone as `shared/mrz` gives them. */
export interface TypeFields {
  format: FormatId;
  kind: DocumentKind;
  /** Issuing state, with or without fillers. */
  issuer: string;
}

/** Every item there is, in the order of the steps. */
export function allItems(procedure: Procedure): Item[] {
  return [...procedure.items, ...procedure.visaChecks, ...procedure.stampChecks, ...procedure.bearer];
}
