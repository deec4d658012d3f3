// The data page of a Utopian passport (TD3), laid out in the zones of ICAO Doc 9303-4 §3.
import { TEXT_REGULAR } from './glyphs/text-regular.ts';
import { Form, quadOf } from './form.ts';
import { drawGhost, drawGround, drawHead, drawHolder, drawMarks, drawSignature } from './ground.ts';
import { KINDS, MRZ_HEIGHT_MM } from './kinds.ts';
import type { Random } from './prng.ts';
import type { RgbImage } from './raster.ts';
import type { SpecimenRecord } from './record.ts';
import { THEMES } from './theme.ts';

/** Draws the page at `scale` pixels to the millimetre around the holder's picture. */
export function drawPassportPage(
  record: SpecimenRecord,
  picture: RgbImage,
  scale: number,
  random: Random,
): Form {
  const kind = KINDS.passport;
  const theme = THEMES.passport;
  const plan = {
    widthMm: kind.widthMm,
    heightMm: kind.heightMm,
    zoneMm: MRZ_HEIGHT_MM,
    medallion: [84, 39, 23],
  } as const;
  const sheet = drawGround(scale, plan, theme, random.fork('ground'));
  const { printed } = record;
  const form = new Form(sheet, theme.deep, record.erased);
  drawHead(sheet, theme, printed.issuer, 'PASPORTO / PASSPORT', 6.2, 5.2, 12);
  drawMarks(sheet, theme, 80, 52, 62, -14);
  drawHolder(sheet, picture, 6, 19.4, 33, theme, random.fork('edge'));
  form.regions.push({ name: 'portrait', quad: quadOf(scale, 6, 19.4, 33, (33 * 45) / 35) });

  const left = 44;
  const rows = [20.6, 27.2, 33.8, 40.4, 47, 53.6, 60.2].map((y) => y - 0.6);
  const [r0 = 0, r1 = 0, r2 = 0, r3 = 0, r4 = 0, r5 = 0, r6 = 0] = rows;
  form.field('documentCode', 'Tipo / Type', 'P', left, r0, 12);
  form.field('issuerCode', 'Kodo de ŝtato / Code of State', record.zone.issuer, left + 15, r0, 24);
  form.field('number', 'Pasporta n-ro / Passport No.', printed.number, left + 46, r0, 30, { capMm: 2.3 });
  form.field('surname', 'Familia nomo / Surname', printed.surname, left, r1, 74);
  form.field('givenNames', 'Personaj nomoj / Given names', printed.givenNames, left, r2, 74);
  form.field('nationality', 'Civitaneco / Nationality', printed.nationality, left, r3, 42);
  form.field('personalNumber', 'Persona n-ro / Personal No.', printed.personalNumber, left + 46, r3, 30);
  form.field('birthDate', 'Naskiĝdato / Date of birth', printed.birthDate, left, r4, 28);
  form.field('sex', 'Sekso / Sex', printed.sex, left + 32, r4, 12);
  form.field('birthPlace', 'Naskiĝloko / Place of birth', printed.birthPlace, left + 46, r4, 15.6);
  form.field('issueDate', 'Dato de eldono / Date of issue', printed.issueDate, left, r5, 28);
  form.field('authority', 'Aŭtoritato / Authority', printed.authority, left + 46, r5, 15.6);
  form.field('expiryDate', 'Valida ĝis / Date of expiry', printed.expiryDate, left, r6, 28);
  form.text("Subskribo / Holder's signature", left + 30, r6 - 0.2, 1.05, TEXT_REGULAR, theme.deep);
  drawSignature(sheet, random.fork('signature'), left + 34, r6 + 3.2, 22);
  drawGhost(sheet, picture, 106.5, 43.6, 14.4, theme);
  form.zone(record.lines, kind);
  return form;
}
