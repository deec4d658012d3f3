// The one table of what leaves a station: each field of a full report, where it stands in the report that leaves, and
// what each tier does to it. It drives the making of a report (leaving.ts), the check at the hub (leaks.ts) and the
// preview. Source of the tiers: domain.md, section (d).
import type { Tier } from './codes.ts';
import type { FullWireReport } from './report.ts';

export const GROUPS = [
  'meta',
  'detection',
  'document',
  'fraud',
  'modus',
  'bearer',
  'links',
  'action',
  'narrative',
  'images',
  'personal',
] as const;
export type Group = (typeof GROUPS)[number];

/**
 * What becomes of a value: left as it is; a day to its week or year; a number to a keyed token, to a range; a size to a
 * band; a thing of several parts to those that tell of no person (`bare`); put into the part that only one partner can
 * open (`sealed`); or nothing.
 */
export type Treatment = 'as-is' | 'week' | 'year' | 'token' | 'range' | 'band' | 'bare' | 'sealed' | 'absent';

export interface Field {
  /** Its place in the full report; its words are `report.field.<from>`. */
  from: string;
  /** Its place in the report that leaves, in the open; in the sealed part where every tier but T1 drops it. */
  to: string;
  group: Group;
  tiers: Readonly<Record<Tier, Treatment>>;
  /** Free text: the value itself, or these parts of each of its members. It is searched wherever it leaves in the open. */
  texts?: true | readonly string[];
  /** No report leaves without it where its tier takes it. */
  required?: true;
}

type Row = [from: string, group: Group, T1: Treatment, T2: Treatment, T3: Treatment];
type More = Partial<Pick<Field, 'to' | 'texts' | 'required'>>;

const row = ([from, group, T1, T2, T3]: Row, more: More = {}): Field => ({
  from,
  to: from,
  group,
  tiers: { T1, T2, T3 },
  ...more,
});
const always = (from: string, group: Group, more: More = {}): Field =>
  row([from, group, 'as-is', 'as-is', 'as-is'], more);
/** Not in statistics. */
const known = (from: string, group: Group, more: More = {}): Field =>
  row([from, group, 'as-is', 'as-is', 'absent'], more);
/** For one partner, sealed. */
const personal = (from: string, to: string): Field =>
  row([from, 'personal', 'sealed', 'absent', 'absent'], { to });

const REQUIRED = { required: true } as const;
const TEXT = { texts: true } as const;

export const FIELDS: readonly Field[] = [
  always('language', 'meta', REQUIRED),
  always('createdByRole', 'meta', REQUIRED),
  always('verification', 'meta', REQUIRED),
  always('sourceGrade', 'meta', REQUIRED),
  always('informationGrade', 'meta', REQUIRED),
  always('handling', 'meta', REQUIRED),
  known('caveat', 'meta', TEXT),
  known('reviewOn', 'meta'),
  known('expiresOn', 'meta'),

  row(['detection.date', 'detection', 'week', 'week', 'week'], { to: 'detection.week', ...REQUIRED }),
  row(['detection.date', 'detection', 'as-is', 'absent', 'absent']),
  known('detection.timeBand', 'detection'),
  always('detection.country', 'detection', REQUIRED),
  always('detection.placeKind', 'detection'),
  known('detection.placeCode', 'detection'),
  always('detection.direction', 'detection'),
  always('detection.transport', 'detection'),
  known('detection.carrier', 'detection'),
  known('detection.route', 'detection'),
  known('detection.destination', 'detection'),
  always('detection.detectedBy', 'detection', REQUIRED),
  always('detection.secondsToDoubt', 'detection'),
  always('detection.minutesToDecision', 'detection'),

  always('document.type', 'document', REQUIRED),
  always('document.issuer', 'document', REQUIRED),
  known('document.nationality', 'document'),
  known('document.series', 'document', TEXT),
  row(['document.issuedOn', 'document', 'year', 'year', 'absent'], { to: 'document.issuedYear' }),
  row(['document.expiresOn', 'document', 'year', 'year', 'absent'], { to: 'document.expiresYear' }),
  known('document.issuingPost', 'document', TEXT),
  always('document.format', 'document'),
  always('document.mrzPattern', 'document'),
  row(['document.number', 'document', 'token', 'token', 'absent'], { to: 'document.numberToken' }),
  row(['document.number', 'document', 'range', 'range', 'absent'], { to: 'document.numberRange' }),
  row(['document.visa', 'document', 'bare', 'bare', 'absent'], { texts: ['type'] }),

  always('fraud.types', 'fraud', REQUIRED),
  row(['fraud.findings', 'fraud', 'as-is', 'as-is', 'bare'], { texts: ['note'], ...REQUIRED }),
  always('fraud.printProcesses', 'fraud'),
  always('fraud.quality', 'fraud'),
  always('fraud.outcome', 'fraud', REQUIRED),
  known('fraud.anchors', 'fraud', { texts: ['description'] }),
  known('fraud.tip', 'fraud', { ...TEXT, ...REQUIRED }),

  always('modus.codes', 'modus'),
  always('modus.priceBand', 'modus'),
  always('modus.suppliedBy', 'modus'),
  known('modus.supplyPlace', 'modus', TEXT),

  row(['bearer.ageBand', 'bearer', 'absent', 'absent', 'as-is']),
  row(['bearer.groupSize', 'bearer', 'absent', 'absent', 'band'], { to: 'bearer.groupBand' }),

  known('links', 'links'),
  row(['action.dispositions', 'action', 'as-is', 'absent', 'absent'], { to: 'disposition' }),

  known('narrative.happened', 'narrative', TEXT),
  known('narrative.lesson', 'narrative', TEXT),
  known('narrative.doAndDoNot', 'narrative', TEXT),

  row(['images', 'images', 'bare', 'bare', 'absent']),

  personal('document.number', 'number'),
  personal('document.issuedOn', 'issuedOn'),
  personal('document.expiresOn', 'expiresOn'),
  personal('document.holder', 'holder'),
  personal('document.visa', 'visa'),
  personal('bearer', 'bearer'),
  personal('modus.facilitators', 'facilitators'),
  personal('action.seizureReceipt', 'seizureReceipt'),
  personal('action.agenciesTold', 'agenciesTold'),
  personal('personal.remarks', 'remarks'),
  personal('personal.portraits', 'portraits'),
];

/** Whether a field stands in the sealed part, and nowhere else. */
export const isPersonal = ({ group }: Field): boolean => group === 'personal';

const OPEN_FIELDS = FIELDS.filter((field) => !isPersonal(field));

/** What lies at a place such as `document.visa`; undefined where there is none. */
export function valueAt(of: unknown, path: string): unknown {
  let value = of;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

/** Says nothing: null, an empty text or one of spaces, an empty list. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** Only a report for one partner has them. */
const PARTNER_ONLY = ['to', 'basis', 'sealed'] as const;

/** The texts of a value by their places below it, as `2.note`; of a text itself the place is empty. */
export function textsOf({ texts }: Field, value: unknown): { place: string; text: string }[] {
  if (texts === undefined || value === null || value === undefined) return [];
  if (texts === true) return typeof value === 'string' ? [{ place: '', text: value }] : [];
  const members: [string, unknown][] = Array.isArray(value)
    ? value.map((member, index): [string, unknown] => [`${index}.`, member])
    : [['', value]];
  return members.flatMap(([before, member]) =>
    texts.flatMap((name) => {
      const text = valueAt(member, name);
      return typeof text === 'string' ? [{ place: `${before}${name}`, text }] : [];
    }),
  );
}

/** Places in which a report says more than its tier may, or lacks what its tier asks for. */
export function leaksOfFull(report: FullWireReport): string[] {
  const fields = OPEN_FIELDS.flatMap((field) => {
    const isAbsent = field.tiers[report.tier] === 'absent';
    if (!isAbsent && report.tier !== 'T3') return [];
    const value = valueAt(report, field.to);
    if (isAbsent) return isEmpty(value) ? [] : [field.to];
    // Statistics hold no free text at all.
    return textsOf(field, value).flatMap(({ place, text }) => (text === '' ? [] : [`${field.to}.${place}`]));
  });
  const partner = PARTNER_ONLY.filter((name) => report.tier !== 'T1' && report[name] !== null);
  const missing =
    report.tier === 'T1' ? (['to', 'basis'] as const).filter((name) => report[name] === null) : [];
  const elsewhere =
    report.tier === 'T1' && report.sealed !== null && report.sealed.agencyId !== report.to
      ? ['sealed.agencyId']
      : [];
  return [...fields, ...partner, ...missing, ...elsewhere];
}
