// What a recipient reads of a report, by group, as catalogue ids and values: what the window shows before anything is
// sent, and of what came. Made from the report itself, so that nothing is shown that does not leave, nor the reverse.
import { isEmpty } from './fields.ts';
import type { Group } from './fields.ts';
import type { SealedPart } from './full.ts';
import type { FullWireReport } from './report.ts';

/** One thing to show: words of the catalogue, a state by its code, a day, a picture by its digest, or a text as it is. */
export type Cell =
  | { word: string }
  | { state: string }
  | { day: string }
  | { image: string; mime: string }
  | { text: string };

export interface PreviewRow {
  /** Catalogue id of what it is. */
  label: string;
  /** One or more lines, each of cells that stand side by side. */
  lines: Cell[][];
}

export interface PreviewGroup {
  group: Group;
  /** Catalogue id of its heading. */
  label: string;
  rows: PreviewRow[];
}

const word = (id: string): Cell => ({ word: id });
const shown = (value: string | number): Cell => ({ text: String(value) });

/** A row of what is there; none where there is nothing. */
function row<T>(name: string, value: T | null, cells: (value: T) => Cell[]): PreviewRow[] {
  return isEmpty(value) || value === null ? [] : [{ label: `report.field.${name}`, lines: [cells(value)] }];
}

function list<T>(name: string, values: readonly T[], cells: (value: T) => Cell[]): PreviewRow[] {
  return values.length === 0 ? [] : [{ label: `report.field.${name}`, lines: values.map(cells) }];
}

const text = (name: string, value: string | number | null): PreviewRow[] =>
  row(name, value, (each) => [shown(each)]);
const state = (name: string, code: string | null): PreviewRow[] =>
  row(name, code, (each) => [{ state: each }]);
const day = (name: string, value: string | null): PreviewRow[] => row(name, value, (each) => [{ day: each }]);

/** Rules that have no words of their own, only those of their cases. */
const OWN_WORDS: ReadonlySet<string> = new Set(['mrz.quirk', 'x.visa', 'x.watch']);

/** Words of an item of the procedure, or of a rule of the zone. */
export function itemWord(id: string): string {
  if (OWN_WORDS.has(id)) return `report.rule.${id}`;
  return /^(mrz|x)\./u.test(id) ? `finding.${id}.title` : `procedure.item.${id}.title`;
}

/** Words of an id of each list that a report has; the window offers its choices by the same. */
export const CODE_WORDS = {
  role: (id: string) => `role.${id}`,
  verification: (id: string) => `report.verification.${id}`,
  sourceGrade: (id: string) => `report.source-grade.${id}`,
  informationGrade: (id: string) => `report.information-grade.${id}`,
  handling: (id: string) => `report.handling.${id}`,
  timeBand: (id: string) => `report.time-band.${id}`,
  placeKind: (id: string) => `report.place-kind.${id}`,
  direction: (id: string) => `report.direction.${id}`,
  transport: (id: string) => `report.transport.${id}`,
  detectedBy: (id: string) => `report.detected-by.${id}`,
  documentType: (id: string) => `document-type.${id}`,
  fraud: (id: string) => `report.fraud.${id}`,
  result: (id: string) => `report.result.${id}`,
  tool: (id: string) => `procedure.tool.${id}`,
  printedPart: (id: string) => `report.printed-part.${id}`,
  printProcess: (id: string) => `report.print-process.${id}`,
  quality: (id: string) => `report.quality.${id}`,
  outcome: (id: string) => `procedure.outcome.${id}`,
  anchorZone: (id: string) => `report.anchor-zone.${id}`,
  modus: (id: string) => `report.modus.${id}`,
  priceBand: (id: string) => `report.price-band.${id}`,
  supplier: (id: string) => `report.supplier.${id}`,
  ageBand: (id: string) => `report.age-band.${id}`,
  groupBand: (id: string) => `report.group-band.${id}`,
  sex: (id: string) => `report.sex.${id}`,
  linkKey: (id: string) => `report.link-key.${id}`,
  linkStrength: (id: string) => `report.link-strength.${id}`,
  disposition: (id: string) => `procedure.disposition.${id}`,
  light: (id: string) => `light.${id}`,
  basis: (id: string) => `report.basis.${id}`,
  withdrawal: (id: string) => `report.withdrawal.${id}`,
  problem: (id: string) => `report.problem.${id}`,
} as const;

type List = keyof typeof CODE_WORDS;

const code = (name: string, of: List, id: string | null): PreviewRow[] =>
  row(name, id, (each) => [word(CODE_WORDS[of](each))]);
const codes = (name: string, of: List, ids: readonly string[]): PreviewRow[] =>
  list(name, ids, (each) => [word(CODE_WORDS[of](each))]);

const meta = (report: FullWireReport): PreviewRow[] => [
  ...code('createdByRole', 'role', report.createdByRole),
  ...code('verification', 'verification', report.verification),
  ...code('sourceGrade', 'sourceGrade', report.sourceGrade),
  ...code('informationGrade', 'informationGrade', report.informationGrade),
  ...code('handling', 'handling', report.handling),
  ...text('caveat', report.caveat),
  ...day('reviewOn', report.reviewOn),
  ...day('expiresOn', report.expiresOn),
  ...text('language', report.language),
  ...row('basis', report.basis, ({ kind, reference }) => [word(CODE_WORDS.basis(kind)), shown(reference)]),
];

const detection = ({ detection: of }: FullWireReport): PreviewRow[] => [
  ...text('detection.week', of.week),
  ...day('detection.date', of.date),
  ...code('detection.timeBand', 'timeBand', of.timeBand),
  ...state('detection.country', of.country),
  ...code('detection.placeKind', 'placeKind', of.placeKind),
  ...text('detection.placeCode', of.placeCode),
  ...code('detection.direction', 'direction', of.direction),
  ...code('detection.transport', 'transport', of.transport),
  ...text('detection.carrier', of.carrier),
  ...list('detection.route', of.route, ({ from, to }) => [shown(from), shown(to)]),
  ...state('detection.destination', of.destination),
  ...codes('detection.detectedBy', 'detectedBy', of.detectedBy),
  ...text('detection.secondsToDoubt', of.secondsToDoubt),
  ...text('detection.minutesToDecision', of.minutesToDecision),
];

const document = ({ document: of }: FullWireReport): PreviewRow[] => [
  ...code('document.type', 'documentType', of.type),
  ...state('document.issuer', of.issuer),
  ...state('document.nationality', of.nationality),
  ...text('document.series', of.series),
  ...text('document.issuedYear', of.issuedYear),
  ...text('document.expiresYear', of.expiresYear),
  ...text('document.issuingPost', of.issuingPost),
  ...text('document.format', of.format),
  ...list('document.mrzPattern', of.mrzPattern, (rule) => [word(itemWord(rule))]),
  ...row('document.numberToken', of.numberToken, () => [word('report.token')]),
  ...row('document.numberRange', of.numberRange, ({ prefix, length }) => [shown(prefix.padEnd(length, '•'))]),
  ...row('document.visa', of.visa, ({ issuer, type, year }) => [
    { state: issuer },
    shown(type),
    ...(year === null ? [] : [shown(year)]),
  ]),
];

const fraud = ({ fraud: of, images }: FullWireReport): PreviewRow[] => {
  const picture = (sha256: string | null): Cell[] =>
    images.flatMap((image) => (image.sha256 === sha256 ? [{ image: image.sha256, mime: image.mime }] : []));
  return [
    ...codes('fraud.types', 'fraud', of.types),
    ...code('fraud.outcome', 'outcome', of.outcome),
    ...text('fraud.tip', of.tip),
    ...list('fraud.findings', of.findings, ({ item, result, tool, note }) => [
      word(itemWord(item)),
      word(CODE_WORDS.result(result)),
      ...(tool === null ? [] : [word(CODE_WORDS.tool(tool))]),
      ...(note === '' ? [] : [shown(note)]),
    ]),
    ...list('fraud.printProcesses', of.printProcesses, ({ part, process }) => [
      word(CODE_WORDS.printedPart(part)),
      word(CODE_WORDS.printProcess(process)),
    ]),
    ...code('fraud.quality', 'quality', of.quality),
    ...list('fraud.anchors', of.anchors, ({ zone, description, imageSha256 }) => [
      word(CODE_WORDS.anchorZone(zone)),
      shown(description),
      ...picture(imageSha256),
    ]),
  ];
};

const modus = ({ modus: of }: FullWireReport): PreviewRow[] => [
  ...codes('modus.codes', 'modus', of.codes),
  ...code('modus.priceBand', 'priceBand', of.priceBand),
  ...code('modus.suppliedBy', 'supplier', of.suppliedBy),
  ...text('modus.supplyPlace', of.supplyPlace),
];

const bearer = ({ bearer: of }: FullWireReport): PreviewRow[] => [
  ...code('bearer.ageBand', 'ageBand', of.ageBand),
  ...code('bearer.groupBand', 'groupBand', of.groupBand),
];

const links = ({ links: of }: FullWireReport): PreviewRow[] =>
  list('links', of, ({ key, strength, reportId }) => [
    word(CODE_WORDS.linkKey(key)),
    word(CODE_WORDS.linkStrength(strength)),
    shown(reportId),
  ]);

const narrative = ({ narrative: of }: FullWireReport): PreviewRow[] => [
  ...text('narrative.happened', of.happened),
  ...text('narrative.lesson', of.lesson),
  ...text('narrative.doAndDoNot', of.doAndDoNot),
];

const images = ({ images: of }: FullWireReport): PreviewRow[] =>
  list('images', of, ({ sha256, mime, light }) => [{ image: sha256, mime }, word(CODE_WORDS.light(light))]);

const holder = ({ holder: of }: SealedPart): PreviewRow[] =>
  of === null
    ? []
    : [
        ...text('personal.primary', of.primary),
        ...text('personal.secondary', of.secondary),
        ...day('personal.birthDate', of.birthDate),
        ...code('personal.sex', 'sex', of.sex),
        ...text('personal.personalNumber', of.personalNumber),
      ];

const visa = ({ visa: of }: SealedPart): PreviewRow[] =>
  of === null
    ? []
    : [
        ...text('personal.visa.number', of.number),
        ...day('personal.visa.validFrom', of.validFrom),
        ...day('personal.visa.validUntil', of.validUntil),
        ...text('personal.visa.post', of.post),
        ...text('personal.visa.remarks', of.remarks),
      ];

const person = ({ bearer: of }: SealedPart): PreviewRow[] =>
  of === null
    ? []
    : [
        ...code('bearer.ageBand', 'ageBand', of.ageBand),
        ...code('personal.bearerSex', 'sex', of.sex),
        ...state('personal.claimedNationality', of.claimedNationality),
        ...state('personal.believedNationality', of.believedNationality),
        ...text('personal.groupSize', of.groupSize),
        ...text('personal.companions', of.companions),
      ];

const personal = (part: SealedPart): PreviewRow[] => [
  ...text('personal.number', part.number),
  ...day('personal.issuedOn', part.issuedOn),
  ...day('personal.expiresOn', part.expiresOn),
  ...holder(part),
  ...visa(part),
  ...person(part),
  ...list('personal.facilitators', part.facilitators, (each) => [shown(each)]),
  ...text('personal.seizureReceipt', part.seizureReceipt),
  ...text('personal.agenciesTold', part.agenciesTold),
  ...text('personal.remarks', part.remarks),
  ...list('personal.portraits', part.portraits, ({ base64, mime }) => [
    { image: `data:${mime};base64,${base64}`, mime },
  ]),
];

/** The report as its recipient reads it; `part` where they can open it. Groups of which nothing is said are left out. */
export function preview(report: FullWireReport, part: SealedPart | null): PreviewGroup[] {
  const groups: [Group, PreviewRow[]][] = [
    ['fraud', fraud(report)],
    ['document', document(report)],
    ['detection', detection(report)],
    ['modus', modus(report)],
    ['bearer', bearer(report)],
    ['narrative', narrative(report)],
    ['images', images(report)],
    ['links', links(report)],
    ['action', codes('disposition', 'disposition', report.disposition)],
    ['personal', part === null ? [] : personal(part)],
    ['meta', meta(report)],
  ];
  return groups
    .filter(([, rows]) => rows.length > 0)
    .map(([group, rows]) => ({ group, label: `report.group.${group}`, rows }));
}
