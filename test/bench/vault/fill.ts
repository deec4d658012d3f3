// A store of as many records as a large station keeps in years, made by the station's own ways in, many to a transaction.
import { v7 as uuidv7 } from 'uuid';
import { appendAudit } from '../../../electron/db/audit.ts';
import {
  type Author,
  insertDecision,
  insertExamination,
  type NewExamination,
} from '../../../electron/db/examinations.ts';
import type { Db } from '../../../electron/db/open.ts';
import { recordDigest } from '../../../electron/db/record-digests.ts';
import { withJudgement } from '../../../electron/services/judgement.ts';
import type { Outcome, ReadingSubmission } from '../../../shared/contract/records.ts';
import { createRandom, type Random } from '../../../shared/specimen/prng.ts';
import { makeZone, TODAY } from '../detective/zones.ts';

export interface Filling {
  records: number;
  /** Every so many records has a picture. */
  pictureEvery: number;
  seed: number;
}

type Judged = ReturnType<
  typeof withJudgement<{ id: string; images: []; reading: ReadingSubmission }>
>[number];

/** What a record is made of, all but its ids, its time and the person's name and number. */
interface Template {
  document: Judged;
  outcome: Outcome;
}

const TEMPLATES = 400;
/** Of all records the share in which a check digit does not hold: more than a counter sees. */
const WITH_FINDINGS = 0.12;
/** Records of one transaction; a station saves one. */
const BATCH = 500;
const FIRST_DAY = Date.parse('2021-01-01T00:00:00.000Z');
const LAST_DAY = Date.parse('2026-11-20T00:00:00.000Z');

const SYLLABLES =
  'BA BEL DO DRA EL FA GRI HAN IS JO KA LEN MAR NI OR PE QUA RO SEL TA UL VI WEN XA YO ZE'.split(' ');

/** Some 3,000 surnames and 600 given names, few of them frequent as in life. */
function nameOf(random: Random): string {
  const part = (kinds: number, count: number): string => {
    const kind = Math.floor(random.next() * random.next() * kinds);
    return Array.from(
      { length: count },
      (_, place) => SYLLABLES[Math.floor(kind / 26 ** place) % 26] ?? '',
    ).join('');
  };
  return `${part(3000, 3)}, ${part(600, 2)} ${part(600, 2)}`;
}

const numberOf = (random: Random): string =>
  `${String.fromCharCode(65 + random.int(0, 25))}${String(random.int(0, 99_999_999)).padStart(8, '0')}`;

function readingOf(lines: string[]): ReadingSubmission {
  return {
    source: 'camera',
    lines,
    rawLines: lines,
    corrections: [],
    lowConfidence: [],
    confidence: 0.98,
    outline: null,
    imageId: null,
  };
}

const changed = (lines: string[], random: Random): string[] => {
  const line = lines[1] ?? '';
  const at = random.int(0, 8);
  return lines.with(1, line.slice(0, at) + (line[at] === '7' ? '1' : '7') + line.slice(at + 1));
};

function makeTemplates(random: Random): Template[] {
  return Array.from({ length: TEMPLATES }, () => {
    const lines = makeZone(random).lines;
    const broken = random.chance(WITH_FINDINGS);
    const reading = readingOf(broken ? changed(lines, random) : lines);
    const [document] = withJudgement([{ id: '', images: [] as [], reading }], TODAY, 'en');
    if (document === undefined) throw new Error('nothing was judged');
    const roll = random.next();
    const outcome: Outcome = broken ? 'referred' : roll < 0.9 ? 'clear' : roll < 0.96 ? 'skip' : 'referred';
    return { document, outcome };
  });
}

/** The procedure that all records followed. */
export const FOLLOWED = { version: 'countercheck-2026.1', sha256: 'b'.repeat(64) };

/** One record as the station would save it; the zone carries the template's name, the headline a person's own. */
function recordOf(template: Template, random: Random, at: string, picture: string | null): NewExamination {
  const { document } = template;
  const images = picture === null ? [] : [pictureRow(picture, random)];
  const headline = { ...document.headline, name: nameOf(random), number: numberOf(random) };
  return {
    id: uuidv7({ msecs: Date.parse(at) }),
    startedAt: at,
    savedAt: at,
    savedOn: at.slice(0, 10),
    stationCode: 'ZEN-01',
    place: 'Port of Zenda',
    submittedSha256: digestLike(random),
    procedure: FOLLOWED,
    documents: [{ ...document, id: uuidv7({ msecs: Date.parse(at) }), images, headline }],
  };
}

/** As long as a digest, and as little to be packed. */
const digestLike = (random: Random): string =>
  Array.from({ length: 8 }, () => random.int(0, 0xffffffff).toString(16).padStart(8, '0')).join('');

const pictureRow = (id: string, random: Random) => ({
  id,
  light: 'white' as const,
  source: 'camera' as const,
  sha256: digestLike(random),
  width: 1600,
  height: 1130,
});

/** Fills a store and answers the ids of the pictures that its records name. */
export function fill(db: Db, author: Author, { records, pictureEvery, seed }: Filling): string[] {
  const random = createRandom(seed);
  const templates = makeTemplates(random);
  const pictures: string[] = [];
  const step = (LAST_DAY - FIRST_DAY) / records;

  function saveOne(place: number): void {
    const at = new Date(FIRST_DAY + place * step).toISOString();
    const picture = place % pictureEvery === 0 ? uuidv7({ msecs: Date.parse(at) }) : null;
    if (picture !== null) pictures.push(picture);
    const template = random.pick(templates);
    const record = recordOf(template, random, at, picture);
    insertExamination(db, author, record);
    const decision = uuidv7({ msecs: Date.parse(at) });
    const { outcome } = template;
    const reasons = outcome === 'clear' ? [] : ['at-second-line'];
    insertDecision(db, author, {
      id: decision,
      examinationId: record.id,
      replaces: null,
      at,
      outcome,
      reasons,
      note: '',
    });
    appendAudit(db, {
      at,
      officerId: author.officerId,
      action: 'examination.recorded',
      subjectId: record.id,
      digest: recordDigest(db, record.id) ?? '',
    });
  }

  for (let from = 0; from < records; from += BATCH) {
    db.transaction(() => {
      for (let place = from; place < Math.min(records, from + BATCH); place += 1) saveOne(place);
    }).immediate();
  }
  return pictures;
}
