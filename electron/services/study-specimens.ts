// The case studies that the library brings: of the state of Utopia, which is invented, drawn when they are first looked at.
import { z } from 'zod';
import recipes from '../../assets/studies/utopia.json' with { type: 'json' };
import english from '../../assets/text/en/utopia-studies.json' with { type: 'json' };
import { LANGUAGES } from '../../shared/contract/records.ts';
import type { ShownStudy, StudyRow } from '../../shared/contract/studies.ts';
import { DOCUMENT_TYPES, FRAUD_TYPES, REPORT_LIGHTS } from '../../shared/sharing/codes.ts';
import { common } from '../../shared/sharing/study-pictures.ts';
import { stateCode } from '../../shared/sharing/shapes.ts';
import type { Specimen } from '../../shared/specimen/document.ts';
import { FAULT_IDS } from '../../shared/specimen/faults.ts';
import { KINDS, MRZ_PITCH_MM, SPECIMEN_KINDS } from '../../shared/specimen/kinds.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { encodeJpeg } from '../images/decode.ts';
import { redactImage } from '../images/redact.ts';

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const mm = z.number().min(0);
/** `page`, a region of the specimen or a part of its width, characters of a row of its zone, or a rectangle in mm. */
const place = z.union([
  z.string(),
  z.strictObject({ of: z.string(), from: z.number().min(0), to: z.number().max(2) }),
  z.strictObject({ x: mm, y: mm, width: mm, height: mm }),
  z.strictObject({ row: z.int().min(0).max(2), from: z.int().min(0), to: z.int().max(44) }),
]);
const picture = z.strictObject({
  light: z.enum(REPORT_LIGHTS),
  shows: z.array(place).min(1),
  marginMm: z.number().min(0),
  hides: z.array(place),
  marks: z.array(place),
});
const recipe = z.strictObject({
  id: z.string(),
  specimen: z.strictObject({
    seed: z.int(),
    kind: z.enum(SPECIMEN_KINDS),
    fault: z.enum(FAULT_IDS),
  }),
  document: z.strictObject({ type: z.enum(DOCUMENT_TYPES), issuer: stateCode, series: z.null() }),
  fraud: z.array(z.enum(FRAUD_TYPES)).min(1),
  answers: z.int().min(2).max(4),
  right: z.int().min(0),
  pictures: z.array(picture).min(1),
});

type Place = z.infer<typeof place>;
type Recipe = z.infer<typeof recipe>;

/** The day on which the documents are shown: the same pictures on every day. */
const SHOWN_ON = '2026-11-01';
/** Pixels to the millimetre: a date fills a screen. */
const SCALE = 16;
/** Height of the cell of one character. */
const CELL_MM = 4.6;

const WORDS: Readonly<Record<(typeof LANGUAGES)[number], Readonly<Record<string, string>>>> = { en: english };

/** One study whole: as it is read, and its pictures by digest. */
export interface DrawnStudy {
  study: ShownStudy;
  pictures: ReadonlyMap<string, Uint8Array>;
}

export interface StudySpecimens {
  /** As they stand in the library; English where there are no words of a language. */
  rows(language: string): { row: StudyRow; words: string }[];
  /** Undefined where there is none of this id. */
  open(id: string, language: string): Promise<DrawnStudy | undefined>;
}

const boundsOf = (points: readonly { x: number; y: number }[]): Rectangle => {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
};

const cornersOf = ({ x, y, width, height }: Rectangle) => [
  { x, y },
  { x: x + width, y: y + height },
];

const inPixels = ({ x, y, width, height }: Rectangle, scale: number): Rectangle => ({
  x: x * scale,
  y: y * scale,
  width: width * scale,
  height: height * scale,
});

function boxOf(specimen: Specimen, at: Place): Rectangle {
  const { page, kind, scale, regions } = specimen;
  if (at === 'page') return { x: 0, y: 0, width: page.width, height: page.height };
  if (typeof at === 'string') {
    const region = regions.find(({ name }) => name === at);
    if (region === undefined) throw new RangeError(at);
    return boundsOf(region.quad);
  }
  if ('of' in at) {
    const { x, y, width, height } = boxOf(specimen, at.of);
    return { x: x + at.from * width, y, width: (at.to - at.from) * width, height };
  }
  if ('x' in at) return inPixels(at, scale);
  const { heightMm, mrzLeftMm, mrzRowsMm } = KINDS[kind];
  const middle = heightMm - (mrzRowsMm[at.row] ?? 0);
  const box = {
    x: mrzLeftMm + at.from * MRZ_PITCH_MM,
    y: middle - CELL_MM / 2,
    width: (at.to - at.from) * MRZ_PITCH_MM,
    height: CELL_MM,
  };
  return inPixels(box, scale);
}

/** What a picture shows, with room around it, within the page; in whole pixels. */
function shownOf(specimen: Specimen, { shows, marginMm }: Recipe['pictures'][number]): Rectangle {
  const all = boundsOf(shows.flatMap((at) => cornersOf(boxOf(specimen, at))));
  const room = marginMm * specimen.scale;
  const wide = {
    x: all.x - room,
    y: all.y - room,
    width: all.width + 2 * room,
    height: all.height + 2 * room,
  };
  const { x, y, width, height } = common(wide, boxOf(specimen, 'page')) ?? all;
  return { x: Math.floor(x), y: Math.floor(y), width: Math.floor(width), height: Math.floor(height) };
}

const partOf = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;

const rowId = (id: string): string => `utopia-${id}`;

/** Throws where a recipe is not of the right shape: the build sees to that. */
export function createStudySpecimens(): StudySpecimens {
  const known = z.array(recipe).parse(recipes);
  const drawn = new Map<string, Promise<DrawnStudy>>();

  const say = (language: string, id: string): string =>
    WORDS[LANGUAGES.find((each) => each === language) ?? 'en'][id] ?? id;

  function wordsOf({ id, answers }: Recipe, language: string) {
    const own = (name: string): string => say(language, `utopia-study.${id}.${name}`);
    return {
      title: own('title'),
      happened: own('happened'),
      gaveAway: own('gave-away'),
      twelveSeconds: own('twelve-seconds'),
      question: {
        text: own('question'),
        answers: Array.from({ length: answers }, (_, at) => own(`answer-${at}`)),
        because: own('because'),
      },
      caption: (at: number) => own(`caption-${at}`),
      mark: (at: number, mark: number) => own(`mark-${at}-${mark}`),
    };
  }

  async function draw(own: Recipe, language: string): Promise<DrawnStudy> {
    // Outlines of letters are large: they are loaded when somebody looks.
    const { drawSpecimen } = await import('../../shared/specimen/document.ts');
    const specimen = drawSpecimen({ ...own.specimen, today: SHOWN_ON, scale: SCALE });
    const page = await encodeJpeg(specimen.page);
    const words = wordsOf(own, language);
    const pictures = new Map<string, Uint8Array>();
    const images: ShownStudy['images'] = [];
    for (const [index, made] of own.pictures.entries()) {
      const at = shownOf(specimen, made);
      const hidden = made.hides.map((each) => boxOf(specimen, each));
      const piece = await redactImage(page, { at, hidden });
      if (!piece.ok) throw new RangeError(own.id);
      const digest = sha256(piece.jpeg);
      pictures.set(digest, piece.jpeg);
      const marks = made.marks.map((each, mark) => {
        const box = boxOf(specimen, each);
        return {
          x: partOf((box.x - at.x) / at.width),
          y: partOf((box.y - at.y) / at.height),
          width: partOf(box.width / at.width),
          height: partOf(box.height / at.height),
          label: words.mark(index, mark),
        };
      });
      images.push({
        sha256: digest,
        bytes: piece.jpeg.byteLength,
        mime: 'image/jpeg',
        light: made.light,
        what: 'crop',
        caption: words.caption(index),
        marks,
      });
    }
    const { title, happened, gaveAway, twelveSeconds, question } = words;
    const { document, fraud, right } = own;
    const study = {
      title,
      document,
      fraud,
      happened,
      gaveAway,
      twelveSeconds,
      images,
      question: { ...question, right },
    };
    return { study, pictures };
  }

  return {
    rows: (language) =>
      known.map((own) => {
        const { title, happened, gaveAway, twelveSeconds, question } = wordsOf(own, language);
        const { type, issuer } = own.document;
        const row: StudyRow = {
          id: rowId(own.id),
          from: 'utopia',
          state: 'approved',
          title,
          type,
          issuer,
          fraud: own.fraud,
          at: null,
          agencyName: '',
          stationCode: '',
        };
        return { row, words: [title, happened, gaveAway, twelveSeconds, question.text].join('\n') };
      }),
    async open(id, language) {
      const own = known.find((each) => rowId(each.id) === id);
      if (own === undefined) return undefined;
      const name = `${id} ${language}`;
      const before = drawn.get(name);
      if (before !== undefined) return before;
      const study = draw(own, language);
      drawn.set(name, study);
      // What failed once is drawn again.
      study.catch(() => drawn.delete(name));
      return study;
    },
  };
}
