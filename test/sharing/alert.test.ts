// Alerts and case studies as they leave: one spelling, bounds of their parts, and what may not stand in their texts.
import { describe, expect, test } from 'vitest';
import { caseStudyTexts } from '../../shared/sharing/case-study.ts';
import { tierLeaks } from '../../shared/sharing/leaks.ts';
import { encodeReport, wireReport } from '../../shared/sharing/report.ts';
import { alertOf, studyOf } from '../hub/wire-reports.ts';

const AUTHOR = { stationId: crypto.randomUUID(), agencyId: crypto.randomUUID() };
const ABOUT = '01990000-0000-7000-8000-000000000001';
const alert = alertOf(AUTHOR, ABOUT);
const image = {
  sha256: 'a'.repeat(64),
  bytes: 10,
  mime: 'image/jpeg',
  light: 'white',
  what: 'crop',
  caption: 'The edge',
  marks: [{ x: 0.1, y: 0.2, width: 0.3, height: 0.4, label: 'Second edge' }],
} as const;
const study = studyOf(AUTHOR, ABOUT, { images: [{ ...image, marks: [...image.marks] }] });
const fits = (message: object): boolean => wireReport.safeParse(message).success;

test('each has one spelling, which comes back as it was', () => {
  for (const message of [alert, study]) {
    const text = encodeReport(message);
    expect(JSON.stringify(wireReport.parse(JSON.parse(text)))).toBe(text);
    expect(tierLeaks(message)).toEqual([]);
  }
});

describe('bounds', () => {
  const { createdAt } = alert;
  const after = (days: number): string => new Date(Date.parse(createdAt) + days * 86_400_000).toISOString();

  test.each([
    ['an alert that ends before it began', { ...alert, expiresAt: after(-1) }],
    ['an alert of more than a year', { ...alert, expiresAt: after(367) }],
    ['an alert for statistics', { ...alert, tier: 'T3' }],
    ['an alert to one partner', { ...alert, to: AUTHOR.agencyId }],
    ['a tip of 141 characters', { ...alert, tip: 'x'.repeat(141) }],
    ['a tip of spaces', { ...alert, tip: '   ' }],
    ['no type', { ...alert, fits: { ...alert.fits, types: [] } }],
    ['no issuer', { ...alert, fits: { ...alert.fits, issuers: [] } }],
    ['a range of four', { ...alert, fits: { ...alert.fits, numberRange: { prefix: 'L8989', length: 9 } } }],
    ['an answer that is not there', { ...study, question: { ...study.question, right: 2 } }],
    ['one answer', { ...study, question: { ...study.question, answers: ['Yes'] } }],
    ['nine pictures', { ...study, images: Array.from({ length: 9 }, () => image) }],
    [
      'a mark beyond the picture',
      { ...study, images: [{ ...image, marks: [{ ...image.marks[0], x: 1.1 }] }] },
    ],
    [
      'a mark that reaches beyond the picture',
      { ...study, images: [{ ...image, marks: [{ ...image.marks[0], x: 0.8 }] }] },
    ],
  ])('%s is none', (_, message) => {
    expect(fits(message)).toBe(false);
  });

  test('the longest and the shortest are some', () => {
    expect(fits({ ...alert, expiresAt: after(366), tip: 'x'.repeat(140) })).toBe(true);
    expect(fits({ ...alert, fits: { ...alert.fits, numberRange: null } })).toBe(true);
  });
});

describe('what tells of somebody', () => {
  test('is found in a tip', () => {
    expect(tierLeaks({ ...alert, tip: 'Number 8989021 was seen.' })).toEqual(['tip']);
  });

  test('is found in each text of a case study', () => {
    const telling = 'Ask anna@example.org';
    const all = caseStudyTexts(study).map(({ path }) => path);
    expect(all).toEqual([
      'title',
      'document.series',
      'happened',
      'gaveAway',
      'twelveSeconds',
      'images.0.caption',
      'images.0.marks.0.label',
      'question.text',
      'question.answers.0',
      'question.answers.1',
      'question.because',
    ]);
    for (const path of all) {
      const copy = structuredClone(study);
      const names = path.split('.');
      const last = names.pop() ?? '';
      const holder = names.reduce<object>((of, name) => Reflect.get(of, name), copy);
      Reflect.set(holder, last, telling);
      expect(tierLeaks(copy)).toEqual([path]);
    }
  });

  test('no free text is left out', () => {
    const texts = JSON.stringify(study).match(/[A-Z][a-z]+ [^"]+/gu) ?? [];
    expect(texts.length).toBeGreaterThan(7);
    const searched = caseStudyTexts(study).map(({ text }) => text);
    expect(texts.filter((text) => !searched.includes(text))).toEqual([]);
  });
});
