// Utopian identity cards: both sides of a TD1 card and the face of a TD2 card (ICAO Doc 9303-5 and -6 §3).
import { drawCrest } from './crest.ts';
import { Form, quadOf } from './form.ts';
import { drawGhost, drawGround, drawHead, drawHolder, drawMarks, drawSignature } from './ground.ts';
import { KINDS, MRZ_HEIGHT_MM } from './kinds.ts';
import type { Random } from './prng.ts';
import type { RgbImage } from './raster.ts';
import type { SpecimenRecord } from './record.ts';
import { THEMES } from './theme.ts';

const TITLE = 'IDENTIGA KARTO / IDENTITY CARD';

/** The side of a TD1 card with the picture. */
export function drawCardFront(
  record: SpecimenRecord,
  picture: RgbImage,
  scale: number,
  random: Random,
): Form {
  const kind = KINDS['id-card'];
  const theme = THEMES['id-card'];
  const plan = {
    widthMm: kind.widthMm,
    heightMm: kind.heightMm,
    zoneMm: 0,
    medallion: [54, 31, 19],
  } as const;
  const sheet = drawGround(scale, plan, theme, random.fork('front'));
  const { printed } = record;
  const form = new Form(sheet, theme.deep, record.erased);
  drawHead(sheet, theme, printed.issuer, TITLE, 4, 4, 9.4);
  drawMarks(sheet, theme, 55, 41, 44, -14);
  drawHolder(sheet, picture, 4.2, 15.4, 25.4, theme, random.fork('edge'));
  form.regions.push({ name: 'portrait', quad: quadOf(scale, 4.2, 15.4, 25.4, (25.4 * 45) / 35) });
  const left = 33;
  form.field('surname', 'Familia nomo / Surname', printed.surname, left, 17.4, 34, { capMm: 1.8 });
  form.field('givenNames', 'Personaj nomoj / Given names', printed.givenNames, left, 23.2, 34, {
    capMm: 1.8,
  });
  form.field('sex', 'Sekso / Sex', printed.sex, left, 29, 9, { capMm: 1.8 });
  form.field('nationality', 'Civitaneco / Nationality', printed.nationality, left + 11, 29, 38, {
    capMm: 1.8,
  });
  form.field('birthDate', 'Naskiĝdato / Date of birth', printed.birthDate, left, 34.8, 30, { capMm: 1.8 });
  form.field('number', 'Karta n-ro / Card No.', printed.number, left, 40.6, 21, { capMm: 1.8 });
  form.field('expiryDate', 'Valida ĝis / Date of expiry', printed.expiryDate, left + 24, 40.6, 25, {
    capMm: 1.8,
  });
  drawGhost(sheet, picture, 69.4, 15.6, 11.6, theme);
  drawSignature(sheet, random.fork('signature'), left, 50.4, 20);
  return form;
}

/** The side of a TD1 card with the machine readable zone. */
export function drawCardBack(record: SpecimenRecord, picture: RgbImage, scale: number, random: Random): Form {
  const kind = KINDS['id-card'];
  const theme = THEMES['id-card'];
  const plan = {
    widthMm: kind.widthMm,
    heightMm: kind.heightMm,
    zoneMm: MRZ_HEIGHT_MM,
    medallion: [42.8, 15.6, 15],
  } as const;
  const sheet = drawGround(scale, plan, theme, random.fork('back'));
  const { printed } = record;
  const form = new Form(sheet, theme.deep, record.erased);
  drawCrest(sheet, 42.8, 15.6, 15, theme.deep, null, 0.2);
  drawMarks(sheet, theme, 43, 20.5, 40, -10);
  form.field('birthPlace', 'Naskiĝloko / Place of birth', printed.birthPlace, 5, 7.2, 30, { capMm: 1.7 });
  form.field('issueDate', 'Dato de eldono / Date of issue', printed.issueDate, 5, 13, 30, { capMm: 1.7 });
  form.field('authority', 'Aŭtoritato / Authority', printed.authority, 5, 18.8, 30, { capMm: 1.7 });
  form.field('personalNumber', 'Persona n-ro / Personal No.', printed.personalNumber, 49, 7.2, 22, {
    capMm: 1.7,
  });
  form.field('heightCm', 'Alto / Height', printed.heightCm, 49, 13, 20, { capMm: 1.7 });
  form.field('issuerCode', 'Kodo de ŝtato / Code of State', record.zone.issuer, 49, 18.8, 22, { capMm: 1.7 });
  drawGhost(sheet, picture, 70.6, 9, 11.4, theme);
  form.zone(record.lines, kind);
  return form;
}

/** The face of a TD2 card. */
export function drawLargeCard(
  record: SpecimenRecord,
  picture: RgbImage,
  scale: number,
  random: Random,
): Form {
  const kind = KINDS['id-card-td2'];
  const theme = THEMES['id-card-td2'];
  const plan = {
    widthMm: kind.widthMm,
    heightMm: kind.heightMm,
    zoneMm: MRZ_HEIGHT_MM,
    medallion: [67, 31, 19],
  } as const;
  const sheet = drawGround(scale, plan, theme, random.fork('ground'));
  const { printed } = record;
  const form = new Form(sheet, theme.deep, record.erased);
  drawHead(sheet, theme, printed.issuer, TITLE, 5, 4.4, 9);
  drawMarks(sheet, theme, 66, 41, 48, -14);
  drawHolder(sheet, picture, 5.2, 15, 25, theme, random.fork('edge'));
  form.regions.push({ name: 'portrait', quad: quadOf(scale, 5.2, 15, 25, (25 * 45) / 35) });
  const left = 34;
  const wide = left + 31;
  form.field('surname', 'Familia nomo / Surname', printed.surname, left, 16.4, 52, { capMm: 1.85 });
  form.field('givenNames', 'Personaj nomoj / Given names', printed.givenNames, left, 22.4, 52, {
    capMm: 1.85,
  });
  form.field('birthDate', 'Naskiĝdato / Date of birth', printed.birthDate, left, 28.4, 30, { capMm: 1.85 });
  form.field('sex', 'Sekso / Sex', printed.sex, wide, 28.4, 10, { capMm: 1.85 });
  form.field('nationality', 'Civitaneco / Nationality', printed.nationality, left, 34.4, 28, {
    capMm: 1.85,
  });
  form.field('number', 'Karta n-ro / Card No.', printed.number, wide, 34.4, 20, { capMm: 1.85 });
  form.field('issueDate', 'Dato de eldono / Date of issue', printed.issueDate, left, 40.4, 28, {
    capMm: 1.85,
  });
  form.field('expiryDate', 'Valida ĝis / Date of expiry', printed.expiryDate, wide, 40.4, 28, {
    capMm: 1.85,
  });
  drawGhost(sheet, picture, 89.6, 13.4, 12.4, theme);
  drawSignature(sheet, random.fork('signature'), 86.5, 35.6, 15);
  form.zone(record.lines, kind);
  return form;
}
