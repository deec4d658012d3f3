// A full report with something in every field, for the tests of what leaves.
import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Crop, FullReport } from '../../shared/sharing/full.ts';
import type { Means } from '../../shared/sharing/leaving.ts';

export const CROP: Crop = {
  sha256: 'c'.repeat(64),
  bytes: 1234,
  mime: 'image/jpeg',
  light: 'oblique',
  imageId: uuidv7(),
  width: 1000,
  height: 700,
  at: { x: 600, y: 50, width: 200, height: 100 },
  portrait: { x: 50, y: 150, width: 250, height: 350 },
  zone: { x: 0, y: 560, width: 1000, height: 140 },
  showsNobody: true,
};

export const FULL: FullReport = {
  language: 'en',
  createdByRole: 'examiner',
  verification: 'two-officer',
  sourceGrade: 'B',
  informationGrade: '2',
  handling: 'authorities',
  caveat: 'Not for carriers',
  reviewOn: '2027-11-23',
  expiresOn: '2029-11-23',
  detection: {
    date: '2026-11-20',
    timeBand: 'morning',
    country: 'UTO',
    placeKind: 'airport',
    placeCode: 'UTA',
    direction: 'entry',
    transport: 'air',
    carrier: 'UT',
    route: [{ from: 'XAA', to: 'UTA' }],
    destination: 'UTO',
    detectedBy: ['item', 'reader'],
    secondsToDoubt: 14,
    minutesToDecision: 52,
  },
  document: {
    type: 'passport_ord',
    issuer: 'XOM',
    nationality: 'XOM',
    series: '2015',
    issuedOn: '2021-03-04',
    expiresOn: '2031-03-03',
    issuingPost: 'Capital',
    format: 'TD3',
    mrzPattern: ['mrz.cd.num'],
    number: 'L8988901C',
    holder: {
      primary: 'Eriksson',
      secondary: 'Anna Maria',
      birthDate: '1974-08-12',
      sex: 'F',
      personalNumber: 'ZE184226B',
    },
    visa: {
      issuer: 'D',
      type: 'C',
      number: '004512345',
      validFrom: '2026-10-01',
      validUntil: '2026-12-30',
      post: 'Embassy',
      remarks: 'none',
    },
  },
  fraud: {
    types: ['FG.photo_sub'],
    findings: [
      { item: 'L2a', result: 'differs', tool: 'TLT', note: 'The image does not move' },
      { item: 'mrz.cd.num', result: 'differs', tool: 'MRZR', note: '' },
    ],
    printProcesses: [{ part: 'background', process: 'inkjet' }],
    quality: 'good',
    outcome: 'L2.forged',
    anchors: [
      { zone: 'emblem', imageSha256: CROP.sha256, description: 'The third leaf of the emblem is filled' },
    ],
    tip: 'Tilt the page: the emblem stays dark',
  },
  modus: {
    codes: ['mo.agent_supply'],
    priceBand: '2000-5000',
    suppliedBy: 'agent',
    supplyPlace: 'a market near the port',
    facilitators: ['Uncle Tarek', '+66 81 234 5678'],
  },
  bearer: {
    ageBand: '40-59',
    sex: 'F',
    claimedNationality: 'XOM',
    believedNationality: 'UTO',
    groupSize: 3,
    companions: 'two adults',
  },
  links: [{ key: 'LK03', reportId: uuidv7(), strength: 'medium' }],
  action: { dispositions: ['document_seized'], seizureReceipt: 'R-17', agenciesTold: 'Police' },
  narrative: {
    happened: 'The officer felt a step at the edge of the picture.',
    lesson: 'Feel the edge before looking.',
    doAndDoNot: 'Do tilt. Do not bend.',
  },
  images: [CROP],
  personal: { wholeNumber: false, remarks: 'Speaks quietly', portraits: [] },
};

export const AGENCY = randomUUID();
export const PARTNER = randomUUID();

export const MEANS: Means = {
  id: uuidv7(),
  replaces: null,
  createdAt: '2026-11-23T02:00:00.000Z',
  stationId: randomUUID(),
  agencyId: AGENCY,
  basis: null,
  token: () => ({ keyId: '2026', token: 'A'.repeat(43) }),
  known: { names: [], numbers: [], dates: [] },
};

export const BASIS = { kind: 'mou', reference: 'Border MoU 2024, article 6' } as const;
export const TO_PARTNER = { tier: 'T1', agencyId: PARTNER, basisId: randomUUID() } as const;
export const TO_NETWORK = { tier: 'T2' } as const;
export const TO_STATISTICS = { tier: 'T3' } as const;
