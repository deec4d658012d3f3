// A case with everything that a report can show, and words that say their ids.
import type { CaseReportInput, ReportEntry } from '../../shared/report/case-data.ts';
import type { ReportWords } from '../../shared/report/case-parts.ts';

export const DOCUMENT = '01930000-0000-7000-8000-00000000d001';
export const PICTURE = '01930000-0000-7000-8000-00000000f001';

/** A grey picture of one pixel; it is stretched. */
const GREY =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mM4ceLEfwAGbgMHhbLHHAAAAABJRU5ErkJggg==';

let seq = 0;
type Body = ReportEntry extends infer E
  ? E extends ReportEntry
    ? Omit<E, 'id' | 'seq' | 'at' | 'officerName'>
    : never
  : never;

/** One more entry, a minute after the last. */
export function entry(body: Body, officerName = 'M. Perera'): ReportEntry {
  seq += 1;
  const at = new Date(Date.UTC(2026, 10, 22, 9, seq)).toISOString();
  return {
    id: `01930000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    seq,
    at,
    officerName,
    ...body,
  } as ReportEntry;
}

export const answer = (itemId: string, given: string | null, note = '', marks: object[] = []): ReportEntry =>
  entry({ kind: 'answer', documentId: DOCUMENT, itemId, answer: given, note, marks } as Body);

export function caseOf(
  entries: readonly ReportEntry[],
  change: Partial<CaseReportInput> = {},
): CaseReportInput {
  return {
    record: {
      id: '01930000-0000-7000-8000-00000000c001',
      savedAt: '2026-11-22T08:59:00.000Z',
      officerName: 'J. Tan',
      stationCode: 'PN-A12',
      place: 'Port North A-12',
      decisions: [{ at: '2026-11-22T08:59:00.000Z', officerName: 'J. Tan', outcome: 'referred', note: '' }],
      documents: [
        {
          id: DOCUMENT,
          judgedOn: '2026-11-22',
          images: [{ id: PICTURE, light: 'white' }],
          reading: {
            lines: [
              'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
              'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
            ],
          },
          findings: [
            {
              id: 'mrz.cd.dob',
              text: { title: 'finding.x.title' },
              words: {
                title: 'The birth date and its check digit do not agree',
                fraud: 'It may be altered.',
                innocent: 'It may be a slip of reading.',
              },
            },
          ],
        },
      ],
    },
    entries,
    acts: entries,
    documents: [{ documentId: DOCUMENT, typeId: 'passport_ord', itemIds: ['F1', 'A1', 'L1a', 'S1', 'O3'] }],
    notChecked: [{ documentId: DOCUMENT, itemId: 'O3' }],
    outcomeId: entries.findLast(({ kind }) => kind === 'outcome')?.id ?? null,
    stepOf: (itemId) => itemId[0] ?? null,
    pictures: new Map([[PICTURE, { url: GREY, width: 1500, height: 1000 }]]),
    proof: {
      recordSha256: 'a1'.repeat(32),
      auditSeq: 41,
      auditHash: 'b2'.repeat(32),
      contentSha256: 'c3'.repeat(32),
      copy: 'e5'.repeat(16),
    },
    printedAt: '2026-11-22T10:00:00.000Z',
    printedBy: 'M. Perera',
    program: '0.1.0',
    ...change,
  };
}

/** A whole case: taken, answered, compared, concluded and signed. */
export function wholeCase(): CaseReportInput {
  const place = { documentId: DOCUMENT, itemId: 'L1a' };
  const outcome = entry({
    kind: 'outcome',
    outcome: 'L2.forged',
    dispositions: ['expert_referral', 'document_seized'],
    reasons: [place],
    note: 'Laminate lifted at the portrait.',
    notChecked: [{ documentId: DOCUMENT, itemId: 'O3' }],
    procedure: { version: '1', sha256: 'd4'.repeat(32) },
    needsSignature: true,
  });
  const marks = [
    {
      imageId: PICTURE,
      shape: 'box',
      points: [
        { x: 100, y: 100 },
        { x: 500, y: 600 },
      ],
      note: 'edge',
    },
    {
      imageId: PICTURE,
      shape: 'arrow',
      points: [
        { x: 1200, y: 200 },
        { x: 900, y: 500 },
      ],
      note: '',
    },
    { imageId: PICTURE, shape: 'point', points: [{ x: 1300, y: 800 }], note: 'dust' },
  ];
  return caseOf([
    entry({ kind: 'taken' }),
    answer('L1a', 'matched'),
    answer('L1a', 'differs', 'lifted <b>here</b>', marks),
    answer('F1', 'matched'),
    answer('A1', 'not-checked'),
    answer('S1', 'matched'),
    answer('S1', null),
    entry({ kind: 'question', questionId: 'Q07', note: 'in the capital' }),
    entry({ kind: 'bearer', componentId: 'FC10', answer: 'similar', note: '' }),
    entry({ kind: 'bearer-done', verdict: 'supported', note: '' }),
    outcome,
    entry({ kind: 'signed', entryId: outcome.id }, 'S. Ortiz'),
  ]);
}

export const WORDS: ReportWords = {
  language: 'en',
  say: (id, values) => (values === undefined ? id : `${id} ${Object.values(values).join(' ')}`),
  time: (at) => at,
};
