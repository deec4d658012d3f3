// A hundred thousand reports as a busy network has them: many states, places, routes and kinds of fraud, some far more than
// others, over three years.
import states from '../../../assets/map/world.json' with { type: 'json' };
import { DOCUMENT_TYPES, FRAUD_TYPES } from '../../../shared/sharing/codes.ts';
import type { FullWireReport } from '../../../shared/sharing/report.ts';
import { weekName, weekNumber } from '../../../shared/trends/weeks.ts';
import { idOf } from '../../electron/records.ts';
import { networkReport } from '../../hub/wire-reports.ts';

/** The last week of which there are reports. */
export const LAST_WEEK = '2026-W47';
const WEEKS = 156;
const PLACES = 400;
const STATIONS = 200;

const STATES = Object.keys(states.states);
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ITEMS = [
  'F3',
  'A2',
  'L1a',
  'S1',
  'E1',
  'D1',
  'O1',
  'C2',
  'V03',
  'P02',
  'NUM.uv',
  'PER.ghost',
  'mrz.cd.num',
  'OVD.holo',
];

const placeOf = (number: number): string =>
  [number % 26, Math.floor(number / 26) % 26, 7].map((at) => LETTERS[at]).join('');

/** One report; `random` gives numbers from 0 to 1. */
export function busyReport(random: () => number, number: number): FullWireReport {
  // Squared, so that the first of a list is met often and the last seldom.
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() ** 2 * list.length)] as T;
  const station = Math.floor(random() ** 2 * STATIONS);
  const place = Math.floor(random() ** 2 * PLACES);
  const via = placeOf(Math.floor(random() ** 2 * PLACES));
  const from = placeOf(Math.floor(random() ** 2 * PLACES));
  const code = placeOf(place);
  const of = networkReport({
    stationId: idOf(`station ${station}`),
    agencyId: idOf(`agency ${station % 20}`),
  });
  const item = () => ({
    item: pick(ITEMS),
    result: 'differs' as const,
    tool: null,
    note: 'Seen beside the portrait.',
  });
  return {
    ...of,
    createdAt: new Date(Date.UTC(2024, 0, 1) + number * 900_000).toISOString(),
    detection: {
      ...of.detection,
      week: weekName(weekNumber(LAST_WEEK) - Math.floor(random() * WEEKS)),
      country: STATES[(place * 7) % STATES.length] ?? 'UTO',
      placeCode: code,
      route: [
        { from, to: via },
        { from: via, to: code },
      ],
    },
    document: { ...of.document, issuer: pick(STATES), type: pick(DOCUMENT_TYPES) },
    fraud: {
      ...of.fraud,
      types: [...new Set([pick(FRAUD_TYPES), pick(FRAUD_TYPES)])],
      findings: [item(), item(), item()],
    },
  };
}
