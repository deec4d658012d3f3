// Invented examinations for tests of History: rows, full records and one picture, all of the state of Utopia.
import sharp from 'sharp';
import type { ExaminationRecord, HistoryRow, Outcome } from '../../shared/contract/records.ts';
import { judge } from '../../shared/examination/judge.ts';
import { checkDigit } from '../../shared/mrz/check-digit.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';

const NAMES = [
  ['ERIKSSON', 'ANNA MARIA'],
  ['OLDEN', 'PIA'],
  ['VANTERPOOL', 'ROSALIND JUNE'],
  ['MARSH', 'TOBIAS'],
  ['QUILL', 'HENRIETTA'],
] as const;
const OUTCOMES: readonly Outcome[] = ['referred', 'skip', 'referred', 'clear'];
const JUDGED_ON = '2026-11-22';
export const PICTURE = { width: 1200, height: 840 };

const idOf = (kind: string, at: number) => `01930000-0000-7000-8${kind}00-${String(at).padStart(12, '0')}`;

/** A TD3 of Utopia, its digits right unless `birthDigit` says otherwise. */
function linesOf(at: number, birthDigit?: string): string[] {
  const [family, given] = NAMES[at % NAMES.length] ?? NAMES[0];
  const first = `P<UTO${family}<<${given.replaceAll(' ', '<')}`.padEnd(44, '<');
  const number = `L${String(89_890_200 + at)}`.slice(0, 9);
  const birth = '740812';
  const expiry = at % 3 === 0 ? '320415' : '240415';
  const optional = ''.padEnd(14, '<');
  const digits = [checkDigit(number), birthDigit ?? checkDigit(birth), checkDigit(expiry)];
  const body = `${number}${digits[0]}${birth}${digits[1]}${expiry}${digits[2]}${optional}<`;
  const second = `${number}${digits[0]}UTO${birth}${digits[1]}F${expiry}${digits[2]}${optional}<`;
  return [first, `${second}${checkDigit(body)}`];
}

/** `count` rows, newest first, three minutes apart. */
export function historyRows(count: number): HistoryRow[] {
  return Array.from({ length: count }, (_, at) => {
    const parsed = parseMrz(linesOf(at), { today: JUDGED_ON });
    if (!parsed.ok) throw new Error('the invented lines do not parse');
    const outcome = OUTCOMES[at % OUTCOMES.length] ?? 'referred';
    const name = `${parsed.fields.primaryIdentifier}, ${parsed.fields.secondaryIdentifier}`;
    return {
      id: idOf('0', at),
      at: new Date(Date.UTC(2026, 10, 22, 7, 5) - at * 180_000).toISOString(),
      outcome,
      reasons: outcome === 'clear' ? [] : [outcome === 'skip' ? 'no-time' : 'at-second-line'],
      documentType: 'passport_ord',
      format: 'TD3',
      issuer: 'UTO',
      nationality: 'UTO',
      number: parsed.fields.number,
      name,
      documents: at % 4 === 1 ? 2 : 1,
      images: 1,
      officerName: 'J. Tan',
    };
  });
}

/** The record of a row: its birth date digit does not agree, one character was corrected, one was unsure. */
export function recordOf(row: HistoryRow, at: number, pictures: readonly string[]): ExaminationRecord {
  const lines = linesOf(at, '7');
  const corrections = [
    { row: 1, column: 3, from: 'O', to: '0', rule: 'class-map', reason: 'correction.class-map' },
  ];
  const lowConfidence = [{ line: 1, column: 19 }];
  const reading = parseMrz(lines, { today: JUDGED_ON });
  const imageId = pictures[0] ?? null;
  return {
    id: row.id,
    startedAt: row.at,
    savedAt: row.at,
    officerName: row.officerName,
    stationCode: 'PN-A12',
    place: 'Port North A-12',
    documents: [
      {
        id: idOf('1', at),
        images: pictures.map((id) => ({
          id,
          light: 'white',
          source: 'file',
          sha256: '0'.repeat(64),
          ...PICTURE,
        })),
        reading: {
          source: imageId === null ? 'wedge' : 'image',
          lines,
          rawLines: lines.map((line) => line.replaceAll('0', 'O')),
          corrections,
          lowConfidence,
          confidence: 0.93,
          outline:
            imageId === null
              ? null
              : [
                  { x: 80, y: 690 },
                  { x: 1120, y: 680 },
                  { x: 1124, y: 770 },
                  { x: 84, y: 782 },
                ],
          imageId,
        },
        findings: judge(reading, { today: JUDGED_ON, corrections, lowConfidence }),
        rulesVersion: '1.0.0',
        judgedOn: JUDGED_ON,
      },
    ],
    decisions: [
      {
        id: idOf('2', at),
        outcome: row.outcome,
        reasons: row.reasons,
        note: '',
        at: row.at,
        officerName: row.officerName,
        replaces: null,
      },
    ],
  };
}

/** A picture, darker by `shade`, with a pale page and dark bars where the zone stands; a PNG file. */
export async function pictureFile(shade = 0): Promise<Uint8Array> {
  const { width, height } = PICTURE;
  const pixels = Buffer.alloc(width * height, 90 - shade);
  for (let y = 40; y < height - 30; y += 1) {
    for (let x = 50; x < width - 50; x += 1) {
      const isZone = y > 690 && y < 775 && x > 85 && x < 1118 && y % 40 < 24 && x % 24 < 14;
      const isPortrait = x > 90 && x < 380 && y > 150 && y < 560;
      pixels[y * width + x] = isZone ? 25 : isPortrait ? 150 - ((x + y) % 40) : 226 - ((x * y) % 9);
    }
  }
  return new Uint8Array(
    await sharp(pixels, { raw: { width, height, channels: 1 } })
      .png()
      .toBuffer(),
  );
}
