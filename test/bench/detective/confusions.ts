// What readers take a printed character for: the confusion table by which the bench of the detective makes reading slips.
import type { Random } from '../../../shared/specimen/prng.ts';

/**
 * Printed character to what it is read as, each with its weight. From the look-alikes that users of MRZ readers report
 * (0 O D Q, 1 I 7, 2 Z, 5 S, 8 B 3, 6 G, the filler as K C S E X, M N, U V Y), from what our own recogniser mixed up on worn
 * print, and from the shapes of OCR-B. Pairs that no check digit tells apart stand here too: slips are drawn from the
 * whole table, and what no digit can see is counted in a table of its own.
 */
export const CONFUSIONS: Readonly<Record<string, string>> = {
  '0': 'O10 D4 Q3 U2 8:1 6:1 C1 9:1',
  '1': 'I8 4:3 7:3 L2 T1 J1',
  '2': 'Z8 7:2 3:1 1:1',
  '3': '8:4 5:2 9:1 B1 S1 J1 2:1',
  '4': 'A3 1:2 9:1 H1 <1 6:1',
  '5': 'S9 6:3 3:2 8:1 9:1',
  '6': 'G5 8:4 5:3 0:2 B1 4:1',
  '7': '1:4 T3 Z2 Y1 2:2 9:1',
  '8': 'B8 3:3 6:3 0:2 S2 9:1 5:1',
  '9': '0:2 3:2 8:2 7:1 5:1 4:1 G1 P1',
  A: '4:5 R2 H2 6:1',
  B: '8:9 R3 E2 D1 P1 3:1 6:1',
  C: 'G4 O2 <3 E3 0:1',
  D: 'O6 0:5 B1 P1 U1',
  E: 'F5 C2 B2 L1 6:1',
  F: 'E5 P3 T1',
  G: '6:6 C4 O1 Q1 0:1',
  H: 'N4 M2 K2 A1 W1 4:1',
  I: '1:9 T2 L2 J1 7:1',
  J: 'I2 1:1 U2 3:1 5:1',
  K: '<4 X4 R3 H1',
  L: 'I4 1:2 E1 <1 C1 T1',
  M: 'N6 W2 H3',
  N: 'M6 H3 W1 X1 K1',
  O: '0:10 D3 Q4 C1 U1 G1',
  P: 'F4 R3 D1 B1 9:1',
  Q: 'O6 0:4 G1 D1',
  R: 'K3 B3 P2 A1 H1',
  S: '5:9 8:3 B1 <1 3:1',
  T: '7:4 1:3 I3 Y1 F1',
  U: 'V5 O3 0:2 J1 D1',
  V: 'Y5 U5 W1 X1',
  W: 'M3 V2 N2 H1 U1',
  X: 'K5 Y2 <2 N1 V1',
  Y: 'V5 X2 T2 7:1 4:1',
  Z: '2:9 7:3 3:1',
  '<': 'K5 C3 S2 E2 L2 X2 4:1 6:1',
};

const ALPHABET = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<'];

/** One slip in so many follows no table: dirt, a stamp or a fold over the character. */
const BEYOND_TABLE = 25;

interface Choice {
  char: string;
  weight: number;
}

function parsed(entry: string): Choice[] {
  return entry
    .split(' ')
    .map((part) => ({ char: part.charAt(0), weight: Number(part.slice(1).replace(':', '')) }));
}

const CHOICES = new Map(Object.entries(CONFUSIONS).map(([char, entry]) => [char, parsed(entry)]));

/** What the printed character is read as, of those allowed; null where none is. */
export function misread(random: Random, printed: string, allowed: (char: string) => boolean): string | null {
  const table = CHOICES.get(printed) ?? [];
  const all = random.int(1, BEYOND_TABLE) === 1 ? ALPHABET.map((char) => ({ char, weight: 1 })) : table;
  const choices = all.filter(({ char }) => char !== printed && allowed(char));
  let at = random.range(
    0,
    choices.reduce((sum, { weight }) => sum + weight, 0),
  );
  for (const { char, weight } of choices) {
    at -= weight;
    if (at < 0) return char;
  }
  return null;
}
