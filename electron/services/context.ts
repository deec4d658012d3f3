// What every service is given by the composition root, and the few questions all of them ask.
import type { Event, EventName } from '../../shared/contract/channels.ts';
import type { Officer, StationSettings } from '../../shared/contract/records.ts';
import type { Session } from '../../shared/contract/vault.ts';
import { loadStation } from '../db/station.ts';
import type { Author } from '../db/examinations.ts';
import type { Db } from '../db/open.ts';
import { StationFailure } from '../failure.ts';
import type { Shell } from '../shell.ts';
import type { Images } from './images.ts';

export interface ServiceContext {
  db: Db;
  images: Images;
  shell: Shell;
  dataFolder: string;
  version: string;
  now: () => Date;
  /** Who asks, within a request of a window or a command; null in what the station does by itself. */
  actor: () => Session | null;
  emit: <E extends EventName>(event: E, body: Event<E>) => void;
}

/** Making one takes as long as saving an examination; there are few zones that a station was ever in. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

/** The calendar day of a moment in a time zone, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, at: Date): string {
  const parts = formatIn(timeZone).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** The calendar day before a day, both `YYYY-MM-DD`. */
export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** Whether this runtime knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return true;
  } catch {
    return false;
  }
}

export interface OnDuty {
  stationId: string;
  settings: StationSettings;
  officer: Officer;
  author: Author;
}

/** The set-up station with whoever asks; refuses with `not-set-up` or `signed-out`. */
export function onDuty({ db, actor }: Pick<ServiceContext, 'db' | 'actor'>): OnDuty {
  const { id, settings } = loadStation(db);
  if (settings === null) throw new StationFailure('not-set-up');
  const session = actor();
  if (session === null) throw new StationFailure('signed-out');
  const { officerId, name, role } = session;
  const author = { stationId: id, officerId, officerName: name };
  return { stationId: id, settings, officer: { id: officerId, name, role }, author };
}

/** Today at the station; UTC until it is set up. */
export function today(db: Db, at: Date): string {
  return dayIn(loadStation(db).settings?.timeZone ?? 'UTC', at);
}
