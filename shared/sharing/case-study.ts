// The case study that leaves a station: what a report teaches, with marked pieces of pictures and one question. It says
// nothing of a person and no number.
import { z } from 'zod';
import { DOCUMENT_TYPES, FRAUD_TYPES } from './codes.ts';
import { origin, reportHead, reportId, reportImage, stateCode } from './shapes.ts';
import { FEWEST_ANSWERS, MAX_MARKS, MAX_STUDY_IMAGES, MOST_ANSWERS, STUDY_LENGTHS } from './study-limits.ts';

const part = z.number().min(0).max(1);
const text = (length: number) => z.string().trim().min(1).max(length);

/** Places and sizes are rounded each by itself. */
const ROUNDING = 0.001;

/** What to look at in a picture; places and sizes as parts of its width and height. */
export const studyMark = z
  .strictObject({
    x: part,
    y: part,
    width: part,
    height: part,
    label: z.string().max(STUDY_LENGTHS.label),
  })
  .refine(({ x, y, width, height }) => Math.max(x + width, y + height) <= 1 + ROUNDING);

export const studyImage = z.strictObject({
  ...reportImage.shape,
  caption: z.string().max(STUDY_LENGTHS.caption),
  marks: z.array(studyMark).max(MAX_MARKS),
});

export const studyQuestion = z
  .strictObject({
    text: text(STUDY_LENGTHS.question),
    answers: z.array(text(STUDY_LENGTHS.answer)).min(FEWEST_ANSWERS).max(MOST_ANSWERS),
    /** Which answer is right, from 0. */
    right: z
      .int()
      .min(0)
      .max(MOST_ANSWERS - 1),
    because: text(STUDY_LENGTHS.because),
  })
  .refine(({ answers, right }) => right < answers.length, { path: ['right'] });

export const caseStudy = z.strictObject({
  ...reportHead,
  tier: z.literal('T2'),
  kind: z.literal('case-study'),
  ...origin,
  to: z.null(),
  /** The report of the same station that it is made of. */
  about: reportId,
  title: text(STUDY_LENGTHS.title),
  document: z.strictObject({
    type: z.enum(DOCUMENT_TYPES),
    issuer: stateCode,
    series: z.string().max(40).nullable(),
  }),
  fraud: z.array(z.enum(FRAUD_TYPES)).min(1).max(8),
  happened: text(STUDY_LENGTHS.happened),
  gaveAway: text(STUDY_LENGTHS.gaveAway),
  twelveSeconds: text(STUDY_LENGTHS.twelveSeconds),
  images: z.array(studyImage).max(MAX_STUDY_IMAGES),
  question: studyQuestion,
});

export type CaseStudy = z.infer<typeof caseStudy>;
export type StudyImage = z.infer<typeof studyImage>;
export type StudyMark = z.infer<typeof studyMark>;

type Texts = Pick<
  CaseStudy,
  'title' | 'document' | 'happened' | 'gaveAway' | 'twelveSeconds' | 'images' | 'question'
>;

/** Its free texts by their places, such as `images.0.marks.1.label`. */
export function caseStudyTexts(study: Texts): { path: string; text: string }[] {
  const { title, document, happened, gaveAway, twelveSeconds, images, question } = study;
  return [
    { path: 'title', text: title },
    { path: 'document.series', text: document.series ?? '' },
    { path: 'happened', text: happened },
    { path: 'gaveAway', text: gaveAway },
    { path: 'twelveSeconds', text: twelveSeconds },
    ...images.flatMap(({ caption, marks }, index) => [
      { path: `images.${index}.caption`, text: caption },
      ...marks.map(({ label }, place) => ({ path: `images.${index}.marks.${place}.label`, text: label })),
    ]),
    { path: 'question.text', text: question.text },
    ...question.answers.map((answer, index) => ({ path: `question.answers.${index}`, text: answer })),
    { path: 'question.because', text: question.because },
  ].filter((each) => each.text !== '');
}
