// A report of another station on its way into the store, whichever way it came: checked by the key of the directory.
import type { Refusal } from '../../shared/contract/bundles.ts';
import { type WireReport, wireReport } from '../../shared/sharing/report.ts';
import { reportSignText, sha256, verifyText } from '../../shared/wire/sign.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { knownStation } from '../db/hub-link.ts';
import type { Db } from '../db/open.ts';
import { insertReceived } from '../db/received.ts';
import { wantPictures } from '../db/wanted-pictures.ts';
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
function soundContent(db: Db, arrived: ArrivedReport): WireReport | Refusal {
  const key = knownStation(db, arrived.stationId);
  if (key === undefined || key.agencyId !== arrived.agencyId) return 'unknown-sender';
  const signed = reportSignText(arrived.id, arrived.sha256);
  const isWhole = sha256(arrived.body) === arrived.sha256;
  if (!isWhole || !verifyText(key.signKey, signed, arrived.signature)) return 'changed';
  const parsed = wireReport.safeParse(readJson(arrived.body.toString('utf8')));
  if (!parsed.success) return 'unreadable';
  const { id, stationId, agencyId } = parsed.data;
  const isTheirs = id === arrived.id && stationId === arrived.stationId && agencyId === arrived.agencyId;
  return isTheirs ? parsed.data : 'changed';
}

/**
 * Keeps a report of another station; `known` where it is here already. Where it is not what it says, or `isForUs` says
 * that it is not for us, the answer is why, and the chain tells. Call it inside a transaction.
 */
export function takeInReport(
  db: Db,
  arrived: ArrivedReport,
  at: string,
  isForUs: (content: WireReport) => boolean = () => true,
): 'new' | 'known' | Refusal {
  const sound = soundContent(db, arrived);
  const content = typeof sound === 'string' || isForUs(sound) ? sound : 'not-for-us';
  if (typeof content === 'string') {
    const entry = { at, officerId: null, action: 'received.refused', subjectId: arrived.id };
    appendAudit(db, { ...entry, digest: digestOf([arrived.sha256, arrived.signature]) });
    return content;
  }
  const { tier, kind, replaces } = content;
  if (!insertReceived(db, { ...arrived, tier, kind, replaces, storedAt: at })) return 'known';
  if (content.kind === 'case-study') wantPictures(db, content.images, at);
  return 'new';
}
