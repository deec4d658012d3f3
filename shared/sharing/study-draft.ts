// A case study as its author writes it at a station (T0): what is not written yet is empty. It never leaves; what does is
// made of it by study-leaving.ts.
import { z } from 'zod';
import { studyMark } from './case-study.ts';
import { REPORT_LIGHTS } from './codes.ts';
import { box, where } from './full.ts';
import {
  FEWEST_ANSWERS,
  MAX_MARKS,
  MAX_STUDY_IMAGES,
  MOST_ANSWERS,
  MOST_BOXES,
  STUDY_LENGTHS,
} from './study-limits.ts';

const text = (most: number) => z.string().max(most);

/** A piece of a picture of the case, with what the station takes out of it. All boxes in pixels of the upright picture. */
export const studyPicture = z.strictObject({
  imageId: z.uuidv7(),
  light: z.enum(REPORT_LIGHTS),
  /** Of the whole picture. */
  width: z.int().min(1),
  height: z.int().min(1),
  at: box,
  /** Made black for good. */
  hidden: z.array(box).max(MOST_BOXES),
  portrait: where,
  zone: where,
  caption: text(STUDY_LENGTHS.caption),
  marks: z.array(studyMark).max(MAX_MARKS),
});

export const studyDraft = z.strictObject({
  title: text(STUDY_LENGTHS.title),
  happened: text(STUDY_LENGTHS.happened),
  gaveAway: text(STUDY_LENGTHS.gaveAway),
  twelveSeconds: text(STUDY_LENGTHS.twelveSeconds),
  images: z.array(studyPicture).max(MAX_STUDY_IMAGES),
  question: z.strictObject({
    text: text(STUDY_LENGTHS.question),
    answers: z.array(text(STUDY_LENGTHS.answer)).min(FEWEST_ANSWERS).max(MOST_ANSWERS),
    right: z
      .int()
      .min(0)
      .max(MOST_ANSWERS - 1),
    because: text(STUDY_LENGTHS.because),
  }),
});

export type StudyPicture = z.infer<typeof studyPicture>;
export type StudyDraft = z.infer<typeof studyDraft>;
