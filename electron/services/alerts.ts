// Alerts at this station: the list of them, who read them, and those in force, which the lane holds against every document.
import type { AlertRow, AlertStanding } from '../../shared/contract/alerts.ts';
import { ALERTS_SHOWN } from '../../shared/contract/alerts.ts';
import type { KeptAlert } from '../../shared/contract/live-alert.ts';
import type { Output, Request } from '../../shared/contract/channels.ts';
import { can } from '../../shared/contract/rights.ts';
import type { StationSettings } from '../../shared/contract/records.ts';
import { sameState } from '../../shared/mrz/states.ts';
import type { AlertAudience } from '../../shared/sharing/alert.ts';
import { REPORT_ROLES } from '../../shared/sharing/codes.ts';
import type { AlertReads } from '../../shared/wire/api.ts';
import {
  alertsReadBy,
  noteAlertRead,
  readersElsewhere,
  readersHere,
  saveReadsElsewhere,
  type StoredAlert,
  storedAlerts,
} from '../db/alerts.ts';
import { loadHub } from '../db/hub-link.ts';
import { loadStation } from '../db/station.ts';
import { StationFailure } from '../failure.ts';
import { onDuty, type ServiceContext } from './context.ts';

export interface AlertService {
  list(): Output<'alert.list'>;
  open(input: Request<'alert.open'>): Output<'alert.open'>;
  reads(input: Request<'alert.reads'>): Promise<Output<'alert.reads'>>;
  /** Those in force here, newest first: kept in memory, made anew when something of them changed. */
  live(): KeptAlert[];
  /** Reports were decided on, or came from others: alerts may be among them. */
  look(): void;
  /** Nobody is told any more when one ends. */
  close(): void;
}

export interface AlertMeans {
  /** Something of alerts is to be told to the hub. */
  tell: () => void;
  /** What the hub says of who read an alert; null where it does not answer. */
  askReads: (alertId: string) => Promise<AlertReads | null>;
}

/** Timers take no longer waits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Whether an alert is for this place: a place is how codes of stations begin, to a hyphen. */
export function isFor(
  { places, countries }: AlertAudience,
  { stationCode, country }: Pick<StationSettings, 'stationCode' | 'country'>,
): boolean {
  const isPlace = (place: string): boolean => stationCode === place || stationCode.startsWith(`${place}-`);
  // A hub may say `D` of a station whose settings say `DEU`.
  const isCountry = (code: string): boolean => sameState(code) === sameState(country);
  return (
    (places.length === 0 || places.some(isPlace)) && (countries.length === 0 || countries.some(isCountry))
  );
}

type Standing = Pick<StationSettings, 'stationCode' | 'country'>;

function standingOf({ decision, isTakenBack, content }: StoredAlert, own: Standing, at: Date): AlertStanding {
  if (decision === null) return 'waiting';
  if (decision === 'sent-back') return 'sent-back';
  if (isTakenBack) return 'withdrawn';
  if (Date.parse(content.expiresAt) <= at.getTime()) return 'expired';
  return isFor(content.audience, own) ? 'live' : 'elsewhere';
}

const liveOf = ({ id, content, agencyName }: StoredAlert, ownAgency: string): KeptAlert => {
  const { tip, fits, expiresAt } = content;
  return { id, tip, from: agencyName === '' ? ownAgency : agencyName, expiresAt, ...fits };
};

export function createAlertService(context: ServiceContext, means: AlertMeans): AlertService {
  const { db, now, emit } = context;
  let known: { alerts: KeptAlert[]; print: string } | null = null;
  let ending: NodeJS.Timeout | undefined;
  let isClosed = false;

  /** Nothing is for a station that is not set up. */
  const ownStanding = (): Standing => loadStation(db).settings ?? { stationCode: '', country: '' };

  /** What of all alerts a screen or the lane could show: it tells whether anything changed. */
  const printOf = (all: readonly StoredAlert[], own: Standing): string =>
    JSON.stringify([own, all.map((each) => [each.id, standingOf(each, own, now())])]);

  function fresh(): { alerts: KeptAlert[]; print: string } {
    const all = storedAlerts(db);
    const own = ownStanding();
    const agency = loadHub(db)?.agencyName ?? '';
    const live = all.filter((each) => standingOf(each, own, now()) === 'live');
    const alerts = live.map((each) => liveOf(each, agency));
    clearTimeout(ending);
    const ends = Math.min(...alerts.map(({ expiresAt }) => Date.parse(expiresAt)));
    if (ends < Infinity)
      ending = setTimeout(look, Math.min(LONGEST_TIMER_MS, Math.max(0, ends - now().getTime()) + 1)).unref();
    return { alerts, print: printOf(all, own) };
  }

  function look(): void {
    if (isClosed) return;
    const before = known?.print;
    known = fresh();
    if (before !== known.print) emit('alerts.changed', {});
  }

  function rowOf(each: StoredAlert, own: Standing, isRead: boolean): AlertRow {
    const { id, origin, agencyName, stationCode, at, content } = each;
    const { tip, fits, expiresAt } = content;
    const standing = standingOf(each, own, now());
    return { id, origin, agencyName, stationCode, at, tip, fits, expiresAt, standing, isRead };
  }

  /** Whoever makes reports sees also what waits or was sent back; everybody else what was approved. */
  function seen(): StoredAlert[] {
    const seesWaiting = can(onDuty(context).officer.role, 'report.open');
    return storedAlerts(db).filter(({ decision }) => seesWaiting || decision === 'approved');
  }

  function found(id: string): StoredAlert {
    const alert = seen().find((each) => each.id === id);
    if (alert === undefined) throw new StationFailure('not-found');
    return alert;
  }

  const roleOf = (role: string) => REPORT_ROLES.find((each) => each === role) ?? 'officer';

  const elsewhere = (id: string): Output<'alert.reads'>['elsewhere'] =>
    readersElsewhere(db, id).map(({ role, ...rest }) => ({ ...rest, role: roleOf(role) }));

  return {
    list() {
      const { officer } = onDuty(context);
      const own = ownStanding();
      const read = alertsReadBy(db, officer.id);
      const all = seen().map((each) => rowOf(each, own, each.officerId === officer.id || read.has(each.id)));
      // What is in force is never among those that are not shown, however old it is.
      const first = all.toSorted((a, b) => Number(b.standing === 'live') - Number(a.standing === 'live'));
      const kept = new Set(first.slice(0, ALERTS_SHOWN));
      return { rows: all.filter((row) => kept.has(row)), more: all.length > ALERTS_SHOWN };
    },
    open({ id }) {
      const { officer } = onDuty(context);
      const alert = found(id);
      const isTheirs = alert.origin === 'others';
      const at = now().toISOString();
      const read = { alertId: id, officerId: officer.id, role: officer.role, at };
      if (noteAlertRead(db, read, isTheirs)) {
        if (isTheirs) means.tell();
        emit('alerts.changed', {});
      }
      const here = readersHere(db, id).map(({ role, ...rest }) => ({ ...rest, role: roleOf(role) }));
      return {
        row: rowOf(alert, ownStanding(), true),
        body: alert.content,
        readers: { here, elsewhere: elsewhere(id) },
      };
    },
    async reads({ id }) {
      const { origin, decision } = found(id);
      const asked = origin === 'here' && decision === 'approved' ? await means.askReads(id) : null;
      if (asked !== null) saveReadsElsewhere(db, id, asked.reads);
      return { elsewhere: elsewhere(id), isHeard: asked !== null };
    },
    live() {
      known ??= fresh();
      // A clock that was set ahead, or a machine that slept, is past an end before its timer is.
      const at = now().getTime();
      return known.alerts.filter(({ expiresAt }) => Date.parse(expiresAt) > at);
    },
    look,
    close() {
      isClosed = true;
      clearTimeout(ending);
    },
  };
}
