// A visa label beside the passport of the same traveller: what is compared, what was typed of the label, its days.
import type { Finding } from '../../../../shared/examination/findings.ts';
import { judgeDocuments } from '../../../../shared/examination/judge-documents.ts';
import type { Print } from '../../../../shared/examination/print.ts';
import {
  isVisa,
  passportFor,
  type VisaDays,
  visaDays,
  type VisaVariant,
} from '../../../../shared/examination/visa.ts';
import type { MrzDate } from '../../../../shared/mrz/dates.ts';
import { holderName } from '../../../../shared/mrz/names.ts';
import type { MrzRead } from '../../../../shared/mrz/parse.ts';
import { printedDate } from '../../../lib/time.ts';
import { examined } from '../judged.ts';
import type { DocumentWork } from '../work.ts';

export type VisaRowId = 'name' | 'nationality' | 'birth' | 'sex' | 'number' | 'until';

export interface VisaRow {
  id: VisaRowId;
  /** As the label and as the passport have it; empty where it is not given. */
  label: string;
  passport: string;
  /** The finding that this row is about; null where nothing is to be said. */
  finding: Finding | null;
}

export interface VisaCase {
  /** The document that holds the label. */
  document: DocumentWork;
  print: Print;
  passport: MrzRead | null;
  rows: VisaRow[];
  days: VisaDays;
  /** All that is said of label and passport. */
  findings: Finding[];
}

const VARIANTS: Readonly<Record<VisaRowId, readonly VisaVariant[]>> = {
  name: ['name', 'name-order', 'name-spelling'],
  nationality: ['nationality', 'nationality-open'],
  birth: ['birth'],
  sex: ['sex'],
  number: ['number', 'number-renewed'],
  until: ['window', 'stay', 'passport-ends'],
};

function dayOf(date: MrzDate): string {
  return date.iso === null ? date.raw : printedDate(date.iso);
}

function rowsOf(
  label: MrzRead,
  print: Print,
  passport: MrzRead | null,
  findings: readonly Finding[],
): VisaRow[] {
  const value = (of: (reading: MrzRead) => string) => ({
    label: of(label),
    passport: passport === null ? '' : of(passport),
  });
  const row = (id: VisaRowId, values: { label: string; passport: string }): VisaRow => {
    const titles = VARIANTS[id].map((variant) => `finding.x.visa.${variant}.title`);
    return { id, ...values, finding: findings.find(({ text }) => titles.includes(text.title)) ?? null };
  };
  return [
    row(
      'name',
      value(({ fields }) => holderName(fields)),
    ),
    row(
      'nationality',
      value(({ fields }) => fields.nationality),
    ),
    row(
      'birth',
      value(({ fields }) => dayOf(fields.birthDate)),
    ),
    row(
      'sex',
      value(({ fields }) => (fields.sex === 'F' || fields.sex === 'M' ? fields.sex : '')),
    ),
    row('number', { label: print.passportNumber ?? '', passport: passport?.fields.number ?? '' }),
    row(
      'until',
      value(({ fields }) => dayOf(fields.expiryDate)),
    ),
  ];
}

/** The documents of the traveller as a label and a passport: the label on show, else the first; null without a label. */
export function visaCaseOf(
  documents: readonly DocumentWork[],
  shownId: string,
  today: string,
): VisaCase | null {
  const judged = judgeDocuments(examined(documents), today);
  const read = judged.flatMap(({ reading }) => (reading.ok ? [reading] : []));
  const labels = documents.flatMap((document, index) => {
    const { reading, findings } = judged[index] ?? {};
    return reading?.ok === true && isVisa(reading) ? [{ document, reading, findings: findings ?? [] }] : [];
  });
  const label = labels.find(({ document }) => document.id === shownId) ?? labels[0];
  if (label === undefined) return null;
  const print = label.document.reading?.print ?? {};
  const passport = passportFor({ reading: label.reading, print }, read);
  const findings = label.findings.filter(({ id }) => id === 'x.visa');
  return {
    document: label.document,
    print,
    passport,
    rows: rowsOf(label.reading, print, passport, findings),
    days: visaDays({ reading: label.reading, print }, passport, today),
    findings,
  };
}

/** Places of a time bar in percent from its left end. */
export interface Bar {
  from: number;
  until: number;
  today: number;
  /** The last day of a stay that begins today. */
  stayUntil: number | null;
  /** Null where the passport is valid beyond the bar. */
  passportUntil: number | null;
  /** The first day is not known: the bar is open to the left. */
  open: boolean;
}

const DAY_MS = 86_400_000;
const numberOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / DAY_MS;

/** Where the days of a visa lie on the bar; null where its last day is not known. */
export function barOf({ from, until, today, stayUntil, passportUntil }: VisaDays): Bar | null {
  if (until === null) return null;
  const end = numberOf(until);
  const now = numberOf(today);
  const start = from === null ? Math.min(now, end) - 30 : numberOf(from);
  const [low, high] = [Math.min(start, end, now), Math.max(start, end, now)];
  const room = Math.max(1, high - low) * 0.08;
  const [left, width] = [low - room, high - low + 2 * room];
  const place = (day: number): number => ((day - left) / width) * 100;
  const ends = passportUntil === null ? null : numberOf(passportUntil);
  return {
    from: from === null ? 0 : place(Math.min(start, end)),
    until: place(Math.max(start, end)),
    today: place(now),
    stayUntil: stayUntil === null ? null : place(numberOf(stayUntil)),
    passportUntil: ends === null || ends < left || ends > left + width ? null : place(ends),
    open: from === null,
  };
}
