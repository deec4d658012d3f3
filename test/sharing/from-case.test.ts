// The first draft of a report out of a case: what the case says, nothing invented, nothing of protection.
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { CaseView } from '../../shared/contract/cases.ts';
import { fullReport } from '../../shared/sharing/full.ts';
import type {
  CaseSource,
  CaseSourceEntry,
  ItemFacts,
  StationFacts,
} from '../../shared/sharing/case-source.ts';
import { fullReportFrom } from '../../shared/sharing/from-case.ts';
import { knownOfCase } from '../../shared/sharing/known-of-case.ts';
import items from '../../assets/procedures/items.json' with { type: 'json' };
import checks from '../../assets/procedures/checks.json' with { type: 'json' };

const PROCEDURE: ItemFacts[] = [
  ...items.items,
  ...checks.visaChecks,
  ...checks.stampChecks,
  ...checks.bearer,
];

const STATION: StationFacts = {
  country: 'UTO',
  placeKind: 'airport',
  direction: 'arrivals',
  language: 'en',
  role: 'examiner',
  day: '2026-11-20',
  hour: 9,
};

const PASSPORT = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];
const VISA = ['VCD<<ERIKSSON<<ANNA<MARIA'.padEnd(44, '<'), 'L8988901C4XXX4009078F96121096ZE184226B<<<<<<'];

type Document = CaseSource['record']['documents'][number];
const document = (id: string, lines: string[], more: Partial<Document> = {}): Document => ({
  id,
  reading: { lines },
  judgedOn: '2026-11-20',
  findings: [],
  ...more,
});

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 9, minute)).toISOString();
const OUTCOME = uuidv7();
const answer = (itemId: string, result: string | null, note = '', documentId = 'one'): CaseSourceEntry => ({
  id: uuidv7(),
  at: at(10),
  kind: 'answer',
  documentId,
  itemId,
  answer: result,
  note,
});
const outcome: CaseSourceEntry = {
  id: OUTCOME,
  at: at(52),
  kind: 'outcome',
  outcome: 'L2.forged',
  dispositions: ['document_seized', 'asylum', 'police'],
  reasons: [{ documentId: 'one', itemId: 'L2a' }],
  note: '',
};

function source(entries: CaseSourceEntry[] = [], more: Partial<CaseSource> = {}): CaseSource {
  return {
    record: {
      startedAt: at(0),
      savedAt: at(1),
      officerName: 'Napat Srisai',
      documents: [document('one', PASSPORT)],
      decisions: [{ at: at(1), officerName: 'Napat Srisai', outcome: 'referred' }],
    },
    entries,
    acts: [{ officerName: 'Erik Examiner' }],
    outcomeId: entries.some(({ id }) => id === OUTCOME) ? OUTCOME : null,
    ...more,
  };
}

const draftOf = (of: CaseSource) => fullReportFrom(of, STATION, PROCEDURE);

describe('the first draft', () => {
  test('fits its shape and takes a case as the station has it', () => {
    const takes: (view: CaseView) => CaseSource = (view) => view;
    expect(takes).toBeTypeOf('function');
    expect(() => fullReport.parse(draftOf(source()).full)).not.toThrow();
    expect(() =>
      fullReport.parse(draftOf(source([], { record: { ...source().record, documents: [] } })).full),
    ).not.toThrow();
  });

  test('says what the document shows', () => {
    expect(draftOf(source()).full.document).toMatchObject({
      type: 'passport_ord',
      issuer: 'UTO',
      nationality: 'UTO',
      format: 'TD3',
      number: 'L898902C3',
      expiresOn: '2012-04-15',
      issuedOn: null,
      holder: {
        primary: 'ERIKSSON',
        secondary: 'ANNA MARIA',
        birthDate: '1974-08-12',
        sex: 'F',
        personalNumber: 'ZE184226B',
      },
      visa: null,
    });
  });

  test('says where and when, and how long it took', () => {
    expect(draftOf(source([outcome])).full.detection).toMatchObject({
      date: '2026-11-20',
      timeBand: 'morning',
      country: 'UTO',
      placeKind: 'airport',
      direction: 'entry',
      transport: 'air',
      secondsToDoubt: 60,
      minutesToDecision: 52,
    });
  });

  test.each([
    [0, 'night'],
    [5, 'night'],
    [6, 'morning'],
    [12, 'afternoon'],
    [18, 'evening'],
    [23, 'evening'],
  ])('%i o’clock is %s', (hour, band) => {
    expect(fullReportFrom(source(), { ...STATION, hour }, PROCEDURE).full.detection.timeBand).toBe(band);
  });

  test('takes the latest answers of the document it is about, with their tool', () => {
    const { full } = draftOf(
      source([
        answer('L2a', 'matched'),
        answer('L2a', 'differs', 'stays dark'),
        answer('S1', 'differs'),
        answer('S1', 'matched'),
        answer('A1', 'not-present'),
        answer('A2', 'not-checked'),
        answer('A3', null),
        answer('L3a', 'differs', 'of another one', 'two'),
        outcome,
      ]),
    );
    expect(full.fraud.findings.map(({ item, result, note }) => [item, result, note])).toEqual([
      ['L2a', 'differs', 'stays dark'],
      ['A1', 'not-present', ''],
    ]);
    expect(full.fraud.findings[0]?.tool).toBe(PROCEDURE.find(({ id }) => id === 'L2a')?.tools[0]);
    expect(full.detection.detectedBy).toEqual(['officer', 'item']);
  });

  test('takes what the rules found, but no readings to do again', () => {
    const findings = [
      { id: 'mrz.cd.num', severity: 'look', class: 'integrity', fraud: ['FG.mrz_alter'] },
      { id: 'x.name', severity: 'look', class: 'cross', fraud: [] },
      { id: 'mrz.exp.past', severity: 'note', class: 'status', fraud: ['MU.expired'] },
      { id: 'mrz.len', severity: 'look', class: 'capture', fraud: [] },
    ];
    const record = { ...source().record, documents: [document('one', PASSPORT, { findings })] };
    const { full } = draftOf(source([], { record }));
    expect(full.document.mrzPattern).toEqual(['mrz.cd.num']);
    expect(full.fraud.findings.map(({ item }) => item)).toEqual(['mrz.cd.num', 'x.name']);
    expect(full.detection.detectedBy).toEqual(['officer', 'reader']);
  });

  test('drops what was said of the person, and the look at companions altogether', () => {
    const { full } = draftOf(
      source([
        answer('FC10', 'differs', 'a scar'),
        answer('B12', 'differs', 'afraid'),
        answer('B07', 'differs', 'speaks X'),
      ]),
    );
    expect(full.fraud.findings.map(({ item, note }) => [item, note])).toEqual([
      ['FC10', ''],
      ['B07', ''],
    ]);
  });

  test('says how far it was examined: by first line, by second, by two', () => {
    const signed: CaseSourceEntry = { id: uuidv7(), at: at(60), kind: 'signed', entryId: OUTCOME };
    const of = (entries: CaseSourceEntry[]) => draftOf(source(entries)).full;
    expect([of([]).verification, of([]).fraud.outcome]).toEqual(['L1', 'L1.doubt']);
    expect([of([outcome]).verification, of([outcome]).fraud.outcome]).toEqual(['L2', 'L2.forged']);
    expect(of([outcome, signed]).verification).toBe('two-officer');
    const reopened = draftOf(source([outcome, signed], { outcomeId: null })).full;
    expect([reopened.verification, reopened.fraud.outcome, reopened.action.dispositions]).toEqual([
      'L1',
      'L1.doubt',
      [],
    ]);
  });

  test('says what was done, without what lives in the protection file', () => {
    expect(draftOf(source([outcome])).full.action.dispositions).toEqual(['police', 'document_seized']);
  });

  test('a visa beside the passport is told, and a case about the visa is about the visa', () => {
    const record = { ...source().record, documents: [document('one', PASSPORT), document('two', VISA)] };
    const { full } = draftOf(source([], { record }));
    expect(full.document.visa).toMatchObject({ issuer: 'D', type: 'C', number: 'L8988901C' });
    const about = { ...outcome, kind: 'outcome', reasons: [{ documentId: 'two', itemId: 'V01' }] } as const;
    const visa = draftOf(source([about], { record })).full;
    expect([visa.document.type, visa.document.issuer]).toEqual(['visa_label', 'D']);
  });

  test('suggests kinds of fraud that fit the outcome, those named by items first, and chooses none', () => {
    const { full, suggested } = draftOf(source([answer('L2a', 'differs'), outcome]));
    expect(full.fraud.types).toEqual([]);
    const named = PROCEDURE.find(({ id }) => id === 'L2a')?.fraud ?? [];
    expect(suggested.length).toBeGreaterThan(3);
    expect(suggested.every((id) => /^(FG|BL)\./.test(id))).toBe(true);
    const both = named.filter((id) => /^(FG|BL)\./.test(id));
    expect(suggested.slice(0, both.length).toSorted()).toEqual(both.toSorted());
    expect(draftOf(source()).suggested).toEqual([]);
  });

  test.each([
    ['2026-11-20', '60-', '1960-01-01'],
    ['2026-11-20', '0-11', '2014-11-21'],
    ['2026-11-20', '12-17', '2014-11-20'],
    ['2026-11-20', '18-24', '2008-11-20'],
  ])('on %s somebody is %s who was born on %s', (day, band, born) => {
    const yymmdd = born.slice(2).replaceAll('-', '');
    const record = {
      ...source().record,
      documents: [document('one', [PASSPORT[0] ?? '', `L898902C36UTO${yymmdd}2F1204159ZE184226B<<<<<10`])],
    };
    expect(fullReportFrom(source([], { record }), { ...STATION, day }, PROCEDURE).full.bearer.ageBand).toBe(
      band,
    );
  });
});

test('a case knows its holders in zone and print, its officers, and where a zone was found', () => {
  const outline = [
    { x: 10, y: 510 },
    { x: 905, y: 500 },
    { x: 910, y: 580 },
    { x: 12, y: 590 },
  ];
  const print = {
    primary: 'เอริคสัน',
    number: 'L 898902C3',
    birthDate: '12 AUG 1974',
    expiryDate: '15.04.12',
    passportNumber: 'X1234567',
  };
  const record = {
    ...source().record,
    documents: [
      document('one', PASSPORT, { reading: { lines: PASSPORT, print, outline, imageId: 'a-picture' } }),
      document('two', ['not a zone']),
    ],
  };
  expect(knownOfCase(source([], { record }))).toEqual({
    names: ['เอริคสัน', 'ERIKSSON', 'ANNA MARIA', 'Napat Srisai', 'Erik Examiner'],
    numbers: ['L 898902C3', 'X1234567', 'L898902C3', 'ZE184226B'],
    dates: ['1974-08-12', '2012-04-15'],
    zones: [{ imageId: 'a-picture', at: { x: 10, y: 500, width: 900, height: 90 } }],
  });
});
