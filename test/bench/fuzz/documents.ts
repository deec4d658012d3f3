// A passport and a label in one examination, with whatever a hand may have typed of their pages: from the seed alone.
import type { ExaminedDocument } from '../../../shared/examination/judge-documents.ts';
import { PRINT_FIELDS } from '../../../shared/examination/print.ts';
import { normaliseLines } from '../../../shared/mrz/normalise.ts';
import { MRV_A, MRV_B } from '../../mrz/specimens.ts';
import { changedZone, type Draw, drawOf, fuzzContext, fuzzInput, noise, pick } from './inputs.ts';

const FIELDS = [...PRINT_FIELDS, 'passportNumber', 'validFrom', 'stayDays', 'entries'] as const;
const WORDS = [
  'Eriksson',
  'Müller',
  'Muller',
  'ANNA MARIA',
  "O'Neil",
  'van der Berg',
  'Nuñez',
  'Þórsdóttir',
  'ẞ',
  'ı',
  'МАРИЯ',
  'Щеглова',
  'محمّد',
  'عبد الرحمن',
  'حسن',
  '山田',
  'Παπαδόπουλος',
  'ก',
  'Æ',
  '\u0651\u0651',
  'UTO',
  'D',
  'DEU',
  'F',
  'M / М',
  'X',
  '<',
  '',
  ' ',
  '-',
  'MULT',
  '1',
  '01',
  '90',
  '-1',
  '99999',
  '1e9',
];
const MONTHS = ['AUG', 'AOUT', 'MAR', 'MÄRZ', 'ส.ค.', 'أغسطس', 'августа', 'XX', '02', '8'];
/** As much as the window takes. */
const MOST = 200;

function typedDate(draw: Draw): string {
  const gap = pick(draw, [' ', '.', '/', '-', '', ' / '], ' ');
  const month = draw(2) === 0 ? pick(draw, MONTHS, '8') : `${draw(14)}`.padStart(2, '0');
  const parts = [
    `${draw(33)}`.padStart(2, '0'),
    month,
    `${pick(draw, [1900, 2000, 0, 2500], 0) + draw(100)}`,
  ];
  return (draw(4) === 0 ? parts.reverse() : parts).join(gap);
}

/** A piece of the zone itself, so that much of what is typed agrees. */
function ofZone(draw: Draw, lines: readonly string[]): string {
  const row = lines[draw(Math.max(1, lines.length))] ?? '';
  const start = draw(row.length + 1);
  const piece = row.slice(start, start + draw(30)).replaceAll('<', draw(3) === 0 ? '<' : ' ');
  return draw(2) === 0 ? piece : piece.toLowerCase();
}

function typed(draw: Draw, lines: readonly string[]): string {
  switch (draw(6)) {
    case 0:
      return noise(draw, draw(40));
    case 1:
      return typedDate(draw);
    case 2:
      return ofZone(draw, lines);
    case 3:
      return Array.from({ length: draw(12) }, () => pick(draw, WORDS, ''))
        .join(' ')
        .slice(0, MOST);
    case 4:
      return pick(draw, WORDS, '')
        .repeat(1 + draw(30))
        .slice(0, MOST);
    default:
      return pick(draw, WORDS, '');
  }
}

function page(draw: Draw, lines: readonly string[]): NonNullable<ExaminedDocument['print']> {
  return Object.fromEntries(FIELDS.flatMap((field) => (draw(4) === 0 ? [] : [[field, typed(draw, lines)]])));
}

/** The documents of examination `index`: its input as rows, a label, now and then a third; most with a page. */
export function fuzzDocuments(seed: number, index: number): ExaminedDocument[] {
  const draw = drawOf(seed + 2, index);
  const label = [...pick(draw, [MRV_A, MRV_B], MRV_A)];
  const all = [normaliseLines(fuzzInput(seed, index)), changedZone(draw, label)];
  if (draw(4) === 0) all.push(changedZone(draw));
  if (draw(4) === 0) all.reverse();
  const { lowConfidence } = fuzzContext(seed, index);
  return all.map((lines) => ({
    lines,
    ...(draw(5) === 0 ? {} : { print: page(draw, lines) }),
    ...(lowConfidence === undefined ? {} : { lowConfidence }),
  }));
}
