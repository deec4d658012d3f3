// Reports as a station writes them, of invented documents of Utopia: the exact text, by seed or by what a test says.
import { v7 as uuidv7 } from 'uuid';
import { FRAUD_TYPES } from '../../shared/sharing/codes.ts';
import type { Alert } from '../../shared/sharing/alert.ts';
import type { CaseStudy } from '../../shared/sharing/case-study.ts';
import {
  encodeReport,
  type FullWireReport,
  type Withdrawal,
  type WireReport,
} from '../../shared/sharing/report.ts';

export interface Author {
  stationId: string;
  agencyId: string;
}

export const AT = '2026-11-23T02:00:00.000Z';

/** A report of the network (T2), or what `other` makes of it. */
export function networkReport(author: Author, other: Partial<FullWireReport> = {}): FullWireReport {
  return {
    schema: 'countercheck-report/1',
    id: uuidv7(),
    tier: 'T2',
    kind: 'report',
    replaces: null,
    createdAt: AT,
    language: 'en',
    stationId: author.stationId,
    agencyId: author.agencyId,
    to: null,
    createdByRole: 'examiner',
    verification: 'L2',
    sourceGrade: 'B',
    informationGrade: '2',
    handling: 'authorities',
    caveat: null,
    reviewOn: null,
    expiresOn: '2027-11-23',
    detection: {
      week: '2026-W47',
      date: null,
      timeBand: 'morning',
      country: 'UTO',
      placeKind: 'airport',
      placeCode: 'UTA',
      direction: 'entry',
      transport: 'air',
      carrier: 'UT',
      route: [
        { from: 'UTB', to: 'UTC' },
        { from: 'UTC', to: 'UTA' },
      ],
      destination: 'UTO',
      detectedBy: ['officer', 'item'],
      secondsToDoubt: 11,
      minutesToDecision: 34,
    },
    document: {
      type: 'passport_ord',
      issuer: 'UTO',
      nationality: 'UTO',
      series: 'model 2019',
      issuedYear: 2021,
      expiresYear: 2031,
      issuingPost: null,
      format: 'TD3',
      mrzPattern: ['mrz.number.digit'],
      numberToken: { keyId: 'k1', token: 'A'.repeat(43) },
      numberRange: { prefix: 'L89', length: 9 },
      visa: null,
    },
    fraud: {
      types: ['FG.photo_sub', 'FG.laminate'],
      findings: [
        { item: 'B.06', result: 'differs', tool: 'OBL', note: 'The laminate was lifted along the portrait.' },
        {
          item: 'B.11',
          result: 'differs',
          tool: 'UVA',
          note: 'The overprint stops at the edge of the picture.',
        },
        { item: 'B.12', result: 'matched', tool: 'MAG10', note: '' },
      ],
      printProcesses: [{ part: 'portrait', process: 'inkjet' }],
      quality: 'good',
      outcome: 'L1.doubt',
      anchors: [],
      tip: 'Tilt the page: the laminate has a second edge left of the portrait.',
    },
    modus: { codes: ['mo.agent_supply'], priceBand: '2000-5000', suppliedBy: 'agent', supplyPlace: null },
    bearer: { ageBand: null, groupBand: null },
    links: [],
    disposition: [],
    narrative: {
      happened: 'Shown on arrival together with a genuine ticket; the doubt came from the laminate.',
      lesson: null,
      doAndDoNot: null,
    },
    images: [],
    basis: null,
    sealed: null,
    ...other,
  };
}

/** For one partner alone (T1). */
export function partnerReport(
  author: Author,
  to: string,
  other: Partial<FullWireReport> = {},
): FullWireReport {
  const basis = { kind: 'mou', reference: 'Utopian memorandum 7' } as const;
  return networkReport(author, { tier: 'T1', to, basis, ...other });
}

/** Numbers alone (T3). */
export function countedReport(author: Author, other: Partial<FullWireReport> = {}): FullWireReport {
  const of = networkReport(author);
  return {
    ...of,
    tier: 'T3',
    caveat: null,
    reviewOn: null,
    expiresOn: null,
    detection: {
      ...of.detection,
      timeBand: null,
      placeKind: null,
      placeCode: null,
      carrier: null,
      route: [],
      destination: null,
    },
    document: {
      ...of.document,
      nationality: null,
      series: null,
      issuedYear: null,
      expiresYear: null,
      numberToken: null,
      numberRange: null,
    },
    fraud: {
      ...of.fraud,
      findings: of.fraud.findings.map((finding) => ({ ...finding, note: '' })),
      anchors: [],
      tip: null,
    },
    narrative: { happened: null, lesson: null, doAndDoNot: null },
    ...other,
  };
}

export function withdrawalOf(author: Author, replaces: string, other: Partial<Withdrawal> = {}): Withdrawal {
  return {
    schema: 'countercheck-report/1',
    id: uuidv7(),
    tier: 'T2',
    kind: 'withdrawal',
    replaces,
    createdAt: AT,
    language: 'en',
    stationId: author.stationId,
    agencyId: author.agencyId,
    to: null,
    createdByRole: 'examiner',
    reason: 'entered-in-error',
    ...other,
  };
}

const DAY_MS = 86_400_000;

/** An alert about a report of this author, for everybody; it ends in 30 days. */
export function alertOf(author: Author, about: string, other: Partial<Alert> = {}): Alert {
  const now = new Date();
  return {
    schema: 'countercheck-report/1',
    id: uuidv7(),
    tier: 'T2',
    kind: 'alert',
    replaces: null,
    createdAt: now.toISOString(),
    language: 'en',
    stationId: author.stationId,
    agencyId: author.agencyId,
    to: null,
    createdByRole: 'examiner',
    about,
    tip: 'Tilt the page: the laminate has a second edge left of the portrait.',
    audience: { agencies: [], places: [], countries: [] },
    fits: {
      types: ['passport_ord'],
      issuers: ['UTO'],
      numberRange: { prefix: 'L89', length: 9 },
      mrzPattern: [],
    },
    expiresAt: new Date(now.getTime() + 30 * DAY_MS).toISOString(),
    ...other,
  };
}

/** A case study of a report of this author. */
export function studyOf(author: Author, about: string, other: Partial<CaseStudy> = {}): CaseStudy {
  return {
    schema: 'countercheck-report/1',
    id: uuidv7(),
    tier: 'T2',
    kind: 'case-study',
    replaces: null,
    createdAt: AT,
    language: 'en',
    stationId: author.stationId,
    agencyId: author.agencyId,
    to: null,
    createdByRole: 'examiner',
    about,
    title: 'A laminate that was lifted',
    document: { type: 'passport_ord', issuer: 'UTO', series: 'model 2019' },
    fraud: ['FG.photo_sub'],
    happened: 'Shown on arrival together with a genuine ticket.',
    gaveAway: 'The overprint stops at the edge of the picture.',
    twelveSeconds: 'Tilt the page and follow the overprint across the edge.',
    images: [],
    question: {
      text: 'Where does the overprint stop?',
      answers: ['At the edge of the picture', 'Nowhere'],
      right: 0,
      because: 'The picture was put on after printing.',
    },
    ...other,
  };
}

const STATES = ['UTO', 'UTA', 'UTB', 'UTC', 'UTD', 'UTE', 'UTF', 'UTG'] as const;
const TYPES = ['passport_ord', 'id_card', 'visa_label', 'residence', 'passport_dip'] as const;
const PAGES = ['background', 'number', 'data', 'portrait'] as const;

/** Many different reports: the seed says how issuer, type, place, week and fraud are spread. Some common, some rare. */
export function variedReport(
  author: Author,
  random: () => number,
  other: Partial<FullWireReport> = {},
): FullWireReport {
  const of = networkReport(author);
  // Squared, so that the first of a list is met often and the last seldom.
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() ** 2 * list.length)] as T;
  const week = String(1 + Math.floor(random() * 52)).padStart(2, '0');
  return {
    ...of,
    detection: { ...of.detection, week: `${pick(['2026', '2025', '2024'])}-W${week}`, country: pick(STATES) },
    document: { ...of.document, issuer: pick(STATES), type: pick(TYPES) },
    fraud: {
      ...of.fraud,
      types: [...new Set([pick(FRAUD_TYPES), pick(FRAUD_TYPES)])],
      printProcesses: [{ part: pick(PAGES), process: 'inkjet' }],
    },
    ...other,
  };
}

/** The exact bytes. */
export const bytesOfReport = (report: WireReport): Buffer => Buffer.from(encodeReport(report), 'utf8');
