// The one table of what an officer fills in: where it lies in the full report, what it is called, and by what it is
// filled. Order and groups are those of the screen.
import {
  AGE_BANDS,
  DETECTED_BY,
  DOCUMENT_TYPES,
  FRAUD_TYPES,
  HANDLINGS,
  INFORMATION_GRADES,
  MODUS_CODES,
  PRICE_BANDS,
  QUALITIES,
  REPORT_DIRECTIONS,
  REPORT_DISPOSITIONS,
  REPORT_OUTCOMES,
  REPORT_PLACE_KINDS,
  SEXES,
  SOURCE_GRADES,
  SUPPLIERS,
  TIME_BANDS,
  TIP_LENGTH,
  TRANSPORTS,
  VERIFICATIONS,
} from '../../../shared/sharing/codes.ts';
import type { Group } from '../../../shared/sharing/fields.ts';
import type { FullReport } from '../../../shared/sharing/full.ts';
import type { CODE_WORDS } from '../../../shared/sharing/preview.ts';

type List = keyof typeof CODE_WORDS;

/** What a field is filled in by; a text with words of its `own` says what it is for, and what is wrong where it is empty. */
export type Control =
  | { by: 'choice'; list: List; ids: readonly string[]; isAlways?: true }
  | { by: 'several'; list: List; ids: readonly string[]; most: number }
  | { by: 'state' | 'day' | 'switch' }
  | { by: 'code'; most: number; form: RegExp }
  | { by: 'number'; least: number; most: number }
  | { by: 'text'; most: number; isLong?: true; own?: 'tip' }
  | { by: 'lines' | 'route' | 'findings' | 'printing' | 'anchors' | 'pieces' | 'portraits' | 'links' };

export interface EditorField {
  /** Its place in the full report. */
  path: string;
  /** Catalogue id of its name. */
  label: string;
  control: Control;
  /** Of a part of something that is not there yet. */
  isShown?: (content: FullReport) => boolean;
}

export interface EditorGroup {
  id: Group;
  /** The key that goes there. */
  key: string;
  fields: readonly EditorField[];
}

/** As `placeCode` and `carrierCode` of a report have them; a test holds both together. */
const PLACE = /^[A-Z0-9][A-Z0-9-]{1,7}$/u;
const CARRIER = /^[A-Z0-9]{2,3}$/u;

const named = (path: string, name: string, control: Control): EditorField => ({
  path,
  label: `report.field.${name}`,
  control,
});
const field = (path: string, control: Control): EditorField => named(path, path, control);
const choice = (path: string, list: List, ids: readonly string[], isAlways?: true): EditorField =>
  field(path, { by: 'choice', list, ids, ...(isAlways && { isAlways }) });
const text = (path: string, most: number, name = path): EditorField =>
  named(path, name, { by: 'text', most });
const long = (path: string, most: number, name = path): EditorField =>
  named(path, name, { by: 'text', most, isLong: true });
const state = (path: string, name = path): EditorField => named(path, name, { by: 'state' });
const day = (path: string, name = path): EditorField => named(path, name, { by: 'day' });

const hasVisa = ({ document }: FullReport): boolean => document.visa !== null;
const ofVisa = (one: EditorField): EditorField => ({ ...one, isShown: hasVisa });

export const EDITOR: readonly EditorGroup[] = [
  {
    id: 'fraud',
    key: '1',
    fields: [
      field('fraud.types', { by: 'several', list: 'fraud', ids: FRAUD_TYPES, most: 8 }),
      choice('fraud.outcome', 'outcome', REPORT_OUTCOMES, true),
      field('fraud.tip', { by: 'text', most: TIP_LENGTH, isLong: true, own: 'tip' }),
      field('fraud.findings', { by: 'findings' }),
      field('fraud.printProcesses', { by: 'printing' }),
      choice('fraud.quality', 'quality', QUALITIES),
      field('fraud.anchors', { by: 'anchors' }),
    ],
  },
  {
    id: 'document',
    key: '2',
    fields: [
      choice('document.type', 'documentType', DOCUMENT_TYPES),
      state('document.issuer'),
      state('document.nationality'),
      text('document.number', 40),
      text('document.series', 40),
      day('document.issuedOn'),
      day('document.expiresOn'),
      text('document.issuingPost', 80),
      state('document.visa.issuer', 'document.visa.issuer'),
      ofVisa(text('document.visa.type', 10)),
    ],
  },
  {
    id: 'detection',
    key: '3',
    fields: [
      day('detection.date'),
      choice('detection.timeBand', 'timeBand', TIME_BANDS),
      state('detection.country'),
      choice('detection.placeKind', 'placeKind', REPORT_PLACE_KINDS),
      field('detection.placeCode', { by: 'code', most: 8, form: PLACE }),
      choice('detection.direction', 'direction', REPORT_DIRECTIONS),
      choice('detection.transport', 'transport', TRANSPORTS),
      field('detection.carrier', { by: 'code', most: 3, form: CARRIER }),
      field('detection.route', { by: 'route' }),
      state('detection.destination'),
      field('detection.detectedBy', {
        by: 'several',
        list: 'detectedBy',
        ids: DETECTED_BY,
        most: DETECTED_BY.length,
      }),
      field('detection.secondsToDoubt', { by: 'number', least: 0, most: 86_400 }),
      field('detection.minutesToDecision', { by: 'number', least: 0, most: 100_000 }),
    ],
  },
  {
    id: 'modus',
    key: '4',
    fields: [
      field('modus.codes', { by: 'several', list: 'modus', ids: MODUS_CODES, most: MODUS_CODES.length }),
      choice('modus.priceBand', 'priceBand', PRICE_BANDS),
      choice('modus.suppliedBy', 'supplier', SUPPLIERS),
      text('modus.supplyPlace', 80),
      named('modus.facilitators', 'personal.facilitators', { by: 'lines' }),
      field('links', { by: 'links' }),
    ],
  },
  {
    id: 'bearer',
    key: '5',
    fields: [
      choice('bearer.ageBand', 'ageBand', AGE_BANDS),
      named('bearer.groupSize', 'personal.groupSize', { by: 'number', least: 1, most: 500 }),
      named('bearer.sex', 'personal.bearerSex', { by: 'choice', list: 'sex', ids: SEXES }),
      state('bearer.claimedNationality', 'personal.claimedNationality'),
      state('bearer.believedNationality', 'personal.believedNationality'),
      long('bearer.companions', 500, 'personal.companions'),
    ],
  },
  {
    id: 'action',
    key: '6',
    fields: [
      named('action.dispositions', 'disposition', {
        by: 'several',
        list: 'disposition',
        ids: REPORT_DISPOSITIONS,
        most: REPORT_DISPOSITIONS.length,
      }),
      text('action.seizureReceipt', 80, 'personal.seizureReceipt'),
      long('action.agenciesTold', 300, 'personal.agenciesTold'),
    ],
  },
  {
    id: 'narrative',
    key: '7',
    fields: [
      long('narrative.happened', 4000),
      long('narrative.lesson', 1000),
      long('narrative.doAndDoNot', 1000),
    ],
  },
  { id: 'images', key: '8', fields: [field('images', { by: 'pieces' })] },
  {
    id: 'personal',
    key: '9',
    fields: [
      named('personal.wholeNumber', 'personal.wholeNumber', { by: 'switch' }),
      text('document.holder.primary', 200, 'personal.primary'),
      text('document.holder.secondary', 200, 'personal.secondary'),
      day('document.holder.birthDate', 'personal.birthDate'),
      named('document.holder.sex', 'personal.sex', { by: 'choice', list: 'sex', ids: SEXES }),
      text('document.holder.personalNumber', 80, 'personal.personalNumber'),
      ofVisa(text('document.visa.number', 40, 'personal.visa.number')),
      ofVisa(day('document.visa.validFrom', 'personal.visa.validFrom')),
      ofVisa(day('document.visa.validUntil', 'personal.visa.validUntil')),
      ofVisa(text('document.visa.post', 80, 'personal.visa.post')),
      ofVisa(text('document.visa.remarks', 300, 'personal.visa.remarks')),
      long('personal.remarks', 2000, 'personal.remarks'),
      named('personal.portraits', 'personal.portraits', { by: 'portraits' }),
    ],
  },
  {
    id: 'meta',
    key: '0',
    fields: [
      choice('verification', 'verification', VERIFICATIONS, true),
      choice('sourceGrade', 'sourceGrade', SOURCE_GRADES, true),
      choice('informationGrade', 'informationGrade', INFORMATION_GRADES, true),
      choice('handling', 'handling', HANDLINGS, true),
      long('caveat', 300),
      day('reviewOn'),
      day('expiresOn'),
    ],
  },
];

/** Texts that are never null in a full report. */
const PLAIN = /^document\.(holder|visa)\.(?!birthDate|sex|valid)/u;

const NO_VISA = { type: '', number: '', validFrom: null, validUntil: null, post: '', remarks: '' };

/** With `value` at `path`; the names of both are the table's own. */
function put<T extends object>(target: T, [first = '', ...rest]: readonly string[], value: unknown): T {
  const before: unknown = Reflect.get(target, first);
  const inner =
    rest.length === 0 ? value : put(typeof before === 'object' && before !== null ? before : {}, rest, value);
  return { ...target, [first]: inner };
}

/**
 * The report with another value at a place. Which values fit there is the control's to know: only those come here.
 * A visa begins and ends with its issuer.
 */
export function changed(content: FullReport, path: string, value: unknown): FullReport {
  const { visa } = content.document;
  if (path === 'document.visa.issuer')
    return put(content, ['document', 'visa'], value === null ? null : { ...NO_VISA, ...visa, issuer: value });
  return put(content, path.split('.'), value === null && PLAIN.test(path) ? '' : value);
}

const LINES = 20;
const LINE = 80;
const LEGS = 12;

/** What was typed, as the report holds it; undefined where it is none of this kind, or not whole yet. */
export function readAs(control: Control, words: string): unknown {
  const bare = words.trim();
  if (control.by === 'lines') {
    const lines = bare
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    return lines.length <= LINES && lines.every((line) => line.length <= LINE) ? lines : undefined;
  }
  if (control.by === 'route') {
    const places = bare
      .toUpperCase()
      .split(/[\s,>]+/u)
      .filter(Boolean);
    const fits = places.length !== 1 && places.length <= LEGS + 1 && places.every((one) => PLACE.test(one));
    return fits ? places.slice(1).map((to, at) => ({ from: places[at], to })) : undefined;
  }
  if (bare === '') return null;
  if (control.by === 'code') return control.form.test(bare.toUpperCase()) ? bare.toUpperCase() : undefined;
  if (control.by !== 'number' || !/^\d{1,9}$/u.test(bare)) return undefined;
  const count = Number(bare);
  return count >= control.least && count <= control.most ? count : undefined;
}

/** The same back, for a field that is drawn anew. */
export function shownAs({ by }: Control, value: unknown, { detection }: FullReport): string {
  if (by === 'route') {
    const { route } = detection;
    return route.flatMap(({ from, to }, at) => (route[at - 1]?.to === from ? [to] : [from, to])).join(' ');
  }
  if (Array.isArray(value)) return value.join('\n');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The group and the field where a place of a problem is filled in; null where the officer cannot change it. */
export function placeOf(path: string): { group: Group; field: EditorField } | null {
  for (const { id, fields } of EDITOR) {
    const found = fields.find((one) => path === one.path || path.startsWith(`${one.path}.`));
    if (found !== undefined) return { group: id, field: found };
  }
  return null;
}
