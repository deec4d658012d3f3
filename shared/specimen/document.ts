// Draws one specimen of the state of Utopia: what it says, its page as pixels, and where each thing stands.
import type { FormatId } from '../mrz/formats.ts';
import type { FaultId } from './faults.ts';
import type { Form, Region } from './form.ts';
import { KINDS, type SpecimenKind } from './kinds.ts';
import { drawCardBack, drawCardFront, drawLargeCard } from './page-card.ts';
import { drawPassportPage } from './page-passport.ts';
import { drawVisaLabel } from './page-visa.ts';
import { drawPortrait } from './portrait.ts';
import { createRandom } from './prng.ts';
import type { RgbImage } from './raster.ts';
import { makeRecord, type PrintedFields, type SpecimenRecord } from './record.ts';

/** Pixels to the millimetre unless told: about 305 to the inch. */
const DEFAULT_SCALE = 12;

export interface SpecimenOptions {
  /** The same seed gives the same document, byte for byte. */
  readonly seed: number;
  readonly kind: SpecimenKind;
  readonly fault?: FaultId;
  /** The day on which the document is shown, YYYY-MM-DD; its dates are placed around it. */
  readonly today: string;
  /** Pixels to the millimetre. */
  readonly scale?: number;
}

export interface Specimen {
  readonly id: string;
  readonly kind: SpecimenKind;
  readonly format: FormatId;
  /** The rows of the machine readable zone, as printed. */
  readonly lines: readonly string[];
  readonly declaredFaults: readonly FaultId[];
  /** The texts of the visual zone, as printed. */
  readonly fields: PrintedFields;
  /** The side with the machine readable zone. */
  readonly page: RgbImage;
  /** The other side of a TD1 card. */
  readonly otherSide: RgbImage | null;
  /** Places on `page`, in its pixels. */
  readonly regions: readonly Region[];
  readonly scale: number;
}

/**
 * Draws a specimen. Throws a RangeError where the fault does not exist on this kind of document or `today` is not a day.
 */
export function drawSpecimen(options: SpecimenOptions): Specimen {
  const { seed, kind, fault, today } = options;
  const scale = options.scale ?? DEFAULT_SCALE;
  const record = makeRecord(seed, kind, today, fault);
  const random = createRandom(seed).fork(`drawing ${kind}`);
  const face = random.fork('face').int(0, 0x7fffffff);
  const picture = drawPortrait({ seed: face, sex: record.sex, age: record.age }, Math.round(33 * scale));
  const form = drawPage(record, picture, scale, random);
  const other = kind === 'id-card' ? drawCardFront(record, picture, scale, random).sheet : null;
  return {
    id: `${kind}-${seed}${fault ? `-${fault}` : ''}`,
    kind,
    format: KINDS[kind].format,
    lines: record.lines,
    declaredFaults: record.faults,
    fields: record.printed,
    page: form.sheet,
    otherSide: other,
    regions: form.regions,
    scale,
  };
}

function drawPage(
  record: SpecimenRecord,
  picture: RgbImage,
  scale: number,
  random: ReturnType<typeof createRandom>,
): Form {
  if (record.kind === 'passport') return drawPassportPage(record, picture, scale, random);
  if (record.kind === 'id-card') return drawCardBack(record, picture, scale, random);
  if (record.kind === 'id-card-td2') return drawLargeCard(record, picture, scale, random);
  return drawVisaLabel(record, picture, scale, random);
}
