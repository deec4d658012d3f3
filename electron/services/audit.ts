// The audit chain for whoever may ask: held against itself, its anchors and the records; anchored anew.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DayLog } from '../../shared/contract/audit.ts';
import type { Output, Request } from '../../shared/contract/channels.ts';
import {
  anchorCode,
  anchoredAt,
  anchoredBefore,
  anchorLine,
  keptAnchors,
  makeAnchor,
  readAnchors,
  writeAnchorFile,
} from '../db/anchors.ts';
import { clearedOn } from '../db/cleared.ts';
import { dayOf } from '../db/day-log.ts';
import { writeErasureFile } from '../db/erasures.ts';
import { type RefusalAction, refusalsBetween } from '../db/refusals.ts';
import { loadStation } from '../db/station.ts';
import { startVerification } from '../db/verify.ts';
import { StationFailure } from '../failure.ts';
import { dayIn, onDuty, type ServiceContext, today } from './context.ts';

export interface AuditService {
  /** Takes 20 to 40 microseconds an entry, and lets others be answered meanwhile. */
  verify(input: Request<'audit.verify'>): Promise<Output<'audit.verify'>>;
  anchor(): Output<'audit.anchor'>;
  dayLog(input: Request<'audit.day-log'>): Output<'audit.day-log'>;
  /** Anchors the chain where that was not done for a day: the file beside the store goes into every backup. */
  anchorDaily(): void;
  /** The station closes: whatever verifies is refused with `not-ready`. */
  stop(): void;
}

/** Entries between two looks at what else is to be answered. */
const STEP = 500;
const DAY_MS = 24 * 60 * 60_000;

export function createAuditService(context: ServiceContext): AuditService {
  const { db, dataFolder, now } = context;
  let isStopped = false;

  function anchor(): Output<'audit.anchor'> {
    const made = makeAnchor(db, loadStation(db).id, now().toISOString());
    if (made === null) throw new StationFailure('not-found');
    writeAnchorFile(db, dataFolder);
    writeErasureFile(db, dataFolder);
    const { stationId, seq, at } = made;
    return { stationId, seq, at, code: anchorCode(made), line: anchorLine(made) };
  }

  /** Entries of a day of the station about what was refused. */
  function refusedOn(day: string, timeZone: string): DayLog['refused'] {
    const from = new Date(Date.parse(day) - DAY_MS);
    const to = new Date(Date.parse(day) + 2 * DAY_MS);
    const entries = refusalsBetween(db, from.toISOString(), to.toISOString()).filter(
      ({ at }) => dayIn(timeZone, new Date(at)) === day,
    );
    const number = (action: RefusalAction) => entries.filter((entry) => entry.action === action).length;
    return {
      signIns: number('secret.refused'),
      lockOuts: number('officer.locked-out'),
      recoveries: number('recovery-key.refused'),
    };
  }

  return {
    async verify({ anchors }) {
      const given = readAnchors(anchors);
      if (given.unreadable > 0) throw new StationFailure('anchor-unreadable');
      const kept = keptAnchors(db, dataFolder);
      const verification = startVerification(db, [...kept.anchors, ...given.anchors], kept.unreadable);
      while (!verification.step(STEP)) {
        await nextTurn();
        if (isStopped) throw new StationFailure('not-ready');
      }
      return verification.verdict();
    },
    anchor,
    stop() {
      isStopped = true;
    },
    anchorDaily() {
      const last = anchoredAt(db);
      // One made while the clock stood ahead is no reason to wait for that day.
      if (last === undefined || Math.abs(now().getTime() - Date.parse(last)) < DAY_MS) return;
      try {
        anchor();
      } catch {
        // What the disk refuses now is done at the next start, or when somebody asks for an anchor.
      }
    },
    dayLog(input) {
      const { stationId, settings } = onDuty(context);
      const day = input.day ?? today(db, now());
      const made = anchor();
      const { stationCode, place, timeZone } = settings;
      const firstEntry = anchoredBefore(db, made.seq) + 1;
      const clearedCounted = clearedOn(db, stationId, day);
      return {
        day,
        stationCode,
        place,
        ...dayOf(db, day),
        clearedCounted,
        refused: refusedOn(day, timeZone),
        firstEntry,
        anchor: made,
      };
    },
  };
}
