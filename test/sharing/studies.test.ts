// Case studies on their way out: what lies under boxes, what is missing, what tells of somebody, and the exact body.
import { describe, expect, it } from 'vitest';
import { caseStudyTexts } from '../../shared/sharing/case-study.ts';
import type { Box } from '../../shared/sharing/full.ts';
import { tierLeaks } from '../../shared/sharing/leaks.ts';
import { encodeReport } from '../../shared/sharing/report.ts';
import { studyDraft, type StudyDraft, type StudyPicture } from '../../shared/sharing/study-draft.ts';
import { STUDY_LENGTHS } from '../../shared/sharing/study-limits.ts';
import { studyLeaving, type StudyMeans, wordsOfStudy } from '../../shared/sharing/study-leaving.ts';
import { common, grown, isCovered, studyPictureFaults } from '../../shared/sharing/study-pictures.ts';

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });
const ID = '01938f6e-7d2c-7a11-9c3f-2b7d1a0c4e55';
const OTHER = '01938f6e-7d2c-7a11-9c3f-2b7d1a0c4e56';

const PICTURE: StudyPicture = {
  imageId: ID,
  light: 'oblique',
  width: 1000,
  height: 700,
  at: box(0, 0, 1000, 700),
  hidden: [box(50, 150, 300, 350), box(40, 550, 900, 130)],
  portrait: box(60, 160, 260, 320),
  zone: box(50, 560, 880, 110),
  caption: 'The second edge beside the portrait.',
  marks: [{ x: 0.2, y: 0.2, width: 0.1, height: 0.1, label: 'A second edge' }],
};

const DRAFT: StudyDraft = {
  title: ' A lifted laminate ',
  happened: 'Shown on arrival; the laminate was lifted.',
  gaveAway: 'A second edge beside the portrait.',
  twelveSeconds: 'Tilt the page and look left of the portrait.',
  images: [PICTURE],
  question: {
    text: 'What showed it first?',
    answers: ['A second edge', 'The zone'],
    right: 0,
    because: 'Glue leaves an edge that light finds.',
  },
};

const piece = { sha256: 'a'.repeat(64), bytes: 1000, mime: 'image/jpeg', showsZone: false } as const;

const means = (more: Partial<StudyMeans> = {}): StudyMeans => ({
  id: ID,
  replaces: null,
  createdAt: '2026-11-23T02:00:00.000Z',
  role: 'examiner',
  about: {
    id: OTHER,
    language: 'en',
    stationId: '0b7b5d0e-1111-4222-8333-444455556666',
    agencyId: '0b7b5d0e-1111-4222-8333-444455556667',
    document: { type: 'passport_ord', issuer: 'UTO', series: 'B' } as StudyMeans['about']['document'],
    fraud: { types: ['FG.photo_sub'] } as StudyMeans['about']['fraud'],
  },
  known: { names: ['ERIKSSON', 'ANNA MARIA'], numbers: ['L898902C3'], dates: ['1974-08-12'] },
  placesOf: () => ({ portrait: null, zones: [] }),
  pieces: [piece],
  ...more,
});

const codesAt = (draft: StudyDraft, more: Partial<StudyMeans> = {}): string[] =>
  studyLeaving(draft, means(more)).problems.map(({ path, code }) => `${path} ${code}`);

describe('an area under boxes', () => {
  it('is covered where every part of it is, by one box or by several', () => {
    const area = box(10, 10, 20, 20);
    expect(isCovered(area, [box(10, 10, 20, 20)])).toBe(true);
    expect(isCovered(area, [box(0, 0, 20, 40), box(20, 0, 20, 40)])).toBe(true);
    expect(isCovered(area, [box(0, 0, 19, 40), box(20, 0, 20, 40)])).toBe(false);
    expect(isCovered(area, [box(11, 10, 20, 20)])).toBe(false);
    expect(isCovered(area, [box(10, 10, 20, 10), box(10, 20, 9, 10), box(19, 20, 11, 9.5)])).toBe(false);
    expect(isCovered(area, [])).toBe(false);
  });

  it('agrees with every pixel looked at by itself', () => {
    // A small generator of our own: the same boxes at every run.
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    const outcomes = new Set<boolean>();
    for (let round = 0; round < 400; round += 1) {
      const area = box(next(6), next(6), 1 + next(5), 1 + next(5));
      const boxes = Array.from({ length: 1 + next(4) }, () =>
        box(next(8), next(8), 1 + next(9), 1 + next(9)),
      );
      let isEvery = true;
      for (let x = area.x; x < area.x + area.width; x += 1)
        for (let y = area.y; y < area.y + area.height; y += 1)
          isEvery &&= boxes.some((each) => common(box(x, y, 1, 1), each) !== null);
      outcomes.add(isEvery);
      expect(isCovered(area, boxes), JSON.stringify([area, boxes])).toBe(isEvery);
    }
    expect(outcomes.size).toBe(2);
  });

  it('grows to each side, never beyond the picture', () => {
    expect(grown(box(5, 50, 10, 10), 10, { width: 100, height: 65 })).toEqual(box(0, 40, 25, 25));
  });
});

describe('a picture', () => {
  const nothing = { portrait: null, zones: [] };

  it('may leave with portrait and zone under boxes', () => {
    expect(studyPictureFaults(PICTURE, nothing)).toEqual([]);
  });

  it('is refused with either of them to be seen, in part too', () => {
    const bare = { ...PICTURE, hidden: [] };
    expect(studyPictureFaults(bare, nothing)).toEqual(['study-portrait-open', 'study-zone-open']);
    const half = { ...PICTURE, hidden: [box(50, 150, 300, 350), box(40, 550, 600, 130)] };
    expect(studyPictureFaults(half, nothing)).toEqual(['study-zone-open']);
  });

  it('may leave where they were cut off', () => {
    expect(studyPictureFaults({ ...PICTURE, hidden: [], at: box(500, 0, 400, 400) }, nothing)).toEqual([]);
  });

  it('is refused where nobody said where they are, or the piece reaches beyond it', () => {
    expect(studyPictureFaults({ ...PICTURE, portrait: null }, nothing)).toEqual(['crop-unmarked']);
    expect(studyPictureFaults({ ...PICTURE, at: box(10, 0, 1000, 700) }, nothing)).toEqual(['crop-outside']);
  });

  it('is not believed to have none where the station knows of one', () => {
    const denied = { ...PICTURE, hidden: [], portrait: 'none', zone: 'none' } as const;
    expect(studyPictureFaults({ ...denied, hidden: [] }, nothing)).toEqual([]);
    const known = { portrait: box(60, 160, 260, 320), zones: [box(50, 560, 880, 110)] };
    expect(studyPictureFaults({ ...denied, hidden: [] }, known)).toEqual([
      'study-portrait-open',
      'study-zone-open',
    ]);
  });
});

describe('a study that leaves', () => {
  it('says what its draft and the report say, and nothing else', () => {
    const { body, problems } = studyLeaving(DRAFT, means());
    expect(problems).toEqual([]);
    expect(body).toMatchObject({
      kind: 'case-study',
      tier: 'T2',
      about: OTHER,
      title: 'A lifted laminate',
      document: { type: 'passport_ord', issuer: 'UTO', series: 'B' },
      fraud: ['FG.photo_sub'],
      images: [{ sha256: piece.sha256, light: 'oblique', what: 'crop', marks: PICTURE.marks }],
    });
    if (body === null) return;
    expect(tierLeaks(body)).toEqual([]);
    // Where it was cut, what lay under boxes and which picture it was stay here.
    expect(encodeReport(body)).not.toMatch(/hidden|imageId|portrait"|"zone"/u);
  });

  it('tells a draft that is not written yet what is missing', () => {
    const empty = studyDraft.parse({
      title: '',
      happened: '',
      gaveAway: '  ',
      twelveSeconds: '',
      images: [],
      question: { text: '', answers: ['', 'x'], right: 3, because: '' },
    });
    expect(codesAt(empty, { pieces: [] })).toEqual(
      [
        'title',
        'happened',
        'gaveAway',
        'twelveSeconds',
        'question.text',
        'question.because',
        'question.answers.0',
        'question.right',
      ].map((path) => `${path} missing`),
    );
    const same = { ...DRAFT, question: { ...DRAFT.question, answers: ['The zone', ' the zone'] } };
    expect(codesAt(same)).toEqual(['question.answers.1 study-same-answers']);
  });

  it('is refused for a name, a number or a day in any of its texts', () => {
    const leaky = 'Mrs Eriksson, L898902C3, 12 August 1974, write to a@b.example';
    const drafts: Record<string, StudyDraft> = {
      title: { ...DRAFT, title: leaky },
      happened: { ...DRAFT, happened: leaky },
      gaveAway: { ...DRAFT, gaveAway: leaky },
      twelveSeconds: { ...DRAFT, twelveSeconds: leaky },
      'images.0.caption': { ...DRAFT, images: [{ ...PICTURE, caption: leaky }] },
      'images.0.marks.0.label': {
        ...DRAFT,
        images: [{ ...PICTURE, marks: [{ x: 0, y: 0, width: 1, height: 1, label: leaky }] }],
      },
      'question.text': { ...DRAFT, question: { ...DRAFT.question, text: leaky } },
      'question.answers.1': { ...DRAFT, question: { ...DRAFT.question, answers: ['One', leaky] } },
      'question.because': { ...DRAFT, question: { ...DRAFT.question, because: leaky } },
    };
    for (const [path, draft] of Object.entries(drafts)) {
      expect(new Set(codesAt(draft)), path).toEqual(
        new Set(['name', 'number', 'date', 'digits', 'contact'].map((code) => `${path} ${code}`)),
      );
    }
    // Every free text of a study is among them.
    const { body } = studyLeaving(DRAFT, means());
    const texts = body === null ? [] : caseStudyTexts(body).map(({ path }) => path);
    expect(
      texts.filter((path) => !['question.answers.0', 'document.series'].includes(path)).toSorted(),
    ).toEqual(Object.keys(drafts).toSorted());
  });

  it('is refused where the reader still reads a zone, or a picture is gone', () => {
    expect(codesAt(DRAFT, { pieces: [{ ...piece, showsZone: true }] })).toEqual([
      'images.0 study-zone-found',
    ]);
    expect(codesAt(DRAFT, { pieces: [null] })).toEqual(['images.0 study-picture-gone']);
    // Told once: of a picture with a plain fault no piece is made.
    const bare = { ...DRAFT, images: [{ ...PICTURE, hidden: [] }] };
    expect(codesAt(bare, { pieces: [null] })).toEqual([
      'images.0 study-portrait-open',
      'images.0 study-zone-open',
    ]);
  });

  it('is confirmed by what is read of it alone', () => {
    const first = studyLeaving(DRAFT, means()).body;
    const again = studyLeaving(DRAFT, means({ id: OTHER, createdAt: '2026-11-23T03:00:00.000Z' })).body;
    const other = studyLeaving({ ...DRAFT, gaveAway: 'An edge.' }, means()).body;
    if (first === null || again === null || other === null) throw new Error('no body');
    expect(wordsOfStudy(again)).toBe(wordsOfStudy(first));
    expect(wordsOfStudy(other)).not.toBe(wordsOfStudy(first));
  });

  it('takes as many characters as its draft', () => {
    const long = (most: number): string => 'a '.repeat(most / 2 - 1).padEnd(most, 'b');
    const full: StudyDraft = {
      ...DRAFT,
      title: long(STUDY_LENGTHS.title),
      happened: long(STUDY_LENGTHS.happened),
      gaveAway: long(STUDY_LENGTHS.gaveAway),
      twelveSeconds: long(STUDY_LENGTHS.twelveSeconds),
      images: [{ ...PICTURE, caption: long(STUDY_LENGTHS.caption) }],
      question: {
        text: long(STUDY_LENGTHS.question),
        answers: [long(STUDY_LENGTHS.answer), 'b', 'c', 'd'],
        right: 3,
        because: long(STUDY_LENGTHS.because),
      },
    };
    expect(studyLeaving(full, means()).problems).toEqual([]);
    expect(studyDraft.safeParse({ ...full, title: `${full.title}b` }).success).toBe(false);
  });
});
