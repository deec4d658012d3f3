// How much a case study holds: numbers that the window needs without the shapes.

/** Characters of each text. */
export const STUDY_LENGTHS = {
  title: 80,
  happened: 2000,
  gaveAway: 1000,
  twelveSeconds: 280,
  caption: 140,
  label: 60,
  question: 200,
  answer: 120,
  because: 280,
} as const;
export const FEWEST_ANSWERS = 2;
export const MOST_ANSWERS = 4;
export const MAX_STUDY_IMAGES = 8;
/** Of one picture. */
export const MAX_MARKS = 12;
/** Black boxes of one picture. */
export const MOST_BOXES = 20;
