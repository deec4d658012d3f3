// What a case knows of persons: what its documents show, in zone and print, and the officers who worked at it.
import { parseMrz } from '../mrz/parse.ts';
import { typedDates } from '../mrz/printed-dates.ts';
import type { CaseDocument, CaseSource } from './case-source.ts';
import type { Box } from './full.ts';
import type { Known } from './scan.ts';

const NAMES = ['primary', 'secondary'] as const;
const NUMBERS = ['number', 'passportNumber'] as const;
const DATES = ['birthDate', 'expiryDate', 'validFrom'] as const;

/** Full days that a typed text can mean. */
const daysOf = (text: string): string[] =>
  typedDates(text).flatMap(({ iso }) => (iso.length === 10 ? [iso] : []));

function knownOfDocument({ reading, judgedOn }: CaseDocument): Known {
  const print = reading?.print ?? {};
  const typed = (names: readonly string[]): string[] => names.flatMap((name) => print[name] ?? []);
  const mrz = parseMrz([...(reading?.lines ?? [])], { today: judgedOn });
  const printed: Known = {
    names: typed(NAMES),
    numbers: typed(NUMBERS),
    dates: typed(DATES).flatMap(daysOf),
  };
  if (!mrz.ok) return printed;
  const { primaryIdentifier, secondaryIdentifier, number, birthDate, expiryDate } = mrz.fields;
  const optional = Object.entries(mrz.texts).flatMap(([field, text]) =>
    field.startsWith('optional') ? [text.replaceAll('<', '')] : [],
  );
  return {
    names: [...printed.names, primaryIdentifier, secondaryIdentifier],
    numbers: [...printed.numbers, number, ...optional],
    dates: [
      ...printed.dates,
      ...[birthDate, expiryDate].flatMap(({ iso }) => (iso?.length === 10 ? [iso] : [])),
    ],
  };
}

/** Where a zone was found on a picture. */
function zoneOf({ reading }: CaseDocument): { imageId: string; at: Box }[] {
  const { outline = null, imageId = null } = reading ?? {};
  if (outline === null || imageId === null || outline.length === 0) return [];
  const [xs, ys] = [outline.map(({ x }) => x), outline.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return [{ imageId, at: { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y } }];
}

/** Everything of persons in a case that a free text must not say. */
export function knownOfCase({ record, acts }: Pick<CaseSource, 'record' | 'acts'>): Known {
  const documents = record.documents.map(knownOfDocument);
  const officers = [
    record.officerName,
    ...record.decisions.map(({ officerName }) => officerName),
    ...acts.map(({ officerName }) => officerName),
  ];
  const filled = (texts: readonly string[]): string[] => [...new Set(texts)].filter((text) => text !== '');
  return {
    names: filled([...documents.flatMap(({ names }) => names), ...officers]),
    numbers: filled(documents.flatMap(({ numbers }) => numbers)),
    dates: filled(documents.flatMap(({ dates }) => dates)),
    zones: record.documents.flatMap(zoneOf),
  };
}
