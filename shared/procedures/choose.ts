// What is looked at on this document: its type, the items it has, the quick card of the first line, one question.
import type { DocumentType as DocumentKind } from '../mrz/document-code.ts';
import type { FormatId } from '../mrz/formats.ts';
import {
  allItems,
  type DocumentType,
  type Feature,
  type Form,
  type Item,
  type Level,
  type Light,
  type Procedure,
  type Prompt,
  type TypeFields,
} from './procedure.ts';

/** One point of the quick card. */
export interface QuickPoint {
  item: string;
  /** What of it on this type; null where the item itself is looked at. */
  feature: string | null;
  /** A light of pictures; null for touch and for what no picture shows. */
  light: Light | null;
  tool: string;
  seconds: number;
  drawing: string | null;
}

/** What the quick card needs of a finding. */
export interface FindingAsked {
  id: string;
  severity: 'look' | 'note' | 'retake';
}

const QUICK_POINTS = 3;
/** Done at the lane itself, before the card: the face by the officer, the zone by the machine. */
const BEFORE_THE_CARD: ReadonlySet<string> = new Set(['F1', 'A2', 'D3']);

function formOf(format: FormatId | null): Form {
  if (format === 'MRV-A' || format === 'MRV-B') return 'label';
  return format === 'TD1' || format === 'TD2' || format === 'FR-ID' ? 'card' : 'booklet';
}

/** Where even the general types are missing from a procedure: everything of this form, nothing that it must have. */
function bareType(form: Form, format: FormatId | null): DocumentType {
  return {
    id: `general-${form}`,
    kinds: [],
    issuers: [],
    formats: format === null ? [] : [format],
    form,
    layouts: [],
    features: [],
    quick: [],
    general: true,
  };
}

function fits(type: DocumentType, kind: DocumentKind, issuer: string, format: FormatId): boolean {
  return (
    type.formats.includes(format) &&
    (type.kinds.length === 0 || type.kinds.includes(kind)) &&
    (type.issuers.length === 0 || type.issuers.includes(issuer))
  );
}

/**
 * The type of a document: the first of the procedure that fits its kind, issuer and format, a known one before a
 * general one. Without a reading (`null`) the general booklet: nothing of it can be missing.
 */
export function typeOf(procedure: Procedure, fields: TypeFields | null): DocumentType {
  const form = formOf(fields?.format ?? null);
  const general = (): DocumentType =>
    procedure.types.find(
      (type) => type.general && type.form === form && type.issuers.length === 0 && type.kinds.length === 0,
    ) ?? bareType(form, fields?.format ?? null);
  if (fields === null) return general();
  const issuer = fields.issuer.replace(/<+$/u, '');
  const fitting = procedure.types.filter((type) => fits(type, fields.kind, issuer, fields.format));
  return fitting.find((type) => !type.general) ?? fitting[0] ?? general();
}

function isFor(item: Item, type: DocumentType): boolean {
  if (!item.forms.includes(type.form)) return false;
  if (item.layouts.length > 0 && !item.layouts.some((layout) => type.layouts.includes(layout))) return false;
  return !item.needsFeature || type.general || item.features.some((id) => type.features.includes(id));
}

/** The items that this type has at this level, in the order of the steps. Second line does those of the first too. */
export function itemsFor(procedure: Procedure, type: DocumentType, level: Level): Item[] {
  const upTo: readonly Level[] = level === 'L1' ? ['L1'] : level === 'L2' ? ['L1', 'L2'] : ['L1', 'L2', 'L3'];
  return allItems(procedure)
    .filter((item) => isFor(item, type) && item.levels.some((each) => upTo.includes(each)))
    .sort((a, b) => procedure.steps.indexOf(a.step) - procedure.steps.indexOf(b.step));
}

/** The features of a type that an item looks at; of a general type all that it may look at. */
export function featuresOf(procedure: Procedure, type: DocumentType, item: Item): Feature[] {
  return procedure.features.filter(
    ({ id }) => item.features.includes(id) && (type.general || type.features.includes(id)),
  );
}

/** Whether "not present" can be said of an item: only what the type must have can be missing. */
export function canBeMissing(type: DocumentType, item: Item): boolean {
  return !type.general && item.features.some((id) => type.features.includes(id));
}

/** The row of the procedure for a finding; null where nothing is to be looked at or asked. */
function promptFor(procedure: Procedure, { id, severity }: FindingAsked): Prompt | null {
  if (severity !== 'look') return null;
  const fitsRule = ({ finding }: Prompt): boolean =>
    finding.endsWith('.') ? id.startsWith(finding) : id === finding;
  return procedure.prompts.find(fitsRule) ?? null;
}

function pointOf(procedure: Procedure, item: Item, feature: Feature | null): QuickPoint | null {
  const tool = feature?.tools[0] ?? item.tools[0];
  if (tool === undefined) return null;
  return {
    item: item.id,
    feature: feature?.id ?? null,
    light: procedure.tools.find(({ id }) => id === tool)?.light ?? null,
    tool,
    seconds: item.seconds ?? 2,
    drawing: feature?.drawing ?? item.drawing,
  };
}

/**
 * At most three points for the counter, the same for the same document: the one feature of this type (C2), then where
 * its kind is opened most often (laminate, stitching, edge; the label itself), then what the first finding asks.
 */
export function quickCard(
  procedure: Procedure,
  type: DocumentType,
  findings: readonly FindingAsked[],
): QuickPoint[] {
  const items = itemsFor(procedure, type, 'L1');
  const byId = (id: string): Item | undefined => items.find((item) => item.id === id);
  const feature = procedure.features.find(({ id }) => id === type.quick[0]) ?? null;
  const body = ['L1a', 'S1', 'E3', 'V01', 'E1'].map(byId).filter((item) => item !== undefined);
  const asked = findings
    .map((finding) => promptFor(procedure, finding)?.item ?? null)
    .map((id) => (id === null ? undefined : byId(id)))
    .filter((item) => item !== undefined && !BEFORE_THE_CARD.has(item.id));
  const wanted = [byId('C2'), body[0], asked.find((item) => item !== body[0]) ?? body[1]];
  const chosen = wanted.filter((item) => item !== undefined).slice(0, QUICK_POINTS);
  return chosen
    .map((item) => pointOf(procedure, item, item.id === 'C2' ? feature : null))
    .filter((point) => point !== null);
}

/** The one question (`Q..`) that the findings ask for; null where none does. */
export function flaggedQuestion(procedure: Procedure, findings: readonly FindingAsked[]): string | null {
  for (const finding of findings) {
    const question = promptFor(procedure, finding)?.question ?? null;
    if (question !== null) return question;
  }
  return null;
}
