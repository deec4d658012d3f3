// The values of the station's form, what is wrong with them in words, and how they become settings.
import type { Officer, StationSettings } from '../../../shared/contract/records.ts';
import { STATES } from '../../../shared/mrz/states.ts';
import { isTimeZone, systemTimeZone } from '../../lib/time.ts';

type PlaceKind = StationSettings['placeKind'];
type Direction = StationSettings['direction'];
type Theme = StationSettings['theme'];
type ClearedPolicy = StationSettings['clearedPolicy'];
type Role = Officer['role'];

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
export const ROLES = codes<Role>({
  officer: true,
  examiner: true,
  supervisor: true,
  trainer: true,
  administrator: true,
});

/** Alpha-3 codes of states a station can stand in; organisations and withdrawn codes are none. */
export const COUNTRIES: readonly string[] = [...STATES.values()]
  .filter((state) => (state.kind === 'state' || state.kind === 'specimen') && state.code.length === 3)
  .map((state) => state.code);

/** The form as the officer fills it: settings, but a country or zone may still be missing. */
export interface FormValues extends Omit<StationSettings, 'country'> {
  country: string | null;
  officerName: string;
  officerRole: Role;
}

export type FormField = 'place' | 'country' | 'timeZone' | 'stationCode' | 'officerName';

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
    officerName: '',
    officerRole: 'officer',
  };
}

/** The form of a station that is set up; the officer's part is not used then. */
export function formOf(settings: StationSettings): FormValues {
  return { ...settings, officerName: '', officerRole: 'officer' };
}

const STATION_CODE = /^[A-Z0-9][A-Z0-9-]{1,15}$/;
const LONGEST_NAME = 80;

/**
 * What is wrong, as catalogue ids by field; empty where nothing is.
 * @param withOfficer first run: the first officer is part of the form.
 */
export function faultsOf(values: FormValues, withOfficer: boolean): Partial<Record<FormField, string>> {
  const faults: Partial<Record<FormField, string>> = {};
  const place = values.place.trim();
  if (place === '') faults.place = 'settings.fault.place';
  else if (place.length > LONGEST_NAME) faults.place = 'settings.fault.too-long';
  if (values.country === null) faults.country = 'settings.fault.country';
  if (!isTimeZone(values.timeZone)) faults.timeZone = 'settings.fault.time-zone';
  if (!STATION_CODE.test(values.stationCode)) faults.stationCode = 'settings.fault.station-code';
  if (withOfficer) {
    const fault = officerNameFault(values.officerName);
    if (fault) faults.officerName = fault;
  }
  return faults;
}

/** What is wrong with the name of an officer, or null. */
export function officerNameFault(name: string): string | null {
  if (name.trim() === '') return 'settings.fault.officer-name';
  return name.trim().length > LONGEST_NAME ? 'settings.fault.too-long' : null;
}

/** A station code as typed: capitals, no spaces, so that `a 12` is taken as meant. */
export function tidyStationCode(typed: string): string {
  return typed.toUpperCase().replace(/\s+/g, '').slice(0, 16);
}

/** The settings of a form without faults. */
export function settingsOf(values: FormValues): StationSettings {
  const { officerName: _name, officerRole: _role, country, ...rest } = values;
  return { ...rest, place: values.place.trim(), country: country ?? '' };
}
