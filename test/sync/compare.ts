// What a station approved held against what the hub has of it: each report once, byte for byte, and nothing else.
import type { Db } from '../../electron/db/open.ts';
import { verifyAudit } from '../../electron/db/verify.ts';
import { receiptText, verifyText } from '../../shared/wire/sign.ts';
import type { Ground } from './ground.ts';
import type { StationIds, Written } from './test-station.ts';

interface HubRow {
  id: string;
  body: Buffer;
  sha256: Buffer;
}

async function lookIntoHub(
  { database }: Ground,
  { stationId }: StationIds,
): Promise<{
  reports: HubRow[];
  pictures: Map<string, Buffer>;
}> {
  const reports = await database.pool.query<HubRow>(
    'select id, body, sha256 from report where station_id = $1',
    [stationId],
  );
  const pieces = await database.pool.query<{ sha256: Buffer; bytes: Buffer }>(
    `select image.sha256, piece.bytes from image join image_piece piece
       on piece.sha256 = image.sha256 and piece.station_id = image.station_id
     where image.station_id = $1 order by image.sha256, at_offset`,
    [stationId],
  );
  const groups = Map.groupBy(pieces.rows, ({ sha256 }) => sha256.toString('hex'));
  const pictures = [...groups].map(([sha256, own]): [string, Buffer] => [
    sha256,
    Buffer.concat(own.map(({ bytes }) => bytes)),
  ]);
  return { reports: reports.rows, pictures: new Map(pictures) };
}

/** What does not fit between what a station approved and what the hub has of it, in words. */
export async function compare(
  db: Db,
  ground: Ground,
  { ids, approved }: { ids: StationIds; approved: ReadonlyMap<string, Written> },
): Promise<string[]> {
  const { reports, pictures } = await lookIntoHub(ground, ids);
  const faults: string[] = [];
  const seen = new Map(reports.map((row) => [row.id, row]));
  if (seen.size !== reports.length) faults.push('a report is in the hub twice');
  for (const { id, body, crops } of approved.values()) {
    const row = seen.get(id);
    if (row === undefined) faults.push('an approved report is not in the hub');
    else if (!row.body.equals(body)) faults.push('a report in the hub has other bytes');
    for (const { sha256, bytes } of crops) {
      const picture = pictures.get(sha256);
      if (picture === undefined) faults.push('a picture is not in the hub');
      else if (!picture.equals(bytes)) faults.push('a picture in the hub has other bytes');
    }
  }
  for (const { id } of reports)
    if (!approved.has(id)) faults.push('a report is in the hub that nobody approved');
  faults.push(...receiptFaults(db, ground));
  const { ok, breaks } = verifyAudit(db);
  if (!ok) faults.push(`the audit chain does not fit: ${JSON.stringify(breaks[0])}`);
  return faults;
}

function receiptFaults(db: Db, { identity }: Ground): string[] {
  const rows = db
    .prepare<[], { kind: 'report' | 'image'; subject: string; sha256: string; receipt: string | null }>(
      'SELECT kind, subject, sha256, receipt FROM outbox',
    )
    .all();
  const signKey = identity.signKey.toString('base64url');
  return rows.flatMap(({ kind, subject, sha256, receipt }) => {
    if (receipt === null) return ['a row without its receipt'];
    const kept = JSON.parse(receipt);
    const fits = kept.receipt.kind === kind && kept.receipt.id === subject && kept.receipt.sha256 === sha256;
    return fits && verifyText(signKey, receiptText(kept.receipt), kept.signature)
      ? []
      : ['a receipt that is not the hub’s'];
  });
}
