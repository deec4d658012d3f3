// Utopian visa labels, formats A and B, laid out in the zones of ICAO Doc 9303-7 §3.
import { TEXT_BOLD } from './glyphs/text-bold.ts';
import { Form, quadOf } from './form.ts';
import { drawGhost, drawGround, drawHead, drawHolder, drawMarks } from './ground.ts';
import { KINDS, MRZ_HEIGHT_MM } from './kinds.ts';
import type { Random } from './prng.ts';
import type { RgbImage } from './raster.ts';
import type { SpecimenRecord } from './record.ts';
import { THEMES } from './theme.ts';

/** Draws the label; format B is the same label, closer set. */
export function drawVisaLabel(
  record: SpecimenRecord,
  picture: RgbImage,
  scale: number,
  random: Random,
): Form {
  const small = record.kind === 'visa-b';
  const kind = KINDS[small ? 'visa-b' : 'visa-a'];
  const theme = THEMES[small ? 'visa-b' : 'visa-a'];
  const { widthMm, heightMm } = kind;
  const photo = small ? 24 : 27;
  const left = photo + (small ? 9 : 11);
  const plan = {
    widthMm,
    heightMm,
    zoneMm: MRZ_HEIGHT_MM,
    medallion: [left + 34, small ? 31 : 34, small ? 17 : 20],
  } as const;
  const sheet = drawGround(scale, plan, theme, random.fork('ground'));
  const { printed } = record;
  const form = new Form(sheet, theme.deep, record.erased);
  const head = small ? 9 : 10.4;
  drawHead(sheet, theme, printed.issuer, 'VIZO / VISA', 5, 4.2, head);
  drawMarks(sheet, theme, left + 30, small ? 44 : 48, small ? 46 : 56, -14);
  const top = small ? 14.6 : 17;
  drawHolder(sheet, picture, 5, top, photo, theme, random.fork('edge'));
  form.regions.push({ name: 'portrait', quad: quadOf(scale, 5, top, photo, (photo * 45) / 35) });

  // The number of the label stands alone at the upper right, in the ink of a numbering machine.
  const numberAt = widthMm - (small ? 26 : 30);
  form.text('N-ro / No.', numberAt, 6.6, 1.05, TEXT_BOLD, theme.deep);
  form.text(printed.number, numberAt, 10, small ? 2.1 : 2.4, TEXT_BOLD, [176, 34, 40]);
  form.regions.push({ name: 'number', quad: quadOf(scale, numberAt - 0.4, 7, small ? 21 : 24, 3.6) });

  const step = small ? 6 : 6.6;
  const y = (row: number): number => (small ? 16 : 18.4) + row * step;
  const cap = small ? 1.7 : 1.85;
  const middle = left + (small ? 24 : 28);
  const right = left + (small ? 46 : 54);
  const size = { capMm: cap };
  form.field('visaType', 'Tipo / Type', printed.visaType, left, y(0), 12, size);
  form.field('entries', 'Eniroj / Entries', printed.entries, middle, y(0), 14, size);
  form.field('stayDays', 'Daŭro (tagoj) / Stay (days)', printed.stayDays, right, y(0), small ? 18 : 24, size);
  form.field('issueDate', 'Valida de / Valid from', printed.issueDate, left, y(1), small ? 22.5 : 26, size);
  form.field(
    'expiryDate',
    'Valida ĝis / Valid until',
    printed.expiryDate,
    middle,
    y(1),
    small ? 20.5 : 25,
    size,
  );
  form.field('authority', 'Eldonita en / Issued at', printed.authority, right, y(1), small ? 18 : 24, size);
  form.field('surname', 'Familia nomo / Surname', printed.surname, left, y(2), 44, size);
  form.field('givenNames', 'Personaj nomoj / Given names', printed.givenNames, left, y(3), 44, size);
  form.field('birthDate', 'Naskiĝdato / Date of birth', printed.birthDate, left, y(4), 22, size);
  form.field('sex', 'Sekso / Sex', printed.sex, middle, y(4), 8, size);
  form.field('nationality', 'Civitaneco / Nationality', printed.nationality, middle + 11, y(4), 16, size);
  form.field(
    'passportNumber',
    'Pasporta n-ro / Passport No.',
    printed.passportNumber,
    left,
    y(5) - 0.2,
    30,
    size,
  );
  const ghost = small ? 12 : 14.5;
  drawGhost(
    sheet,
    picture,
    widthMm - ghost - 3.5,
    (small ? 49 : 54.6) - (ghost * 45) / 35 - 2.4,
    ghost,
    theme,
  );
  form.zone(record.lines, kind);
  return form;
}
