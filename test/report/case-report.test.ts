// The report on paper: what stands in it, what was taken back does not, and nothing of it is markup or comes from outside.
import { describe, expect, it } from 'vitest';
import { groupedActs, standingAnswers } from '../../shared/report/case-data.ts';
import { caseReport } from '../../shared/report/case-report.ts';
import { answer, caseOf, DOCUMENT, entry, PICTURE, wholeCase, WORDS } from './case.ts';

const page = (): string => caseReport(wholeCase(), WORDS);
const count = (text: string, part: string): number => text.split(part).length - 1;

describe('the report', () => {
  it('says outcome, reasons, what was not checked, who signed, and its proof', () => {
    const text = page();
    for (const part of [
      'procedure.outcome.L2.forged',
      'procedure.disposition.expert_referral; procedure.disposition.document_seized',
      'case-report.not-checked 1',
      'S. Ortiz',
      'Laminate lifted at the portrait.',
      'a1'.repeat(32),
      'e5'.repeat(16),
      'ERIKSSON, ANNA MARIA',
      'L898902C36UTO7408122F1204159ZE184226B&lt;&lt;&lt;&lt;&lt;10',
      'The birth date and its check digit do not agree',
      'It may be a slip of reading.',
      'question.Q07',
      'case-report.verdict.supported',
    ]) {
      expect(text, part).toContain(part);
    }
    expect(text).not.toContain('case-report.not-signed');
  });

  it('tells of an alert what it said, as text and nothing else', () => {
    const input = wholeCase();
    const [document] = input.record.documents;
    if (document === undefined) throw new Error('no document');
    const values = { alert: 'id', tip: 'Tilt <b>the page</b>.', from: 'Police', until: '2026-12-23' };
    const told = { id: 'x.alert', text: { title: 'finding.x.alert.title' }, values };
    const documents = [{ ...document, findings: [told] }];
    const text = caseReport({ ...input, record: { ...input.record, documents } }, WORDS);
    expect(text).toContain('<small>Tilt &lt;b&gt;the page&lt;/b&gt;.</small>');
  });

  it('names the holder at its head, and each step where it begins', () => {
    const [head = ''] = page().split('</header>');
    expect(head).toContain('<strong>ERIKSSON, ANNA MARIA</strong> <span>L898902C3</span>');
    const documents = [{ documentId: DOCUMENT, typeId: 'passport_ord', itemIds: ['F1', 'F2', 'A1'] }];
    const stepOf = (itemId: string): string => itemId.slice(0, 1);
    const rows = caseReport(caseOf([], { documents, stepOf }), WORDS);
    expect([count(rows, '<td>procedure.step.F</td>'), count(rows, '<td>procedure.step.A</td>')]).toEqual([
      1, 1,
    ]);
  });

  it('shows the answer that stands, and one that was taken back as not checked', () => {
    const answers = standingAnswers(wholeCase().entries);
    expect([...answers.values()].map(({ itemId, answer: given }) => [itemId, given])).toEqual([
      ['L1a', 'differs'],
      ['F1', 'matched'],
      ['A1', 'not-checked'],
    ]);
    const rows = page()
      .split('<tr>')
      .filter((row) => row.includes('procedure.item.S1.title'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('case-report.answer.not-checked');
  });

  it('keeps words and marks of an item that has no answer, and says that it was not checked', () => {
    const mark = { imageId: PICTURE, shape: 'point', points: [{ x: 1, y: 1 }], note: '' };
    const given = [
      answer('F1', 'matched', 'Looked at twice.'),
      answer('F1', null, 'Looked at twice.', [mark]),
    ];
    const [row = ''] = caseReport(caseOf(given), WORDS)
      .split('<tr>')
      .filter((one) => one.includes('procedure.item.F1.title'));
    expect(row).toContain('case-report.answer.not-checked');
    expect(row).toContain('Looked at twice.');
    expect(standingAnswers([answer('F1', 'matched', 'Twice.'), answer('F1', null)]).size).toBe(0);
  });

  it('lists what was not checked of the bearer, each check once, and whether anybody compared them', () => {
    const documents = [DOCUMENT, 'second'].map((documentId) => ({
      documentId,
      typeId: 'passport_ord',
      itemIds: ['F1', 'B01', 'B02', 'B03'],
    }));
    const stepOf = (itemId: string): string => (itemId.startsWith('B') ? 'bearer' : 'F');
    const given = [
      answer('B01', 'matched'),
      answer('B02', 'not-checked'),
      { ...answer('B03', 'differs'), documentId: 'second' },
    ];
    const left = caseReport(caseOf(given, { documents, stepOf }), WORDS);
    expect(left).toContain('case-report.not-checked-person 1');
    expect(count(left, '<li>case-report.item B02 procedure.item.B02.title</li>')).toBe(1);
    expect(left).toContain('case-report.not-compared');
    const acts = [{ at: '2026-11-22T10:00:00.000Z', officerName: 'A', kind: 'bearer-done' }];
    const compared = caseReport(caseOf(given, { documents, stepOf, acts }), WORDS);
    expect(compared).not.toContain('case-report.not-compared');
  });

  it('says which comparison was concluded when an outcome had shown the others', () => {
    const closed = (officer: string) =>
      entry({ kind: 'bearer-done', verdict: 'supported', note: '' }, officer);
    const outcome = wholeCase().entries.find(({ kind }) => kind === 'outcome');
    const entries = [
      closed('A. First'),
      outcome,
      entry({ kind: 'reopened', reason: 'more' }),
      closed('L. Brown'),
    ]
      .filter((each) => each !== undefined)
      .map((each, at) => ({ ...each, seq: at + 1 }));
    const text = caseReport(caseOf(entries), WORDS);
    expect(text).toContain('case-report.verdict-later L. Brown case-report.verdict.supported');
    expect(count(text, 'case-report.verdict-later')).toBe(1);
  });

  it('draws every mark over its picture, numbered as in the table', () => {
    const text = page();
    expect(count(text, '<g>')).toBe(3);
    expect(text).toContain('viewBox="0 0 1500 1000"');
    expect(text).toContain('M100.0 100.0H500.0V600.0H100.0Z');
    expect(text).toContain('<td>1, 2, 3</td>');
    const lost = caseReport(
      { ...wholeCase(), pictures: new Map([[PICTURE, { url: null, width: 1, height: 1 }]]) },
      WORDS,
    );
    expect(lost).toContain('case-report.picture-gone');
    expect(lost).not.toContain('<img');
  });

  it('takes no words for markup, has no script, no style in an element, nothing from outside', () => {
    const evil = `"><script>alert('1')</script>&amp;`;
    const place = { documentId: DOCUMENT, itemId: 'F1' };
    const text = caseReport(
      caseOf([answer('F1', 'differs', evil), entry({ kind: 'reopened', reason: evil })], {
        printedBy: evil,
        notChecked: [place],
      }),
      { ...WORDS, language: evil },
    );
    expect(text).not.toContain('<script');
    expect(text).toContain('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;');
    for (const forbidden of [
      /\sstyle=/u,
      /https?:/u,
      /url\(/u,
      /\son\w+=/u,
      /<(iframe|object|embed|link)/u,
    ]) {
      expect(page()).not.toMatch(forbidden);
    }
  });

  it('says that no outcome was given, and counts what is not checked now', () => {
    const text = caseReport(caseOf([entry({ kind: 'taken' })]), WORDS);
    expect(text).toContain('case-report.no-outcome');
    expect(text).toContain('case-report.not-checked 1');
    expect(text).not.toContain('class="sign"');
  });

  it('says of an outcome that waits, and of one that needs no second officer', () => {
    const given = (needsSignature: boolean) =>
      caseReport(
        caseOf([
          entry({
            kind: 'outcome',
            outcome: 'L2.inconclusive',
            dispositions: [],
            reasons: [],
            note: '',
            notChecked: [],
            procedure: { version: '1', sha256: '' },
            needsSignature,
          }),
        ]),
        WORDS,
      );
    expect(given(true)).toContain('case-report.not-signed');
    expect(given(false)).toContain('case-report.no-signature');
    expect(given(false)).toContain('case-report.all-checked');
  });

  it('tells acts in a row of one officer as one', () => {
    const at = (minute: number) => `2026-11-22T09:0${minute}:00.000Z`;
    const act = (minute: number, officerName: string, kind: string) => ({
      at: at(minute),
      officerName,
      kind,
    });
    expect(
      groupedActs([
        act(1, 'A', 'taken'),
        act(2, 'A', 'answer'),
        act(3, 'A', 'answer'),
        act(4, 'B', 'answer'),
      ]),
    ).toEqual([
      { from: at(1), to: at(1), officerName: 'A', kind: 'taken', count: 1 },
      { from: at(2), to: at(3), officerName: 'A', kind: 'answer', count: 2 },
      { from: at(4), to: at(4), officerName: 'B', kind: 'answer', count: 1 },
    ]);
  });
});
