// The rules that hold a zone against the print of its page: name, number, dates, sex and nationality.

import type { FieldId } from '../mrz/formats.ts';
import type { MrzRead } from '../mrz/parse.ts';
import type { Comparison, PrintComparison, PrintReason } from './print.ts';
import type { CrossRuleId, RuleRow, Verdict } from './rule.ts';

export interface PrintRule extends RuleRow {
  id: Exclude<CrossRuleId, 'x.visa'>;
  /** What to say of these comparisons; none where nothing was compared or all agrees. */
  judge: (reading: MrzRead, compared: PrintComparison) => readonly Verdict[];
}

/** A difference is to be looked at; one that has an explanation worth a line is only noted. */
function verdicts(
  reading: MrzRead,
  field: FieldId,
  compared: Comparison | undefined,
  noted: readonly PrintReason[],
  base?: string,
): Verdict[] {
  const places = reading.places.fields[field];
  if (compared?.outcome === 'differs') return [base === undefined ? { places } : { places, variant: base }];
  const reason = compared?.by.find((each) => noted.includes(each));
  return reason === undefined ? [] : [{ places, variant: reason, severity: 'note' }];
}

const NAME_NOTES: readonly PrintReason[] = ['spelling', 'part', 'order', 'sound'];
const DATE_NOTES: readonly PrintReason[] = ['calendar', 'month-first', 'century'];
const DATA_CHANGED = ['FG.data_erase', 'FG.data_add', 'FG.mrz_alter'];

export const PRINT_RULES: readonly PrintRule[] = [
  {
    id: 'x.name',
    class: 'cross',
    severity: 'look',
    appliesTo: 'all',
    fields: ['name'],
    fraud: DATA_CHANGED,
    source: 'ICAO Doc 9303-3 §4.6 and §6; -4 §4.2.3 for names that are cut',
    variants: NAME_NOTES,
    judge: (reading, { name }) => verdicts(reading, 'name', name, NAME_NOTES),
  },
  {
    id: 'x.num',
    class: 'cross',
    severity: 'look',
    appliesTo: 'all',
    fields: ['number'],
    fraud: ['FG.numbering', 'FG.mrz_alter'],
    source: 'ICAO Doc 9303-3 §3 and §4: the zone repeats the visual zone',
    variants: ['look-alike'],
    judge: (reading, { number }) => verdicts(reading, 'number', number, ['look-alike']),
  },
  {
    id: 'x.dob',
    class: 'cross',
    severity: 'look',
    appliesTo: 'all',
    fields: ['birthDate'],
    fraud: DATA_CHANGED,
    source: 'ICAO Doc 9303-3 §3.8 and §4.8',
    variants: DATE_NOTES,
    judge: (reading, { birthDate }) => verdicts(reading, 'birthDate', birthDate, DATE_NOTES),
  },
  {
    id: 'x.exp',
    class: 'cross',
    severity: 'look',
    appliesTo: 'all',
    fields: ['expiryDate'],
    fraud: ['FG.validity', 'FG.mrz_alter'],
    source: 'ICAO Doc 9303-3 §3.8 and §4.8',
    variants: DATE_NOTES,
    judge: (reading, { expiryDate }) => verdicts(reading, 'expiryDate', expiryDate, DATE_NOTES),
  },
  {
    id: 'x.sexnat',
    class: 'cross',
    severity: 'look',
    appliesTo: 'all',
    fields: ['sex', 'nationality'],
    fraud: DATA_CHANGED,
    source: 'ICAO Doc 9303-4 §4.1.1.1 and §4.2.2.2; -3 §5',
    variants: ['nationality'],
    judge: (reading, { sex, nationality }) => [
      ...verdicts(reading, 'sex', sex, []),
      ...verdicts(reading, 'nationality', nationality, [], 'nationality'),
    ],
  },
];
