// The audit chain for whoever may ask: held against itself, its anchors and the records; anchored anew.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Output, Request } from '../../shared/contract/channels.ts';
import {
  anchorCode,
  anchorLine,
  keptAnchors,
  makeAnchor,
  readAnchors,
  writeAnchorFile,
} from '../db/anchors.ts';
import { writeErasureFile } from '../db/erasures.ts';
import { loadStation } from '../db/station.ts';
import { startVerification } from '../db/verify.ts';
import { StationFailure } from '../failure.ts';
import type { ServiceContext } from './context.ts';

export interface AuditService {
  /** Takes some 20 microseconds an entry, and lets others be answered meanwhile. */
  verify(input: Request<'audit.verify'>): Promise<Output<'audit.verify'>>;
  anchor(): Output<'audit.anchor'>;
}

/** Entries between two looks at what else is to be answered. */
const STEP = 500;

export function createAuditService({ db, dataFolder, now }: ServiceContext): AuditService {
  return {
    async verify({ anchors }) {
      const given = readAnchors(anchors);
      if (given.unreadable > 0) throw new StationFailure('bad-request', ['anchors']);
      const kept = keptAnchors(db, dataFolder);
      const verification = startVerification(db, [...kept.anchors, ...given.anchors], kept.unreadable);
      while (!verification.step(STEP)) await nextTurn();
      return verification.verdict();
    },
    anchor() {
      const made = makeAnchor(db, loadStation(db).id, now().toISOString());
      if (made === null) throw new StationFailure('not-found');
      writeAnchorFile(db, dataFolder);
      writeErasureFile(db, dataFolder);
      const { stationId, seq, at } = made;
      return { stationId, seq, at, code: anchorCode(made), line: anchorLine(made) };
    },
  };
}
