// The values of the station's form, what is wrong with them in words, and how they become settings.
import type { StationSettings } from '../../../shared/contract/records.ts';
import { STATES } from '../../../shared/mrz/states.ts';
import { isTimeZone, systemTimeZone } from '../../lib/time.ts';

type PlaceKind = StationSettings['placeKind'];
type Direction = StationSettings['direction'];
type Theme = StationSettings['theme'];
type ClearedPolicy = StationSettings['clearedPolicy'];
type SecondSignature = StationSettings['secondSignature'];
type ReportApproval = StationSettings['reportApproval'];

/** Every code of a list, complete by type: a code that the contract adds must be added here. */
const codes = <T extends string>(all: Record<T, true>): readonly T[] => Object.keys(all) as T[];

export const PLACE_KINDS = codes<PlaceKind>({
  airport: true,
  seaport: true,
  land: true,
  rail: true,
  inland: true,
});
export const DIRECTIONS = codes<Direction>({ arrivals: true, departures: true, transit: true, both: true });
export const THEMES = codes<Theme>({ system: true, light: true, dark: true, uv: true });
export const CLEARED_POLICIES = codes<ClearedPolicy>({ counter: true, record: true });
export const REPORT_APPROVALS = codes<ReportApproval>({ 'by-staff': true, required: true, off: true });
export const SECOND_SIGNATURES = codes<SecondSignature>({ 'by-staff': true, required: true, off: true });
/** Alpha-3 codes of states a station can stand in; organisations and withdrawn codes are none. */
export const COUNTRIES: readonly string[] = [...STATES.values()]
  .filter((state) => (state.kind === 'state' || state.kind === 'specimen') && state.code.length === 3)
  .map((state) => state.code);

/** The form as the administrator fills it: settings, but a country or zone may still be missing. */
export interface FormValues extends Omit<StationSettings, 'country'> {
  country: string | null;
}

export type FormField = 'place' | 'country' | 'timeZone' | 'stationCode' | 'idleMinutes';

/** Minutes until the window locks. */
export const IDLE_MINUTES = { least: 1, most: 30, usual: 5 } as const;

/** What a fresh machine starts from. */
export function emptyForm(language: string): FormValues {
  return {
    place: '',
    placeKind: 'airport',
    country: null,
    timeZone: systemTimeZone(),
    stationCode: '',
    direction: 'arrivals',
    cameraLabel: null,
    language,
    theme: 'system',
    sound: true,
    clearedPolicy: 'counter',
    idleMinutes: IDLE_MINUTES.usual,
    secondSignature: 'by-staff',
    reportApproval: 'by-staff',
  };
}

const STATION_CODE = /^[A-Z0-9][A-Z0-9-]{1,15}$/;
const LONGEST_NAME = 80;

/** What is wrong, as catalogue ids by field; empty where nothing is. */
export function faultsOf(values: FormValues): Partial<Record<FormField, string>> {
  const faults: Partial<Record<FormField, string>> = {};
  const place = values.place.trim();
  if (place === '') faults.place = 'settings.fault.place';
  else if (place.length > LONGEST_NAME) faults.place = 'settings.fault.too-long';
  if (values.country === null) faults.country = 'settings.fault.country';
  if (!isTimeZone(values.timeZone)) faults.timeZone = 'settings.fault.time-zone';
  if (!STATION_CODE.test(values.stationCode)) faults.stationCode = 'settings.fault.station-code';
  const { idleMinutes } = values;
  if (!(idleMinutes >= IDLE_MINUTES.least && idleMinutes <= IDLE_MINUTES.most))
    faults.idleMinutes = 'settings.fault.idle-minutes';
  return faults;
}

/** A station code as typed: capitals, no spaces, so that `a 12` is taken as meant. */
export function tidyStationCode(typed: string): string {
  return typed.toUpperCase().replace(/\s+/g, '').slice(0, 16);
}

/** The settings of a form without faults. */
export function settingsOf(values: FormValues): StationSettings {
  return { ...values, place: values.place.trim(), country: values.country ?? '' };
}
