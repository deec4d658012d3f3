// What is counted of a report: codes alone, by which trends are looked at. No text, no number, nothing of a person.
import { sameState } from '../mrz/states.ts';
import type { FullWireReport } from '../sharing/report.ts';
import { partOf } from './parts.ts';

/** Passport or visa, which are counted apart; every other document is a card or another one. */
export const FAMILIES = ['passport', 'visa', 'card', 'other'] as const;
export type Family = (typeof FAMILIES)[number];

const FAMILY_OF: Readonly<Record<FullWireReport['document']['type'], Family>> = {
  passport_ord: 'passport',
  passport_dip: 'passport',
  passport_srv: 'passport',
  passport_emg: 'passport',
  laissez_passer: 'passport',
  refugee_td: 'passport',
  stateless_td: 'passport',
  id_card: 'card',
  residence: 'card',
  visa_label: 'visa',
  visa_paper: 'visa',
  crew: 'card',
  seafarer: 'card',
  border_pass: 'card',
  driving: 'card',
  civil: 'other',
  other: 'other',
};

/**
 * By what reports are counted. `issuer` is the state that a document names as its own, which says nothing of who held it;
 * nationalities are not counted at all.
 */
export const DIMENSIONS = [
  'issuer',
  'country',
  'place',
  'fraud',
  'part',
  'family',
  'route',
  'source',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** One report as it is counted. A report may have several values of one dimension, and none: then it is not told. */
export interface TrendRow {
  id: string;
  /** ISO week of the detection, `2026-W48`. */
  week: string;
  values: Readonly<Record<Dimension, readonly string[]>>;
}

/** As `BKK-DXB-LHR`; legs that do not join stand apart. */
function routeOf(legs: FullWireReport['detection']['route']): string[] {
  const points: string[] = [];
  legs.forEach(({ from, to }, at) => {
    if (at === 0) points.push(from);
    else if (legs[at - 1]?.to !== from) points.push(`/${from}`);
    points.push(to);
  });
  return points.length === 0 ? [] : [points.join('-').replaceAll('-/', ' ')];
}

const unlike = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** What is counted of a report; `source` is whose it is, in words of the caller. */
export function rowOf(report: FullWireReport, source: string): TrendRow {
  const { id, detection, document, fraud } = report;
  const country = sameState(detection.country);
  const found = fraud.findings.filter(({ result }) => result === 'differs' || result === 'not-present');
  return {
    id,
    week: detection.week,
    values: {
      issuer: [sameState(document.issuer)],
      country: [country],
      // Codes of places are unlike in one state alone.
      place: detection.placeCode === null ? [] : [`${country} ${detection.placeCode}`],
      fraud: unlike(fraud.types),
      part: unlike(found.map(({ item }) => partOf(item))),
      family: [FAMILY_OF[document.type]],
      route: routeOf(detection.route),
      source: [source],
    },
  };
}
