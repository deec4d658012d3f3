// Which part of a document a finding is about. Ids of checks and features: domain.md, b.4 to b.12.

export const PARTS = [
  'paper',
  'print',
  'ovd',
  'laminate',
  'portrait',
  'data',
  'mrz',
  'number',
  'binding',
  'cover',
  'chip',
  'barcode',
  'visa',
  'stamp',
  'bearer',
  'whole',
] as const;
export type Part = (typeof PARTS)[number];

/** Where the first letters of an id say it for all of its family. The first that fits. */
const FAMILIES: readonly (readonly [RegExp, Part])[] = [
  [/^SUB\./u, 'paper'],
  [/^PRT\.(?:letterpress|penetr)$/u, 'number'],
  [/^PRT\./u, 'print'],
  [/^OVD\.(?:overlay|retro)$/u, 'laminate'],
  [/^OVD\.(?:cli|lenti)$/u, 'portrait'],
  [/^OVD\./u, 'ovd'],
  [/^LAM\./u, 'laminate'],
  [/^PER\.(?:photo_|ghost|perfphoto|uvphoto|seal)/u, 'portrait'],
  [/^PER\.mrzprint$/u, 'mrz'],
  [/^PER\./u, 'data'],
  [/^BND\./u, 'binding'],
  [/^NUM\./u, 'number'],
  [/^ICC\./u, 'chip'],
  [/^BAR\./u, 'barcode'],
  [/^COV\./u, 'cover'],
  [/^mrz\./u, 'mrz'],
  [/^x\.(?:num|watch)$/u, 'number'],
  [/^x\.visa$/u, 'visa'],
  [/^x\./u, 'data'],
  [/^img\./u, 'data'],
  [/^V\d/u, 'visa'],
  [/^P\d/u, 'stamp'],
  [/^(?:FC|B)\d/u, 'bearer'],
  [/^L\d/u, 'laminate'],
  [/^S\d/u, 'binding'],
  [/^D\d/u, 'number'],
];

/** Steps of FALSEDOC whose checks are about several parts. */
const CHECKS: Readonly<Record<string, Part>> = {
  F1: 'bearer',
  F2: 'bearer',
  F3: 'portrait',
  F4: 'portrait',
  F5: 'bearer',
  F6: 'portrait',
  A1: 'data',
  A2: 'mrz',
  A3: 'data',
  A4: 'data',
  A5: 'chip',
  A6: 'data',
  E1: 'binding',
  E2: 'cover',
  E3: 'laminate',
  O1: 'stamp',
  O2: 'visa',
  O3: 'bearer',
  O4: 'stamp',
  C1: 'whole',
  C2: 'print',
  C3: 'paper',
  C4: 'print',
  C5: 'whole',
  C6: 'whole',
};

/** The part that a check, a feature or a rule looks at; the whole document where it says no part. */
export function partOf(item: string): Part {
  return CHECKS[item] ?? FAMILIES.find(([family]) => family.test(item))?.[1] ?? 'whole';
}
