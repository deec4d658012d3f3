// A report's first draft out of a case: what the case already says, so that an officer only adds what it cannot know.
import type { MrzDate } from '../mrz/dates.ts';
import { isVisaFormat } from '../mrz/formats.ts';
import { type MrzRead, parseMrz } from '../mrz/parse.ts';
import type { CaseDocument, CaseSource, CaseSourceEntry, ItemFacts, StationFacts } from './case-source.ts';
import {
  AGE_BANDS,
  FRAUD_TYPES,
  type FraudType,
  REPORT_DISPOSITIONS,
  REPORT_OUTCOMES,
  REPORT_PLACE_KINDS,
  REPORT_ROLES,
  REPORT_TOOLS,
  type ReportOutcome,
} from './codes.ts';
import type { FullReport } from './full.ts';

type Answer = Extract<CaseSourceEntry, { kind: 'answer' }>;
type Outcome = Extract<CaseSourceEntry, { kind: 'outcome' }>;
type Finding = FullReport['fraud']['findings'][number];

/** The id where the list has it. */
const among = <T extends string>(list: readonly T[], id: string | undefined): T | null =>
  list.find((each) => each === id) ?? null;

const DIRECTION = { arrivals: 'entry', departures: 'exit', transit: 'transit' } as const;
const TRANSPORT = { airport: 'air', seaport: 'sea', rail: 'rail' } as const;

const timeBand = (hour: number): FullReport['detection']['timeBand'] => {
  if (hour < 6) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
};

const msBetween = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from));

function outcomeOf({ entries, outcomeId }: CaseSource): Outcome | null {
  return (
    entries.find((entry): entry is Outcome => entry.kind === 'outcome' && entry.id === outcomeId) ?? null
  );
}

/** The latest answer to each item of each document. */
function answersOf({ entries }: CaseSource): Answer[] {
  const latest = new Map<string, Answer>();
  for (const entry of entries)
    if (entry.kind === 'answer') latest.set(`${entry.documentId} ${entry.itemId}`, entry);
  return [...latest.values()];
}

/** The document that the case is about: that of most reasons, else of most findings, else the first. */
function mainOf({ record }: CaseSource, outcome: Outcome | null): CaseDocument | null {
  const weight = (document: CaseDocument): number =>
    (outcome?.reasons ?? []).filter(({ documentId }) => documentId === document.id).length * 1000 +
    document.findings.filter(({ severity }) => severity === 'look').length;
  return record.documents.toSorted((a, b) => weight(b) - weight(a))[0] ?? null;
}

function readOf(document: CaseDocument | null): MrzRead | null {
  const reading = parseMrz([...(document?.reading?.lines ?? [])], { today: document?.judgedOn ?? '' });
  return reading.ok ? reading : null;
}

const stateOr = (code: string | undefined): string | null =>
  /^[A-Z]{1,3}$/u.test(code ?? '') ? (code ?? null) : null;
const dayOf = ({ iso }: MrzDate): string | null => (iso?.length === 10 ? iso : null);

function visaOf(readings: readonly MrzRead[]): FullReport['document']['visa'] {
  const visa = readings.find(({ format }) => isVisaFormat(format));
  const issuer = stateOr(visa?.fields.issuer);
  if (visa === undefined || issuer === null) return null;
  const { documentCode, number, expiryDate } = visa.fields;
  return {
    issuer,
    type: documentCode.slice(1),
    number,
    validFrom: null,
    validUntil: dayOf(expiryDate),
    post: '',
    remarks: '',
  };
}

const SEX = { F: 'F', M: 'M', unspecified: 'X' } as const;

/** Rules of the zone and of page beside zone that ask for a look: what can be told without any value. */
const telling = ({ findings }: CaseDocument): CaseDocument['findings'] =>
  findings.filter(
    ({ severity, class: kind }) => severity === 'look' && kind !== 'capture' && kind !== 'quality',
  );

function documentOf(main: CaseDocument | null, all: CaseSource): FullReport['document'] {
  const read = readOf(main);
  const fields = read?.fields;
  const print = main?.reading?.print;
  const own = read === null || isVisaFormat(read.format) ? '' : read.texts.optional.replaceAll('<', '');
  const readings = all.record.documents.flatMap((document) => readOf(document) ?? []);
  return {
    type: fields?.documentType ?? null,
    issuer: stateOr(fields?.issuer),
    nationality: stateOr(fields?.nationality),
    series: null,
    issuedOn: null,
    expiresOn: fields === undefined ? null : dayOf(fields.expiryDate),
    issuingPost: null,
    format: read?.format ?? null,
    mrzPattern: (main === null ? [] : telling(main))
      .map(({ id }) => id)
      .filter((id) => id.startsWith('mrz.')),
    number: (fields?.number ?? print?.['number'] ?? '').slice(0, 40) || null,
    holder: {
      primary: fields?.primaryIdentifier ?? print?.['primary'] ?? '',
      secondary: fields?.secondaryIdentifier ?? print?.['secondary'] ?? '',
      birthDate: fields === undefined ? null : dayOf(fields.birthDate),
      sex: fields === undefined || fields.sex === null ? null : SEX[fields.sex],
      personalNumber: own,
    },
    visa: visaOf(readings),
  };
}

/** Notes to these describe a person, or what a person said. */
const OF_THE_PERSON: ReadonlySet<string> = new Set(['face', 'bearer']);
/** Looks at companions for somebody's safety: it says nothing of a document. */
const NOT_OF_A_DOCUMENT: ReadonlySet<string> = new Set(['B12']);
const NOTE = 300;

function findingsOf(
  source: CaseSource,
  main: CaseDocument | null,
  items: ReadonlyMap<string, ItemFacts>,
): Finding[] {
  const answered = answersOf(source).flatMap(({ documentId, itemId, answer, note }): Finding[] => {
    if (answer !== 'differs' && answer !== 'not-present') return [];
    if (documentId !== main?.id || NOT_OF_A_DOCUMENT.has(itemId)) return [];
    const item = items.get(itemId);
    return [
      {
        item: itemId,
        result: answer,
        tool: among(REPORT_TOOLS, item?.tools[0]),
        note: OF_THE_PERSON.has(item?.step ?? 'bearer') ? '' : note.slice(0, NOTE),
      },
    ];
  });
  const automatic = (main === null ? [] : telling(main)).map(
    ({ id }): Finding => ({ item: id, result: 'differs', tool: 'MRZR', note: '' }),
  );
  return [...answered, ...automatic];
}

/** Groups of fraud types that an outcome of the second line leaves open. */
const GROUPS_OF: Readonly<Record<string, readonly string[]>> = {
  'L2.genuine_notbearer': ['IM', 'FO'],
  'L2.forged': ['FG', 'BL'],
  'L2.counterfeit': ['CF'],
  'L2.pseudo': ['PS'],
  'L2.fog': ['FO', 'BL'],
};
const SUGGESTED = 12;

/** Fraud types that items, findings and outcome point to, the most often named first; for the officer to choose from. */
function suggestedOf(outcome: string | null, fraud: readonly string[]): FraudType[] {
  const groups = GROUPS_OF[outcome ?? ''];
  const fits = (id: string): boolean => groups === undefined || groups.includes(id.split('.')[0] ?? '');
  const votes = (id: FraudType): number =>
    fraud.filter((each) => each === id || each === id.split('.')[0]).length;
  const voted = FRAUD_TYPES.filter((id) => fits(id) && votes(id) > 0).toSorted((a, b) => votes(b) - votes(a));
  const others = groups === undefined ? [] : FRAUD_TYPES.filter((id) => fits(id) && votes(id) === 0);
  return [...voted, ...others].slice(0, SUGGESTED);
}

function ageBand(birthDate: string | null, day: string): FullReport['bearer']['ageBand'] {
  if (birthDate === null) return null;
  const age =
    Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(5) < birthDate.slice(5) ? 1 : 0);
  const from = (band: string): number => Number(band.split('-')[0]);
  return AGE_BANDS.findLast((band) => from(band) <= age) ?? null;
}

function detectionOf(
  source: CaseSource,
  station: StationFacts,
  findings: readonly Finding[],
): FullReport['detection'] {
  const { startedAt, decisions } = source.record;
  const doubt = decisions.find(({ outcome }) => outcome === 'referred');
  const decided = outcomeOf(source)?.at;
  const byReader = findings.some(({ item }) => /^(mrz|x)\./u.test(item));
  const byItem = findings.some(({ item }) => !/^(mrz|x)\./u.test(item));
  return {
    date: station.day,
    timeBand: timeBand(station.hour),
    country: stateOr(station.country),
    placeKind: among(REPORT_PLACE_KINDS, station.placeKind),
    placeCode: null,
    direction: Object.entries(DIRECTION).find(([id]) => id === station.direction)?.[1] ?? null,
    transport: Object.entries(TRANSPORT).find(([id]) => id === station.placeKind)?.[1] ?? null,
    carrier: null,
    route: [],
    destination: null,
    detectedBy: ['officer', ...(byItem ? ['item' as const] : []), ...(byReader ? ['reader' as const] : [])],
    secondsToDoubt:
      doubt === undefined ? null : Math.min(86_400, Math.round(msBetween(startedAt, doubt.at) / 1000)),
    minutesToDecision:
      decided === undefined ? null : Math.min(100_000, Math.round(msBetween(startedAt, decided) / 60_000)),
  };
}

export interface FirstDraft {
  full: FullReport;
  /** Fraud types to choose from; none is chosen. */
  suggested: FraudType[];
}

/**
 * The first draft of a report on a case. Nothing is invented: what the case does not say is null or empty. Source and
 * information start as "cannot be judged", which the officer changes. Nothing of protection is read, or could be told.
 */
export function fullReportFrom(
  source: CaseSource,
  station: StationFacts,
  procedure: readonly ItemFacts[],
): FirstDraft {
  const outcome = outcomeOf(source);
  const main = mainOf(source, outcome);
  const items = new Map(procedure.map((item) => [item.id, item]));
  const document = documentOf(main, source);
  const findings = findingsOf(source, main, items);
  const reported: ReportOutcome = among(REPORT_OUTCOMES, outcome?.outcome) ?? 'L1.doubt';
  const signed = source.entries.some((entry) => entry.kind === 'signed' && entry.entryId === outcome?.id);
  const fraud = [
    ...findings.flatMap(({ item }) => items.get(item)?.fraud ?? []),
    ...(main === null ? [] : telling(main)).flatMap((finding) => finding.fraud),
  ];
  const full: FullReport = {
    language: station.language,
    createdByRole: among(REPORT_ROLES, station.role) ?? 'examiner',
    verification: outcome === null ? 'L1' : signed ? 'two-officer' : 'L2',
    sourceGrade: 'F',
    informationGrade: '6',
    handling: 'authorities',
    caveat: null,
    reviewOn: null,
    expiresOn: null,
    detection: detectionOf(source, station, findings),
    document,
    fraud: {
      types: [],
      findings,
      printProcesses: [],
      quality: null,
      outcome: reported,
      anchors: [],
      tip: null,
    },
    modus: { codes: [], priceBand: null, suppliedBy: null, supplyPlace: null, facilitators: [] },
    bearer: {
      ageBand: ageBand(document.holder.birthDate, station.day),
      sex: document.holder.sex,
      claimedNationality: document.nationality,
      believedNationality: null,
      groupSize: null,
      companions: null,
    },
    links: [],
    action: {
      dispositions: REPORT_DISPOSITIONS.filter((id) => outcome?.dispositions.includes(id) === true),
      seizureReceipt: null,
      agenciesTold: null,
    },
    narrative: { happened: null, lesson: null, doAndDoNot: null },
    images: [],
    personal: { wholeNumber: false, remarks: null, portraits: [] },
  };
  return { full, suggested: suggestedOf(outcome?.outcome ?? null, fraud) };
}
