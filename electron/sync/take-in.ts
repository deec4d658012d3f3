// A report of another station on its way into the store, whichever way it came: checked by the key of the directory.
import { type WireReport, wireReport } from '../../shared/sharing/report.ts';
import { reportSignText, sha256, verifyText } from '../../shared/wire/sign.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { knownStation } from '../db/hub-link.ts';
import type { Db } from '../db/open.ts';
import { insertReceived } from '../db/received.ts';
import { readJson } from '../json.ts';

export interface ArrivedReport {
  /** Its place in the hub's feed. */
  seq: number;
  id: string;
  agencyId: string;
  stationId: string;
  /** The exact bytes. */
  body: Buffer;
  sha256: string;
  signature: string;
  receivedAt: string;
}

/** Signed by the station that it names, by the key of the directory; its bytes are what the signature is over. */
function soundContent(db: Db, arrived: ArrivedReport): WireReport | null {
  const key = knownStation(db, arrived.stationId);
  if (key === undefined || key.agencyId !== arrived.agencyId || sha256(arrived.body) !== arrived.sha256)
    return null;
  if (!verifyText(key.signKey, reportSignText(arrived.id, arrived.sha256), arrived.signature)) return null;
  const parsed = wireReport.safeParse(readJson(arrived.body.toString('utf8')));
  if (!parsed.success || parsed.data.id !== arrived.id) return null;
  const { stationId, agencyId } = parsed.data;
  return stationId === arrived.stationId && agencyId === arrived.agencyId ? parsed.data : null;
}

/**
 * Keeps a report of another station; `known` where it is here already, `refused` where it is not what it says, or
 * `isForUs` says so: then the chain tells. Call it inside a transaction.
 */
export function takeInReport(
  db: Db,
  arrived: ArrivedReport,
  at: string,
  isForUs: (content: WireReport) => boolean = () => true,
): 'new' | 'known' | 'refused' {
  const content = soundContent(db, arrived);
  if (content === null || !isForUs(content)) {
    const entry = { at, officerId: null, action: 'received.refused', subjectId: arrived.id };
    appendAudit(db, { ...entry, digest: digestOf([arrived.sha256, arrived.signature]) });
    return 'refused';
  }
  const { tier, kind, replaces } = content;
  return insertReceived(db, { ...arrived, tier, kind, replaces, storedAt: at }) ? 'new' : 'known';
}
