// Which hub this station is enrolled at, and who its partners there are.
import type { Output, Request } from '../../shared/contract/channels.ts';
import type { HubState } from '../../shared/contract/sync.ts';
import type { EnrolmentAnswer } from '../../shared/wire/api.ts';
import { CLOCK_TOLERANCE_MS, sha256 } from '../../shared/wire/sign.ts';
import { appendAudit } from '../db/audit.ts';
import { hubDigest, knownAgencies, loadHub, removeHub, saveHub, stationsOf } from '../db/hub-link.ts';
import { parkAll } from '../db/outbox.ts';
import { StationFailure } from '../failure.ts';
import { onDuty, type ServiceContext } from './context.ts';
import type { Sending } from './outbox.ts';

/** Asks a hub by way of the network. Throws `hub-address`, `hub-code`, `hub-unreachable`, `hub-refused`. */
export type Enrol = (request: {
  address: string;
  code: string;
  station: { code: string; place: string; country: string };
  /** Breaks it off. */
  signal: AbortSignal;
}) => Promise<{ address: string; answer: EnrolmentAnswer }>;

export interface HubService {
  state(): HubState;
  enrol(input: Request<'hub.enrol'>): Promise<Output<'hub.enrol'>>;
  leave(): HubState;
  /** The station closes: an enrolment under way is broken off. */
  stop(): void;
}

const FINGERPRINT_GROUPS = /.{1,4}/gu;
const FINGERPRINT_LENGTH = 24;

export function createHubService(context: ServiceContext, sending: Sending, enrol: Enrol): HubService {
  const { db, now, emit } = context;
  const closing = new AbortController();

  function state(): HubState {
    const hub = loadHub(db);
    if (hub === null) return { hub, partners: [] };
    const { address, hubId, agencyId, agencyName, stationId, enrolledAt, clockOffsetMs, signKey } = hub;
    const short = sha256(signKey).slice(0, FINGERPRINT_LENGTH).toUpperCase();
    const fingerprint = (short.match(FINGERPRINT_GROUPS) ?? []).join(' ');
    const partners = knownAgencies(db).flatMap(({ id, name, country, closedAt }) =>
      closedAt !== null || id === agencyId
        ? []
        : [{ id, name, country, stations: stationsOf(db, id).length }],
    );
    const own = { address, hubId, agencyId, agencyName, stationId, enrolledAt, clockOffsetMs, fingerprint };
    return { hub: own, partners };
  }

  function told(): HubState {
    emit('hub.changed', {});
    emit('outbox.changed', {});
    sending.hurry();
    return state();
  }

  return {
    state,
    async enrol({ address, code }) {
      const { officer, settings, stationId: own } = onDuty(context);
      if (loadHub(db) !== null) throw new StationFailure('hub-there');
      const { stationCode, place, country } = settings;
      const station = { code: stationCode, place, country };
      const enrolled = await enrol({ address, code, station, signal: closing.signal });
      const { hubSignKey, hubBoxKey, hubId, stationId, agencyId, agencyName, linkKeys, at } = enrolled.answer;
      const time = now();
      const behindMs = Date.parse(at) - time.getTime();
      db.transaction(() => {
        if (loadHub(db) !== null) throw new StationFailure('hub-there');
        saveHub(
          db,
          {
            address: enrolled.address,
            hubId,
            stationId,
            agencyId,
            agencyName,
            linkKeys,
            enrolledAt: at,
            signKey: hubSignKey,
            boxKey: hubBoxKey,
          },
          Math.abs(behindMs) > CLOCK_TOLERANCE_MS / 2 ? behindMs : 0,
        );
        appendAudit(db, {
          at: time.toISOString(),
          officerId: officer.id,
          action: 'hub.enrolled',
          subjectId: own,
          digest: hubDigest(db),
        });
      }).immediate();
      return told();
    },
    leave() {
      const { officer, stationId } = onDuty(context);
      const at = now().toISOString();
      db.transaction(() => {
        if (loadHub(db) === null) throw new StationFailure('hub-none');
        parkAll(db, 'hub-left');
        removeHub(db);
        const entry = { at, officerId: officer.id, action: 'hub.left', subjectId: stationId };
        appendAudit(db, { ...entry, digest: hubDigest(db) });
      }).immediate();
      return told();
    },
    stop: () => closing.abort(),
  };
}
