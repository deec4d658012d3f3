// Reports as careless officers write them, out of cases, and how they are mended until nothing keeps them back.
import { v7 as uuidv7 } from 'uuid';
import type { CaseSource } from '../../../shared/sharing/case-source.ts';
import type { Crop, FullReport } from '../../../shared/sharing/full.ts';
import { fullReportFrom } from '../../../shared/sharing/from-case.ts';
import type { Problem } from '../../../shared/sharing/leaving.ts';
import type { Random } from '../../../shared/specimen/prng.ts';
import { type PagePicture, cleanPlace, pieceOf, wrongPlace } from './pictures.ts';
import { cleanText, leakyText } from './texts.ts';
import type { Traveller } from './travellers.ts';
import items from '../../../assets/procedures/items.json' with { type: 'json' };

/** A case of second line on this traveller, whose notes say too much. */
export function caseOf(random: Random, of: Traveller): CaseSource {
  const [first = '', second = ''] = of.officers;
  const note = () => (random.chance(0.3) ? leakyText(random, of) : cleanText(random)).slice(0, 300);
  const at = '2026-11-20T09:00:00.000Z';
  const outcomeId = uuidv7();
  const answered = Array.from({ length: 3 }, () => random.pick(items.items).id);
  return {
    record: {
      startedAt: at,
      savedAt: at,
      officerName: first,
      documents: [
        {
          id: 'one',
          reading: { lines: of.lines, print: { ...of.printed, number: of.number } },
          judgedOn: '2026-11-20',
          findings: [{ id: 'mrz.cd.num', severity: 'look', class: 'integrity', fraud: [] }],
        },
      ],
      decisions: [{ at, officerName: first, outcome: 'referred' }],
    },
    entries: [
      ...answered.map((itemId) => ({
        id: uuidv7(),
        at,
        kind: 'answer' as const,
        documentId: 'one',
        itemId,
        answer: 'differs',
        note: note(),
      })),
      {
        id: outcomeId,
        at,
        kind: 'outcome',
        outcome: 'L2.forged',
        dispositions: ['asylum', 'police'],
        reasons: [],
        note: note(),
      },
    ],
    acts: [{ officerName: second }],
    outcomeId,
  };
}

export interface Written {
  full: FullReport;
  /** The bytes of every piece by its digest. */
  pieces: Map<string, Buffer>;
}

async function piecesOf(
  random: Random,
  of: Traveller,
  page: PagePicture,
): Promise<{ crops: Crop[]; pieces: Map<string, Buffer> }> {
  const words = of.lines.join('\n');
  const crops: Crop[] = [];
  const pieces = new Map<string, Buffer>();
  for (let count = random.int(0, 2); count > 0; count -= 1) {
    const wrong = random.chance(0.4);
    const at = wrong ? wrongPlace(random, page) : cleanPlace(random, page);
    const careless: Partial<Crop> = random.pick([{}, {}, {}, { portrait: null }, { showsNobody: false }]);
    const { crop, bytes } = await pieceOf(page, at, words, careless);
    crops.push(crop);
    pieces.set(crop.sha256, bytes);
  }
  return { crops, pieces };
}

/** What an officer makes of the first draft: everything filled, much of it with words that say too much. */
export async function writtenBy(
  random: Random,
  of: Traveller,
  source: CaseSource,
  page: PagePicture,
): Promise<Written> {
  const station = {
    country: 'UTO',
    placeKind: 'airport',
    direction: 'arrivals',
    language: 'en',
    role: 'examiner',
    day: '2026-11-20',
    hour: 9,
  };
  const { full } = fullReportFrom(source, station, items.items);
  const text = () => (random.chance(0.45) ? leakyText(random, of) : cleanText(random));
  const { crops, pieces } = await piecesOf(random, of, page);
  const written: FullReport = {
    ...full,
    caveat: text(),
    document: {
      ...full.document,
      series: random.chance(0.2) ? of.number : '2015',
      issuedOn: of.issuedOn,
      issuingPost: random.chance(0.2) ? of.latin.primary : 'Amaurot',
      visa: {
        issuer: 'UTO',
        type: random.chance(0.1) ? of.latin.primary.slice(0, 10) : 'C',
        number: of.visaNumber,
        validFrom: of.issuedOn,
        validUntil: of.expiresOn,
        post: 'Amaurot',
        remarks: of.marker,
      },
    },
    fraud: {
      ...full.fraud,
      types: ['FG.photo_sub'],
      anchors: [{ zone: 'emblem', imageSha256: crops[0]?.sha256 ?? null, description: text() }],
      tip: text().slice(0, 140),
    },
    modus: {
      codes: ['mo.single'],
      priceBand: '500-2000',
      suppliedBy: 'agent',
      supplyPlace: text().slice(0, 80),
      facilitators: [of.phone, of.marker],
    },
    bearer: { ...full.bearer, groupSize: 3, companions: of.marker },
    action: { ...full.action, seizureReceipt: of.marker, agenciesTold: of.marker },
    narrative: { happened: text(), lesson: text(), doAndDoNot: text() },
    images: crops,
    personal: {
      wholeNumber: random.chance(0.5),
      remarks: `${of.marker} seeks asylum`,
      portraits: [{ mime: 'image/jpeg', base64: page.face }],
    },
  };
  return { full: written, pieces };
}

/** Says something else at the place of a problem, or leaves the picture out. */
export function mended(random: Random, full: FullReport, { path }: Problem): FullReport {
  const [first = '', second = '', index = ''] = path.split('.');
  if (first === 'images') {
    const dropped = full.images[Number(second)]?.sha256;
    const images = full.images.filter(({ sha256 }) => sha256 !== dropped);
    const anchors = full.fraud.anchors.map((each) =>
      each.imageSha256 === dropped ? { ...each, imageSha256: null } : each,
    );
    return { ...full, images, fraud: { ...full.fraud, anchors } };
  }
  const text = cleanText(random);
  const at = <T>(list: readonly T[], change: (one: T) => T): T[] =>
    list.map((one, place) => (String(place) === index ? change(one) : one));
  switch (`${first}.${second}`) {
    case 'caveat.':
      return { ...full, caveat: text };
    case 'document.series':
      return { ...full, document: { ...full.document, series: null } };
    case 'document.issuingPost':
      return { ...full, document: { ...full.document, issuingPost: null } };
    case 'document.visa':
      return {
        ...full,
        document: { ...full.document, visa: full.document.visa && { ...full.document.visa, type: 'C' } },
      };
    case 'fraud.findings':
      return {
        ...full,
        fraud: { ...full.fraud, findings: at(full.fraud.findings, (each) => ({ ...each, note: text })) },
      };
    case 'fraud.anchors':
      return {
        ...full,
        fraud: { ...full.fraud, anchors: at(full.fraud.anchors, (each) => ({ ...each, description: text })) },
      };
    case 'fraud.tip':
      return { ...full, fraud: { ...full.fraud, tip: text } };
    case 'modus.supplyPlace':
      return { ...full, modus: { ...full.modus, supplyPlace: null } };
    case 'narrative.happened':
      return { ...full, narrative: { ...full.narrative, happened: text } };
    case 'narrative.lesson':
      return { ...full, narrative: { ...full.narrative, lesson: text } };
    case 'narrative.doAndDoNot':
      return { ...full, narrative: { ...full.narrative, doAndDoNot: text } };
    default:
      throw new Error(`a problem that no officer can mend: ${path}`);
  }
}
